// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/decision.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::governance {

/// How the latency or the deadline objective fares, and why.
struct LatencyFinding
{
    ObjectiveJudgement judgement;
    journey::Notes reasons; ///< at least one
};

/// Of the latency objective, then of the deadline objective, where there are any. Judged is the whole band of the
/// assumption named for automation (semantics § 5); of "upperConfidence" the two bands of the independent law and of
/// shared fate together. `latency` may be null. @pre the journey is not empty
std::vector<LatencyFinding> judgeLatency(const journey::Intent& intent, const journey::Inputs& inputs,
                                         const analysis::LatencyAnalysis* latency);

/// p_U of semantics § 5, in seconds: the larger of the percentile's upper ends under independence and under shared
/// fate. Absent where one of them is unbounded, approximate or has not been computed. `part` is one that was asked for.
std::optional<double> upperPercentile(const analysis::LatencyAnalysis& latency, double part);

} // namespace emac::governance
