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

/// The bands that latency objectives are judged on; empty where there are none.
std::vector<const analysis::LatencyBand*> judgedBands(const journey::Intent& intent,
                                                      const analysis::LatencyAnalysis& latency)
{
    std::vector<const analysis::LatencyBand*> bands;
    const auto assumption = intent.governance.latency.value_or(journey::LatencyAssumption::UpperConfidence);
    if (!latency.law)
        return bands;
    if (assumption == journey::LatencyAssumption::Envelope) {
        if (latency.law->envelope)
            bands.push_back(&*latency.law->envelope);
        return bands;
    }
    bands.push_back(&latency.law->independent);
    if (assumption == journey::LatencyAssumption::UpperConfidence && latency.law->sharedFate)
        bands.push_back(&*latency.law->sharedFate);
    return bands;
}

QString percentileWords(const journey::LatencyObjective& objective,
                        const std::vector<const analysis::LatencyBand*>& bands)
{
    const auto index = analysis::percentileIndex(objective.metric);
    if (!index)
        return {};
    const auto name = percentileName(*index);
    const auto wanted = durationText(objective.threshold);
    std::optional<double> upper = 0;
    for (const auto* band : bands) {
        const auto end = *index < band->percentiles.size() ? band->percentiles[*index].upper : std::nullopt;
        upper = upper && end ? std::optional(std::max(*upper, *end)) : std::nullopt;
    }
    return upper ? Words::tr("%1 at most %2, objective %3").arg(name, timeText(*upper, RoundTo::Up), wanted)
                 : Words::tr("%1 unbounded, objective %2").arg(name, wanted);
}

QString deadlineWords(const journey::DeadlineObjective& objective,
                      const std::vector<const analysis::LatencyBand*>& bands)
{
    double lower = 1;
    for (const auto* band : bands) {
        const auto found = std::ranges::find(band->deadlines, objective.limit, &analysis::DeadlineProbability::limit);
        lower = std::min(lower, found == band->deadlines.end() ? 0 : found->lower);
    }
    const auto limit = durationText(objective.limit);
    const auto target = exactPercent(objective.target);
    return Words::tr("within %1 at least %2, objective %3").arg(limit, probabilityText(lower, RoundTo::Down), target);
}

/// Of the objectives on time; empty where they are not assessed: the reasons say so.
QString timeWords(const journey::Intent& intent, const analysis::LatencyAnalysis& latency)
{
    const auto bands = judgedBands(intent, latency);
    if (bands.empty())
        return {};
    QStringList parts;
    if (const auto& objective = intent.objectives.latency)
        parts << percentileWords(*objective, bands);
    if (const auto& objective = intent.objectives.deadline)
        parts << deadlineWords(*objective, bands);
    parts.removeAll(QString());
    return parts.join(Words::tr(" · "));
}

} // namespace

VerdictWords verdictWordsOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    VerdictWords words{{}, wordOf({}), {}, {}, {}, false};
    if (!document.isReadable()) {
        words.reason = Words::tr("The file is no journey");
        return words;
    }
    const auto& [evaluation, latency] = document.judged();
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
    words.reasons = std::move(decision->reasons);
    for (auto& note : words.reasons)
        note.message = inDisplay(note.message, display);
    if (!words.reasons.empty())
        words.reason = open.text.isEmpty() ? messageWhat(words.reasons.front().message) : open.text;
    if (const auto& values = evaluation->analysis.journey) {
        words.explainable = true;
        words.numbers = numbersOf(*values, judgedFigure(intent), display);
        if (objective)
            words.numbers = Words::tr("%1, objective %2")
                                .arg(words.numbers, display.unit == AvailabilityUnit::Percent
                                                        ? exactAvailability(objective->target, display)
                                                        : shortAvailability(objective->target.failure(), display));
    }
    if (latency) {
        const auto time = timeWords(intent, latency->journey);
        if (!time.isEmpty())
            words.numbers = words.numbers.isEmpty() ? time : Words::tr("%1 · %2").arg(words.numbers, time);
    }
    return words;
}

} // namespace emac::widgets
