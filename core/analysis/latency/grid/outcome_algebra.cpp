// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/outcome_algebra.h"

#include "core/analysis/latency/grid/stated_times.h"

#include <algorithm>
#include <cmath>

namespace emac::analysis {

namespace {

Arrival atOnceArrival()
{
    return {Cdf::atom(0), 0, 0, 1, 0};
}

std::vector<Cdf> arraysOf(std::span<const Arrival> arrivals)
{
    std::vector<Cdf> arrays;
    arrays.reserve(arrivals.size());
    for (const auto& arrival : arrivals)
        arrays.push_back(arrival.cdf);
    return arrays;
}

int intervalsOf(std::span<const OutcomeLawPtr> laws)
{
    int all = 0;
    for (const auto& law : laws)
        all += law->intervals;
    return std::min(2, all);
}

LaterTimes latest(std::span<const OutcomeLawPtr> laws)
{
    LaterTimes later = LaterTimes::LowerBoth;
    for (const auto& law : laws)
        later = std::max(later, law->later);
    return later;
}

/// Of what fails as soon as a part fails, unless all of them are ordered by themselves.
LaterTimes whereOneFails(LaterTimes parts)
{
    return parts == LaterTimes::LowerBoth ? parts : LaterTimes::LowerSuccess;
}

bool allHaveFailure(std::span<const OutcomeLawPtr> laws)
{
    return std::ranges::all_of(laws, &OutcomeLaw::hasFailure);
}

} // namespace

std::span<Arrival Outcome::*const> OutcomeAlgebra::failureParts() const
{
    static constexpr std::array parts{&Outcome::failure, &Outcome::failureBound};
    return std::span(parts).first(m_crossed ? 2 : 1);
}

std::size_t OutcomeLaw::bytes() const
{
    std::vector<const Cdf*> counted;
    std::size_t bytes = sizeof(OutcomeLaw);
    for (const auto& outcome : outcomes) {
        for (const auto* cdf : {&outcome.success.cdf, &outcome.failure.cdf, &outcome.failureBound.cdf}) {
            if (std::ranges::any_of(counted, [cdf](const Cdf* other) { return other->sharesWith(*cdf); }))
                continue;
            counted.push_back(cdf);
            bytes += cdf->bytes();
        }
    }
    return bytes;
}

OutcomeLaw OutcomeAlgebra::inAll(bool hasFailure, int intervals, LaterTimes later,
                                 const std::function<Outcome(Scenario)>& rule)
{
    m_arrays.forget();
    OutcomeLaw result;
    result.hasFailure = hasFailure;
    result.intervals = intervals;
    result.later = later;
    for (const Scenario scenario : scenarios(m_crossed))
        result[scenario] = rule(scenario);
    if (!m_crossed)
        copyToCrossed(result);
    m_arrays.forget();
    return result;
}

std::vector<Arrival> OutcomeAlgebra::aligned(std::span<const OutcomeLawPtr> laws, Scenario scenario,
                                             Arrival Outcome::*arrival) const
{
    std::vector<Arrival> arrivals;
    arrivals.reserve(laws.size());
    for (const auto& law : laws)
        arrivals.push_back((*law)[scenario].*arrival);
    align(arrivals, scenario);
    return arrivals;
}

OutcomeLaw OutcomeAlgebra::atOnce() const
{
    OutcomeLaw law;
    law.hasFailure = true;
    for (auto& outcome : law.outcomes)
        outcome.success = atOnceArrival();
    return law;
}

OutcomeLaw OutcomeAlgebra::never() const
{
    OutcomeLaw law;
    law.hasFailure = true;
    for (auto& outcome : law.outcomes)
        outcome.unavailability = 1;
    return law;
}

OutcomeLaw OutcomeAlgebra::series(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    const LaterTimes later = std::max(whereOneFails(first.later), second.later);
    return inAll(hasFailure, intervalsOfBoth(first.intervals, second.intervals), later, [&](Scenario scenario) {
        const auto& a = first[scenario];
        const auto& b = second[scenario];
        Outcome result;
        result.success = sum(a.success, b.success, scenario);
        for (const auto part : failureParts()) {
            if (hasFailure)
                result.*part = either(a.*part, sum(a.success, b.*part, scenario), scenario);
        }
        result.unavailability = eitherFails(a.unavailability, b.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::parallel(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, intervalsOfBoth(first.intervals, second.intervals),
                 whereOneFails(std::max(first.later, second.later)), [&](Scenario scenario) {
                     const auto& a = first[scenario];
                     const auto& b = second[scenario];
                     Outcome result;
                     result.success = bothOf(a.success, b.success, scenario);
                     for (const auto part : failureParts()) {
                         if (hasFailure)
                             result.*part = oneOf(a.*part, b.*part, scenario);
                     }
                     result.unavailability = eitherFails(a.unavailability, b.unavailability);
                     return result;
                 });
}

OutcomeLaw OutcomeAlgebra::race(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, intervalsOfBoth(first.intervals, second.intervals), std::max(first.later, second.later),
                 [&](Scenario scenario) {
                     const auto& a = first[scenario];
                     const auto& b = second[scenario];
                     Outcome result;
                     result.success = oneOf(a.success, b.success, scenario);
                     for (const auto part : failureParts()) {
                         if (hasFailure)
                             result.*part = bothOf(a.*part, b.*part, scenario);
                     }
                     result.unavailability = a.unavailability * b.unavailability;
                     return result;
                 });
}

OutcomeLaw OutcomeAlgebra::kofn(std::size_t k, std::span<const OutcomeLawPtr> branches)
{
    const std::size_t n = branches.size();
    if (k > n)
        return never();
    const bool hasFailure = allHaveFailure(branches);
    const auto reached = [&](std::size_t needed, Scenario scenario, Arrival Outcome::*arrival) {
        Arrival result;
        const auto parts = aligned(branches, scenario, arrival);
        result.cdf = m_arrays.atLeast(needed, arraysOf(parts), m_grid.cells);
        TooFewSucceed tooFew(needed, n);
        result.roughness = 0;
        for (const auto& one : parts) {
            result.radius = std::max(result.radius, one.radius);
            result.moved = std::max(result.moved, one.moved);
            result.slack += one.slack;
            result.roughness += 2 * one.roughness;
            tooFew.add(1 - one.finite);
        }
        result.finite = 1 - tooFew.probability();
        return result;
    };
    const LaterTimes later = k == 1 ? latest(branches) : whereOneFails(latest(branches));
    return inAll(hasFailure, intervalsOf(branches), later, [&](Scenario scenario) {
        Outcome result;
        result.success = reached(k, scenario, &Outcome::success);
        for (const auto part : failureParts()) {
            if (hasFailure)
                result.*part = reached(n - k + 1, scenario, part);
        }
        TooFewSucceed tooFew(k, n);
        for (const auto& branch : branches)
            tooFew.add((*branch)[scenario].unavailability);
        result.unavailability = tooFew.probability();
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::branch(const ChoiceProbabilities& probabilities, std::span<const OutcomeLawPtr> choices)
{
    const bool hasFailure = allHaveFailure(choices);
    const auto nominal = probabilities.nominal();
    return inAll(hasFailure, probabilities.fixed() ? intervalsOf(choices) : 2, latest(choices), [&](Scenario scenario) {
        const bool best = scenario == Scenario::Early || scenario == Scenario::LateBest;
        const End end = best ? End::Best : End::Worst;
        const auto& used = scenario == Scenario::Nominal ? nominal : probabilities;
        const auto successes = aligned(choices, scenario, &Outcome::success);
        const auto arrays = arraysOf(successes);
        std::vector<double> failures;
        std::vector<double> unfinished;
        Outcome result;
        result.success.roughness = 0;
        for (const auto& choice : choices)
            failures.push_back((*choice)[scenario].unavailability);
        for (const auto& one : successes) {
            unfinished.push_back(1 - one.finite);
            result.success.radius = std::max(result.success.radius, one.radius);
            result.success.moved = std::max(result.success.moved, one.moved);
            result.success.slack = std::max(result.success.slack, one.slack);
            result.success.roughness += one.roughness;
        }
        const auto weights = used.choose(failures, end);
        result.success.cdf = used.fixed() ? m_arrays.weighted(weights, arrays, m_grid.cells)
                                          : m_arrays.chosen(used, end, arrays, m_grid.cells);
        if (!used.fixed())
            result.success.roughness = std::numeric_limits<double>::infinity();
        result.success.finite = 1 - emac::analysis::mixture(used.choose(unfinished, end), unfinished);
        result.unavailability = emac::analysis::mixture(weights, failures);
        if (!hasFailure)
            return result;
        // One law for all times: with the probabilities that are chosen at t = ∞.
        for (const auto part : failureParts()) {
            auto& failure = result.*part;
            const auto parts = aligned(choices, scenario, part);
            failure.cdf = m_arrays.weighted(weights, arraysOf(parts), m_grid.cells);
            failure.roughness = 0;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                const auto& one = parts[i];
                failure.radius = std::max(failure.radius, one.radius);
                failure.moved = std::max(failure.moved, one.moved);
                failure.slack = std::max(failure.slack, one.slack);
                failure.finite += weights[i] * one.finite;
                failure.roughness += one.roughness;
            }
        }
        if (m_crossed && !used.fixed() && scenario != Scenario::Nominal) {
            const End other = isLate(scenario) ? End::Worst : End::Best; // the least D, or the most
            result.failureBound.cdf = m_arrays.chosen(
                used, other, arraysOf(aligned(choices, scenario, &Outcome::failureBound)), m_grid.cells);
            result.failureBound.roughness = std::numeric_limits<double>::infinity();
            std::vector<double> open;
            for (const auto& choice : choices)
                open.push_back(1 - (*choice)[scenario].failureBound.finite);
            result.failureBound.finite = 1 - emac::analysis::mixture(used.choose(open, other), open);
        }
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::mixture(const OutcomeLaw& up, const OutcomeLaw& down, const CallFailures& failures)
{
    const bool hasFailure = up.hasFailure && down.hasFailure;
    const double most = failures[static_cast<std::size_t>(Scenario::Late)];
    const double least = failures[static_cast<std::size_t>(Scenario::Early)];
    const int own = most != least ? 1 : 0;
    const int intervals = intervalsOfBoth(std::max(up.intervals, down.intervals), own);
    return inAll(hasFailure, intervals, std::max(up.later, down.later), [&](Scenario scenario) {
        const double given = failures[static_cast<std::size_t>(scenario)];
        const auto mixed = [&](Arrival Outcome::*part, double failure) {
            std::array both{up[scenario].*part, down[scenario].*part};
            align(both, scenario);
            const auto& [a, b] = both;
            const std::array weights{1 - failure, failure};
            Arrival result;
            result.cdf = m_arrays.weighted(weights, std::array{a.cdf, b.cdf}, m_grid.cells);
            result.radius = std::max(a.radius, b.radius);
            result.moved = std::max(a.moved, b.moved);
            result.slack = weights[0] * a.slack + weights[1] * b.slack;
            result.finite = weights[0] * a.finite + weights[1] * b.finite;
            result.roughness = a.roughness + b.roughness;
            return result;
        };
        // Linear in this availability too: what is down may, behind a fallback, be earlier than what is up.
        const auto bound = [&](Arrival Outcome::*part) {
            return wider(mixed(part, most), mixed(part, least), scenario);
        };
        const bool isBound = m_crossed && own != 0 && (scenario == Scenario::Late || scenario == Scenario::Early);
        Outcome result;
        result.success = isBound ? bound(&Outcome::success) : mixed(&Outcome::success, given);
        const auto unavailable = [&](double failure) {
            return (1 - failure) * up[scenario].unavailability + failure * down[scenario].unavailability;
        };
        result.unavailability = !isBound           ? unavailable(given)
                                : isLate(scenario) ? std::max(unavailable(most), unavailable(least))
                                                   : std::min(unavailable(most), unavailable(least));
        if (!hasFailure)
            return result;
        result.failure = mixed(&Outcome::failure, given);
        if (m_crossed)
            result.failureBound = isBound ? bound(&Outcome::failureBound) : mixed(&Outcome::failureBound, given);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::delayed(const OutcomeLaw& law, base::Duration delay)
{
    const auto cells = static_cast<std::size_t>(std::llround(m_grid.inCells(delay)));
    const bool exact = m_grid.holds(delay);
    const auto later = [&](Arrival arrival) {
        if (m_grid.stated) {
            arrival.cdf = cells < m_grid.cells ? m_grid.stated->sum(arrival.cdf, Cdf::atom(cells)) : Cdf();
            return arrival;
        }
        arrival.cdf = cells < m_grid.cells ? arrival.cdf.shifted(cells) : Cdf();
        if (!exact) {
            arrival.radius += 0.5;
            arrival.roughness = std::numeric_limits<double>::infinity();
        }
        return arrival;
    };
    OutcomeLaw result = law;
    for (auto& outcome : result.outcomes) {
        outcome.success = later(outcome.success);
        outcome.failure = later(outcome.failure);
        outcome.failureBound = later(outcome.failureBound);
    }
    return result;
}

} // namespace emac::analysis
