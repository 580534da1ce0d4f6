// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/limits.h"
#include "core/spec/checker.h"
#include "core/spec/expression_builder.h"

#include <vector>

namespace emac::spec {

using journey::deepestNesting;

/// What a second building needs to know.
struct FragmentCheck
{
    bool rebuild = false; ///< some uses are to be left out
    std::vector<std::size_t> order; ///< of the trees, each behind those that it uses
};

/// Finds uses that close a cycle or nest too deep; reports each and makes its node a fault, so that a second building
/// leaves it out. Fragments that nothing uses get a warning. O(trees + uses).
/// Written out, what is left may still have exponentially many nodes: a journey is a DAG.
/// `trees`: the journey's own tree first, then every fragment that is written.
FragmentCheck checkFragments(const std::vector<BuiltTree>& trees, Checker& checker);

} // namespace emac::spec
