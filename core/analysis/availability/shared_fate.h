// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/marginals.h"
#include "core/base/watch.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// A⁻ of every node of a plan, unclamped, as failure probabilities.
struct SharedFate
{
    Marginals marginals;
    std::vector<char> sharesFate; ///< by NodeIndex: see NodeAvailability
    std::vector<char> domainsUnknown; ///< by NodeIndex: see NodeAvailability
};

/// Shared fate at t = ∞, on the tree as written, bottom up. Near linear: O(calls and domains · depth
/// of nested redundancy operators). @returns nothing where the watch expired.
std::optional<SharedFate> sharedFate(const Plan& plan, AvailabilityMemo& memo, const base::Watch& watch);

} // namespace emac::analysis
