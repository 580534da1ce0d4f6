// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/marginals.h"

#include <cmath>

namespace emac::analysis {

using journey::OperatorType;

Marginals::Marginals(const Plan& plan, AvailabilityMemo& memo, Law law) : m_plan(plan), m_memo(memo), m_law(law)
{
    for (const End end : bothEnds) {
        m_failure[end].resize(plan.nodes.size(), 0.0);
        m_probabilities[end].resize(plan.branches.size());
    }
}

void Marginals::evaluate(NodeIndex node)
{
    if (m_plan.nodes[node].type == OperatorType::Branch)
        chooseProbabilities(node);
    m_failure[End::Best][node] = combined(node, End::Best);
    m_failure[End::Worst][node] = m_plan.points ? m_failure[End::Best][node] : combined(node, End::Worst);
}

void Marginals::chooseProbabilities(NodeIndex branch)
{
    const auto& node = m_plan.nodes[branch];
    for (const End end : bothEnds)
        m_probabilities[end][node.operand] = m_plan.branches[node.operand].choose(ofChildren(node, end), end);
}

std::span<const double> Marginals::ofChildren(const PlanNode& node, End end)
{
    m_values.clear();
    for (const NodeIndex child : m_plan.children(node))
        m_values.push_back(m_failure[end][child]);
    return m_values;
}

double Marginals::combined(NodeIndex index, End end)
{
    const auto& node = m_plan.nodes[index];
    const auto children = m_plan.children(node);
    switch (node.type) {
    case OperatorType::Call:
        return m_plan.components[node.operand].failure[end];
    case OperatorType::Use:
        if (const NodeIndex body = m_plan.usedBody(node); body != noIndex)
            return m_failure[end][body];
        return end == End::Best ? 0 : 1;
    case OperatorType::Series:
    case OperatorType::Parallel:
        return reduction(index, end).anyFails(ofChildren(node, end), work());
    case OperatorType::Race:
    case OperatorType::Fallback:
        return reduction(index, end).allFail(ofChildren(node, end), work());
    case OperatorType::KofN: {
        const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
        if (k > children.size())
            return 1;
        if (k == children.size())
            return reduction(index, end).anyFails(ofChildren(node, end), work());
        return tooFewSucceed(index, end, k);
    }
    case OperatorType::Branch: {
        ofChildren(node, end);
        const auto& weights = probabilities(index, end);
        m_values.insert(m_values.end(), weights.begin(), weights.end());
        return reduction(index, end).other(Reduction::Rule::Mixture, m_values, work(), [](auto arguments) {
            const auto half = arguments.size() / 2;
            return mixture(arguments.subspan(half), arguments.first(half));
        });
    }
    case OperatorType::Retry: {
        const double attempts = std::get<journey::Retry>(node.expression->op).attempts;
        const std::array arguments{m_failure[end][children.front()], attempts};
        return reduction(index, end).other(Reduction::Rule::Power, arguments, work(), [](auto given) {
            return std::pow(given[0], given[1]);
        });
    }
    case OperatorType::Timeout: {
        const double q = m_failure[end][children.front()];
        const auto* effect = m_plan.effect(node);
        if (effect == nullptr)
            return q;
        return eitherFails(q, m_law == Law::SharedFate ? effect->lateUnderSharedFate[end] : effect->late[end]);
    }
    case OperatorType::Optional:
        return 0;
    }
    return 0;
}

double Marginals::tooFewSucceed(NodeIndex index, End end, std::size_t k)
{
    ofChildren(m_plan.nodes[index], end);
    m_values.push_back(static_cast<double>(k));
    return reduction(index, end).other(Reduction::Rule::TooFewSucceed, m_values, work(), [k](auto arguments) {
        const auto values = arguments.first(arguments.size() - 1);
        TooFewSucceed tooFew(k, values.size());
        for (const double q : values)
            tooFew.add(q);
        return tooFew.probability();
    });
}

} // namespace emac::analysis
