// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/enumeration.h"
#include "core/analysis/availability/marginals.h"
#include "core/analysis/availability/repeats.h"
#include "core/base/watch.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// At most so many components are conditioned on at once.
inline constexpr std::size_t maxConditioned = 20;

/// Solves subtrees in which components are called more than once: by enumeration of the states of those components,
/// for each module of the subtree alone (a node that shares none of them with what is outside it: Dutuit & Rauzy 1996).
class ConditionedScope
{
public:
    /// @param memo the one that the marginals use
    ConditionedScope(const Plan& plan, Marginals& marginals, AvailabilityMemo& memo, const base::Watch& watch);

    /// Sets the marginals of all nodes. @param nodes of one scope, a whole subtree, ascending
    /// @param repeated its components called twice or more, at most maxConditioned
    /// @pre the scopes nested in it and the fragments used are solved
    /// @returns false where the watch expired
    bool solve(std::span<const NodeIndex> nodes, std::span<const CallCount> repeated);

private:
    using Counts = std::array<std::uint64_t, maxConditioned>;

    void markFragments(std::span<const NodeIndex> nodes);
    void mark(NodeIndex index);
    bool isModule(NodeIndex node) const;
    bool solveNode(NodeIndex index);
    bool solveBodies(const PlanNode& branch);
    bool enumerate(NodeIndex module);
    std::vector<NodeIndex> slotNodes(NodeIndex module);
    Enumeration::Slot makeSlot(NodeIndex index, End end, std::uint32_t conditioned);
    bool enumerate(NodeIndex module, std::span<const NodeIndex> nodes, End end);
    NodeIndex resolved(NodeIndex node) const;
    void reset();

    const Plan& m_plan;
    Marginals& m_marginals;
    AvailabilityMemo& m_memo;
    const base::Watch& m_watch;

    std::span<const CallCount> m_repeated;
    std::vector<std::uint32_t> m_bit; ///< by component: its number in m_repeated; none
    std::vector<std::uint32_t> m_conditioned; ///< by node: the components that it depends on, as bits; 0 for a module
    std::vector<std::uint32_t> m_countsOf; ///< by node: index in m_counts
    std::vector<Counts> m_counts; ///< calls below a node, by number in m_repeated
    std::vector<NodeIndex> m_marked; ///< nodes to forget at the end
    std::vector<std::uint32_t> m_slotOf; ///< by node: its slot in the enumeration in work; none
};

} // namespace emac::analysis
