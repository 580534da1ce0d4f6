// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/envelope_law.h"

#include <algorithm>
#include <numeric>

// Where the lower bounds end as time goes on.
namespace emac::analysis {

using journey::OperatorType;

/// By the rule from those of the parts; reached where it does not depend on parts that never get there.
template<typename Rule>
EnvelopeLaw::Limit EnvelopeLaw::limitOf(std::span<const Limit> parts, const Rule& rule)
{
    constexpr double less = 1 - 1e-6;
    std::vector<double> values;
    std::vector<double> before;
    for (const auto& part : parts) {
        values.push_back(part.value);
        before.push_back(part.isReached ? part.value : part.value * less);
    }
    const double value = rule(std::span<const double>(values));
    return {value, rule(std::span<const double>(before)) == value};
}

/// Of a sum.
EnvelopeLaw::Limit EnvelopeLaw::limitOfAll(std::span<const Limit> parts)
{
    return limitOf(parts, [](std::span<const double> values) {
        const double missing =
            std::accumulate(values.begin(), values.end(), 0.0, [](double sum, double one) { return sum + (1 - one); });
        return std::max(0.0, 1 - missing);
    });
}

EnvelopeLaw::Limit EnvelopeLaw::largest(std::span<const Limit> parts)
{
    return limitOf(parts, [](std::span<const double> values) { return std::ranges::max(values); });
}

EnvelopeLaw::Limit EnvelopeLaw::limit(NodeIndex index, const Question& question)
{
    index = resolved(index);
    if (const auto found = m_limits.find({index, question}); found != m_limits.end())
        return found->second;
    const Limit result = computeLimit(index, question);
    m_limits.emplace(std::tuple(index, question), result);
    return result;
}

EnvelopeLaw::Limit EnvelopeLaw::computeLimit(NodeIndex index, const Question& question)
{
    const auto& node = m_plan.nodes[index];
    const bool isDone = question.what == What::Done;
    const auto asked = [&](What what) {
        auto other = question;
        other.what = what;
        return other;
    };
    std::vector<Limit> parts;
    switch (node.type) {
    case OperatorType::Call: {
        const auto& law = *m_plan.components[node.operand].input->latency;
        const double mass = call(node, index, question)->mass();
        return {mass, mass == 0 || !std::holds_alternative<journey::LatencyLaw::Lognormal>(law.form())};
    }
    case OperatorType::Timeout:
        return {isDone ? 1 : reachedInTime(index, question.end, question.inputs), true};
    case OperatorType::Optional:
        if (!std::get<journey::Optional>(node.expression->op).waits())
            return {1, true};
        return limit(m_plan.children(node).front(), asked(What::Done));
    case OperatorType::Retry: {
        const NodeIndex body = m_plan.children(node).front();
        const int attempts = std::get<journey::Retry>(node.expression->op).attempts;
        if (!isDone || attempts <= 1)
            return limit(body, question);
        const std::vector<Limit> all(static_cast<std::size_t>(std::min(attempts, mostAttempts)), limit(body, question));
        parts = {limit(body, asked(What::Success)), limitOfAll(all)};
        return attempts > mostAttempts ? parts.front() : largest(parts);
    }
    case OperatorType::Fallback: {
        std::vector<Limit> before;
        for (const NodeIndex one : m_plan.children(node)) {
            before.push_back(limit(one, asked(What::Success)));
            parts.push_back(limitOfAll(before));
            before.back() = limit(one, asked(What::Done));
        }
        if (isDone)
            parts.push_back(limitOfAll(before));
        return largest(parts);
    }
    default:
        break;
    }
    const auto below = [&](const Question& of) {
        std::vector<Limit> limits;
        for (const NodeIndex child : m_plan.children(node))
            limits.push_back(limit(child, of));
        return limits;
    };
    if (node.type == OperatorType::Series)
        return limitOfAll(below(question));
    const auto together = [&](const Question& of) {
        return limitOf(below(of), [&](std::span<const double> values) { return bound(node, of, values); });
    };
    if (!isDone || (node.type != OperatorType::Race && node.type != OperatorType::KofN))
        return together(question);
    parts = {together(question), together(asked(What::Success))};
    return largest(parts);
}

} // namespace emac::analysis
