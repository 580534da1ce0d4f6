// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/array_operations.h"
#include "core/analysis/latency/grid/outcome_law.h"
#include "core/journey/latency_law.h"

#include <limits>
#include <span>
#include <vector>

namespace emac::analysis {

/// Laws of success by their quantiles at levels that are the same for all: the success of each scenario holds in place
/// of a cell the time in seconds at which the level of that number is reached, infinite where it never is, as a part of
/// what ever succeeds. So the law of times that are large together is a plain sum, at the relative precision of its
/// summands, however many they are. In a late scenario at least the level is reached by then, but for the slack; in an
/// early one at most the level before. `finite` is a part of what ever succeeds, too, and `moved` is in seconds: what
/// the grid on which most levels were read adds to a time.
using QuantileLaw = OutcomeLaw;

/// In (0, 1], ascending: equal steps in the middle, by factors in the tails, down to 1e-9 in the upper one, and closely
/// around each percentile that is reported.
std::span<const double> quantileLevels();

/// Of ln T normal, exact but for arithmetic. @param factor of all times
QuantileLaw lognormalQuantiles(const journey::LatencyLaw::Lognormal& law, double factor);

/// Of the sum of two times that are large together. The availabilities are not looked at.
QuantileLaw largeTogether(const QuantileLaw& a, const QuantileLaw& b, ArrayOperations& arrays);
/// Of whichever is later at each level, with the availability of the first.
QuantileLaw later(const QuantileLaw& law, const QuantileLaw& other, ArrayOperations& arrays);

/// Reads the quantiles of one law on finer grids first, then on coarser and longer ones: of each level where the first
/// that reaches it does.
class QuantileReader
{
public:
    /// @param crossed whether the crossed scenarios differ from those of the bounds: see OutcomeAlgebra
    /// @param smooth see onGrid()
    /// @param summands whose tails were moved, about
    QuantileReader(bool crossed, bool smooth, std::size_t summands);

    void read(const OutcomeLaw& law, const Grid& grid);
    /// Longer grids tell no more.
    bool isComplete() const { return m_complete; }
    QuantileLaw law() const;

private:
    struct Reading
    {
        std::vector<double> times;
        double finite = 0;
        double unavailability = 0;
        double moved = 0;
        double missing = std::numeric_limits<double>::infinity(); ///< behind the last grid
    };
    bool read(const Outcome& outcome, Scenario scenario, const Grid& grid);

    std::array<Reading, scenarioCount> m_readings;
    bool m_crossed;
    bool m_smooth;
    double m_negligible;
    bool m_complete = false;
};

/// A law with quantiles, with its availability, on the cells of a grid: in a late scenario each time rounded up, in an
/// early one down.
/// @param crossed see QuantileReader
/// @param smooth between the levels by interpolation, which is no bound but moves with each time: see ScaledCall
/// O(cells and levels)
OutcomeLaw onGrid(const QuantileLaw& law, const Grid& grid, bool crossed, bool smooth);

} // namespace emac::analysis
