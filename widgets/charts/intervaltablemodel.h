// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/intervalrows.h"

#include <QAbstractTableModel>

namespace emac::widgets {

/// The numbers of the Availability chart.
class IntervalTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        Name,
        Pessimistic,
        Optimistic,
        PessimisticFailure,
        OptimisticFailure,
        PessimisticNines,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Keeps rows whose elements are the same, so that a selection stays.
    void setRows(std::vector<IntervalRow> rows);
    const std::vector<IntervalRow>& rows() const { return m_rows; }

    /// The rows with a line of headings, tab-separated; all where none is named.
    QString tabSeparated(const QList<int>& rows) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<IntervalRow> m_rows;
};

} // namespace emac::widgets
