// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/grid/cdf.h"
#include "core/analysis/latency/grid/shared_fate_groups.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// A guess at how long a node takes, in seconds: good enough to choose a grid by, and no more.
struct TimeScale
{
    double mean = 0;
    double variance = 0;
    double far = 0; ///< a late quantile of the slowest part
    double most = 0; ///< the latest possible; infinite where there is none
    double summands = 0; ///< rounded ones in a row
    double roughness = 0; ///< variations of their densities, per second, in all

    double reach() const;
    /// At which the rounding of all summands is a given part of the percentiles from this part of executions on, about.
    double stepFor(double lowestPart, double width) const;
};

/// The scales of a plan's nodes, each estimated when it is asked for.
class TimeScales
{
public:
    /// @param groups absent: all times are independent
    explicit TimeScales(const Plan& plan, const SharedFateGroups* groups = nullptr);

    TimeScale of(NodeIndex node);
    /// Of a grid that adds little to the width of a sum in which the node is a part.
    base::Duration stepOfPart(NodeIndex node);

private:
    TimeScale compute(NodeIndex index);
    TimeScale seriesOfGroups(NodeIndex index);

    const Plan& m_plan;
    const SharedFateGroups* m_groups;
    std::vector<std::optional<TimeScale>> m_scales;
};

/// Chooses grids for the law of one node. A pure function of plan and node.
class GridChoice
{
public:
    /// @param fine whatever the stated times are: to see what a small change of them does
    GridChoice(const Plan& plan, NodeIndex node, bool fine = false);
    /// For times that may be large together: a first grid that reaches far and is coarse, where a series is long enough
    /// for quantiles to be summed (ComonotoneSums), and then, where it is fine enough, that of the independent law.
    /// @param lowestPart with which the other one was asked for its first grid
    GridChoice(const Plan& plan, NodeIndex node, bool fine, const SharedFateGroups& groups, double lowestPart);

    /// The grid to begin with, where a percentile of this part is the lowest to be read.
    Grid first(double lowestPart) const;
    /// One with a step of at most this, as far as the most cells allow, up to this time.
    Grid of(double step, double range) const;
    /// One that is fine at a deadline around the node, holds it where it can, and reaches a little beyond.
    Grid toDeadline(base::Duration deadline) const;
    /// One whose step is finer by this ratio, as far as the most cells allow, up to this time.
    Grid finer(const Grid& grid, double range, double ratio) const;

    static constexpr std::size_t mostCells = std::size_t{1} << 16U;

private:
    void collect(const Plan& plan, const PlanNode& node);
    void addTime(base::Duration time);
    void addLaw(const journey::LatencyLaw& law);

    TimeScale m_scale;
    std::int64_t m_allTimes = 0; ///< the greatest common divisor of all stated times, in ns; 0: there are none
    std::int64_t m_someTimes = 0; ///< without knots of curves
    bool m_smooth = false; ///< some law is not made of steps alone
    bool m_fine;
    bool m_coarse = false; ///< the first grid
    std::optional<Grid> m_other; ///< of laws that are known
};

} // namespace emac::analysis
