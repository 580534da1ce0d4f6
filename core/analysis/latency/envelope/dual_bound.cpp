// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/dual_bound.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// In ln λ: how close the slope is looked for, and how far that of the next width may be.
constexpr double closeSlopes = 1e-6;
constexpr double around = 0.4;

} // namespace

DualSearch::DualSearch(std::span<const SummandTail> tails, std::span<const TailTable> tables, Limit limited,
                       double limit, bool exactly)
    : m_tails(tails)
    , m_tables(tables)
    , m_limited(limited)
    , m_limit(limit)
    , m_r(tails.size())
    , m_cost(tails.size())
{
    m_anyFine = exactly && std::ranges::any_of(tails, [](const SummandTail& tail) { return tail.isFine(); });
}

void DualSearch::buildHulls(double delta)
{
    m_delta = delta;
    m_points.clear();
    m_first.assign(1, 0);
    std::vector<Point> hull;
    for (const auto& table : m_tables) {
        table.convexHull(delta, hull);
        m_points.insert(m_points.end(), hull.begin(), hull.end());
        m_first.push_back(m_points.size());
    }
}

/// The first corner behind which the hull falls less steeply than that.
std::size_t DualSearch::cornerAt(std::size_t i, double slope) const
{
    const auto corners = hull(i);
    std::size_t low = 0;
    std::size_t high = corners.size() - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        const auto& a = corners[middle];
        const auto& b = corners[middle + 1];
        if (a.average - b.average < slope * (b.at - a.at))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void DualSearch::takeCorners(double slope)
{
    m_sum = m_delta;
    m_chance = 0;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        const auto& corner = hull(i)[cornerAt(i, slope)];
        m_r[i] = corner.at;
        m_cost[i] = corner.average;
        m_sum += corner.at;
        m_chance += corner.average;
    }
}

/// The slope at which the corners come closest to the limit, within it; false where no corners are.
bool DualSearch::findSlope()
{
    double least = infinity;
    double most = 0;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        const auto corners = hull(i);
        if (corners.size() < 2)
            continue;
        const auto slope = [](const Point& a, const Point& b) { return (a.average - b.average) / (b.at - a.at); };
        least = std::min(least, slope(corners[corners.size() - 2], corners.back()));
        most = std::max(most, slope(corners[0], corners[1]));
    }
    const bool byChance = m_limited == Limit::Chance;
    if (!(least <= most)) { // one corner each
        takeCorners(1);
        m_slope = 1;
        return isWithin();
    }
    double low = std::log(std::max(least, 1e-300)) - 1;
    double high = std::log(most) + 1;
    const double last = m_slope > 0 ? std::log(m_slope) : -infinity; // of the width before
    takeCorners(std::exp(byChance ? low : high));
    if (!isWithin())
        return false;
    takeCorners(std::exp(byChance ? high : low));
    if (isWithin()) { // nothing to weigh
        m_slope = std::exp(byChance ? high : low);
        return true;
    }
    for (int i = 0; high - low > closeSlopes; ++i) {
        const double middle = i == 0 && last - around > low && last - around < high   ? last - around
                              : i == 1 && last + around > low && last + around < high ? last + around
                                                                                      : (low + high) / 2;
        takeCorners(std::exp(middle));
        (isWithin() == byChance ? low : high) = middle;
    }
    m_slope = std::exp(byChance ? low : high);
    takeCorners(m_slope);
    return true;
}

/// Where P(Y > r) − P(Y > r + δ) = λδ between the neighbours of the hull's corner; the corner where that has no sign
/// change.
double DualSearch::stationary(std::size_t i, double slope) const
{
    const auto corners = hull(i);
    const auto corner = cornerAt(i, slope);
    const auto& tail = m_tails[i];
    const auto excess = [&](double r) { return tail.value(r) - tail.value(r + m_delta) - slope * m_delta; };
    double low = corners[corner == 0 ? 0 : corner - 1].at;
    double high = corners[std::min(corner + 1, corners.size() - 1)].at;
    double atLow = excess(low);
    double atHigh = excess(high);
    if (!(atLow > 0 && atHigh < 0))
        return corners[corner].at;
    for (int k = 0; k < 12; ++k) { // false position (Illinois)
        const double r = (low * atHigh - high * atLow) / (atHigh - atLow);
        const double at = excess(r);
        if (std::abs(at) < 1e-4 * slope * m_delta)
            return r;
        if (at > 0) {
            low = r;
            atLow = at;
            atHigh *= 0.5;
        } else {
            high = r;
            atHigh = at;
            atLow *= 0.5;
        }
    }
    return low;
}

void DualSearch::takeStationary(double slope)
{
    m_sum = m_delta;
    m_chance = 0;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        m_r[i] = m_tails[i].isFine() ? stationary(i, slope) : hull(i)[cornerAt(i, slope)].at;
        m_cost[i] = m_tails[i].average(m_r[i], m_delta);
        m_sum += m_r[i];
        m_chance += m_cost[i];
    }
}

/// The slope with which the offsets of smooth tails, taken exactly, come to the limit.
void DualSearch::polish()
{
    // Both grow with the slope.
    const auto excess = [this](double logSlope) {
        takeStationary(std::exp(logSlope));
        return m_limited == Limit::Chance ? m_chance - m_limit : m_limit - m_sum;
    };
    // What is left is spent by one offset, to the first order as well.
    const double tolerance = 1e-4 * std::abs(m_limit);
    double low = std::log(m_slope);
    double high = low;
    double atLow = excess(low);
    double atHigh = atLow;
    for (double step = 0.03; atLow > 0 && step < 4; step *= 2)
        atLow = excess(low -= step);
    for (double step = 0.03; atHigh < 0 && step < 4; step *= 2)
        atHigh = excess(high += step);
    if (atLow > 0 || atHigh < 0)
        return;
    for (int k = 0; k < 16 && atHigh > atLow; ++k) { // false position (Illinois)
        const double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
        const double at = excess(middle);
        if (std::abs(at) <= tolerance)
            return;
        if (at < 0) {
            low = middle;
            atLow = at;
            atHigh *= 0.5;
        } else {
            high = middle;
            atHigh = at;
            atLow *= 0.5;
        }
    }
}

/// The offset of one summand that makes the chance what is allowed, if the others stay; the least one where all are.
double DualSearch::offsetToLimit(std::size_t i) const
{
    const double allowed = m_cost[i] + (m_limit - m_chance);
    const bool isTooMuch = m_chance > m_limit;
    const auto isEnough = [&](double r) { return m_tails[i].average(r, m_delta) <= allowed; };
    double step = std::max(1e-4 * std::abs(m_r[i]), 1e-9);
    double low = m_r[i];
    double high = m_r[i];
    for (int k = 0; k < 64 && isEnough(isTooMuch ? high : low) != isTooMuch; ++k, step *= 4)
        (isTooMuch ? high : low) += isTooMuch ? step : -step;
    if (!isEnough(high))
        return infinity;
    for (int k = 0; k < 60 && high - low > 1e-13 * std::abs(high); ++k) {
        const double middle = low + (high - low) / 2;
        (isEnough(middle) ? high : low) = middle;
    }
    return high;
}

/// Makes the chance what is allowed by moving the offset with which the sum becomes least.
void DualSearch::spendChance()
{
    // Where the averages are not convex, some offset can go far; at the corner behind the limit it would have gone.
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        const auto corners = hull(i);
        const auto corner = cornerAt(i, m_slope * 1.001);
        const auto behind = corner > 0 ? corner - 1 : corner;
        order.emplace_back(corners[behind].at - m_r[i], i);
    }
    const std::size_t tries = std::min<std::size_t>(order.size(), 4);
    std::ranges::partial_sort(order, order.begin() + static_cast<std::ptrdiff_t>(tries));
    std::size_t best = 0;
    double gain = -infinity;
    double offset = infinity;
    for (std::size_t k = 0; k < tries; ++k) {
        const std::size_t i = order[k].second;
        const double found = offsetToLimit(i);
        if (m_r[i] - found > gain) {
            gain = m_r[i] - found;
            best = i;
            offset = found;
        }
    }
    if (std::isfinite(offset)) {
        m_r[best] = offset;
        m_cost[best] = m_tails[best].average(offset, m_delta);
    }
    m_chance = std::accumulate(m_cost.begin(), m_cost.end(), 0.0);
    m_sum = std::accumulate(m_r.begin(), m_r.end(), m_delta);
}

/// Makes the sum what is allowed by moving the offset that gains most.
void DualSearch::spendSum()
{
    const double more = m_limit - m_sum;
    std::size_t best = 0;
    double change = infinity;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        const double found = m_tails[i].average(m_r[i] + more, m_delta) - m_cost[i];
        if (found < change) {
            change = found;
            best = i;
        }
    }
    m_r[best] += more;
    m_cost[best] = m_tails[best].average(m_r[best], m_delta);
    m_chance = std::accumulate(m_cost.begin(), m_cost.end(), 0.0);
    m_sum = m_limit;
}

/// Moves offsets to their next corners as long as the limit holds, those first which gain most for what they take of
/// it.
void DualSearch::passCorners()
{
    const bool byChance = m_limited == Limit::Chance;
    std::vector<std::tuple<double, std::size_t, double>> order;
    for (std::size_t i = 0; i < m_tails.size(); ++i) {
        const auto corners = hull(i);
        const auto corner = cornerAt(i, m_slope);
        if (byChance ? corner == 0 : corner + 1 == corners.size())
            continue;
        const auto& from = corners[corner];
        const auto& to = corners[byChance ? corner - 1 : corner + 1];
        const double slope = (to.average - from.average) / (to.at - from.at); // < 0
        order.emplace_back(byChance ? -slope : slope, i, to.at);
    }
    std::ranges::sort(order);
    for (const auto& [slope, i, at] : order) {
        const double cost = m_tails[i].average(at, m_delta);
        const double sum = m_sum + at - m_r[i];
        const double chance = m_chance + cost - m_cost[i];
        if (byChance ? chance > m_limit : sum > m_limit)
            continue;
        m_r[i] = at;
        m_cost[i] = cost;
        m_sum = sum;
        m_chance = chance;
    }
}

/// Uses what the offsets in work leave of the limit, and keeps them where they are the best so far.
/// @returns what is to be least; ∞ where they do not keep the limit
double DualSearch::finish()
{
    if (m_limited == Limit::Chance)
        spendChance();
    else
        spendSum();
    if (!isWithin())
        return infinity;
    const auto objective = [this](const auto& of) { return m_limited == Limit::Chance ? of.sum : of.chance; };
    DualOffsets found{m_r, m_delta, m_sum, m_chance};
    const double result = objective(found);
    if (m_best.r.empty() || result < objective(m_best))
        m_best = std::move(found);
    return result;
}

double DualSearch::tryWidth(double delta, bool polished)
{
    buildHulls(delta);
    if (!findSlope())
        return infinity;
    for (std::size_t i = 0; i < m_tails.size(); ++i)
        m_cost[i] = m_tails[i].average(m_r[i], m_delta);
    m_chance = std::accumulate(m_cost.begin(), m_cost.end(), 0.0);
    passCorners();
    const double atCorners = finish();
    if (!polished || !m_anyFine || delta == 0)
        return atCorners;
    polish();
    return std::min(atCorners, finish());
}

} // namespace emac::analysis
