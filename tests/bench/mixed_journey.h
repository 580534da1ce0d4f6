// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/latency_laws.h"

/// What the benchmarks of latency measure.
namespace emac::tests {

struct MixedJourney
{
    journey::Journey journey;
    journey::Inputs inputs;
};

/// Medians of 2 to 26 ms, p99 of 3 to 6 times the median.
inline LatencyLaw lawOf(std::size_t number)
{
    return lognormal(2 + 3 * static_cast<double>(number % 9), 0.47 + 0.06 * static_cast<double>(number % 6));
}

inline ExpressionPtr newCall(MixedJourney& made)
{
    const auto next = made.inputs.size();
    const auto name = numbered("c", next);
    auto input = point(1e-5 * static_cast<double>(1 + next % 9));
    if (next % 5 != 4) // most stand in one of four zones
        input = withDomains(input, {numbered("zone:", next % 5)});
    made.inputs.set(name, withLatency(input, lawOf(next)));
    return call(name);
}

inline List newCalls(MixedJourney& made, int count)
{
    List calls;
    for (int i = 0; i < count; ++i)
        calls.push_back(newCall(made));
    return calls;
}

/// One series; of each ten calls three stand in a parallel and two in a race.
inline MixedJourney mixedJourney(int calls)
{
    MixedJourney made;
    List steps;
    for (; calls >= 10; calls -= 10) {
        const auto plain = newCalls(made, 5);
        steps.insert(steps.end(), plain.begin(), plain.end());
        steps.push_back(parallel(newCalls(made, 3)));
        steps.push_back(race(newCalls(made, 2)));
    }
    made.journey.root = series(steps);
    return made;
}

} // namespace emac::tests
