// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/availabilitydisplay.h"
#include "widgets/document/journeydocument.h"

namespace emac::widgets {

/// How a document fares, in words, as of its newest numbers.
struct VerdictWords
{
    std::optional<governance::Verdict> verdict;
    QString word; ///< "PASS"
    /// "99.251 % … 99.747 %, objective 99.5 % · p99 at most 499 ms, objective 500ms"; empty before there are numbers.
    QString numbers;
    QStringList parts; ///< the same, of each objective apart
    QStringList brief; ///< the same, for little room: "p99 ≤ 499 ms (≤ 500ms)"
    QString reason; ///< the first
    journey::Notes reasons; ///< availabilities in them read as the rest
    bool explainable = false; ///< there are numbers of the journey
    bool operator==(const VerdictWords&) const = default;
};

/// What stands between the parts in `numbers`.
QString numbersApart();

/// What is said of components without availability.
struct UnstatedWords
{
    QString text; ///< "cart has no availability yet"; empty where every component has one
    bool missedAnyway = false; ///< even their never failing would not meet the objective; the text says so
};

UnstatedWords unstatedWords(const journey::Intent& intent, const governance::Decision& decision);

VerdictWords verdictWordsOf(const JourneyDocument& document, AvailabilityUnit unit = AvailabilityUnit::Percent);

} // namespace emac::widgets
