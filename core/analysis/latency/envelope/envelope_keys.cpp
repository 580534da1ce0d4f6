// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/envelope_law.h"
#include "core/analysis/latency/law_keys.h"

// By what the bounds of one analysis are found in the next one.
namespace emac::analysis {

using journey::OperatorType;

LawKey EnvelopeLaw::key(NodeIndex node, const Question& question, Asked asked)
{
    LawKey key(static_cast<std::uint64_t>(asked));
    key.add(structure(node)).add(static_cast<std::uint64_t>(question.what));
    key.add(static_cast<std::uint64_t>(question.end)).add(static_cast<std::uint64_t>(question.inputs));
    return key.add(question.deadline ? bits(*question.deadline) : ~std::uint64_t{0});
}

const LawKey& EnvelopeLaw::structure(NodeIndex node)
{
    auto& known = m_structures[node];
    if (!known)
        known = computeStructure(node);
    return *known;
}

LawKey EnvelopeLaw::computeStructure(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == OperatorType::Use)
        return structure(m_plan.usedBody(node));
    LawKey key(static_cast<std::uint64_t>(node.type));
    if (node.type == OperatorType::Call) {
        const auto& component = m_plan.components[node.operand];
        key.add(std::uint64_t{component.version});
        key.add(m_scaled && m_scaled->node == index ? m_scaled->factor : 1.0);
        if (component.version != 0 || component.input == nullptr)
            return key;
        key.add(component.failure[End::Best]).add(component.failure[End::Worst]);
        key.add(static_cast<std::uint64_t>(component.input->failureTime.kind));
        key.add(bits(component.input->failureTime.constant));
        if (component.input->latency)
            addLaw(key, *component.input->latency);
        return key;
    }
    addParameters(key, node.expression->op);
    key.add(std::uint64_t{node.childCount});
    for (const NodeIndex child : m_plan.children(node))
        key.add(structure(child));
    return key;
}

} // namespace emac::analysis
