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

/// The laws of long series whose times are large together, as quantiles: each part read on grids of its own, so that
/// the rounding of many parts is no larger, as a part of their sum, than that of one. Depends on no grid.
class ComonotoneSums
{
public:
    /// Fewer are summed on the cells of a grid.
    static constexpr std::size_t fewest = 10;

    /// @param independent on any grid; all must outlive this
    ComonotoneSums(const Plan& plan, const SharedFateGroups& groups, const IndependentOutcomes& independent,
                   LatencyMemo& memo);
    ~ComonotoneSums();

    /// Of these parts of one series, the first of which is in no other sum.
    /// @param deadline of the nearest timeout around. Throws LawExpired
    OutcomeLawPtr sum(std::span<const NodeIndex> parts, std::optional<base::Duration> deadline);
    /// It is still needed.
    void touch(std::span<const NodeIndex> parts, std::optional<base::Duration> deadline) { tree(parts, deadline); }

private:
    const MergeTree& tree(std::span<const NodeIndex> parts, std::optional<base::Duration> deadline);
    LawKey keyOf(NodeIndex node, std::optional<base::Duration> deadline);
    OutcomeLawPtr quantiles(NodeIndex node, std::optional<base::Duration> deadline);
    QuantileLaw compute(NodeIndex node, std::optional<base::Duration> deadline);

    const Plan& m_plan;
    const SharedFateGroups& m_groups;
    LatencyMemo& m_memo;
    IndependentOutcomes m_independent; ///< of which only the keys are used
    std::unique_ptr<SharedFateOutcomes> m_outcomes; ///< likewise
    TimeScales m_scales;
    std::map<std::pair<NodeIndex, std::optional<base::Duration>>, MergeTree> m_trees; ///< by their first parts
    ArrayOperations m_arrays;
};

} // namespace emac::analysis
