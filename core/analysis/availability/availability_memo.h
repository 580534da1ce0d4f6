// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/availability/reduction.h"
#include "core/analysis/bdd/diagram_store.h"

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

enum class Law : std::size_t
{
    Independent,
    SharedFate,
    CommonCause
};

/// Stands for the calls below a node, their components and all inputs of these, by their versions. Two different ones
/// have the same key with a probability of about 2⁻¹²⁸.
struct FateKey
{
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool operator==(const FateKey&) const = default;

    /// The key of this and then `next`, in this order.
    FateKey followedBy(const FateKey& next) const;
};

/// Which children of an operator share their fate: a group number for each.
struct FateGrouping
{
    std::vector<std::uint32_t> group;
    bool sharedByTwo = false; ///< some number stands twice
};

/// What is remembered of one operator.
struct OperatorMemo
{
    /// What few journeys need.
    struct Seldom
    {
        ByEnd<Reduction> commonCause;
        std::array<ByEnd<Reduction>, 3> ofRests; ///< by Law: of those children that depend on nothing that repeats
    };

    std::array<ByEnd<Reduction>, 2> reductions; ///< of the first two laws
    std::unique_ptr<Seldom> seldom; ///< null until it is needed
    FateKey groupingKey;
    FateGrouping grouping; ///< of the children with that key
    std::uint64_t lastUsed = 0; ///< revision
};

/// What earlier analyses computed, by NodeId: see Memo.
class AvailabilityMemo
{
public:
    /// Starts an analysis of this plan: counts from 0, and forgets the operators that the last analyses did not have.
    /// O(size of the plan and of what is remembered)
    void begin(const Plan& plan);

    /// @pre an operator of the plan given last
    OperatorMemo& of(NodeIndex node) { return *m_ofNode[node]; }
    Reduction& reduction(NodeIndex node, Law law, End end)
    {
        return law == Law::CommonCause ? seldom(node).commonCause[end]
                                       : of(node).reductions[static_cast<std::size_t>(law)][end];
    }
    Reduction& reductionOfRest(NodeIndex node, Law law, End end)
    {
        return seldom(node).ofRests[static_cast<std::size_t>(law)][end];
    }
    DiagramStore& diagrams() { return m_diagrams; }
    Work& work() { return m_work; }

    std::size_t size() const { return m_operators.size(); }

private:
    void forget();
    OperatorMemo::Seldom& seldom(NodeIndex node)
    {
        auto& memo = of(node).seldom;
        if (!memo)
            memo = std::make_unique<OperatorMemo::Seldom>();
        return *memo;
    }

    std::unordered_map<journey::NodeId, OperatorMemo> m_operators;
    std::vector<OperatorMemo*> m_ofNode; ///< into m_operators; null for calls and uses
    DiagramStore m_diagrams;
    std::uint64_t m_revision = 0;
    Work m_work;
};

} // namespace emac::analysis
