// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/grid/shared_fate_groups.h"

#include <optional>
#include <span>
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
    bool smooth = false; ///< some law is not made of steps at stated times alone

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
    /// One after the other, each with a time of its own.
    TimeScale ofSum(std::span<const NodeIndex> nodes);

private:
    TimeScale compute(NodeIndex index);
    TimeScale seriesOfGroups(NodeIndex index);

    const Plan& m_plan;
    const SharedFateGroups* m_groups;
    std::vector<std::optional<TimeScale>> m_scales;
};

} // namespace emac::analysis
