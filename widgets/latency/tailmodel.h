// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/elementtable.h"
#include "widgets/latency/tailrows.h"

namespace emac::widgets {

/// The parts of a percentile as a table.
class TailModel : public ElementTable<TailRow>
{
    Q_OBJECT
public:
    enum Column
    {
        Place,
        Component,
        Adds,
        Share,
        ColumnCount
    };
    /// What a column is sorted by.
    static constexpr int SortRole = Qt::UserRole;

    explicit TailModel(QObject* parent = nullptr) : ElementTable(ColumnCount, parent) { }

    /// Keeps rows whose elements are the same, so that a selection stays. `whole` is the percentile, in seconds.
    void setRows(std::vector<TailRow> rows, double whole);
    void setStale(bool stale);

    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    double m_whole = 0;
    bool m_stale = false;
};

} // namespace emac::widgets
