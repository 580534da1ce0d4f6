// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/outcome_algebra.h"

#include <cmath>
#include <numeric>

namespace emac::analysis {

namespace {

constexpr std::array allScenarios{Scenario::Late, Scenario::Early, Scenario::Nominal, Scenario::LateBest,
                                  Scenario::EarlyWorst};

bool same(const Arrival& a, const Arrival& b)
{
    return a.cdf.sharesWith(b.cdf) && a.cdf.factor() == b.cdf.factor() && a.radius == b.radius && a.slack == b.slack
           && a.finite == b.finite;
}

bool same(const Outcome& a, const Outcome& b)
{
    return same(a.success, b.success) && same(a.failure, b.failure) && a.unavailability == b.unavailability;
}

Arrival atOnceArrival()
{
    return {Cdf::atom(0), 0, 0, 1, 0};
}

/// Of two that are rounded alike: P(T ≤ (k + ½) · step) stays what it is.
double roughnessOfBoth(const Arrival& a, const Arrival& b)
{
    return 1.5 * (a.roughness + b.roughness); // V(uv) ≤ V(u) sup v + sup u V(v), and sup u ≤ V(u) / 2
}

std::vector<Cdf> arraysOf(std::span<const OutcomeLawPtr> laws, Scenario scenario, Arrival Outcome::*arrival)
{
    std::vector<Cdf> arrays;
    arrays.reserve(laws.size());
    for (const auto& law : laws)
        arrays.push_back(((*law)[scenario].*arrival).cdf);
    return arrays;
}

bool allHaveFailure(std::span<const OutcomeLawPtr> laws)
{
    return std::ranges::all_of(laws, &OutcomeLaw::hasFailure);
}

double halfCells(double cells)
{
    return std::ceil(2 * cells - 1e-9) / 2;
}

} // namespace

std::size_t OutcomeLaw::bytes() const
{
    std::vector<const Cdf*> counted;
    std::size_t bytes = sizeof(OutcomeLaw);
    for (const auto& outcome : outcomes) {
        for (const auto* cdf : {&outcome.success.cdf, &outcome.failure.cdf}) {
            if (std::ranges::any_of(counted, [cdf](const Cdf* other) { return other->sharesWith(*cdf); }))
                continue;
            counted.push_back(cdf);
            bytes += cdf->bytes();
        }
    }
    return bytes;
}

template<typename Rule>
OutcomeLaw OutcomeAlgebra::inAll(bool hasFailure, Rule rule)
{
    m_arrays.forget();
    OutcomeLaw result;
    result.hasFailure = hasFailure;
    for (const Scenario scenario : allScenarios) {
        if (m_crossed || scenario <= Scenario::Nominal)
            result[scenario] = rule(scenario);
    }
    if (!m_crossed) {
        result[Scenario::LateBest] = result[Scenario::Late];
        result[Scenario::EarlyWorst] = result[Scenario::Early];
    }
    m_arrays.forget();
    return result;
}

OutcomeLaw OutcomeAlgebra::atOnce() const
{
    OutcomeLaw law;
    law.hasFailure = true;
    law.outcomes.fill({atOnceArrival(), {}, 0});
    return law;
}

OutcomeLaw OutcomeAlgebra::never() const
{
    OutcomeLaw law;
    law.hasFailure = true;
    law.outcomes.fill({{}, {}, 1});
    return law;
}

Arrival OutcomeAlgebra::sum(const Arrival& a, const Arrival& b, Scenario scenario)
{
    const auto sum = m_arrays.convolved(a.cdf, b.cdf, m_grid.cells);
    Arrival result;
    result.cdf = sum.cdf;
    result.radius = a.radius + b.radius;
    result.slack = a.slack * b.finite + b.slack * a.finite + a.slack * b.slack + sum.noise;
    if (isEarly(scenario))
        result.slack += sum.moved;
    result.finite = a.finite * b.finite;
    const auto isShift = [](const Arrival& x) { return x.radius == 0 && x.cdf.values().size() == 1; };
    if (isShift(a) || isShift(b))
        result.roughness = (isShift(a) ? b.roughness : a.roughness) * (isShift(a) ? a.finite : b.finite);
    return result;
}

Arrival OutcomeAlgebra::either(const Arrival& a, const Arrival& b)
{
    return {m_arrays.added(a.cdf, b.cdf, m_grid.cells), std::max(a.radius, b.radius), a.slack + b.slack,
            a.finite + b.finite, a.roughness + b.roughness};
}

OutcomeLaw OutcomeAlgebra::series(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, [&](Scenario scenario) {
        const auto& a = first[scenario];
        const auto& b = second[scenario];
        Outcome result;
        result.success = sum(a.success, b.success, scenario);
        if (hasFailure)
            result.failure = either(a.failure, sum(a.success, b.failure, scenario));
        result.unavailability = eitherFails(a.unavailability, b.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::parallel(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, [&](Scenario scenario) {
        const auto& a = first[scenario];
        const auto& b = second[scenario];
        Outcome result;
        result.success = {m_arrays.both(a.success.cdf, b.success.cdf, m_grid.cells),
                          std::max(a.success.radius, b.success.radius), a.success.slack + b.success.slack,
                          a.success.finite * b.success.finite, roughnessOfBoth(a.success, b.success)};
        if (hasFailure)
            result.failure = {m_arrays.either(a.failure.cdf, b.failure.cdf, m_grid.cells),
                              std::max(a.failure.radius, b.failure.radius), a.failure.slack + b.failure.slack,
                              eitherFails(a.failure.finite, b.failure.finite), roughnessOfBoth(a.failure, b.failure)};
        result.unavailability = eitherFails(a.unavailability, b.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::race(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, [&](Scenario scenario) {
        const auto& a = first[scenario];
        const auto& b = second[scenario];
        Outcome result;
        result.success = {m_arrays.either(a.success.cdf, b.success.cdf, m_grid.cells),
                          std::max(a.success.radius, b.success.radius), a.success.slack + b.success.slack,
                          eitherFails(a.success.finite, b.success.finite), roughnessOfBoth(a.success, b.success)};
        if (hasFailure)
            result.failure = {m_arrays.both(a.failure.cdf, b.failure.cdf, m_grid.cells),
                              std::max(a.failure.radius, b.failure.radius), a.failure.slack + b.failure.slack,
                              a.failure.finite * b.failure.finite, roughnessOfBoth(a.failure, b.failure)};
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
        result.cdf = m_arrays.atLeast(needed, arraysOf(branches, scenario, arrival), m_grid.cells);
        TooFewSucceed tooFew(needed, n);
        result.roughness = 0;
        for (const auto& branch : branches) {
            const auto& one = (*branch)[scenario].*arrival;
            result.radius = std::max(result.radius, one.radius);
            result.slack += one.slack;
            result.roughness += 2 * one.roughness;
            tooFew.add(1 - one.finite);
        }
        result.finite = 1 - tooFew.probability();
        return result;
    };
    return inAll(hasFailure, [&](Scenario scenario) {
        Outcome result;
        result.success = reached(k, scenario, &Outcome::success);
        if (hasFailure)
            result.failure = reached(n - k + 1, scenario, &Outcome::failure);
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
    return inAll(hasFailure, [&](Scenario scenario) {
        const bool best = scenario == Scenario::Early || scenario == Scenario::LateBest;
        const End end = best ? End::Best : End::Worst;
        const auto& used = scenario == Scenario::Nominal ? nominal : probabilities;
        const auto arrays = arraysOf(choices, scenario, &Outcome::success);
        std::vector<double> failures;
        std::vector<double> unfinished;
        Outcome result;
        result.success.roughness = 0;
        for (const auto& choice : choices) {
            const auto& one = (*choice)[scenario];
            failures.push_back(one.unavailability);
            unfinished.push_back(1 - one.success.finite);
            result.success.radius = std::max(result.success.radius, one.success.radius);
            result.success.slack = std::max(result.success.slack, one.success.slack);
            result.success.roughness += one.success.roughness;
        }
        const auto weights = used.choose(failures, end);
        result.success.cdf = used.fixed() ? m_arrays.weighted(weights, arrays, m_grid.cells)
                                          : m_arrays.chosen(used, end, arrays, m_grid.cells);
        if (!used.fixed())
            result.success.roughness = std::numeric_limits<double>::infinity();
        result.success.finite = 1 - emac::analysis::mixture(used.choose(unfinished, end), unfinished);
        result.unavailability = emac::analysis::mixture(weights, failures);
        if (hasFailure) {
            // One law for all times: with the probabilities that are chosen at t = ∞.
            result.failure.cdf =
                m_arrays.weighted(weights, arraysOf(choices, scenario, &Outcome::failure), m_grid.cells);
            result.failure.roughness = 0;
            for (std::size_t i = 0; i < choices.size(); ++i) {
                const auto& one = (*choices[i])[scenario].failure;
                result.failure.radius = std::max(result.failure.radius, one.radius);
                result.failure.slack += weights[i] * one.slack;
                result.failure.finite += weights[i] * one.finite;
                result.failure.roughness += one.roughness;
            }
        }
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::mixture(std::span<const Weighted> parts)
{
    const bool hasFailure = std::ranges::all_of(parts, [](const Weighted& part) { return part.law->hasFailure; });
    return inAll(hasFailure, [&](Scenario scenario) {
        std::vector<double> weights;
        for (const auto& part : parts)
            weights.push_back(part.weights[static_cast<std::size_t>(scenario)]);
        const auto mixed = [&](Arrival Outcome::*arrival) {
            std::vector<Cdf> arrays;
            Arrival result;
            result.roughness = 0;
            for (std::size_t i = 0; i < parts.size(); ++i) {
                const auto& one = (*parts[i].law)[scenario].*arrival;
                arrays.push_back(one.cdf);
                if (weights[i] == 0)
                    continue;
                result.radius = std::max(result.radius, one.radius);
                result.slack += weights[i] * one.slack;
                result.finite += weights[i] * one.finite;
                result.roughness += one.roughness;
            }
            result.cdf = m_arrays.weighted(weights, arrays, m_grid.cells);
            return result;
        };
        Outcome result;
        result.success = mixed(&Outcome::success);
        if (hasFailure)
            result.failure = mixed(&Outcome::failure);
        for (std::size_t i = 0; i < parts.size(); ++i)
            result.unavailability += weights[i] * (*parts[i].law)[scenario].unavailability;
        result.unavailability = std::min(1.0, result.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::delayed(const OutcomeLaw& law, base::Duration delay)
{
    const auto cells = static_cast<std::size_t>(std::llround(m_grid.inCells(delay)));
    const bool exact = m_grid.holds(delay);
    const auto later = [&](Arrival arrival) {
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
    }
    return result;
}

Outcome OutcomeAlgebra::tried(const Outcome& try_, const Outcome& next, Scenario scenario, bool hasFailure)
{
    Outcome result;
    result.success = either(try_.success, sum(try_.failure, next.success, scenario));
    if (hasFailure)
        result.failure = sum(try_.failure, next.failure, scenario);
    result.unavailability = try_.unavailability * next.unavailability;
    return result;
}

OutcomeLaw OutcomeAlgebra::fallback(const OutcomeLaw& try_, const OutcomeLaw& next)
{
    const bool hasFailure = try_.hasFailure && next.hasFailure;
    return inAll(hasFailure, [&](Scenario scenario) {
        const auto& own = try_[scenario];
        Outcome result = tried(own, next[scenario], scenario, hasFailure);
        if (scenario != Scenario::Late && scenario != Scenario::Early)
            return result;
        // Linear in the try's availability: the worse, or the better, of its ends.
        const bool late = scenario == Scenario::Late;
        const auto& crossed = try_[late ? Scenario::LateBest : Scenario::EarlyWorst];
        if (same(own, crossed))
            return result;
        const Outcome other = tried(crossed, next[scenario], scenario, false);
        auto& success = result.success;
        success.cdf = late ? m_arrays.smaller(success.cdf, other.success.cdf, m_grid.cells)
                           : m_arrays.larger(success.cdf, other.success.cdf, m_grid.cells);
        success.radius = std::max(success.radius, other.success.radius);
        success.slack = std::max(success.slack, other.success.slack);
        success.roughness = std::numeric_limits<double>::infinity();
        success.finite =
            late ? std::min(success.finite, other.success.finite) : std::max(success.finite, other.success.finite);
        result.unavailability = late ? std::max(result.unavailability, other.unavailability)
                                     : std::min(result.unavailability, other.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::retry(const OutcomeLaw& body, int attempts, base::Duration backoff)
{
    if (attempts <= 1)
        return body;
    OutcomeLaw paused = delayed(body, backoff);
    for (std::size_t i = 0; i < scenarioCount; ++i)
        paused.outcomes[i].success = body.outcomes[i].success;
    const auto power = [&](const auto& self, int n, Scenario scenario) -> Outcome {
        if (n == 1)
            return paused[scenario];
        const Outcome half = self(self, n / 2, scenario);
        const Outcome even = tried(half, half, scenario, true);
        return n % 2 == 0 ? even : tried(even, paused[scenario], scenario, true);
    };
    return inAll(body.hasFailure, [&](Scenario scenario) {
        // The last attempt fails without a pause behind it.
        return tried(power(power, attempts - 1, scenario), body[scenario], scenario, body.hasFailure);
    });
}

double OutcomeAlgebra::reached(const Outcome& body, base::Duration time, Scenario scenario) const
{
    const auto& success = body.success;
    const double direction = isLate(scenario) ? -1 : isEarly(scenario) ? 1 : 0;
    const double shifted = m_grid.inCells(time) + direction * success.radius;
    if (isEarly(scenario) && shifted >= static_cast<double>(m_grid.cells - 1))
        return success.finite;
    const auto cell = static_cast<std::ptrdiff_t>(std::floor(shifted));
    double value = success.cdf.at(cell);
    if (scenario == Scenario::Nominal && success.radius > 0) // between the middles of cells
        value = std::lerp(success.cdf.at(cell - 1), value, std::min(1.0, shifted - std::floor(shifted) + 0.5));
    return std::clamp(value + direction * success.slack, 0.0, success.finite);
}

Reached OutcomeAlgebra::reached(const OutcomeLaw& law, base::Duration time) const
{
    Reached values{};
    for (const Scenario scenario : allScenarios)
        values[static_cast<std::size_t>(scenario)] = reached(law[scenario], time, scenario);
    return values;
}

OutcomeLaw OutcomeAlgebra::timeout(const OutcomeLaw& body, base::Duration deadline, const Reached& reached)
{
    return inAll(body.hasFailure, [&](Scenario scenario) {
        return frozen(body[scenario], deadline, reached[static_cast<std::size_t>(scenario)], scenario, body.hasFailure);
    });
}

Outcome OutcomeAlgebra::frozen(const Outcome& body, base::Duration deadline, double reached, Scenario scenario,
                               bool hasFailure)
{
    Outcome result = body;
    auto& success = result.success;
    result.unavailability =
        body.total() - reached < 1e-15 ? body.unavailability : body.unavailability + (body.total() - reached);
    success.finite = reached;
    const double direction = isLate(scenario) ? -1 : isEarly(scenario) ? 1 : 0;
    const double at = m_grid.inCells(deadline);
    const bool inside = contains(deadline);
    if (inside) {
        const auto cell = static_cast<std::ptrdiff_t>(std::floor(at + direction * success.radius));
        success.cdf = success.cdf.cutAt(cell);
        if (scenario == Scenario::Nominal && success.cdf.last() > reached)
            success.cdf = m_arrays.completed(success.cdf, static_cast<std::size_t>(cell), reached);
        success.roughness = std::numeric_limits<double>::infinity();
    }
    if (!hasFailure)
        return result;

    auto& failure = result.failure;
    failure.finite = result.unavailability;
    if (!inside)
        return result;
    if (!m_grid.holds(deadline))
        failure.radius = std::max(failure.radius, 0.5);
    const double jump = at + direction * failure.radius;
    const double rounded = isLate(scenario) ? std::ceil(jump) : isEarly(scenario) ? std::floor(jump) : std::round(jump);
    const double last = static_cast<double>(m_grid.cells - 1);
    failure.cdf = m_arrays.completed(failure.cdf, static_cast<std::size_t>(std::clamp(rounded, 0.0, last)),
                                     result.unavailability);
    failure.roughness = std::numeric_limits<double>::infinity();
    return result;
}

OutcomeLaw OutcomeAlgebra::waited(const OutcomeLaw& body)
{
    return inAll(true, [&](Scenario scenario) {
        const auto done = [&](const Outcome& outcome) { return either(outcome.success, outcome.failure); };
        Outcome result;
        result.success = done(body[scenario]);
        if (scenario != Scenario::Late && scenario != Scenario::Early)
            return result;
        const bool late = scenario == Scenario::Late;
        const auto& crossed = body[late ? Scenario::LateBest : Scenario::EarlyWorst];
        if (same(body[scenario], crossed))
            return result;
        const Arrival other = done(crossed);
        auto& success = result.success;
        success.cdf = late ? m_arrays.smaller(success.cdf, other.cdf, m_grid.cells)
                           : m_arrays.larger(success.cdf, other.cdf, m_grid.cells);
        success.radius = std::max(success.radius, other.radius);
        success.slack = std::max(success.slack, other.slack);
        success.finite = late ? std::min(success.finite, other.finite) : std::max(success.finite, other.finite);
        success.roughness = std::numeric_limits<double>::infinity();
        return result;
    });
}

void OutcomeAlgebra::concentrate(OutcomeLaw& sum, std::span<const OutcomeLawPtr> parts) const
{
    constexpr double risk = 1e-9;
    const double logarithm = -std::log(risk);
    for (const Scenario scenario : allScenarios) {
        if (scenario == Scenario::Nominal)
            continue;
        double known = 0; // the mean of the rounding, in all
        double variance = 0;
        double largest = 0;
        double unknown = 0;
        for (const auto& part : parts) {
            const auto& one = (*part)[scenario].success;
            if (one.radius == 0 || one.finite <= 0)
                continue;
            const double rough = one.roughness / one.finite;
            if (!(rough < 4)) {
                unknown += one.radius;
                continue;
            }
            // The mean is the error of the trapezoidal rule for the law, ½ ∫ (x − a)(b − x) dg on each cell [a, b]:
            // only where the density g rises does it grow, and g rises by half its variation.
            const double mean = std::min(one.radius, rough / 16);
            known += mean;
            variance += std::min(one.radius * one.radius, 1.0 / 12 + 0.033 * rough);
            largest = std::max(largest, one.radius + mean);
        }
        const double third = largest * logarithm / 3;
        const double radius = halfCells(unknown + known + third + std::sqrt(third * third + 2 * variance * logarithm));
        auto& success = sum[scenario].success;
        if (radius < success.radius) {
            success.radius = radius;
            success.slack += risk * success.finite;
        }
    }
}

} // namespace emac::analysis
