// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/independent_outcomes.h"
#include "core/analysis/latency/shared_fate_groups.h"

#include <functional>
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
    /// @param independent on the grid that these laws are to have; all must outlive this
    SharedFateOutcomes(const Plan& plan, const SharedFateGroups& groups, IndependentOutcomes& independent,
                       LatencyMemo& memo);

    /// @param failure whether failure times are asked for; @param deadline of the nearest timeout around
    OutcomeLawPtr law(NodeIndex node, bool failure = false, std::optional<base::Duration> deadline = {});

private:
    struct Context
    {
        bool failure = false;
        std::optional<base::Duration> deadline;
    };
    /// What is merged: a law by its key.
    struct Part
    {
        LawKey key;
        std::function<OutcomeLawPtr()> law;
    };

    LawKey keyOf(NodeIndex node, const Context& context);
    OutcomeLaw compute(NodeIndex node, const Context& context);
    OutcomeLaw success(NodeIndex index, const Context& context);
    OutcomeLaw series(NodeIndex index, const Context& context);
    OutcomeLaw seriesOfGroup(std::span<const OutcomeLawPtr> laws);
    OutcomeLawPtr merged(std::span<const Part> parts);
    OutcomeLaw race(NodeIndex index, const Context& context);
    OutcomeLaw kofn(NodeIndex index, const Context& context);
    OutcomeLaw fallback(NodeIndex index, const Context& context);
    OutcomeLaw timeout(NodeIndex index);
    std::vector<OutcomeLawPtr> children(NodeIndex index, const Context& context);
    /// The positions of the children by group, in the order of their first ones.
    std::vector<std::vector<std::size_t>> groupsOf(NodeIndex index) const;

    const Plan& m_plan;
    const SharedFateGroups& m_groups;
    IndependentOutcomes& m_independent;
    LatencyMemo& m_memo;
    OutcomeAlgebra& m_algebra;
    std::size_t m_cells;
    LawKey m_gridKey;
    ArrayOperations m_arrays;
    std::map<std::tuple<NodeIndex, bool, std::optional<base::Duration>>, LawKey> m_keys;
};

/// The law that is reported: S⁻ ≤ S⁺, and each at most the independent one (semantics § 4).
OutcomeLaw cappedBy(const OutcomeLaw& sharedFate, const OutcomeLaw& independent, const Grid& grid);

} // namespace emac::analysis
