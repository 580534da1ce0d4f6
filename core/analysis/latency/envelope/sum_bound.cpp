// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/sum_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Of all tables together; each has at least the second number.
constexpr std::size_t placesInAll = 10240;
constexpr std::size_t fewestPlaces = 64;
constexpr std::size_t mostPlaces = 384;
constexpr std::size_t coarser = 3;
constexpr std::size_t mostCoarse = 256;
/// Laws of fewer steps make the bound jump: then each search begins anew.
constexpr std::size_t fewestSteps = 64;
/// Places of two laws that are tried at first.
constexpr std::size_t mostTried = 192;
constexpr std::size_t fewSummands = 12; ///< with more it takes many such laws
/// Of the search from which others begin.
constexpr double usualChance = 0.01;

/// Two summands (Makarov 1981; Williamson & Downs 1990): P(Y₁ + Y₂ > s) ≤ P(Y₁ > y) + P(Y₂ > s − y) for every y. The
/// best y is where one of the tails jumps; where both are smooth, between the places that are tried.
struct Place
{
    double objective = infinity;
    double at = 0;

    void take(double found, double y)
    {
        if (found < objective)
            *this = {found, y};
    }
};

template<typename Objective>
Place leastOf(const Objective& objective, std::span<const double> places, bool isSmooth)
{
    Place best;
    std::size_t at = 0;
    const auto look = [&](std::size_t i) {
        if (const double found = objective(places[i]); found < best.objective) {
            best = {found, places[i]};
            at = i;
        }
    };
    // Of many places some, and then those around the best.
    const std::size_t stride = places.size() / mostTried + 1;
    for (std::size_t i = 0; i < places.size(); i += stride)
        look(i);
    if (stride > 1) {
        const std::size_t end = std::min(at + stride, places.size());
        for (std::size_t i = at < stride ? 0 : at - stride + 1; i < end; ++i)
            look(i);
        look(places.size() - 1);
    }
    if (!isSmooth || !std::isfinite(best.objective))
        return best;
    constexpr double golden = 0.6180339887498949;
    double low = places[at == 0 ? 0 : at - 1];
    double high = places[std::min(at + 1, places.size() - 1)];
    double left = high - golden * (high - low);
    double right = low + golden * (high - low);
    double atLeft = objective(left);
    double atRight = objective(right);
    for (int i = 0; i < 30; ++i) {
        best.take(atLeft, left);
        best.take(atRight, right);
        if (atLeft <= atRight) {
            high = std::exchange(right, left);
            atRight = atLeft;
            left = high - golden * (high - low);
            atLeft = objective(left);
        } else {
            low = std::exchange(left, right);
            atLeft = atRight;
            right = low + golden * (high - low);
            atRight = objective(right);
        }
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
    const auto best = leastOf([&](double y) { return sum(first, second, y); }, first.places(), isSmooth);
    const auto other = leastOf([&](double y) { return sum(second, first, y); }, second.places(), isSmooth);
    return std::min(best.objective, other.objective);
}

/// Of P(Y₁ + Y₂ > s), by the place of the first; or of P(Y₁ + Y₂ ≥ s), where one of the two may be at its place.
Place leastChance(const SummandTail& first, const SummandTail& second, double s, bool withEqual)
{
    const auto chance = [s, withEqual](const SummandTail& one, const SummandTail& other, double y) {
        return one.value(y) + (withEqual ? other.from(s - y) : other.value(s - y));
    };
    const bool isSmooth = first.isSmooth() && second.isSmooth();
    auto best = leastOf([&](double y) { return chance(first, second, y); }, first.places(), isSmooth);
    const auto other = leastOf([&](double y) { return chance(second, first, y); }, second.places(), isSmooth);
    best.take(other.objective, s - other.at);
    return best;
}

} // namespace

SumBound::SumBound(std::vector<SummandPtr> summands, TailOf side) : m_side(side)
{
    std::size_t rough = 0;
    for (auto& summand : summands) {
        const auto knots = summand->knots();
        const bool isConstant = !summand->isSmooth() && knots.size() == 1 && summand->mass() == 1;
        if (isConstant && (&summand != &summands.back() || !m_summands.empty())) {
            m_shift += knots.front();
        } else {
            rough += !summand->isSmooth() && knots.size() < fewestSteps ? 1 : 0;
            m_summands.push_back(std::move(summand));
        }
    }
    m_isRough = rough > (m_summands.size() > fewSummands ? m_summands.size() / 2 : 0);
    for (const auto& summand : m_summands)
        m_tails.emplace_back(*summand, side);
    if (m_summands.size() < 3)
        return;
    const std::size_t places = std::clamp(placesInAll / m_summands.size(), fewestPlaces, mostPlaces);
    for (const auto& tail : m_tails)
        m_tables.emplace_back(tail, places);
    for (const auto& tail : m_tails)
        m_coarse.emplace_back(tail, places > mostCoarse ? mostCoarse : places / coarser);
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

double SumBound::stretch() const
{
    double result = 1;
    for (const auto& summand : m_summands)
        result = std::max(result, summand->stretch());
    return result;
}

DualOffsets SumBound::search(DualSearch::Limit limited, double limit, const DualOffsets* near, Effort effort) const
{
    DualSearch dual(m_tails, effort == Effort::Full ? m_tables : m_coarse, limited, limit, effort == Effort::Full);
    if (near == nullptr || near->r.empty() || near->delta == 0 || m_isRough)
        return dual.run();
    const bool bySum = limited == DualSearch::Limit::Sum;
    return dual.runFrom(bySum && near->sum != 0 ? near->delta * std::abs(limit / near->sum) : near->delta);
}

const DualOffsets& SumBound::reference() const
{
    if (!m_reference) {
        const bool latest = m_side == TailOf::Latest;
        const double chance = latest ? std::min(1.0, missing()) + usualChance : least() * (1 - usualChance);
        m_reference = search(DualSearch::Limit::Chance, chance, nullptr, Effort::Rough);
    }
    return *m_reference;
}

/// Few are searched from the start.
const DualOffsets* SumBound::beginning() const
{
    return m_isRough || m_tails.size() <= fewSummands ? nullptr : &reference();
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
        const auto found = search(DualSearch::Limit::Chance, chance, beginning(), Effort::Full);
        sum = found.r.empty() ? infinity : found.sum;
    }
    // Nothing takes less than no time.
    return std::max(0.0, m_side == TailOf::Latest ? sum : -sum) + m_shift;
}

double SumBound::chance(double t) const
{
    const bool latest = m_side == TailOf::Latest;
    const double s = latest ? t - m_shift : m_shift - t;
    if (m_tails.size() == 1)
        return latest ? m_tails.front().value(s) : m_tails.front().from(s);
    if (m_tails.size() == 2)
        return std::clamp(leastChance(m_tails[0], m_tails[1], s, !latest).objective, 0.0, 1.0);
    const auto found = offsets(s, beginning(), Effort::Full);
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

DualOffsets SumBound::offsets(double sum, const DualOffsets* near, Effort effort) const
{
    if (m_tails.size() < 2)
        return {};
    if (m_tails.size() > 2)
        return search(DualSearch::Limit::Sum, sum, near, effort);
    const auto best = leastChance(m_tails[0], m_tails[1], sum, false);
    return {{best.at, sum - best.at}, 0, sum, best.objective};
}

double SumBound::chance(std::span<const double> r, double delta) const
{
    double result = 0;
    for (std::size_t i = 0; i < m_tails.size(); ++i)
        result += m_tails[i].average(r[i], delta);
    return result;
}

} // namespace emac::analysis
