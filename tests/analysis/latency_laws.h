// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "tests/analysis/journeys.h"

/// Short forms for latency in tests.
namespace emac::tests {

using namespace std::chrono_literals;
using journey::LatencyLaw;

inline journey::Input withLatency(journey::Input input, LatencyLaw law, journey::FailureTime failure = {})
{
    input.latency = std::move(law);
    input.failureTime = failure;
    return input;
}

inline journey::FailureTime failsAtOnce()
{
    return {journey::FailureTime::Kind::Immediate, {}};
}
inline journey::FailureTime failsLikeSuccess()
{
    return {journey::FailureTime::Kind::LikeSuccess, {}};
}
inline journey::FailureTime failsAfter(base::Duration time)
{
    return {journey::FailureTime::Kind::Constant, time};
}

inline LatencyLaw lognormal(double medianMilliseconds, double sigma)
{
    return LatencyLaw(LatencyLaw::Lognormal{std::log(medianMilliseconds / 1000), sigma});
}

/// Times with their probabilities, together 1.
inline LatencyLaw discrete(const std::vector<std::pair<base::Duration, double>>& times)
{
    std::vector<LatencyLaw::Knot> knots;
    double value = 0;
    for (const auto& [time, mass] : times) {
        const double before = value;
        value = std::min(1.0, value + mass);
        knots.push_back({time, value, value, before, value});
    }
    return LatencyLaw(std::move(knots));
}

/// Of any distribution function, by its values at multiples of a step: the band holds it.
template<typename Function>
LatencyLaw sampled(Function value, base::Duration step, int count)
{
    std::vector<LatencyLaw::Knot> knots;
    for (int i = 0; i <= count; ++i) {
        const double here = value(base::seconds(step) * i);
        const double next = value(base::seconds(step) * (i + 1));
        knots.push_back({i * step, here, i == count ? 1 : next, here, here});
    }
    knots.push_back({(count + 1) * step, 1, 1, knots.back().nominal, 1});
    return LatencyLaw(std::move(knots));
}

} // namespace emac::tests
