// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/memo.h"
#include "core/base/watch.h"

#include <vector>

namespace emac::analysis {

/// Writes into the plan what each timeout does below which every call that somebody waits for has latency evidence, and
/// whether both ends of all inputs are still the same. Does nothing, and costs nothing, where there is no timeout.
/// @returns false where the watch expired
bool findTimeoutEffects(Plan& plan, Memo& memo, const base::Watch& watch);

/// The timeouts that act on alternatives with components that are called elsewhere too: whether their bodies come too
/// late depends on states that matter there as well, so that the effect is no event of its own. O(calls · depth)
std::vector<NodeIndex> approximateTimeouts(const Plan& plan);

} // namespace emac::analysis
