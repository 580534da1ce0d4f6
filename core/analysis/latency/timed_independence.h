// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/memo.h"
#include "core/base/watch.h"

#include <optional>
#include <span>
#include <vector>

namespace emac::analysis {

/// A⁺ of the nodes above timeouts whose effect is no event of its own: see approximateTimeouts().
struct TimedIndependence
{
    /// By node: 1 − S(∞) of its law in time, which knows the states of components that are called more than once.
    /// Absent where no such timeout stands below, and where that law is approximate itself.
    std::vector<std::optional<ByEnd<double>>> failure;
    /// By node: a timeout below acts approximately, and there is no such value.
    std::vector<char> approximate;

    bool isApproximate(NodeIndex node) const { return !approximate.empty() && approximate[node] != 0; }
};

/// Costs nothing where no timeout is named; else up to 2¹⁰ laws of each body.
/// @param timeouts those whose effect is no event of its own. @pre findTimeoutEffects() has filled the plan
/// @returns nothing where the watch expired
std::optional<TimedIndependence> timedIndependence(const Plan& plan, std::span<const NodeIndex> timeouts, Memo& memo,
                                                   const base::Watch& watch);

/// By node: whether one of these stands below it, or is it. Empty where there are none. O(nodes)
std::vector<char> holdingOneOf(const Plan& plan, std::span<const NodeIndex> nodes);

} // namespace emac::analysis
