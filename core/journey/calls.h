// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <string>
#include <vector>

namespace emac::journey {

/// A component that the journey calls, and what a failure of the call may be caught by.
struct CalledComponent
{
    std::string component;
    ExpressionPtr redundancy; ///< the nearest redundancy operator above the call (isRedundant()); null where none is
    bool operator==(const CalledComponent&) const = default;
};

/// Each component that the journey calls, once for each nearest redundancy operator above its calls, null being one of
/// them. Document order; what fragments call follows behind the tree, under the redundancy that their use stands under.
/// Fragments that are used nowhere are left out, and a fragment is looked at once for each redundancy that it is used
/// under: O(size) without fragments, at most O(size of the fragments · redundancy operators) with them.
std::vector<CalledComponent> calledComponents(const Journey& journey);

} // namespace emac::journey
