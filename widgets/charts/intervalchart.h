// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartlook.h"
#include "widgets/charts/intervalrows.h"
#include "widgets/charts/ninesaxis.h"
#include "widgets/common/figures.h"

#include <QtCharts/QChartView>

class QCategoryAxis;
class QLineSeries;
class QScrollBar;

namespace emac::widgets {

class IntervalBars;

/// What the chart shows.
struct IntervalContent
{
    std::vector<IntervalRow> rows;
    std::optional<double> objective; ///< as failure probability
    QString objectiveLabel;
    journey::Element selected;
    bool stale = false; ///< drawn in grey
    AvailabilityDisplay display{};
    bool operator==(const IntervalContent&) const = default;
};

/// Interval bars over an axis in nines, with whiskers for the envelope, a tick for the common cause, and the objective
/// as a line across. QtCharts draws axis, grid and line;
/// the bars, which no series of it can draw, are an item of the chart.
class IntervalChart : public QChartView
{
    Q_OBJECT
public:
    explicit IntervalChart(QWidget* parent);
    ~IntervalChart() override;

    void setContent(IntervalContent content);
    const IntervalContent& content() const { return m_content; }

    /// Where the row's bar with its texts lies, in viewport coordinates; empty where it is scrolled out of sight.
    QRect rowRectangle(int row) const;
    /// Where a number of the row can be clicked, in viewport coordinates; empty where it is not to be seen.
    QRect figureRectangle(int row, Figure figure) const;

signals:
    void rowClicked(int row);
    void figureClicked(int row, emac::widgets::Figure figure);
    /// A menu is wanted for the row.
    void menuRequested(int row, const QPoint& globalPosition);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void layOut();
    void scaleAxis(const QRectF& plot);
    int rowAt(const QPoint& point) const;

    IntervalContent m_content;
    nines::Scale m_scale;
    QCategoryAxis* m_axis;
    chartlook::Ticks m_ticks;
    QLineSeries* m_objective;
    QScrollBar* m_scroll;
    IntervalBars* m_bars;
};

} // namespace emac::widgets
