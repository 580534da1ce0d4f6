// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/figures.h"

#include "widgets/common/format.h"

#include <QCoreApplication>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::figures)
};

} // namespace

std::optional<double> failureOf(const analysis::NodeAvailability& values, Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return values.sharedFate.worst;
    case Figure::Optimistic:
        return values.independent ? std::optional(values.independent->best) : std::nullopt;
    case Figure::CommonCause:
        return values.commonCause;
    case Figure::Lowest:
        return values.envelope.failure.worst;
    case Figure::Highest:
        break;
    }
    return values.envelope.failure.best;
}

bool isOpen(const analysis::NodeAvailability& values)
{
    return values.sharedFate.worst >= 1 && values.independent && values.independent->best < 1;
}

bool isUnknown(const analysis::NodeAvailability& values)
{
    return isOpen(values) && values.independent->best <= 0;
}

QStringList figureLines(const analysis::NodeAvailability* values, const AvailabilityDisplay& display)
{
    if (values == nullptr)
        return {Words::tr("There are no numbers yet.")};
    QStringList lines;
    const double worst = values->sharedFate.worst;
    const auto pessimistic = availabilityText(worst, display);
    if (values->independent) {
        const double best = values->independent->best;
        lines << Words::tr("A⁻ %1, A⁺ %2").arg(pessimistic, availabilityText(best, display))
              << Words::tr("Fails in %1 to %2 of all tries").arg(unavailabilityText(best), unavailabilityText(worst));
    } else {
        lines << Words::tr("A⁻ %1").arg(pessimistic)
              << Words::tr("A⁺ is not computed: a limit of the exact computation was met, see Problems.");
    }
    const auto& envelope = values->envelope;
    const auto ends =
        Words::tr("Envelope %1 … %2")
            .arg(shortAvailability(envelope.failure.worst, display), availabilityText(envelope.failure.best, display));
    lines << (envelope.sharp ? ends : Words::tr("%1 (%2)").arg(ends, outerBound()));
    if (values->commonCause)
        lines << Words::tr("A* %1").arg(availabilityText(*values->commonCause, display));
    return lines;
}

QString symbolOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return QStringLiteral("A⁻");
    case Figure::Optimistic:
        return QStringLiteral("A⁺");
    case Figure::CommonCause:
        return QStringLiteral("A*");
    case Figure::Lowest:
        return QStringLiteral("E⁻");
    case Figure::Highest:
        break;
    }
    return QStringLiteral("E⁺");
}

QString nameOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return Words::tr("pessimistic shared fate");
    case Figure::Optimistic:
        return Words::tr("optimistic independence");
    case Figure::CommonCause:
        return Words::tr("common cause");
    case Figure::Lowest:
        return Words::tr("lower end of the envelope");
    case Figure::Highest:
        break;
    }
    return Words::tr("upper end of the envelope");
}

QString headingOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return Words::tr("A⁻ pessimistic");
    case Figure::Optimistic:
        return Words::tr("A⁺ optimistic");
    case Figure::CommonCause:
        return Words::tr("A* common cause");
    case Figure::Lowest:
        return Words::tr("E⁻ lower bound");
    case Figure::Highest:
        break;
    }
    return Words::tr("E⁺ upper bound");
}

QString assumptionOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return Words::tr("Alternatives that share a component or a failure domain, or whose domains are unknown, fail "
                         "together, and so do the attempts of a retry.");
    case Figure::Optimistic:
        return Words::tr("Different components fail independently of each other; two calls of one component are one "
                         "event.");
    case Figure::CommonCause:
        return Words::tr("A component is down while a failure domain of it is, by the availability that the domain "
                         "states; all else fails independently.");
    case Figure::Lowest:
        return Words::tr("Nothing is assumed of how failures depend on each other: the worst case.");
    case Figure::Highest:
        break;
    }
    return Words::tr("Nothing is assumed of how failures depend on each other: the best case.");
}

QString guaranteeOf(Figure figure)
{
    switch (figure) {
    case Figure::Pessimistic:
        return Words::tr("Inputs are taken at their lower ends. Where there is no timeout, a lower bound as long as "
                         "failures tend to come together and what shares nothing is independent; behind a timeout a "
                         "scenario, not a bound.");
    case Figure::Optimistic:
        return Words::tr("Inputs are taken at their upper ends. No upper bound: A* and E⁺ may exceed it.");
    case Figure::CommonCause:
        return Words::tr("Inputs are taken at their nominal values. One number, no bound: as good as the stated "
                         "availabilities of the domains.");
    case Figure::Lowest:
        return Words::tr("Inputs are taken at their lower ends. Always a lower bound, for availabilities as stated; "
                         "where no component is called twice, some dependence attains it.");
    case Figure::Highest:
        break;
    }
    return Words::tr("Inputs are taken at their upper ends. Always an upper bound, for availabilities as stated; where "
                     "no component is called twice, some dependence attains it.");
}

QString envelopeAssumption()
{
    return Words::tr("Nothing is assumed of how failures depend on each other: worst and best case. Dashed: an outer "
                     "bound, as a component is called more than once.");
}

QString outerBound()
{
    return Words::tr("outer bound");
}

QString intervalCaution()
{
    return Words::tr("A⁺ is no upper bound: A* and E⁺ may exceed it. A⁻ and A⁺ come from different assumptions: what "
                     "lies between them is no confidence interval.");
}

} // namespace emac::widgets
