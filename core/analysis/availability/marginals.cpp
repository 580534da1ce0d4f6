// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/marginals.h"

#include <cmath>

namespace emac::analysis {

using journey::OperatorType;

Marginals::Marginals(const Plan& plan) : m_plan(plan)
{
    for (const End end : bothEnds) {
        m_failure[end].resize(plan.nodes.size(), 0.0);
        m_probabilities[end].resize(plan.branches.size());
    }
}

void Marginals::evaluate(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == OperatorType::Branch)
        chooseProbabilities(index);
    m_failure[End::Best][index] = combined(node, End::Best);
    m_failure[End::Worst][index] = m_plan.points ? m_failure[End::Best][index] : combined(node, End::Worst);
}

void Marginals::chooseProbabilities(NodeIndex branch)
{
    const auto& node = m_plan.nodes[branch];
    for (const End end : bothEnds) {
        collectChildren(node, end);
        m_probabilities[end][node.operand] = m_plan.branches[node.operand].choose(m_values, end);
    }
}

void Marginals::collectChildren(const PlanNode& node, End end)
{
    m_values.clear();
    for (const NodeIndex child : m_plan.children(node))
        m_values.push_back(m_failure[end][child]);
}

double Marginals::combined(const PlanNode& node, End end)
{
    collectChildren(node, end);
    switch (node.type) {
    case OperatorType::Call:
        return m_plan.components[node.operand].failure[end];
    case OperatorType::Use:
        if (const NodeIndex body = m_plan.usedBody(node); body != noIndex)
            return m_failure[end][body];
        return end == End::Best ? 0 : 1;
    case OperatorType::Series:
    case OperatorType::Parallel:
        return anyFails(m_values);
    case OperatorType::Race:
    case OperatorType::Fallback:
        return allFail(m_values);
    case OperatorType::KofN: {
        const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
        TooFewSucceed tooFew(k, m_values.size());
        for (const double q : m_values)
            tooFew.add(q);
        return tooFew.probability();
    }
    case OperatorType::Branch:
        return mixture(m_probabilities[end][node.operand], m_values);
    case OperatorType::Retry:
        return std::pow(m_values.front(), std::get<journey::Retry>(node.expression->op).attempts);
    case OperatorType::Timeout:
        return m_values.front();
    case OperatorType::Optional:
        return 0;
    }
    return 0;
}

} // namespace emac::analysis
