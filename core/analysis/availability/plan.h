// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/arithmetic.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace emac::analysis {

using NodeIndex = std::uint32_t;
using ComponentIndex = std::uint32_t;
using FragmentIndex = std::uint32_t;
inline constexpr std::uint32_t noIndex = ~std::uint32_t{0};

/// What the analysis needs of one component that is called. One without an input is [0, 1] with no domain.
struct PlanComponent
{
    ByEnd<double> failure;
    bool shared = true; ///< all its calls are the same event
    bool domainsUnknown = false;
    journey::Version version = 0; ///< of the input; 0 without one
    std::span<const std::string> domains;
    const journey::Input* input = nullptr; ///< null without one
};

struct PlanNode
{
    const journey::Expression* expression = nullptr;
    journey::OperatorType type{};
    NodeIndex begin = 0; ///< the subtree is [begin, the node itself]
    std::uint32_t firstChild = 0; ///< in Plan::childNodes
    std::uint32_t childCount = 0;
    std::uint32_t operand = noIndex; ///< a call's component; a use's fragment, none where it is missing; a branch's
                                     ///< choices; the scope of the body of a retry or an optional; the effect of
                                     ///< a timeout that acts
    std::uint64_t position = 0; ///< ascending in document order, the tree before the fragments
};

/// A part of the journey whose draws are its own: the tree, the body of a fragment taken alone, of a retry (each
/// attempt draws afresh), of an optional (nothing outside depends on it).
struct PlanScope
{
    std::vector<NodeIndex> nodes; ///< ascending, its root last; without the scopes nested in it
    journey::Element element;
    std::uint64_t position = 0;
    FragmentIndex fragment = noIndex; ///< whose body it is
};

/// What the deadline of a timeout does to the availability of its body.
struct TimeoutEffect
{
    /// P(too late | the body succeeds), an event of its own, at the ends of all inputs.
    ByEnd<double> late;
    double lateNominal = 0;
    ByEnd<double> lateUnderSharedFate;
    /// 1 − U(d) and 1 − L(d): what fails at least and at most, whatever the dependence.
    ByEnd<double> leastFailure;
    ByEnd<double> mostFailure;
    /// More components repeat below than the law of the body can follow: `late` and `lateNominal` are approximate; the
    /// second, `lateUnderSharedFate`.
    bool separateCalls = false;
    bool separateUnderSharedFate = false;
};

/// A journey with its inputs, flattened: children before parents, a fragment's body before those who use it.
/// Refers into the journey and the inputs, which must outlive it.
struct Plan
{
    std::vector<PlanNode> nodes;
    std::vector<NodeIndex> childNodes;
    std::vector<PlanComponent> components;
    std::vector<ChoiceProbabilities> branches;
    std::vector<TimeoutEffect> timeouts; ///< of those that act: see findTimeoutEffects()
    std::vector<PlanScope> scopes; ///< nested ones before those around them
    std::vector<NodeIndex> fragmentBodies; ///< by fragment; none where it has no body
    std::vector<std::uint32_t> fragmentScopes; ///< by fragment: index in scopes
    NodeIndex root = noIndex;
    bool points = true; ///< no interval anywhere: both ends are the same

    /// None where there is no such node. O(size)
    NodeIndex find(journey::NodeId id) const;
    /// Null where the timeout changes nothing. @pre a timeout
    const TimeoutEffect* effect(const PlanNode& timeout) const
    {
        return timeout.operand == noIndex ? nullptr : &timeouts[timeout.operand];
    }
    std::span<const NodeIndex> children(const PlanNode& node) const
    {
        return std::span(childNodes).subspan(node.firstChild, node.childCount);
    }
    /// The root of the body that a use stands for; none where there is none.
    NodeIndex usedBody(const PlanNode& use) const
    {
        return use.operand == noIndex ? noIndex : fragmentBodies[use.operand];
    }
    /// The children; of a use the body that it stands for.
    std::span<const NodeIndex> parts(const PlanNode& node) const
    {
        if (node.type != journey::OperatorType::Use)
            return children(node);
        return usedBody(node) == noIndex ? std::span<const NodeIndex>()
                                         : std::span(fragmentBodies).subspan(node.operand, 1);
    }
    /// The parts that decide on the node's success: nothing does so for an optional.
    std::span<const NodeIndex> dependencies(const PlanNode& node) const
    {
        return node.type == journey::OperatorType::Optional ? std::span<const NodeIndex>() : parts(node);
    }
};

/// O(size). A use that would lead back into its own fragment is left without a fragment.
Plan makePlan(const journey::Journey& journey, const journey::Inputs& inputs);

} // namespace emac::analysis
