// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/cdf.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

namespace emac::analysis {

/// What is assumed of times and availabilities: for the bounds S⁻ and S⁺, for the nominal curve, and the two crossed
/// ones, which rules that are linear in an availability need besides (semantics § 4).
enum class Scenario : std::size_t
{
    Late, ///< times at their upper, availabilities at their lower ends
    Early, ///< times at their lower, availabilities at their upper ends
    Nominal,
    LateBest, ///< times at their upper, availabilities at their upper ends
    EarlyWorst ///< times at their lower, availabilities at their lower ends
};
inline constexpr std::array allScenarios{Scenario::Late, Scenario::Early, Scenario::Nominal, Scenario::LateBest,
                                         Scenario::EarlyWorst};
inline constexpr std::size_t scenarioCount = allScenarios.size();

inline constexpr bool isLate(Scenario scenario)
{
    return scenario == Scenario::Late || scenario == Scenario::LateBest;
}
inline constexpr bool isEarly(Scenario scenario)
{
    return scenario == Scenario::Early || scenario == Scenario::EarlyWorst;
}

/// P(it has happened by t), in one scenario. Unless the radius is 0, times are rounded to the nearest cell, so one
/// array serves for the bounds and the nominal curve: a late scenario promises at least cdf(t − radius) − slack, an
/// early one at most cdf(t + radius) + slack, and all from the grid's last cell on.
struct Arrival
{
    Cdf cdf;
    double radius = 0; ///< in cells, a multiple of ½; of the nominal curve: 0 where its cells are exact
    double slack = 0;
    double finite = 0; ///< the limit of the exact law at finite times
    /// A bound on the total variation of the density, by cell, where the array is P(T ≤ (k + ½) · step) exactly; it
    /// bounds the mean of the rounding. Infinite where it is not known.
    double roughness = std::numeric_limits<double>::infinity();
    /// Cells by which some part has been moved to its safe side already: so much of a time may be rounding, too.
    double moved = 0;
};

/// With this part of the probability. @pre factor ≥ 0
inline Arrival multiplied(Arrival arrival, double factor)
{
    arrival.cdf = arrival.cdf.multiplied(factor);
    arrival.slack *= factor;
    arrival.finite *= factor;
    arrival.roughness *= factor > 0 ? factor : 1;
    return arrival;
}

/// S, D and S(∞) of a node in one scenario.
struct Outcome
{
    Arrival success;
    Arrival failure; ///< nothing where it was not asked for; what fails at last has the mass `unavailability`
    /// A bound on D by itself, whatever times and availabilities are within their bands: in a late scenario from below,
    /// in an early one from above.
    Arrival failureBound;
    double unavailability = 0; ///< 1 − S(∞), with success after every finite time

    double total() const { return 1 - unavailability; }
};

/// What later times below do to S and D, availabilities given. The pair of a late scenario bounds what waits for
/// failures only where S and D fall together: at a timeout's deadline D is 1 − S(d), the more the later, and what fails
/// there has ended, while what succeeds in time may go on.
enum class LaterTimes : std::uint8_t
{
    LowerBoth, ///< S(t) and D(t), each
    LowerTogether, ///< S(t), and S(t) + D(t − x) for all x ≥ 0: done, or failed so long ago that what follows is done
    LowerSuccess ///< S(t) alone
};

/// A node's outcome in all scenarios. An immutable value once it is made.
struct OutcomeLaw
{
    std::array<Outcome, scenarioCount> outcomes;
    bool hasFailure = false;
    /// Availabilities and probabilities of choices below that are intervals: 0, 1, or 2 for more. S and D are linear in
    /// a single one.
    int intervals = 0;
    LaterTimes later = LaterTimes::LowerBoth;

    /// What waits for the failure takes S and D each by itself, `failureBound`: no scenario is the worst for both.
    bool eachByItself() const { return intervals > 1 || later == LaterTimes::LowerSuccess; }

    Outcome& operator[](Scenario scenario) { return outcomes[static_cast<std::size_t>(scenario)]; }
    const Outcome& operator[](Scenario scenario) const { return outcomes[static_cast<std::size_t>(scenario)]; }

    /// Of the arrays, each counted once.
    std::size_t bytes() const;
};
/// Of a law with two parts: see OutcomeLaw::intervals.
constexpr int intervalsOfBoth(int first, int second)
{
    return first + second < 2 ? first + second : 2;
}
/// @param crossed whether the crossed scenarios differ from those of the bounds, which else stand for them
inline std::span<const Scenario> scenarios(bool crossed)
{
    return std::span(allScenarios).first(crossed ? scenarioCount : 3);
}
inline void copyToCrossed(OutcomeLaw& law)
{
    law[Scenario::LateBest] = law[Scenario::Late];
    law[Scenario::EarlyWorst] = law[Scenario::Early];
}
using OutcomeLawPtr = std::shared_ptr<const OutcomeLaw>;

} // namespace emac::analysis
