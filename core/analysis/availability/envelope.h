// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/marginals.h"

#include <vector>

namespace emac::analysis {

/// What holds of each node whatever the dependence between the outcomes below it, as failure probabilities by
/// NodeIndex and by end of all inputs.
struct EnvelopeResult
{
    ByEnd<std::vector<double>> least; ///< 1 − E⁺
    ByEnd<std::vector<double>> most; ///< 1 − E⁻
    std::vector<char> sharp; ///< some law attains each of the two
};

/// Operator by operator from the bounds of the children: any and all of them by Boole and Fréchet, k of n by Rüger
/// (1978), a retry by Boole over its attempts, a branch and an optional as independent. Sharp where no component
/// repeats. O(n log n) for the n children of a kofn or a branch, else linear.
/// @param repeats by node: whether a component repeats below
EnvelopeResult envelope(const Plan& plan, const std::vector<char>& repeats);

/// The largest probability that at least m of n events with these probabilities occur, over all joint laws:
/// min over r < m of the sum of the n − r smallest / (m − r), at most 1 (Rüger 1978). 0 for m > n, 1 for m = 0.
/// @param p sorted, smallest first
double mostOfAtLeast(std::size_t m, std::span<const double> p);

/// The smallest one: max over r < n − m + 1 of (the sum of the n − r largest − m + 1) / (n − m + 1 − r), at least 0.
double leastOfAtLeast(std::size_t m, std::span<const double> p);

} // namespace emac::analysis
