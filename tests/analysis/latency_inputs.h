// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "tests/analysis/journeys.h"

#include <chrono>

/// Short forms for what takes time in tests.
namespace emac::tests {

using Milliseconds = std::chrono::milliseconds;

inline base::Duration ms(int count)
{
    return Milliseconds(count);
}
inline ExpressionPtr hedged(Milliseconds delay, List branches)
{
    return journey::makeExpression(journey::Race{std::move(branches), delay});
}
inline ExpressionPtr retry(int attempts, Milliseconds backoff, ExpressionPtr body)
{
    return journey::makeExpression(journey::Retry{attempts, backoff, std::move(body)});
}
inline ExpressionPtr timeout(Milliseconds deadline, ExpressionPtr body)
{
    return journey::makeExpression(journey::Timeout{deadline, std::move(body)});
}

/// A time and its probability.
struct Atom
{
    int milliseconds = 0;
    double probability = 1;
};
/// No band; what is missing to 1 comes after every finite time.
inline journey::LatencyLaw discrete(const std::vector<Atom>& atoms)
{
    std::vector<journey::LatencyLaw::Knot> knots;
    double sum = 0;
    for (const auto& atom : atoms) {
        const double before = sum;
        sum = &atom == &atoms.back() && sum + atom.probability > 1 - 1e-9 ? 1 : sum + atom.probability;
        knots.push_back({ms(atom.milliseconds), sum, sum, before, sum});
    }
    return journey::LatencyLaw(std::move(knots));
}
/// Exponential with this mean, given at `steps` probabilities an equal distance apart, and linear between.
inline journey::LatencyLaw exponential(double meanSeconds, int steps)
{
    std::vector<journey::LatencyLaw::Knot> knots{{base::Duration(0), 0, 0, 0, 0}};
    for (int i = 1; i <= steps; ++i) {
        const double p = static_cast<double>(i) / steps;
        const double time = -std::log1p(-std::min(p, 1 - 0.25 / steps)) * meanSeconds;
        knots.push_back({base::Duration(std::llround(time * 1e9)), p, p, p, p});
        knots[knots.size() - 2].upper = p; // the mass between two knots may lie anywhere between them
    }
    return journey::LatencyLaw(std::move(knots));
}

inline journey::FailureTime immediate()
{
    return {journey::FailureTime::Kind::Immediate, {}};
}
inline journey::FailureTime likeSuccess()
{
    return {journey::FailureTime::Kind::LikeSuccess, {}};
}
inline journey::FailureTime failsAfter(Milliseconds time)
{
    return {journey::FailureTime::Kind::Constant, time};
}

inline journey::Input timed(double failure, journey::LatencyLaw law, journey::FailureTime failureTime = {})
{
    auto input = point(failure);
    input.latency = std::move(law);
    input.failureTime = failureTime;
    return input;
}

/// All curves of this node, independent law alone.
inline analysis::LatencyOptions independentOnly()
{
    analysis::LatencyOptions options;
    options.sharedFate = false;
    options.envelope = false;
    return options;
}

} // namespace emac::tests
