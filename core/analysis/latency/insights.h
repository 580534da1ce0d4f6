// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/memo.h"
#include "core/base/watch.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <optional>

namespace emac::analysis {

/// What the times of a journey make of its operators, each with its element, in document order, the tree before the
/// fragments (EMAC-770 … 776):
/// * a try of a retry or an alternate of a fallback that cannot succeed before the nearest enclosing timeout ends, or
///   within what an objective of latency or deadline allows. It cannot where the earliest start, by the earliest
///   failure of what was tried before, and the earliest success together are later; the earliest is the least time
///   of positive probability of S⁺ and D⁺, for a lognormal law the time that it undercuts once in 10⁹ calls;
/// * a timeout that is longer than what an objective allows;
/// * a hedge that starts when more than 99 % of the successes of the first branch have come, whatever the evidence
///   leaves open;
/// * a retry or fallback around a call that has no timeout there and no failure time stated.
/// Silent about what has no latency evidence. O(size), and an analysis of the first branch of each delayed race.
/// @returns nothing where the watch expired.
std::optional<journey::Notes> latencyInsights(const journey::Intent& intent, const journey::Inputs& inputs,
                                              const base::Watch& watch = {}, Memo* memo = nullptr);

} // namespace emac::analysis
