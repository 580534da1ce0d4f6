// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/law_keys.h"

#include "core/analysis/latency/grid/independent_outcomes.h"

#include <functional>
#include <string_view>

namespace emac::analysis {

using journey::OperatorType;

void addLaw(LawKey& key, const journey::LatencyLaw& law)
{
    if (const auto* lognormal = std::get_if<journey::LatencyLaw::Lognormal>(&law.form())) {
        key.add(lognormal->mu).add(lognormal->sigma);
        return;
    }
    const auto& knots = std::get<1>(law.form());
    key.add(std::uint64_t{knots.size()});
    for (const auto& knot : knots)
        key.add(bits(knot.time)).add(knot.lower).add(knot.upper).add(knot.nominalBefore).add(knot.nominal);
}

void addParameters(LawKey& key, const journey::Operator& op)
{
    if (const auto* race = std::get_if<journey::Race>(&op))
        key.add(bits(race->hedgeDelay.value_or(base::Duration(0))));
    else if (const auto* kofn = std::get_if<journey::KofN>(&op))
        key.add(static_cast<std::uint64_t>(kofn->k));
    else if (const auto* retry = std::get_if<journey::Retry>(&op))
        key.add(static_cast<std::uint64_t>(retry->attempts)).add(bits(retry->backoff.value_or(base::Duration(0))));
    else if (const auto* timeout = std::get_if<journey::Timeout>(&op))
        key.add(bits(timeout->deadline));
    else if (const auto* optional = std::get_if<journey::Optional>(&op))
        key.add(std::uint64_t{optional->waits() ? 1U : 0U});
    else if (const auto* branch = std::get_if<journey::Branch>(&op)) {
        for (const auto& choice : branch->choices)
            key.add(choice.probability.lower.failure()).add(choice.probability.upper.failure());
    }
}

LawKey IndependentOutcomes::keyOf(NodeIndex node, const LawContext& context)
{
    LawKey place = keyOfKind(LawKind::Context);
    place.add(std::uint64_t{node}).add(std::uint64_t{context.failure ? 1U : 0U});
    place.add(context.deadline ? bits(*context.deadline) : ~std::uint64_t{0});
    for (const auto& [component, state] : context.states)
        place.add(std::uint64_t{component}).add(static_cast<std::uint64_t>(state));
    const auto found = m_keys.find(place);
    if (found != m_keys.end())
        return found->second;
    const LawKey key = computeKey(node, context);
    m_memo.touch(key);
    return m_keys.emplace(place, key).first->second;
}

LawKey IndependentOutcomes::computeKey(NodeIndex index, const LawContext& context)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == OperatorType::Call)
        return keyOfCall(index, context);
    if (node.type == OperatorType::Use)
        return keyOf(m_plan.usedBody(node), context);
    const auto decided = deciding(index, context);
    if (!decided.empty()) {
        LawContext given = context;
        for (const ComponentIndex component : decided)
            given.states.emplace_back(component, ComponentState::Given);
        std::ranges::sort(given.states);
        return keyOfKind(LawKind::Mixture).add(keyOf(index, given));
    }

    LawKey key(static_cast<std::uint64_t>(node.type));
    key.add(m_gridKey).add(std::uint64_t{context.failure ? 1U : 0U});
    const auto children = childrenOf(index, context);
    if (node.type == OperatorType::Series || node.type == OperatorType::Parallel || node.type == OperatorType::Race) {
        const auto tree = treeOf(children, node.type);
        tree.touch(m_memo);
        return key.add(tree.key());
    }
    addParameters(key, node.expression->op);
    for (const auto& child : children)
        key.add(child.key);
    return key;
}

MergeTree IndependentOutcomes::treeOf(std::span<const Child> children, OperatorType type)
{
    std::vector<LawKey> keys;
    keys.reserve(children.size());
    for (const auto& child : children)
        keys.push_back(child.key);
    return {std::move(keys), keyOfMerge(type)};
}

void IndependentOutcomes::addInput(LawKey& key, NodeIndex call) const
{
    const auto& component = m_plan.components[m_plan.nodes[call].operand];
    key.add(std::uint64_t{component.version});
    if (component.version != 0 || component.input == nullptr)
        return;
    const auto& input = *component.input;
    key.add(input.failure.lower).add(input.failure.nominal).add(input.failure.upper);
    key.add(static_cast<std::uint64_t>(input.failureTime.kind)).add(bits(input.failureTime.constant));
    addLaw(key, *input.latency);
}

LawKey IndependentOutcomes::keyOfCall(NodeIndex index, const LawContext& context) const
{
    LawKey key = keyOfKind(LawKind::Call);
    key.add(m_gridKey);
    addInput(key, index);
    key.add(factorOf(index));
    key.add(std::uint64_t{context.failure ? 1U : 0U});
    key.add(context.states.empty() ? 0 : static_cast<std::uint64_t>(context.states.front().second) + 1);
    if (!context.states.empty()
        && context.states.front().second == ComponentState::Given) { // which calls are one event
        const auto& name = std::get<journey::Call>(m_plan.nodes[index].expression->op).component;
        key.add(std::uint64_t{std::hash<std::string_view>()(name)});
    }
    const auto* input = m_plan.components[m_plan.nodes[index].operand].input;
    const bool untilDeadline = context.failure && input != nullptr && context.deadline
                               && input->failureTime.kind == journey::FailureTime::Kind::Unstated;
    return key.add(untilDeadline ? bits(*context.deadline) : ~std::uint64_t{0});
}

} // namespace emac::analysis
