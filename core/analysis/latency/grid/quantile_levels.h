// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/outcome_law.h"
#include "core/journey/latency_law.h"

#include <span>

namespace emac::analysis {

/// Laws of success by their quantiles at levels that are the same for all: the success of each scenario holds in place
/// of a cell the time in seconds at which the level of that number is reached, infinite where it never is, as a part of
/// what ever succeeds. So the law of times that are large together is a plain sum, at the relative precision of its
/// summands, however many they are. In a late scenario at least the level is reached by then, but for the slack; in an
/// early one at most the level before.
using QuantileLaw = OutcomeLaw;

/// In (0, 1], ascending: equal steps in the middle, by factors in the tails, down to 1e-9 in the upper one, and closely
/// around each percentile that is reported.
std::span<const double> quantileLevels();

/// Of ln T normal, exact but for arithmetic. @param factor of all times
QuantileLaw lognormalQuantiles(const journey::LatencyLaw::Lognormal& law, double factor);

/// Reads the quantiles of one law on finer grids first, then on coarser and longer ones: of each level where the first
/// that reaches it does.
class QuantileReader
{
public:
    QuantileReader();

    void read(const OutcomeLaw& law, const Grid& grid);
    /// Longer grids tell no more.
    bool isComplete() const { return m_complete; }
    QuantileLaw law() const;

private:
    bool read(const Outcome& outcome, Scenario scenario, const Grid& grid);

    std::array<std::vector<double>, scenarioCount> m_times;
    std::array<double, scenarioCount> m_finite{};
    bool m_complete = false;
};

/// One scenario of a law with quantiles, on the cells of a grid, to be read with this radius and slack, which take
/// nothing from it. @pre slack ≥ that of the quantiles
/// @param smooth between the levels by interpolation, which is no bound but moves with each time: see ScaledCall
/// O(cells and levels)
Cdf onGrid(const Arrival& quantiles, Scenario scenario, const Grid& grid, double radius, double slack, bool smooth);

} // namespace emac::analysis
