// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/elementtable.h"
#include "widgets/charts/intervalrows.h"
#include "widgets/common/figures.h"

namespace emac::widgets {

/// The numbers of the Availability chart.
class IntervalTableModel : public ElementTable<IntervalRow>
{
    Q_OBJECT
public:
    enum Column
    {
        Name,
        Pessimistic,
        Optimistic,
        CommonCause,
        Lowest,
        Highest,
        Envelope, ///< whether it is attained or an outer bound
        PessimisticFailure,
        OptimisticFailure,
        ColumnCount
    };

    explicit IntervalTableModel(QObject* parent = nullptr) : ElementTable(ColumnCount, parent) { }

    /// Keeps rows whose elements are the same, so that a selection stays.
    void setRows(std::vector<IntervalRow> rows);
    void setDisplay(const AvailabilityDisplay& display);
    /// What the column shows; empty for a column without a number of its own.
    static std::optional<Figure> figureOf(int column);

    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString cell(const analysis::NodeAvailability& values, Column column) const;

    AvailabilityDisplay m_display;
};

} // namespace emac::widgets
