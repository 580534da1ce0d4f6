// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/cdf.h"

namespace emac::analysis {

/// The law of a sum of two independent times.
struct Convolution
{
    Cdf cdf;
    /// A bound on the error of each value by floating-point arithmetic, beyond a few ulp.
    double noise = 0;
    /// Mass that was moved up to the first cell, or from behind the last one to never: the exact value at each cell of
    /// the grid exceeds the given one by at most so much.
    double moved = 0;
};

/// On the cells of a grid; what falls behind its end is left out. Linear, never cyclic: transforms are as long as the
/// sum's support. Few or short laws are multiplied out, which is exact but for a few ulp; others by FFT in O(n log n),
/// with the mass in both tails below 1e-10 moved. May be called by several threads at once.
Convolution convolve(const Cdf& a, const Cdf& b, std::size_t cells);

} // namespace emac::analysis
