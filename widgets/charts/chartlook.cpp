// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chartlook.h"

#include "widgets/common/theme.h"

#include <QGraphicsLayout>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>

#include <utility>

namespace emac::widgets::chartlook {

void prepare(QChartView& view)
{
    view.chart()->legend()->hide();
    view.chart()->setAnimationOptions(QChart::NoAnimation);
    view.chart()->setBackgroundRoundness(0);
    view.chart()->setMargins({});
    view.setFrameShape(QFrame::NoFrame);
    view.setAcceptDrops(false);
    // Axis labels that go leave traces behind when only what they covered is painted anew.
    view.setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    view.setRenderHint(QPainter::Antialiasing, false); // for axes and grid; what needs it asks for it
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setMouseTracking(true);
}

void useColours(QChartView& view, const QList<QCategoryAxis*>& axes)
{
    // The theme comes first: it overwrites all pens and brushes.
    view.chart()->setTheme(theme::isDark() ? QChart::ChartThemeDark : QChart::ChartThemeLight);
    view.chart()->setBackgroundBrush(theme::surface());
    view.chart()->setBackgroundPen(Qt::NoPen);
    view.setBackgroundBrush(theme::surface());
    for (auto* axis : axes) {
        axis->setLabelsFont(axisFont());
        axis->setLabelsColor(theme::mutedText());
        axis->setLinePen(QPen(theme::border(), 1));
        axis->setGridLinePen(QPen(theme::border(), 1));
    }
}

QFont axisFont()
{
    return theme::numberFont(theme::TextSize::Small);
}

void setPlot(QChartView& view, const QRectF& plot)
{
    if (view.chart()->plotArea() == plot)
        return;
    view.chart()->setPlotArea(plot);
    // That moves the series at once, the axes not before the next layout.
    view.chart()->layout()->invalidate();
    view.chart()->layout()->activate();
}

Ticks::Ticks(QCategoryAxis* axis) : m_axis(axis)
{
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setTruncateLabels(false);
}

void Ticks::set(std::vector<nines::Tick> ticks, const nines::Range& range)
{
    if (ticks != m_ticks) {
        for (const auto& label : m_axis->categoriesLabels())
            m_axis->remove(label);
        for (const auto& tick : ticks)
            m_axis->append(tick.label, tick.position);
        m_ticks = std::move(ticks);
    }
    m_axis->setRange(range.from, range.to);
}

} // namespace emac::widgets::chartlook
