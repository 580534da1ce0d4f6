// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/cdf.h"

#include <array>
#include <cstddef>
#include <limits>
#include <memory>

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
inline constexpr std::size_t scenarioCount = 5;

inline constexpr bool isLate(Scenario scenario)
{
    return scenario == Scenario::Late || scenario == Scenario::LateBest;
}
inline constexpr bool isEarly(Scenario scenario)
{
    return scenario == Scenario::Early || scenario == Scenario::EarlyWorst;
}

/// P(it has happened by t), in one scenario. Times are rounded to the nearest cell, so one array serves for the bounds
/// and the nominal curve: a late scenario promises at least cdf(t − radius) − slack, an early one at most
/// cdf(t + radius) + slack, and all from the grid's last cell on.
struct Arrival
{
    Cdf cdf;
    double radius = 0; ///< in cells, a multiple of ½; of the nominal curve: 0 where its cells are exact
    double slack = 0;
    double finite = 0; ///< the limit of the exact law at finite times
    /// A bound on the total variation of the density, by cell, where the array is P(T ≤ (k + ½) · step) exactly; it
    /// bounds the mean of the rounding. Infinite where it is not known.
    double roughness = std::numeric_limits<double>::infinity();
};

/// S, D and S(∞) of a node in one scenario.
struct Outcome
{
    Arrival success;
    Arrival failure; ///< nothing where it was not asked for; what fails at last has the mass `unavailability`
    /// A bound on D by itself, whatever the availabilities within their intervals: in a late scenario from below, in an
    /// early one from above. As `failure` where no two intervals lie below.
    Arrival failureBound;
    double unavailability = 0; ///< 1 − S(∞), with success after every finite time

    double total() const { return 1 - unavailability; }
};

/// A node's outcome in all scenarios. An immutable value once it is made.
struct OutcomeLaw
{
    std::array<Outcome, scenarioCount> outcomes;
    bool hasFailure = false;
    /// Availabilities and probabilities of choices below that are intervals: 0, 1, or 2 for more. S and D are linear in
    /// a single one.
    int intervals = 0;

    Outcome& operator[](Scenario scenario) { return outcomes[static_cast<std::size_t>(scenario)]; }
    const Outcome& operator[](Scenario scenario) const { return outcomes[static_cast<std::size_t>(scenario)]; }

    /// Of the arrays, each counted once.
    std::size_t bytes() const;
};
using OutcomeLawPtr = std::shared_ptr<const OutcomeLaw>;

} // namespace emac::analysis
