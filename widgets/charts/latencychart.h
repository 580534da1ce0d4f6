// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/chartlook.h"
#include "widgets/charts/latencycontent.h"

#include <QtCharts/QChartView>

class QCategoryAxis;

namespace emac::widgets {

class LatencyCurves;

/// Laws in time: P(done by t) over t, with the objectives as cross-hairs, the marked percentile, and what holds at the
/// time under the pointer or at a time chosen with the arrow keys. QtCharts draws axes and grid, an item of the chart
/// the rest.
class LatencyChart : public QChartView
{
    Q_OBJECT
public:
    explicit LatencyChart(QWidget* parent);
    ~LatencyChart() override;

    void setContent(LatencyContent content);
    const LatencyContent& content() const { return m_content; }

    /// The time that is read out; absent where there is none.
    std::optional<double> hair() const { return m_hair; }
    void setHair(std::optional<double> seconds);

    /// Where curves are drawn, and where a value lies in it, in viewport coordinates.
    QRectF plot() const { return m_plot; }
    QPointF pointOf(double seconds, double probability) const;

signals:
    void hairChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rectangle) override;

private:
    void layOut();
    void describe();
    /// Where the hair begins when it is first moved by keys.
    double firstHair() const;

    LatencyContent m_content;
    QRectF m_plot;
    std::optional<double> m_hair;
    QCategoryAxis* m_time;
    QCategoryAxis* m_probability;
    chartlook::Ticks m_timeTicks;
    chartlook::Ticks m_probabilityTicks;
    LatencyCurves* m_curves;
};

} // namespace emac::widgets
