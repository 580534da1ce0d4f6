// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/arithmetic.h"

#include <algorithm>
#include <numeric>

namespace emac::analysis {

namespace {

/// upper − lower without losing digits where both are close to 1.
double difference(const base::Ratio& upper, const base::Ratio& lower)
{
    const double room = lower.success() > 0.5 ? lower.failure() - upper.failure() : upper.success() - lower.success();
    return std::max(0.0, room);
}

} // namespace

TooFewSucceed::TooFewSucceed(std::size_t k, std::size_t n) : m_countFailures(k > n || n - k + 1 < k)
{
    const std::size_t limit = k > n ? 0 : m_countFailures ? n - k + 1 : k;
    m_law.resize(limit, 0.0);
    if (limit > 0)
        m_law.front() = 1;
    else
        m_beyond = 1;
}

void TooFewSucceed::add(double q)
{
    if (m_law.empty())
        return;
    const double counted = m_countFailures ? q : 1 - q;
    const double other = m_countFailures ? 1 - q : q;
    m_beyond += m_law.back() * counted;
    for (std::size_t j = std::min(m_law.size() - 1, m_added + 1); j > 0; --j)
        m_law[j] = m_law[j] * other + m_law[j - 1] * counted;
    m_law.front() *= other;
    ++m_added;
}

void TooFewSucceed::addGroup(std::span<const double> q)
{
    if (m_law.empty())
        return;
    std::vector<double> group(q.size() + 1);
    double firstSucceed = 1;
    for (std::size_t j = 0; j < q.size(); ++j) {
        group[j] = firstSucceed * q[j];
        firstSucceed *= 1 - q[j];
    }
    group.back() = firstSucceed;
    if (m_countFailures)
        std::ranges::reverse(group);

    std::vector<double> reach(group.size()); // P(the group's count is at least j)
    std::partial_sum(group.rbegin(), group.rend(), reach.rbegin());
    std::vector<double> law(m_law.size(), 0.0);
    const std::size_t known = std::min(m_law.size(), m_added + 1);
    for (std::size_t i = 0; i < known; ++i) {
        const std::size_t missing = m_law.size() - i;
        if (missing < reach.size())
            m_beyond += m_law[i] * reach[missing];
        for (std::size_t j = 0; j < std::min(group.size(), missing); ++j)
            law[i + j] += m_law[i] * group[j];
    }
    m_law = std::move(law);
    m_added += q.size();
}

double TooFewSucceed::probability() const
{
    const double q = m_countFailures ? m_beyond : std::accumulate(m_law.begin(), m_law.end(), 0.0);
    return std::min(1.0, q);
}

ChoiceProbabilities::ChoiceProbabilities(const journey::Branch& branch)
{
    if (branch.choices.empty())
        return;
    for (const auto& choice : branch.choices) {
        m_lower.push_back(choice.probability.lower.success());
        m_room.push_back(difference(choice.probability.upper, choice.probability.lower));
        m_fixed = m_fixed && m_room.back() == 0;
    }
    // Start from the largest one's exact complement, so that a small rest keeps its digits.
    const auto largest = std::ranges::max_element(m_lower);
    const auto index = static_cast<std::size_t>(largest - m_lower.begin());
    m_spare = branch.choices[index].probability.lower.failure();
    for (std::size_t i = 0; i < m_lower.size(); ++i) {
        if (i != index)
            m_spare -= m_lower[i];
    }
    m_spare = std::max(0.0, m_spare);
}

ChoiceProbabilities ChoiceProbabilities::nominal() const
{
    auto result = *this;
    const double room = std::accumulate(m_room.begin(), m_room.end(), 0.0);
    for (std::size_t i = 0; room > 0 && i < m_lower.size(); ++i)
        result.m_lower[i] += m_room[i] * std::min(1.0, m_spare / room);
    std::ranges::fill(result.m_room, 0.0);
    result.m_spare = 0;
    result.m_fixed = true;
    return result;
}

namespace {

/// Sorts what is nearly in order; the rule orders any two.
template<typename Before>
void sortNearly(std::vector<std::size_t>& order, const Before& before)
{
    std::size_t moves = 8 * order.size();
    for (std::size_t i = 1; i < order.size(); ++i) {
        const auto one = order[i];
        std::size_t at = i;
        for (; at > 0 && before(one, order[at - 1]) && moves > 0; --at, --moves)
            order[at] = order[at - 1];
        order[at] = one;
    }
    if (moves == 0)
        std::ranges::sort(order, before);
}

} // namespace

std::vector<double> ChoiceProbabilities::choose(std::span<const double> q, End end) const
{
    std::vector<double> weights = m_lower;
    if (m_fixed)
        return weights;
    // What is asked next, of the next time of a curve, has nearly the same order. Which order it starts with makes no
    // difference to the one that comes out.
    static thread_local std::vector<std::size_t> order;
    if (order.size() != q.size()) {
        order.resize(q.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
    }
    sortNearly(order, [&](std::size_t a, std::size_t b) {
        return q[a] == q[b] ? a < b : (end == End::Worst ? q[a] > q[b] : q[a] < q[b]);
    });
    double spare = m_spare;
    for (const std::size_t i : order) {
        const double taken = std::min(spare, m_room[i]);
        weights[i] += taken;
        spare -= taken;
    }
    return weights;
}

double mixture(std::span<const double> weights, std::span<const double> q)
{
    return std::min(1.0, std::inner_product(weights.begin(), weights.end(), q.begin(), 0.0));
}

} // namespace emac::analysis
