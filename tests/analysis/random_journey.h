// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/journeys.h"
#include "tests/base/random.h"

namespace emac::tests {

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
