// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/group_laws.h"
#include "core/analysis/latency/grid/shared_fate_groups.h"

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace emac::analysis {

/// The laws of a plan's nodes under shared fate (semantics § 4), on one grid: on the tree as written, bottom up, in
/// every scenario. Where nothing is shared below a node they are the independent ones. Unclamped. Each is computed when
/// it is asked for, and remembered by what goes into it. Throws LawExpired.
class SharedFateOutcomes
{
public:
    /// @param independent on the grid that these laws are to have; @param groupLaws of the same plan; all must outlive
    /// this
    SharedFateOutcomes(const Plan& plan, const SharedFateGroups& groups, IndependentOutcomes& independent,
                       LatencyMemo& memo, GroupLaws& groupLaws);

    /// @param failure whether failure times are asked for; @param deadline of the nearest timeout around
    OutcomeLawPtr law(NodeIndex node, bool failure = false, std::optional<base::Duration> deadline = {});

    /// S(deadline) of the body of a timeout: where it is made of few stated times, exactly; else as it is read on this
    /// grid.
    Reached reachedBy(NodeIndex body, base::Duration deadline);

    /// Of one after the other, each with a time of its own.
    OutcomeLaw sum(std::span<const NodeIndex> steps, std::optional<base::Duration> deadline);

    LawKey keyOf(NodeIndex node, bool failure, std::optional<base::Duration> deadline)
    {
        return keyOf(node, {failure, deadline});
    }

private:
    /// From so many summands on their rounding is bounded by chance.
    static constexpr std::size_t leastConcentrated = 21;

    struct Context
    {
        bool failure = false;
        std::optional<base::Duration> deadline;
    };
    /// Of a series.
    struct Group
    {
        StepGroup steps;
        LawKey key;
        bool isFiner = false; ///< on grids of its own
    };

    LawKey keyOf(NodeIndex node, const Context& context);
    const std::vector<Group>& seriesGroups(NodeIndex index, const Context& context);
    MergeTree treeOfGroups(NodeIndex index, const Context& context);
    MergeTree treeOf(std::span<const NodeIndex> members, const LawKey& kind, const Context& context);
    MergeTree treeOfSum(std::span<const NodeIndex> members, const Context& context);
    MergeTree treeOfTogether(std::span<const NodeIndex> members, const Context& context);
    LawKey keyOfSeries(NodeIndex index, const Context& context);
    OutcomeLaw compute(NodeIndex node, const Context& context);
    OutcomeLaw success(NodeIndex index, const Context& context);
    OutcomeLaw series(NodeIndex index, const Context& context);
    OutcomeLawPtr lawOf(const Group& group, const Context& context);
    OutcomeLawPtr convolved(std::span<const NodeIndex> steps, const Context& context);
    OutcomeLaw sharedOnGrid(const StepGroup& group, const Context& context);
    OutcomeLaw largeTogether(const OutcomeLaw& a, const OutcomeLaw& b);
    OutcomeLaw inQuantiles(const StepGroup& group, const Context& context);
    Outcome smallerOf(Outcome convolved, const Arrival& together);
    OutcomeLaw race(NodeIndex index, const Context& context);
    OutcomeLaw kofn(NodeIndex index, const Context& context);
    OutcomeLaw fallback(NodeIndex index, const Context& context);
    OutcomeLaw timeout(NodeIndex index);
    std::vector<OutcomeLawPtr> lawsOf(std::span<const NodeIndex> members, const Context& context);
    std::vector<OutcomeLawPtr> children(NodeIndex index, const Context& context);
    /// The positions of the children by group, in the order of their first ones.
    std::vector<std::vector<std::size_t>> groupsOf(NodeIndex index) const;

    const Plan& m_plan;
    const SharedFateGroups& m_groups;
    IndependentOutcomes& m_independent;
    LatencyMemo& m_memo;
    GroupLaws& m_groupLaws;
    OutcomeAlgebra& m_algebra;
    std::size_t m_cells;
    LawKey m_gridKey;
    ArrayOperations m_arrays;
    std::map<std::tuple<NodeIndex, bool, std::optional<base::Duration>>, LawKey> m_keys;
    std::map<std::pair<NodeIndex, std::optional<base::Duration>>, std::vector<Group>> m_series;
};

/// The law that is reported: S⁻ ≤ S⁺, and each at most the independent one (semantics § 4).
OutcomeLaw cappedBy(const OutcomeLaw& sharedFate, const OutcomeLaw& independent, const Grid& grid);

} // namespace emac::analysis
