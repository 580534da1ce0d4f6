// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/grid/cdf.h"
#include "core/analysis/latency/grid/time_scales.h"

namespace emac::analysis {

/// Chooses grids for the law of one node. A pure function of plan and node.
class GridChoice
{
public:
    /// @param fine whatever the stated times are: to see what a small change of them does
    GridChoice(const Plan& plan, NodeIndex node, bool fine = false);
    /// For times that may be large together.
    GridChoice(const Plan& plan, NodeIndex node, bool fine, const SharedFateGroups& groups);

    /// The grid to begin with, where a percentile of this part is the lowest to be read.
    Grid first(double lowestPart) const;
    /// For a sum of such times alone.
    static Grid ofSum(const TimeScale& sum);
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
    double m_width; ///< of percentiles by rounding, as a part
};

} // namespace emac::analysis
