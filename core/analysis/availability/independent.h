// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/marginals.h"
#include "core/base/watch.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// A scope of the plan in which more components are called twice or more than are enumerated.
struct TooManyRepeats
{
    std::size_t scope = 0; ///< index in Plan::scopes
    std::size_t components = 0;
};

/// A⁺ of every node of a plan, as failure probabilities.
struct IndependentResult
{
    Marginals marginals;
    std::vector<char> known; ///< by NodeIndex: 0 where the value could not be computed exactly
    std::vector<TooManyRepeats> tooMany;
};

/// Components fail independently; all calls of a shared component in one scope are the same event.
/// Exact by enumeration of the states of the components that are called twice or more, at most maxConditioned for a
/// node. Linear where none is. @returns nothing where the watch expired.
std::optional<IndependentResult> independentLaw(const Plan& plan, AvailabilityMemo& memo, const base::Watch& watch);

} // namespace emac::analysis
