// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/events.h"
#include "core/analysis/bdd/bdd.h"
#include "core/analysis/bdd/formula.h"

#include <cstdint>
#include <map>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace emac::analysis {

/// What a leaf of a scope's formula stands for.
struct FormulaLeaf
{
    enum class Kind
    {
        Own, ///< the own state of a component
        Domain, ///< the state of a failure domain
        Node, ///< a node of which nothing stands elsewhere
        Rest, ///< those children of a node of which nothing stands elsewhere, joined by its rule
        Selector, ///< of a branch: the choice is taken, where none before it is
        Late ///< of a timeout: its body succeeds too late
    };
    Kind kind = Kind::Own;
    std::uint32_t index = 0; ///< component, event, node
    std::uint32_t choice = 0; ///< of a selector
};

/// The failure of one scope as a formula over independent leaves. A part that depends on no event called twice is one
/// leaf. Fragments are written out where they draw something of their own, and so are the attempts of a retry that have
/// failure domains in common.
class ScopeFormula
{
public:
    /// O(size written out). @param ownDraws see findOwnDraws(); all must outlive the formula
    ScopeFormula(const Plan& plan, const Events& events, const Repeats& repeats, const std::vector<char>& ownDraws,
                 std::uint32_t scope, std::size_t mostGates, const base::Watch& watch);

    /// Built; else it is not complete, because it has more gates than allowed or the watch expired.
    DiagramState state() const { return m_state; }
    const Formula& formula() const { return m_formula; }
    const FormulaLeaf& leaf(LeafIndex index) const { return m_leaves[index]; }
    /// The node where it stands first; none where it depends on no event called twice.
    GateIndex gateOf(NodeIndex node) const
    {
        const auto found = m_gateOf.find(node);
        return found == m_gateOf.end() ? noGate : found->second;
    }
    /// Leads to the gates of all nodes.
    GateIndex top() const { return m_top; }
    /// Children of which nothing stands elsewhere: those of a Rest.
    bool isApart(NodeIndex node) const { return !m_shares.contains(node); }

private:
    /// Where components draw: the scope, or one attempt of a retry in it.
    using Draws = std::uint32_t;

    void countEvents(std::uint32_t scope);
    void findSharing(std::uint32_t scope);
    bool sharesEvents(const PlanNode& node) const;
    bool isUnrolled(const PlanNode& retry) const;
    GateIndex add(NodeIndex node, Draws draws);
    GateIndex made(NodeIndex index, Draws draws);
    GateIndex calls(const PlanNode& node, Draws draws);
    GateIndex used(const PlanNode& node, Draws draws);
    GateIndex attempts(const PlanNode& node);
    GateIndex choices(NodeIndex index, Draws draws);
    /// Of any and all: what is apart as one leaf, and the others.
    std::vector<GateIndex> joined(NodeIndex index, Draws draws);
    /// Each child on its own.
    GateIndex child(NodeIndex index, Draws draws);
    GateIndex newLeaf(FormulaLeaf leaf);
    GateIndex bundled();

    const Plan& m_plan;
    const Events& m_events;
    const Repeats& m_repeats;
    const std::vector<char>& m_ownDraws;
    std::size_t m_mostGates;
    const base::Watch& m_watch;
    DiagramState m_state = DiagramState::Built;
    std::size_t m_added = 0;
    int m_depth = 0;
    Draws m_lastDraws = 0;

    std::vector<std::uint32_t> m_reached; ///< the scopes whose events count here, ascending
    std::unordered_map<EventIndex, int> m_times; ///< calls, at most 2
    std::unordered_set<NodeIndex> m_shares; ///< what depends on an event called twice
    Formula m_formula;
    std::vector<FormulaLeaf> m_leaves;
    std::unordered_map<NodeIndex, GateIndex> m_gateOf;
    GateIndex m_top = Formula::never;
    std::map<std::pair<Draws, ComponentIndex>, GateIndex> m_ownStates;
    std::map<EventIndex, GateIndex> m_domains;
    std::map<std::pair<Draws, FragmentIndex>, GateIndex> m_fragments; ///< those without own draws
};

/// By node: something below is drawn anew in each place, be it of one component or fragment. O(size)
std::vector<char> findOwnDraws(const Plan& plan);

} // namespace emac::analysis
