// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/oracle.h"

namespace emac::tests {

using journey::OperatorType;

long double Oracle::componentFailure(const std::string& name) const
{
    const auto& failure = m_inputs.find(name)->failure;
    return m_worst ? failure.upper : failure.lower;
}

void Oracle::collect(const ExpressionPtr& node, Outcomes& components) const
{
    if (const auto* call = std::get_if<journey::Call>(&node->op)) {
        if (!m_inputs.find(call->component)->independentCalls)
            components.emplace(call->component, false);
    } else if (const auto* used = std::get_if<journey::Use>(&node->op)) {
        collect(m_journey.fragment(used->fragment), components);
    } else if (journey::typeOf(*node) != OperatorType::Retry) {
        for (const auto& child : journey::children(*node))
            collect(child, components);
    }
}

long double Oracle::failure(const ExpressionPtr& node)
{
    const auto known = m_marginals.find(node->id);
    if (known != m_marginals.end())
        return known->second;
    Outcomes outcomes;
    collect(node, outcomes);
    const long double q = sumOver(node, outcomes, outcomes.begin());
    m_marginals.emplace(node->id, q);
    return q;
}

long double Oracle::sumOver(const ExpressionPtr& node, Outcomes& outcomes, Outcomes::iterator next)
{
    if (next == outcomes.end())
        return given(node, outcomes);
    const long double q = componentFailure(next->first);
    const auto after = std::next(next);
    next->second = true;
    const long double down = sumOver(node, outcomes, after);
    next->second = false;
    return q * down + (1 - q) * sumOver(node, outcomes, after);
}

long double Oracle::given(const ExpressionPtr& node, const Outcomes& outcomes)
{
    if (const auto* call = std::get_if<journey::Call>(&node->op)) {
        const auto outcome = outcomes.find(call->component);
        return outcome == outcomes.end() ? componentFailure(call->component) : outcome->second ? 1 : 0;
    }
    if (const auto* used = std::get_if<journey::Use>(&node->op))
        return given(m_journey.fragment(used->fragment), outcomes);
    if (const auto* retried = std::get_if<journey::Retry>(&node->op)) {
        long double allTriesFail = 1;
        for (int i = 0; i < retried->attempts; ++i)
            allTriesFail *= failure(retried->body);
        return allTriesFail;
    }
    if (journey::typeOf(*node) == OperatorType::Optional)
        return 0;

    std::vector<long double> q;
    for (const auto& child : journey::children(*node))
        q.push_back(given(child, outcomes));
    switch (journey::typeOf(*node)) {
    case OperatorType::Race:
    case OperatorType::Fallback:
        return tooFew(1, q);
    case OperatorType::KofN:
        return tooFew(static_cast<std::size_t>(std::get<journey::KofN>(node->op).k), q);
    case OperatorType::Branch: {
        long double sum = 0;
        const auto& probability = weights(node);
        for (std::size_t i = 0; i < q.size(); ++i)
            sum += probability[i] * q[i];
        return sum;
    }
    default: { // the first child that fails is the i-th, for some i
        long double sum = 0;
        long double allBefore = 1;
        for (const auto failed : q) {
            sum += allBefore * failed;
            allBefore *= 1 - failed;
        }
        return sum;
    }
    }
}

long double Oracle::tooFew(std::size_t k, const std::vector<long double>& q) const
{
    long double sum = 0;
    for (std::uint32_t up = 0; up < (1U << q.size()); ++up) {
        std::size_t successes = 0;
        long double probability = 1;
        for (std::size_t i = 0; i < q.size(); ++i) {
            const bool isUp = ((up >> i) & 1U) != 0;
            successes += isUp ? 1 : 0;
            probability *= isUp ? 1 - q[i] : q[i];
        }
        if (successes < k)
            sum += probability;
    }
    return sum;
}

const std::vector<long double>& Oracle::weights(const ExpressionPtr& node)
{
    const auto known = m_weights.find(node->id);
    if (known != m_weights.end())
        return known->second;
    const auto& choices = std::get<journey::Branch>(node->op).choices;
    std::vector<long double> best;
    long double bestValue = 0;
    // A vertex: all but one choice at an end of its interval, that one takes the rest.
    for (std::size_t rest = 0; rest < choices.size(); ++rest) {
        for (std::uint32_t ends = 0; ends < (1U << choices.size()); ++ends) {
            std::vector<long double> w(choices.size());
            long double left = 1;
            for (std::size_t i = 0; i < choices.size(); ++i) {
                const auto& range = choices[i].probability;
                w[i] = ((ends >> i) & 1U) != 0 ? range.upper.success() : range.lower.success();
                left -= i == rest ? 0 : w[i];
            }
            const auto& range = choices[rest].probability;
            const long double tolerance = 1e-12L;
            if (left < range.lower.success() - tolerance || left > range.upper.success() + tolerance)
                continue;
            w[rest] = std::max(0.0L, left);
            long double value = 0;
            for (std::size_t i = 0; i < choices.size(); ++i)
                value += w[i] * failure(choices[i].body);
            if (best.empty() || (m_worst ? value > bestValue : value < bestValue)) {
                best = w;
                bestValue = value;
            }
        }
    }
    return m_weights.emplace(node->id, best).first->second;
}

} // namespace emac::tests
