// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/grid_choice.h"
#include "core/analysis/latency/grid/independent_outcomes.h"
#include "core/analysis/latency/grid/merge_tree.h"
#include "core/analysis/latency/grid/quantile_levels.h"
#include "core/analysis/latency/grid/shared_fate_groups.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <utility>

namespace emac::analysis {

class SharedFateOutcomes;

/// Steps of one series that share their fate, or all that are alone.
struct StepGroup
{
    std::vector<NodeIndex> members;
    bool isShared = false;
};

/// The laws of groups of steps under shared fate, as quantiles: each read on grids of its own, which are as fine as its
/// times are short, so that the rounding of many steps is no larger, as a part of their sum, than that of one. Depends
/// on no other grid.
class GroupLaws
{
public:
    /// @param independent on any grid; all must outlive this
    GroupLaws(const Plan& plan, const SharedFateGroups& groups, const IndependentOutcomes& independent,
              LatencyMemo& memo);
    ~GroupLaws();

    /// On grids of its own the sum of these is rounded less than on that of a longer one: it is not made of steps at
    /// stated times alone.
    bool isFiner(std::span<const NodeIndex> members);

    LawKey keyOf(const StepGroup& group, std::optional<base::Duration> deadline);
    /// The product of the availabilities; the later of the convolution and, where the group is shared, of times that
    /// are large together. @param deadline of the nearest timeout around. Throws LawExpired
    OutcomeLawPtr law(const StepGroup& group, std::optional<base::Duration> deadline);
    /// What the law is made of is still needed.
    void touch(const StepGroup& group, std::optional<base::Duration> deadline);

private:
    LawKey keyOf(NodeIndex node, std::optional<base::Duration> deadline);
    MergeTree treeOf(std::span<const NodeIndex> members, std::optional<base::Duration> deadline);
    QuantileLaw convolved(std::span<const NodeIndex> members, std::optional<base::Duration> deadline);
    OutcomeLawPtr together(std::span<const NodeIndex> members, std::optional<base::Duration> deadline);
    OutcomeLawPtr quantiles(NodeIndex node, std::optional<base::Duration> deadline);
    QuantileLaw compute(NodeIndex node, std::optional<base::Duration> deadline);

    const Plan& m_plan;
    const SharedFateGroups& m_groups;
    LatencyMemo& m_memo;
    IndependentOutcomes m_independent; ///< of which only the keys are used
    std::unique_ptr<SharedFateOutcomes> m_outcomes; ///< likewise
    TimeScales m_scales;
    ArrayOperations m_arrays;
};

} // namespace emac::analysis
