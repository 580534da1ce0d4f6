// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

/// What a document may hold at most, read or edited.
namespace emac::journey {

/// How many operators may lie inside each other with fragments written out; a use counts as one.
constexpr int deepestNesting = 200;

/// Operators, calls and uses of the tree and of all fragments together, as written.
constexpr int mostNodes = 100'000;

/// Of the name of a component, a fragment, a node, a failure domain or a journey.
constexpr std::size_t mostNameBytes = 253;

} // namespace emac::journey
