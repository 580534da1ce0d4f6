// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/band_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

namespace emac::analysis {

namespace {

constexpr std::size_t fewest = 8;

Steps stepsOfCurve(const Curve& curve)
{
    Steps steps;
    for (const auto& [seconds, probability] : curve)
        steps.add(seconds, probability);
    return steps;
}

Curve pointsOf(const Steps& steps, double unitsPerSecond = 1)
{
    Curve curve;
    curve.reserve(steps.times.size());
    for (std::size_t i = 0; i < steps.times.size(); ++i)
        curve.push_back({steps.times[i] / unitsPerSecond, steps.values[i]});
    return curve;
}

/// Whether a curve is nowhere below another.
bool isAbove(const Curve& upper, const Curve& lower)
{
    return std::ranges::all_of(lower, [&](const CurvePoint& point) {
        const auto behind = std::ranges::upper_bound(upper, point.seconds, {}, &CurvePoint::seconds);
        return behind != upper.begin() && std::prev(behind)->probability >= point.probability;
    });
}

template<typename Rule>
Curve combinedCurves(const Curve& a, const Curve& b, End end, const Rule& rule)
{
    const std::array both{stepsOfCurve(a), stepsOfCurve(b)};
    const auto steps = combined(both, [&](std::span<const double> values) { return rule(values[0], values[1]); });
    return pointsOf(thinned(steps, end, std::max({a.size(), b.size(), fewest})));
}

/// What is known at one time.
struct Fact
{
    double seconds = 0;
    double probability = 0;
};

void reachAll(Curve& lower, std::vector<Fact> facts, std::size_t points)
{
    std::ranges::sort(facts, {}, &Fact::seconds);
    Steps known;
    for (const auto& fact : facts)
        known.add(fact.seconds, fact.probability);
    const std::array both{thinned(stepsOfCurve(lower), End::Worst, points - facts.size()), std::move(known)};
    lower = pointsOf(combined(both, [](std::span<const double> values) { return std::max(values[0], values[1]); }));
}

/// Before each of the times it reaches no more than that.
void keepBelow(Curve& upper, const std::vector<Fact>& facts, std::size_t points)
{
    const Steps steps = thinned(stepsOfCurve(upper), End::Best, points - facts.size());
    const auto valueAt = [&](double seconds) {
        const auto behind = std::ranges::upper_bound(steps.times, seconds) - steps.times.begin();
        return behind == 0 ? 0 : steps.values[static_cast<std::size_t>(behind - 1)];
    };
    auto times = steps.times;
    for (const auto& fact : facts)
        times.push_back(fact.seconds);
    std::ranges::sort(times);
    Steps result;
    for (const double time : times) {
        double value = valueAt(time);
        for (const auto& fact : facts)
            value = fact.seconds > time ? std::min(value, fact.probability) : value;
        result.add(time, value);
    }
    upper = pointsOf(result);
}

} // namespace

Curve curveOf(const Steps& steps)
{
    return pointsOf(steps, 1e9);
}

Curve largerOf(const Curve& a, const Curve& b, End end)
{
    if (isAbove(a, b))
        return a;
    return combinedCurves(a, b, end, [](double x, double y) { return std::max(x, y); });
}

Curve smallerOf(const Curve& a, const Curve& b, End end)
{
    if (isAbove(b, a))
        return a;
    return combinedCurves(a, b, end, [](double x, double y) { return std::min(x, y); });
}

void fitCurves(LatencyBand& band, std::size_t points)
{
    if (2 * band.percentiles.size() > points)
        return;
    std::vector<Fact> reached;
    std::vector<Fact> below;
    for (const auto& percentile : band.percentiles) {
        if (percentile.upper)
            reached.push_back({*percentile.upper, percentile.part * band.successUpper});
        if (percentile.lower)
            below.push_back({*percentile.lower, percentile.part * band.successLower});
    }
    const bool all = 2 * (band.percentiles.size() + band.deadlines.size()) <= points;
    for (const auto& deadline : all ? band.deadlines : std::vector<DeadlineProbability>()) {
        const double seconds = base::seconds(deadline.limit);
        reached.push_back({seconds, deadline.lower});
        below.push_back({std::nextafter(seconds, seconds + 1), deadline.upper});
    }
    if (!band.lower.empty())
        reachAll(band.lower, std::move(reached), points);
    if (!band.upper.empty())
        keepBelow(band.upper, below, points);
}

} // namespace emac::analysis
