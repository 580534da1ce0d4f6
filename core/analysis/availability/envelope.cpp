// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/envelope.h"

#include <algorithm>
#include <numeric>

namespace emac::analysis {

using journey::OperatorType;

double mostOfAtLeast(std::size_t m, std::span<const double> p)
{
    if (m > p.size())
        return 0;
    double most = 1;
    double sum = std::accumulate(p.begin(), p.end() - static_cast<std::ptrdiff_t>(m), 0.0);
    for (std::size_t r = m; r-- > 0;) {
        sum += p[p.size() - r - 1];
        most = std::min(most, sum / static_cast<double>(m - r));
    }
    return most;
}

double leastOfAtLeast(std::size_t m, std::span<const double> p)
{
    if (m == 0 || m > p.size())
        return m == 0 ? 1 : 0;
    // By the complement: fewer than m occur where at least k of the opposite events do.
    const std::size_t k = p.size() - m + 1;
    double least = 0;
    double sum = -static_cast<double>(m - 1);
    for (std::size_t i = k; i < p.size(); ++i)
        sum += p[i];
    for (std::size_t r = k; r-- > 0;) {
        sum += p[r];
        least = std::max(least, sum / static_cast<double>(k - r));
    }
    return std::min(1.0, least);
}

namespace {

class Bounds
{
public:
    Bounds(const Plan& plan, const std::vector<char>& repeats) : m_plan(plan)
    {
        for (const End end : bothEnds) {
            m_result.least[end].resize(plan.nodes.size());
            m_result.most[end].resize(plan.nodes.size());
        }
        m_result.sharp.resize(plan.nodes.size());
        for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
            m_result.sharp[i] = repeats[i] == 0 && isSharpBelow(i) ? 1 : 0;
            for (const End end : bothEnds) {
                const bool isSame = plan.points && end == End::Worst;
                m_result.least[end][i] = isSame ? m_result.least[End::Best][i] : least(i, end);
                m_result.most[end][i] = isSame ? m_result.most[End::Best][i] : most(i, end);
                // Where both are the same, they are rounded differently.
                m_result.least[end][i] = std::min(m_result.least[end][i], m_result.most[end][i]);
            }
        }
    }

    EnvelopeResult take() { return std::move(m_result); }

private:
    bool isSharpBelow(NodeIndex index) const
    {
        const auto& timeout = m_plan.nodes[index];
        if (timeout.type == OperatorType::Timeout && m_plan.effect(timeout) != nullptr
            && m_plan.nodes[m_plan.children(timeout).front()].type != OperatorType::Call)
            return false;
        return std::ranges::all_of(m_plan.dependencies(m_plan.nodes[index]),
                                   [&](NodeIndex part) { return m_result.sharp[part] != 0; });
    }

    std::span<const double> ofChildren(const PlanNode& node, const std::vector<double>& bound)
    {
        m_values.clear();
        for (const NodeIndex child : m_plan.children(node))
            m_values.push_back(bound[child]);
        return m_values;
    }

    std::span<const double> sorted(const PlanNode& node, const std::vector<double>& bound)
    {
        ofChildren(node, bound);
        std::ranges::sort(m_values);
        return m_values;
    }

    /// How many children must fail to fail it; none where it fails whatever they do.
    static std::size_t failuresNeeded(const PlanNode& node)
    {
        const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
        return k > node.childCount ? 0 : node.childCount - k + 1;
    }

    double least(NodeIndex index, End end)
    {
        const auto& node = m_plan.nodes[index];
        const auto& below = m_result.least[end];
        switch (node.type) {
        case OperatorType::Call:
            return m_plan.components[node.operand].failure[end];
        case OperatorType::Use:
            if (const NodeIndex body = m_plan.usedBody(node); body != noIndex)
                return below[body];
            return end == End::Best ? 0 : 1;
        case OperatorType::Series:
        case OperatorType::Parallel: {
            const auto q = ofChildren(node, below);
            return q.empty() ? 0 : *std::ranges::max_element(q);
        }
        case OperatorType::Race:
        case OperatorType::Fallback: {
            const auto q = ofChildren(node, below);
            return std::max(0.0, std::accumulate(q.begin(), q.end(), 1 - static_cast<double>(q.size())));
        }
        case OperatorType::KofN:
            return leastOfAtLeast(failuresNeeded(node), sorted(node, below));
        case OperatorType::Branch:
            return chosen(node, below, end);
        case OperatorType::Retry: { // at least one of n attempts succeeds with at most n·a
            const double attempts = std::get<journey::Retry>(node.expression->op).attempts;
            return std::max(0.0, below[m_plan.children(node).front()] * attempts - (attempts - 1));
        }
        case OperatorType::Timeout:
            if (const auto* effect = m_plan.effect(node))
                return effect->leastFailure[end];
            return below[m_plan.children(node).front()];
        case OperatorType::Optional:
            return 0;
        }
        return 0;
    }

    double most(NodeIndex index, End end)
    {
        const auto& node = m_plan.nodes[index];
        const auto& below = m_result.most[end];
        switch (node.type) {
        case OperatorType::Call:
        case OperatorType::Optional:
            return m_result.least[end][index];
        case OperatorType::Use:
            if (const NodeIndex body = m_plan.usedBody(node); body != noIndex)
                return below[body];
            return end == End::Best ? 0 : 1;
        case OperatorType::Series:
        case OperatorType::Parallel: {
            const auto q = ofChildren(node, below);
            return std::min(1.0, std::accumulate(q.begin(), q.end(), 0.0));
        }
        case OperatorType::Race:
        case OperatorType::Fallback: {
            const auto q = ofChildren(node, below);
            return q.empty() ? 1 : *std::ranges::min_element(q);
        }
        case OperatorType::KofN:
            return failuresNeeded(node) == 0 ? 1 : mostOfAtLeast(failuresNeeded(node), sorted(node, below));
        case OperatorType::Branch:
            return chosen(node, below, end);
        case OperatorType::Timeout:
            if (const auto* effect = m_plan.effect(node))
                return effect->mostFailure[end];
            return below[m_plan.children(node).front()];
        case OperatorType::Retry: // all attempts fail together
            return below[m_plan.children(node).front()];
        }
        return 1;
    }

    /// The probabilities are chosen for this bound itself.
    double chosen(const PlanNode& node, const std::vector<double>& below, End end)
    {
        const auto q = ofChildren(node, below);
        return mixture(m_plan.branches[node.operand].choose(q, end), q);
    }

    const Plan& m_plan;
    EnvelopeResult m_result;
    std::vector<double> m_values; ///< of the children of the node in work
};

} // namespace

EnvelopeResult envelope(const Plan& plan, const std::vector<char>& repeats)
{
    return Bounds(plan, repeats).take();
}

} // namespace emac::analysis
