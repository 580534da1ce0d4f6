// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/outcome_law.h"
#include "core/analysis/latency/latency.h"

namespace emac::analysis {

/// One end of a percentile, read from a law on one grid.
struct EndReading
{
    std::optional<double> seconds; ///< absent: unbounded, or behind the grid
    double numeric = 0; ///< what the grid adds to the end, in seconds
    bool behindGrid = false; ///< a longer grid will tell more
};

struct PercentileReading
{
    double part = 0;
    EndReading lower;
    EndReading nominal;
    EndReading upper;
};

/// lower = inf{t : S⁺(t) ≥ p·S⁻(∞)}, upper = inf{t : S⁻(t) ≥ p·S⁺(∞)} (semantics § 5); what is reached but for 1e-12
/// counts as reached, but not what the law only comes near to. O(log cells)
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
