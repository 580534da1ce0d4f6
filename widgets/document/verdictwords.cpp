// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/verdictwords.h"

#include "widgets/common/format.h"

#include <QCoreApplication>

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

} // namespace

VerdictWords verdictWordsOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    VerdictWords words{{}, wordOf({}), {}, {}, {}, false};
    if (!document.isReadable()) {
        words.reason = Words::tr("The file is no journey");
        return words;
    }
    const auto evaluation = document.evaluation();
    if (!evaluation) {
        words.reason = Words::tr("Numbers are on their way");
        return words;
    }
    const auto& objective = document.intent().objectives.availability;
    auto decision = document.decision();
    const auto display = displayOf(unit, document.intent().objectives);
    words.verdict = decision->verdict;
    words.word = !words.verdict && !objective && document.intent().journey.root ? Words::tr("no objective")
                                                                                : wordOf(words.verdict);
    words.reasons = std::move(decision->reasons);
    for (auto& note : words.reasons)
        note.message = inDisplay(note.message, display);
    if (!words.reasons.empty())
        words.reason = messageWhat(words.reasons.front().message);
    if (const auto& values = evaluation->analysis.journey) {
        words.explainable = true;
        words.numbers = values->independent
                            ? availabilityRange(values->sharedFate.worst, values->independent->best, display)
                            : Words::tr("at least %1").arg(availabilityText(values->sharedFate.worst, display));
        if (objective)
            words.numbers = Words::tr("%1, objective %2")
                                .arg(words.numbers, display.unit == AvailabilityUnit::Percent
                                                        ? exactAvailability(objective->target, display)
                                                        : shortAvailability(objective->target.failure(), display));
    }
    return words;
}

} // namespace emac::widgets
