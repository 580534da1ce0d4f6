// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"

#include <QAbstractListModel>

namespace emac::widgets {

/// The reasons of a decision, in its order.
class ReasonsModel : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setReasons(const journey::Notes& reasons);
    const journey::Note& at(int row) const { return m_reasons[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    journey::Notes m_reasons;
};

} // namespace emac::widgets
