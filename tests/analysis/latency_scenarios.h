// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/latency_oracle.h"
#include "tests/base/random.h"

namespace emac::tests {

/// What a component truly does, in `ways` equally likely ways.
struct TrueComponent
{
    static constexpr std::size_t ways = 12;
    std::vector<Time> successes; ///< ascending
    std::vector<Time> failures; ///< ascending; together `ways`
    std::size_t group = 0; ///< whom it may depend on, where the law has groups
};

/// A small journey as it is stated, with bands for its inputs and intervals for its choices, and as it truly is, inside
/// of them. Times are whole milliseconds.
struct TimedJourney
{
    journey::Journey stated;
    journey::Inputs statedInputs;
    journey::Journey actual;
    journey::Inputs actualInputs; ///< of the same marginal laws as `components`
    std::map<std::string, TrueComponent> components;
    bool hasTimeout = false;
    bool hasChoiceRange = false; ///< some choice is stated as an interval
    bool ofCalls = false; ///< a parallel, race or k of n of calls
};

/// All operators, a fragment, components that repeat or draw their own outcomes, all rules of failure times, domains.
TimedJourney randomTimedJourney(Random& random);

/// How the ways of the components go together.
enum class Dependence
{
    Comonotone, ///< the better, the better
    Countermonotone, ///< every second draw the other way round
    Arbitrary, ///< in any order, each draw
    Mixed, ///< some draws one way, some another, some in part
    ComonotoneGroups ///< comonotone within groups, which are independent
};

/// The law of the journey where what it draws goes together so: exact, with the choices of branches independent of all
/// else. At most 1,000 ways of the choices.
std::optional<ExactLaw> dependentLaw(const TimedJourney& journey, Dependence dependence, Random& random);

} // namespace emac::tests
