// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "core/analysis/latency/outcome_law.h"

namespace emac::analysis {

/// A percentile, read from a law on one grid.
struct PercentileReading
{
    Percentile percentile;
    /// The part of the distance of its ends that comes from the grid, in seconds.
    double numeric = 0;
    /// An end lies behind the grid: a longer one will tell more.
    bool behindGrid = false;
    /// The numeric part of it; 0 where it is unbounded.
    double width() const { return percentile.upper && *percentile.upper > 0 ? numeric / *percentile.upper : 0; }
};

/// lower = inf{t : S⁺(t) ≥ p·S⁻(∞)}, upper = inf{t : S⁻(t) ≥ p·S⁺(∞)} (semantics § 5); what is reached but for 1e-12
/// counts as reached. O(log cells)
PercentileReading readPercentile(const OutcomeLaw& law, const Grid& grid, double part);

/// S⁻ and S⁺ at one time. O(1)
DeadlineProbability readDeadline(const OutcomeLaw& law, const Grid& grid, base::Duration limit);

/// The curves of a band at `points` times at most: lower never above S⁻, upper never below S⁺.
struct BandCurves
{
    Curve lower;
    Curve upper;
    Curve nominal;
};
BandCurves readCurves(const OutcomeLaw& law, const Grid& grid, std::size_t points);

} // namespace emac::analysis
