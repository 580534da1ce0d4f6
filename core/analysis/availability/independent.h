// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/events.h"
#include "core/analysis/availability/marginals.h"
#include "core/base/watch.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// A scope of the plan in which a diagram met a limit.
struct UnbuiltScope
{
    std::size_t scope = 0; ///< index in Plan::scopes
    DiagramState limit = DiagramState::Built; ///< which one
};

/// A law with independent events, of every node of a plan, as failure probabilities.
struct IndependentResult
{
    Marginals marginals;
    std::vector<char> known; ///< by NodeIndex: 0 where the value could not be computed exactly
    std::vector<UnbuiltScope> unbuilt; ///< in the order of the scopes
};

/// What fails by itself: independent of all else.
struct EventFailures
{
    std::vector<double> own; ///< by component: of its own part; empty: as the plan says
    std::vector<double> domains; ///< by failure domain
};

/// Events are independent; calls that have one in common share its state. Exact: products and sums where nothing
/// repeats, else by decision diagrams, module by module. Linear where nothing repeats, exponential in the worst case.
/// @param repeats of these events; @param law A⁺ or A*, for the memo
/// @returns nothing where the watch expired
std::optional<IndependentResult> independentLaw(const Plan& plan, const Events& events, const Repeats& repeats,
                                                const EventFailures& failures, Law law, AvailabilityMemo& memo,
                                                const DiagramLimits& limits, const base::Watch& watch);

} // namespace emac::analysis
