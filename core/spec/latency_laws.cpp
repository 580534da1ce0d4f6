// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/latency_laws.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace emac::spec {

using base::Duration;
using journey::LatencyLaw;

namespace {

/// P(T ≤ time) = probability.
struct Point
{
    Duration time{0};
    double probability = 0;
};

/// All laws through the points, and half a band's width more to both sides. @pre ascending in both; a last point of
/// probability 1 ends the support where the half width is 0
LatencyLaw through(const std::vector<Point>& points, double halfWidth)
{
    const auto below = [halfWidth](double probability) { return std::max(0.0, probability - halfWidth); };
    const auto above = [halfWidth](double probability) { return std::min(1.0, probability + halfWidth); };
    std::vector<LatencyLaw::Knot> knots{{Duration(0), 0, points.empty() ? 1 : above(points.front().probability), 0, 0}};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto& [time, probability] = points[i];
        if (time > knots.back().time)
            knots.push_back({time, 0, 0, probability, 0});
        // Of several at one time the last one counts.
        auto& knot = knots.back();
        knot.lower = below(probability);
        knot.upper = i + 1 < points.size() ? above(points[i + 1].probability) : 1;
        knot.nominal = probability;
    }
    return LatencyLaw(std::move(knots));
}

/// Which of n times in order become steps, as their ranks from 1, ascending.
std::vector<std::size_t> stepRanks(std::size_t n)
{
    constexpr std::size_t all = 4096;
    constexpr std::size_t eachEnd = 512;
    constexpr std::size_t between = 2048;
    std::vector<std::size_t> ranks;
    if (n <= all) {
        for (std::size_t rank = 1; rank <= n; ++rank)
            ranks.push_back(rank);
        return ranks;
    }
    for (std::size_t rank = 1; rank <= eachEnd; ++rank)
        ranks.push_back(rank);
    const std::size_t middle = n - 2 * eachEnd;
    for (std::size_t i = 1; i <= between; ++i)
        ranks.push_back(eachEnd + middle / between * i + middle % between * i / between);
    for (std::size_t rank = n - eachEnd + 1; rank <= n; ++rank)
        ranks.push_back(rank);
    return ranks;
}

} // namespace

double dkwHalfWidth(double count, double alpha)
{
    return std::min(1.0, std::sqrt(std::log(2 / alpha) / (2 * count)));
}

LatencyLaw latencyLaw(const journey::ConstantLatency& latency)
{
    return LatencyLaw::constant(latency.value);
}

LatencyLaw latencyLaw(const journey::LognormalLatency& latency)
{
    return LatencyLaw(LatencyLaw::Lognormal{latency.mu, latency.sigma});
}

LatencyLaw latencyLaw(const journey::QuantileLatency& latency)
{
    std::vector<Point> points;
    for (const auto& knot : latency.knots)
        points.push_back({knot.value, knot.probability.success()});
    if (latency.max)
        points.push_back({*latency.max, 1});
    return through(points, 0);
}

LatencyLaw latencyLaw(const journey::HistogramLatency& latency, double alpha)
{
    const double total = latency.buckets.back().count;
    std::vector<Point> points;
    for (const auto& [bound, count] : latency.buckets) {
        if (std::isfinite(bound))
            points.push_back({Duration(std::llround(bound * 1e9)), count / total});
    }
    return through(points, dkwHalfWidth(total, alpha));
}

LatencyLaw latencyLaw(const SampledTimes& times, double alpha)
{
    const double halfWidth = dkwHalfWidth(static_cast<double>(times.size()), alpha);
    const auto ranks = stepRanks(times.size());
    const auto part = [&](std::size_t rank) { return static_cast<double>(rank) / static_cast<double>(times.size()); };
    std::vector<LatencyLaw::Knot> knots{{Duration(0), 0, std::min(1.0, halfWidth), 0, 0}};
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const auto time = times[ranks[i] - 1];
        // What has happened when the next step comes: all times before it.
        const std::size_t before = i + 1 < ranks.size() ? ranks[i + 1] - 1 : times.size();
        if (time > knots.back().time)
            knots.push_back({time, 0, 0, 0, 0});
        auto& knot = knots.back();
        knot.lower = std::max(0.0, part(ranks[i]) - halfWidth);
        knot.upper = i + 1 < ranks.size() ? std::min(1.0, part(before) + halfWidth) : 1;
        knot.nominal = part(ranks[i]);
    }
    for (std::size_t i = 1; i < knots.size(); ++i)
        knots[i].nominalBefore = knots[i - 1].nominal;
    return LatencyLaw(std::move(knots));
}

LatencyLaw latencyLaw(const base::Ratio& target, Duration threshold)
{
    return through({{threshold, target.success()}}, 0);
}

} // namespace emac::spec
