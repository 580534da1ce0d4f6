// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <limits>
#include <vector>

namespace emac::analysis {

/// In ns; whole ones up to 104 days exactly.
using EarliestTime = double;
inline constexpr EarliestTime neverTime = std::numeric_limits<EarliestTime>::infinity();

/// The earliest times, after its start, at which a node can have succeeded and failed. `neverTime` where it cannot.
struct Earliest
{
    EarliestTime success = 0;
    EarliestTime failure = 0;
};

/// Of all nodes of the plan, by their index: the least times of positive probability of S⁺ and D⁺, or less, since
/// shared states, and that a body may always be done before a timeout, are left out. A lognormal law counts from the
/// time that it undercuts once in 10⁹ calls; what has no evidence takes no time. O(size)
std::vector<Earliest> earliestTimes(const Plan& plan);

} // namespace emac::analysis
