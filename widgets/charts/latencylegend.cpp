// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencylegend.h"

#include "widgets/charts/latencycurves.h"

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
               Words::tr("Behind the others, to see what the intent changes."))},
        Words::tr(
            "The curves do not reach 100 %: they end at the availability. Percentiles are of successful journeys; "
            "p_U is the larger upper end of independent and shared fate."),
        QStringLiteral("latency/legendFolded")};
}

} // namespace emac::widgets
