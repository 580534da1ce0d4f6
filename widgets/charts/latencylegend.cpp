// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencylegend.h"

#include "widgets/charts/latencycurves.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QPainter>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::latency)
};

AssumptionLegend::Entry entry(LawCurve curve, const QString& symbol, const QString& sentence, const QString& more)
{
    const auto mark = [curve](QPainter& painter, const QSizeF& size) {
        const auto style = curveStyle(curve);
        const double middle = size.height() / 2;
        painter.fillRect(QRectF(0, middle - 6, size.width(), 12), style.fill);
        painter.setPen(curve == LawCurve::Envelope ? QPen(Qt::NoPen) : style.line);
        painter.drawLine(QPointF(0, middle), QPointF(size.width(), middle));
    };
    return {mark, symbol, sentence, more};
}

/// In the order of the entries, behind the curves.
constexpr std::size_t percentileEntry = 5;
constexpr std::size_t objectiveEntry = 6;

void paintPercentile(QPainter& painter, const QSizeF& size)
{
    const double middle = size.height() / 2;
    const double right = size.width() - 2;
    painter.setPen(QPen(theme::text(), 2));
    painter.drawLine(QPointF(2, middle), QPointF(right, middle));
    for (const double x : {2.0, right})
        painter.drawLine(QPointF(x, middle - 5), QPointF(x, middle + 5));
    painter.setPen(QPen(theme::text(), 1.5));
    painter.setBrush(theme::surface());
    painter.drawEllipse(QPointF(size.width() / 2, middle), 3, 3);
}

void paintObjective(QPainter& painter, const QSizeF& size)
{
    const QPointF circle(size.width() - 8, 5);
    painter.setPen(QPen(theme::objective(), 1, Qt::DashLine));
    painter.drawLine(QPointF(0, circle.y()), circle);
    painter.drawLine(circle, QPointF(circle.x(), size.height()));
    painter.setPen(QPen(theme::objective(), 1.5));
    painter.setBrush(theme::surface());
    painter.drawEllipse(circle, 3.5, 3.5);
}

} // namespace

AssumptionLegend::Content latencyLegend()
{
    return {
        {entry(LawCurve::Independent, Words::tr("Independent"),
               Words::tr("Different components fail, and take their time, independently of each other. The line takes "
                         "the evidence at its nominal values, the band holds what the evidence leaves open."),
               Words::tr("The band holds the exact law of the given evidence: rounding only widens it.")),
         entry(
             LawCurve::SharedFate, Words::tr("Shared fate"),
             Words::tr("Alternatives that share a component or a failure domain are no faster than the best of them."),
             Words::tr("A scenario, not a bound: at finite times it bounds parallels and races of calls only.")),
         entry(LawCurve::Envelope, Words::tr("Envelope"),
               Words::tr("Nothing is assumed of how calls depend on each other: worst and best case."),
               Words::tr("Every true law with these inputs lies within it.")),
         entry(LawCurve::Selected, Words::tr("Selection"),
               Words::tr("The selected node alone, with independent outcomes."),
               Words::tr("Of what stands below the node, as if the journey were nothing else.")),
         entry(LawCurve::Accepted, Words::tr("Accepted"),
               Words::tr("The accepted model's tree with the same evidence, with independent outcomes."),
               Words::tr("Behind the others, to see what the intent changes.")),
         {paintPercentile, Words::tr("Percentile"),
          Words::tr("The chosen percentile lies between the two ticks; the circle is its nominal value. An arrow "
                    "instead of a tick: no finite time is known."),
          Words::tr("At the height of its part of the successes.")},
         {paintObjective, Words::tr("Objective"),
          Words::tr("Dashed lines lead to the time that is wanted and to the part of the journeys that must be done by "
                    "then; a curve above the circle where they meet keeps it."),
          Words::tr("Of a percentile, the part is of the successes.")}},
        Words::tr(
            "The curves do not reach 100 %: they end at the availability. Percentiles are of successful journeys; "
            "p_U is the larger upper end of independent and shared fate."),
        QStringLiteral("latency/legendFolded")};
}

void showLegendOf(const LatencyContent& content, AssumptionLegend& legend)
{
    const auto show = [&legend](LawCurve curve, bool shown) {
        legend.setShown(static_cast<std::size_t>(curve), shown);
    };
    show(LawCurve::Independent, content.journey.has_value());
    show(LawCurve::SharedFate, content.journey && content.journey->sharedFate);
    show(LawCurve::Envelope, content.journey && content.journey->envelope);
    show(LawCurve::Selected, content.selected.has_value());
    show(LawCurve::Accepted, content.accepted.has_value());
    legend.setShown(percentileEntry, content.journey.has_value());
    legend.setShown(objectiveEntry, content.percentileObjective || content.deadlineObjective);
}

} // namespace emac::widgets
