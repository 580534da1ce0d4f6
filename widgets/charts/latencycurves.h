// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/charts/latencycontent.h"

#include <QGraphicsItem>
#include <QPen>

namespace emac::widgets {

/// How a curve is drawn: for the chart, its legend and its read-out.
struct CurveStyle
{
    QColor ink;
    QPen line;
    QColor fill; ///< between the ends of its band
};
CurveStyle curveStyle(LawCurve curve, bool stale = false);

/// The curves of a LatencyChart with their bands, the objectives' cross-hairs, the marked percentile and the read-out.
/// Steps stay steps: area series of QtCharts would take 4 ms for each band.
class LatencyCurves : public QGraphicsItem
{
public:
    explicit LatencyCurves(QGraphicsItem* parent);

    /// `plot` is the chart's plot area; labels of the objectives stand above it.
    void show(const LatencyContent& content, const LatencyView& view, const QRectF& plot);
    /// The time that is read out; none where it is absent.
    void setHair(std::optional<double> seconds);

    /// The room that the objectives' labels need above the plot.
    static double roomAbove(const LatencyContent& content);

    double xOf(double seconds) const;
    double yOf(double probability) const;
    double secondsAt(double x) const;

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Label;
    QPolygonF steps(const analysis::Curve& curve) const;
    void paintBand(QPainter& painter, const analysis::LatencyBand& band, LawCurve curve) const;
    void paintObjectives(QPainter& painter) const;
    std::optional<double> paintMark(QPainter& painter, const analysis::LatencyBand& band, LawCurve curve,
                                    std::optional<double> above) const;
    void paintReadout(QPainter& painter) const;
    std::vector<Label> labels() const;
    double successOf(const analysis::LatencyBand& band) const;

    LatencyContent m_content;
    LatencyView m_view;
    QRectF m_plot;
    std::optional<double> m_hair;
};

} // namespace emac::widgets
