// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/latency_memo.h"
#include "core/base/watch.h"

#include <optional>

namespace emac::analysis {

class Recurrence;

/// P(the body of a timeout is done by the deadline | it succeeds) = S(d) / S(∞), under independence, by what stands
/// below the timeout alone. 0 ≤ worst ≤ nominal ≤ best ≤ 1: late at the worst availabilities, early at the best.
struct TimeoutThinning
{
    double worst = 0;
    double nominal = 0;
    double best = 1;
};

/// @pre every call below that somebody waits for has a latency law; the memo has begun
/// @returns nothing where the watch expired
std::optional<TimeoutThinning> timeoutThinning(const Plan& plan, const Recurrence& recurrence, NodeIndex timeout,
                                               LatencyMemo& memo, const base::Watch& watch);

} // namespace emac::analysis
