// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/cdf.h"

namespace emac::analysis {

/// The law of the sum of two times that are large together: its quantiles are the sums of theirs. Of a and b with the
/// totals 1 after division by these; what lies behind the grid is left out.
/// @param totals > 0. O(cells)
Cdf comonotoneSum(const Cdf& a, double totalOfA, const Cdf& b, double totalOfB, std::size_t cells);

} // namespace emac::analysis
