// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/verdictwords.h"

#include "widgets/common/figures.h"
#include "widgets/common/format.h"
#include "widgets/common/timetext.h"
#include "widgets/common/typedvalue.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::verdict)
};

QString wordOf(std::optional<governance::Verdict> verdict)
{
    if (!verdict)
        return Words::tr("—");
    switch (*verdict) {
    case governance::Verdict::Pass:
        return Words::tr("PASS");
    case governance::Verdict::Review:
        return Words::tr("REVIEW");
    case governance::Verdict::Fail:
        break;
    }
    return Words::tr("FAIL");
}

/// What is judged for automation.
Figure judgedFigure(const journey::Intent& intent)
{
    switch (intent.governance.availability.value_or(journey::AvailabilityAssumption::Pessimistic)) {
    case journey::AvailabilityAssumption::Optimistic:
        return Figure::Optimistic;
    case journey::AvailabilityAssumption::CommonCause:
        return Figure::CommonCause;
    case journey::AvailabilityAssumption::Envelope:
        return Figure::Lowest;
    case journey::AvailabilityAssumption::Pessimistic:
        break;
    }
    return Figure::Pessimistic;
}

QString namesOfUnstated(const governance::Decision& decision)
{
    QStringList names;
    for (const auto& reason : decision.reasons) {
        if (reason.message.code == base::Code::DecisionNotStated)
            names << QString::fromStdString(reason.element.name);
    }
    switch (names.size()) {
    case 0:
        return {};
    case 1:
        return Words::tr("%1 has no availability yet").arg(names.front());
    case 2:
        return Words::tr("%1 and %2 have no availability yet").arg(names[0], names[1]);
    default:
        return Words::tr("%1, %2 and %n more have no availability yet", nullptr, static_cast<int>(names.size()) - 2)
            .arg(names[0], names[1]);
    }
}

} // namespace

UnstatedWords unstatedWords(const journey::Intent& intent, const governance::Decision& decision)
{
    UnstatedWords words{namesOfUnstated(decision), false};
    if (words.text.isEmpty())
        return words;
    const auto judged = std::ranges::find(decision.objectives, "availability", &governance::ObjectiveJudgement::name);
    words.missedAnyway = judged != decision.objectives.end() && judged->verdict == governance::Verdict::Fail;
    if (words.missedAnyway)
        words.text = Words::tr("%1; but even without failures there, %2 would miss the objective")
                         .arg(words.text, symbolOf(judgedFigure(intent)));
    return words;
}

namespace {

/// The best that what is judged can become, as a failure probability.
double bestOf(const analysis::NodeAvailability& values, Figure judged)
{
    return judged == Figure::Pessimistic ? values.sharedFate.best : values.independent->best;
}

QString numbersOf(const analysis::NodeAvailability& values, Figure judged, const AvailabilityDisplay& display)
{
    if (!values.independent)
        return Words::tr("at least %1").arg(availabilityText(values.sharedFate.worst, display));
    if (isUnknown(values))
        return Words::tr("not known yet");
    if (isOpen(values))
        return Words::tr("%1 at most %2").arg(symbolOf(judged), availabilityText(bestOf(values, judged), display));
    return availabilityRange(values.sharedFate.worst, values.independent->best, display);
}

using Ends = governance::ObjectiveJudgement::Ends;

void addPercentile(VerdictWords& words, const journey::LatencyObjective& objective, const Ends& judged)
{
    const auto index = analysis::percentileIndex(objective.metric);
    if (!index)
        return;
    const auto name = percentileName(*index);
    const auto wanted = durationText(objective.threshold);
    if (!judged.upper) {
        words.parts << Words::tr("%1 unbounded, objective %2").arg(name, wanted);
        words.brief << Words::tr("%1 unbounded (≤ %2)").arg(name, wanted);
        return;
    }
    const auto most = timeText(*judged.upper, base::Rounding::Up);
    words.parts << Words::tr("%1 at most %2, objective %3").arg(name, most, wanted);
    words.brief << Words::tr("%1 ≤ %2 (≤ %3)").arg(name, most, wanted);
}

void addDeadline(VerdictWords& words, const journey::DeadlineObjective& objective, const Ends& judged)
{
    const auto limit = durationText(objective.limit);
    const auto target = exactPercent(objective.target);
    const auto least = probabilityText(judged.lower, base::Rounding::Down);
    words.parts << Words::tr("within %1 at least %2, objective %3").arg(limit, least, target);
    words.brief << Words::tr("%1: ≥ %2 (≥ %3)").arg(limit, least, target);
}

/// Of the objectives on time; nothing of those that are not assessed: the reasons say so.
void addTimes(VerdictWords& words, const journey::Objectives& objectives, const governance::Decision& decision)
{
    for (const auto& objective : decision.objectives) {
        if (objective.judged && objective.name == "latency" && objectives.latency)
            addPercentile(words, *objectives.latency, *objective.judged);
        if (objective.judged && objective.name == "deadline" && objectives.deadline)
            addDeadline(words, *objectives.deadline, *objective.judged);
    }
}

void addAvailability(VerdictWords& words, const QString& availability,
                     const std::optional<journey::AvailabilityObjective>& objective, const AvailabilityDisplay& display)
{
    if (!objective) {
        words.parts << availability;
        words.brief << availability;
        return;
    }
    const auto target = display.unit == AvailabilityUnit::Percent
                            ? exactAvailability(objective->target, display)
                            : shortAvailability(objective->target.failure(), display);
    words.parts << Words::tr("%1, objective %2").arg(availability, target);
    words.brief << Words::tr("%1 (%2)").arg(availability, target);
}

} // namespace

QString numbersApart()
{
    return Words::tr(" · ");
}

VerdictWords verdictWordsOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    VerdictWords words;
    words.word = wordOf({});
    if (!document.isReadable()) {
        words.reason = Words::tr("The file is no journey");
        return words;
    }
    const auto& evaluation = document.judged().evaluation;
    if (!evaluation) {
        words.reason = Words::tr("Numbers are on their way");
        return words;
    }
    const auto& intent = evaluation->document->intent;
    const auto& objective = intent.objectives.availability;
    auto decision = document.decision();
    const auto display = displayOf(unit, intent.objectives);
    words.verdict = decision->verdict;
    words.word =
        !words.verdict && !objective && intent.journey.root ? Words::tr("no objective") : wordOf(words.verdict);
    const auto& whole = evaluation->analysis.journey;
    auto open = whole ? unstatedWords(intent, *decision) : UnstatedWords();
    if (!open.text.isEmpty() && !open.missedAnyway)
        open.text = !whole->independent || whole->independent->best <= 0
                        ? Words::tr("%1: anything is possible").arg(open.text)
                        : Words::tr("%1: anything up to %2 is possible")
                              .arg(open.text, availabilityText(bestOf(*whole, judgedFigure(intent)), display));
    if (whole) {
        words.explainable = true;
        addAvailability(words, numbersOf(*whole, judgedFigure(intent), display), objective, display);
    }
    addTimes(words, intent.objectives, *decision);
    words.numbers = words.parts.join(numbersApart());
    words.reasons = std::move(decision->reasons);
    for (auto& note : words.reasons)
        note.message = inDisplay(note.message, display);
    if (!words.reasons.empty())
        words.reason = open.text.isEmpty() ? messageWhat(words.reasons.front().message) : open.text;
    return words;
}

} // namespace emac::widgets
