// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/arithmetic.h"
#include "core/analysis/latency/grid/array_operations.h"
#include "core/analysis/latency/grid/outcome_law.h"

#include <functional>
#include <span>
#include <vector>

namespace emac::analysis {

/// Failure probabilities of a call in each scenario.
using CallFailures = std::array<double, scenarioCount>;

/// S at one time, in each scenario.
using Reached = std::array<double, scenarioCount>;
/// What two readings of one law say together.
Reached narrower(const Reached& a, const Reached& b);

/// The operators on outcome laws whose draws are independent (semantics § 2, computation § 3.1), in every scenario. On
/// one grid the pointwise ones are exact; sums are exact but for what Convolution says. Failure times are computed
/// where all that they need is there. Not for use by two threads at once.
///
/// S is monotone in all times but where the failure of a timeout is waited for, by a fallback, a retry or an optional,
/// and its success goes on to something else below (LaterTimes). There, as where several intervals lie below, S and D
/// are bounded each by itself, which holds for all times and availabilities within their bands but may be wider than
/// needed.
class OutcomeAlgebra
{
public:
    /// @param crossed whether the crossed scenarios and bounds on D by itself are needed; else the scenarios are those
    /// of the bounds
    explicit OutcomeAlgebra(const Grid& grid, bool crossed = true) : m_grid(grid), m_crossed(crossed) { }

    const Grid& grid() const { return m_grid; }
    bool crossed() const { return m_crossed; }

    /// Succeeds at once.
    OutcomeLaw atOnce() const;
    /// Never succeeds, never fails.
    OutcomeLaw never() const;

    OutcomeLaw series(const OutcomeLaw& first, const OutcomeLaw& second);
    OutcomeLaw parallel(const OutcomeLaw& first, const OutcomeLaw& second);
    OutcomeLaw race(const OutcomeLaw& first, const OutcomeLaw& second);
    OutcomeLaw kofn(std::size_t k, std::span<const OutcomeLawPtr> branches);
    OutcomeLaw branch(const ChoiceProbabilities& probabilities, std::span<const OutcomeLawPtr> choices);
    /// Later by this time.
    OutcomeLaw delayed(const OutcomeLaw& law, base::Duration delay);
    /// Of one try, and what follows on its failure. @pre try_ has failure times
    OutcomeLaw fallback(const OutcomeLaw& try_, const OutcomeLaw& next);
    /// @pre body has failure times where attempts > 1. O(log attempts) sums, O(attempts) where intervals lie below
    OutcomeLaw retry(const OutcomeLaw& body, int attempts, base::Duration backoff);
    /// All that is left fails at the deadline; success at exactly the deadline counts.
    /// @param reached S(deadline) of the body, where the deadline lies behind the grid
    OutcomeLaw timeout(const OutcomeLaw& body, base::Duration deadline, const Reached& reached);
    /// S(t), a bound in its direction.
    Reached reached(const OutcomeLaw& law, base::Duration time) const;
    /// S at the deadline of a timeout inside another one, on a grid of stated times up to that one's: where it is
    /// later, S at their end, as what is behind it is not asked for.
    Reached reachedInside(const OutcomeLaw& body, base::Duration deadline) const
    {
        return reached(body, canRead(body, deadline) ? deadline : base::Duration::max());
    }
    bool contains(base::Duration time) const { return m_grid.inCells(time) < static_cast<double>(m_grid.cells); }
    /// The grid goes on behind this time as far as the law is rounded.
    bool canRead(const OutcomeLaw& law, base::Duration time) const;
    /// Done when the body has succeeded or failed. @pre body has failure times
    OutcomeLaw waited(const OutcomeLaw& body);
    /// By the state of a component: with the probabilities `failures` it is down.
    OutcomeLaw mixture(const OutcomeLaw& up, const OutcomeLaw& down, const CallFailures& failures);

    /// The rounding of the sum of so many independent times by a tighter bound, where that is tighter: Bernstein's
    /// inequality at 1e-9 (computation § 6). Success times only. @param parts the summands
    void concentrate(OutcomeLaw& sum, std::span<const OutcomeLawPtr> parts) const;

    /// Where times of some parts are exact and those of others rounded, these are settled, that is, moved to their safe
    /// side by whole cells: so what happens at a stated time, such as a deadline, is still seen to happen then, however
    /// the others are rounded.
    void align(std::span<Arrival> parts, Scenario scenario) const;

private:
    /// What is computed of D: the bound by itself is needed where the crossed scenarios are.
    std::span<Arrival Outcome::*const> failureParts() const;
    OutcomeLaw inAll(bool hasFailure, int intervals, LaterTimes later, const std::function<Outcome(Scenario)>& rule);
    Arrival sum(const Arrival& a, const Arrival& b, Scenario scenario);
    /// Without radius: moved to the safe side.
    Arrival settled(const Arrival& arrival, Scenario scenario) const;
    std::vector<Arrival> aligned(std::span<const OutcomeLawPtr> laws, Scenario scenario,
                                 Arrival Outcome::*arrival) const;
    /// Of exclusive events.
    Arrival either(Arrival a, Arrival b, Scenario scenario);
    Arrival bothOf(Arrival a, Arrival b, Scenario scenario);
    Arrival oneOf(Arrival a, Arrival b, Scenario scenario);
    Outcome tried(const Outcome& try_, const Outcome& next, Scenario scenario, bool hasFailure);
    /// The worse of two bounds of one law in a late scenario, the better in an early one.
    Arrival wider(const Arrival& a, const Arrival& b, Scenario scenario);
    Arrival capped(Arrival arrival, double total);
    double reached(const Outcome& body, base::Duration time, Scenario scenario) const;
    Outcome frozen(const Outcome& body, base::Duration deadline, const Reached& reached, Scenario scenario,
                   bool hasFailure);
    Arrival failedAtLast(Arrival failure, base::Duration deadline, double total, Scenario scenario);

    Grid m_grid;
    bool m_crossed;
    ArrayOperations m_arrays;
};

} // namespace emac::analysis
