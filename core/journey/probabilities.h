// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"
#include "core/journey/validity.h"

#include <vector>

/// Exact arithmetic on the probabilities of a branch.
namespace emac::journey {

/// Whether the probabilities cannot sum to 1, by more than 1e-9, as the reader judges them. O(choices).
Fault sumFault(const std::vector<Choice>& choices);

/// The same choices, where they can sum to 1 after choice `kept` was set; else with the largest other choice changed by
/// just what is missing. Empty where that would leave [0, 1].
std::optional<std::vector<Choice>> balanced(std::vector<Choice> choices, std::size_t kept);

/// The sum of both, end by end; at most 1.
ProbabilityRange sumOf(const ProbabilityRange& a, const ProbabilityRange& b);

/// Adds the probability of what is gone to the largest choice. A single choice gets 1. @pre choices is not empty
void inherit(std::vector<Choice>& choices, const ProbabilityRange& gone);

/// n probabilities that sum to 1 exactly and differ by at most one unit of their last digit. @pre n ≥ 1
std::vector<ProbabilityRange> equalShares(std::size_t n);

} // namespace emac::journey
