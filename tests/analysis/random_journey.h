// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/journeys.h"

#include <cstdint>
#include <random>

namespace emac::tests {

/// Seeded numbers, the same with every standard library.
class Random
{
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) { }
    /// 0 … n − 1
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(m_engine() % n); }
    /// lowest … highest
    int between(int lowest, int highest)
    {
        return lowest + static_cast<int>(below(static_cast<std::size_t>(highest - lowest + 1)));
    }
    double unit() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }
    bool chance(double probability) { return unit() < probability; }

private:
    std::mt19937_64 m_engine;
};

struct RandomJourneyOptions
{
    std::size_t repeatable = 8; ///< components that may be called more than once
    std::size_t unique = 8; ///< further components, each called at most once in the tree
    int calls = 20; ///< about so many
    double smallest = 1e-3; ///< failure probabilities are spread evenly in their logarithm from here …
    double largest = 0.5; ///< … to here
    bool choiceRanges = true; ///< some probabilities of choices are intervals
    bool domains = false;
};

struct RandomJourney
{
    journey::Journey journey;
    journey::Inputs inputs;
    std::vector<std::string> components;
};

/// All operators, fragments, repeated and independent-call components, intervals of inputs and of choices.
RandomJourney randomJourney(Random& random, const RandomJourneyOptions& options);

} // namespace emac::tests
