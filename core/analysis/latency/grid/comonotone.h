// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/cdf.h"

namespace emac::analysis {

/// The law of the sum of two times that are large together: its quantiles are the sums of theirs. Both have the total
/// 1; what lies behind the grid is left out. O(cells)
Cdf comonotoneSum(const Cdf& a, const Cdf& b, std::size_t cells);

} // namespace emac::analysis
