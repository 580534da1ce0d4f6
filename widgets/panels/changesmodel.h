// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/changes.h"

#include <QAbstractTableModel>
#include <QString>

#include <filesystem>
#include <set>
#include <vector>

namespace emac::widgets {

/// The files that a commit of a journey contains, each with how it differs; those that do can be left out.
class ChangesModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column
    {
        File,
        Part,
        State,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// What is left out stays left out. Resets only where something differs.
    void setChanges(std::vector<workspace::Change> changes);
    const workspace::Change& at(int row) const { return m_changes[static_cast<std::size_t>(row)]; }
    int rowOf(const std::filesystem::path& file) const; ///< −1 where there is none
    int included() const; ///< number of files that differ and are not left out
    const std::set<std::filesystem::path>& leftOut() const { return m_leftOut; }
    void includeAll(); ///< nothing is left out any more

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<workspace::Change> m_changes;
    std::set<std::filesystem::path> m_leftOut;
};

} // namespace emac::widgets
