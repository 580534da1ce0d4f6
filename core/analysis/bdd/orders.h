// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/shape.h"

#include <vector>

namespace emac::analysis {

/// By variable: when a diagram asks for it; a permutation.
using VariableOrder = std::vector<std::uint32_t>;

/// How many ways there are to order the variables of a module. None is always best.
inline constexpr std::size_t orderCount = 6;

/// The way of this number, a function of the shape alone: depth first, from the left (Fujita, Fujisawa & Kawato 1988),
/// the smaller or the larger part first, or what is shared most; or so that what stands together is asked together
/// (FORCE: Aloul, Markov & Sakallah 2003). O(size · log size), FORCE some twenty times as much.
VariableOrder orderOf(const ModuleShape& shape, std::size_t way);

} // namespace emac::analysis
