// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/ninesaxis.h"

#include <QFont>

#include <vector>

class QAbstractAxis;
class QCategoryAxis;
class QChartView;

/// What the charts have in common: QtCharts draws ground, axes and grid, an item of the chart the rest.
namespace emac::widgets::chartlook {

/// No frame, no scroll bars, no legend, no animation; the pointer is followed.
void prepare(QChartView& view);
/// Of the theme as it is now, for the ground and the axes. Overwrites the colours of all series.
void useColours(QChartView& view, const QList<QCategoryAxis*>& axes);
QFont axisFont();
/// Where the axes are to lie, in viewport coordinates.
void setPlot(QChartView& view, const QRectF& plot);

/// The ticks of an axis that stand on their values.
class Ticks
{
public:
    explicit Ticks(QCategoryAxis* axis);
    void set(std::vector<nines::Tick> ticks, const nines::Range& range);

private:
    QCategoryAxis* m_axis;
    std::vector<nines::Tick> m_ticks;
};

} // namespace emac::widgets::chartlook
