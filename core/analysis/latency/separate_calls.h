// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/availability_memo.h"
#include "core/analysis/latency/grid/outcome_law.h"
#include "core/base/watch.h"

#include <optional>

namespace emac::analysis {

/// Where more components repeat than there are states for, all their calls are taken as separate. This is by how much
/// that changes the node's availability: A⁺ with the calls as they are, over A⁺ with separate ones, for the nominal
/// curve the mean of both ends; 1 where A⁺ is not known. As expensive as the independent availability of the plan.
/// @returns nothing where the watch expired
using SeparationFactors = std::array<double, scenarioCount>;
std::optional<SeparationFactors> separationFactors(const Plan& plan, NodeIndex node, AvailabilityMemo& memo,
                                                   const base::Watch& watch);

/// S multiplied by these. D is left out.
OutcomeLaw scaledTo(const OutcomeLaw& law, const SeparationFactors& factors);

} // namespace emac::analysis
