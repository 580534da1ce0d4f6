// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/sum_bound.h"

#include "core/analysis/latency/dual_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Of all tables together; each has at least the second number.
constexpr std::size_t placesInAll = 10240;
constexpr std::size_t fewestPlaces = 64;

/// Two summands (Makarov 1981; Williamson & Downs 1990): P(Y₁ + Y₂ > s) ≤ P(Y₁ > y) + P(Y₂ > s − y) for every y. The
/// best y is where one of the tails jumps; where both are smooth, between the places that are tried.
template<typename Objective>
double leastOf(const Objective& objective, std::span<const double> places, bool isSmooth)
{
    double best = infinity;
    std::size_t at = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (const double found = objective(places[i]); found < best) {
            best = found;
            at = i;
        }
    }
    if (!isSmooth || !std::isfinite(best))
        return best;
    constexpr double golden = 0.6180339887498949;
    double low = places[at == 0 ? 0 : at - 1];
    double high = places[std::min(at + 1, places.size() - 1)];
    for (int i = 0; i < 40; ++i) {
        const double left = high - golden * (high - low);
        const double right = low + golden * (high - low);
        const double atLeft = objective(left);
        const double atRight = objective(right);
        best = std::min({best, atLeft, atRight});
        (atLeft <= atRight ? high : low) = atLeft <= atRight ? right : left;
    }
    return best;
}

double leastSum(const SummandTail& first, const SummandTail& second, double chance)
{
    const auto sum = [chance](const SummandTail& one, const SummandTail& other, double y) {
        const double left = chance - one.value(y);
        return left < 0 ? infinity : y + other.quantile(left);
    };
    const bool isSmooth = first.isSmooth() && second.isSmooth();
    const double best = leastOf([&](double y) { return sum(first, second, y); }, first.places(), isSmooth);
    return std::min(best, leastOf([&](double y) { return sum(second, first, y); }, second.places(), isSmooth));
}

/// Of P(Y₁ + Y₂ > s); or of P(Y₁ + Y₂ ≥ s), where one of the two may be at its place.
double leastChance(const SummandTail& first, const SummandTail& second, double s, bool withEqual)
{
    const auto chance = [s, withEqual](const SummandTail& one, const SummandTail& other, double y) {
        return one.value(y) + (withEqual ? other.from(s - y) : other.value(s - y));
    };
    const bool isSmooth = first.isSmooth() && second.isSmooth();
    const double best = leastOf([&](double y) { return chance(first, second, y); }, first.places(), isSmooth);
    return std::min(best, leastOf([&](double y) { return chance(second, first, y); }, second.places(), isSmooth));
}

} // namespace

SumBound::SumBound(std::vector<SummandPtr> summands, TailOf side) : m_summands(std::move(summands)), m_side(side)
{
    for (const auto& summand : m_summands)
        m_tails.emplace_back(*summand, side);
    if (m_summands.size() < 3)
        return;
    const std::size_t places = std::max(fewestPlaces, placesInAll / m_summands.size());
    for (const auto& tail : m_tails)
        m_tables.emplace_back(tail, places);
}

double SumBound::missing() const
{
    return std::accumulate(m_summands.begin(), m_summands.end(), 0.0,
                           [](double sum, const SummandPtr& summand) { return sum + 1 - summand->mass(); });
}

double SumBound::least() const
{
    double result = 1;
    for (const auto& summand : m_summands)
        result = std::min(result, summand->mass());
    return result;
}

double SumBound::time(double chance) const
{
    if (std::ranges::any_of(m_tails, [chance](const SummandTail& tail) { return tail.before() <= chance; }))
        return infinity; // earliest: too little of one is left
    double sum = infinity;
    if (m_tails.size() == 1) {
        sum = m_tails.front().quantile(chance);
    } else if (m_tails.size() == 2) {
        sum = leastSum(m_tails[0], m_tails[1], chance);
    } else {
        const auto found = DualSearch(m_tails, m_tables, DualSearch::Limit::Chance, chance).run();
        sum = found.r.empty() ? infinity : found.sum;
    }
    // Nothing takes less than no time.
    return std::max(0.0, m_side == TailOf::Latest ? sum : -sum);
}

double SumBound::chance(double t) const
{
    const bool latest = m_side == TailOf::Latest;
    const double s = latest ? t : -t;
    if (m_tails.size() == 1)
        return latest ? m_tails.front().value(s) : m_tails.front().from(s);
    if (m_tails.size() == 2)
        return std::clamp(leastChance(m_tails[0], m_tails[1], s, !latest), 0.0, 1.0);
    const auto found = DualSearch(m_tails, m_tables, DualSearch::Limit::Sum, s).run();
    if (found.r.empty())
        return 1;
    double result = found.chance;
    if (!latest && found.delta == 0) { // P(ΣY ≥ s): one of them may be at its offset
        double jump = infinity;
        for (std::size_t i = 0; i < m_tails.size(); ++i)
            jump = std::min(jump, m_tails[i].from(found.r[i]) - m_tails[i].value(found.r[i]));
        result += jump;
    }
    return std::clamp(result, 0.0, 1.0);
}

} // namespace emac::analysis
