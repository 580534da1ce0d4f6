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

int intervalsOf(std::initializer_list<int> counts)
{
    int all = 0;
    for (const int count : counts)
        all += count;
    return std::min(2, all);
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

double halfCells(double cells)
{
    return std::ceil(2 * cells - 1e-9) / 2;
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

template<typename Rule>
OutcomeLaw OutcomeAlgebra::inAll(bool hasFailure, int intervals, LaterTimes later, Rule rule)
{
    m_arrays.forget();
    OutcomeLaw result;
    result.hasFailure = hasFailure;
    result.intervals = intervals;
    result.later = later;
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

Arrival OutcomeAlgebra::bothOf(const Arrival& a, const Arrival& b)
{
    return {m_arrays.both(a.cdf, b.cdf, m_grid.cells), std::max(a.radius, b.radius), a.slack + b.slack,
            a.finite * b.finite, roughnessOfBoth(a, b)};
}

Arrival OutcomeAlgebra::oneOf(const Arrival& a, const Arrival& b)
{
    return {m_arrays.either(a.cdf, b.cdf, m_grid.cells), std::max(a.radius, b.radius), a.slack + b.slack,
            eitherFails(a.finite, b.finite), roughnessOfBoth(a, b)};
}

Arrival OutcomeAlgebra::wider(const Arrival& a, const Arrival& b, Scenario scenario)
{
    if (same(a, b))
        return a;
    const bool late = isLate(scenario);
    Arrival result;
    result.cdf = late ? m_arrays.smaller(a.cdf, b.cdf, m_grid.cells) : m_arrays.larger(a.cdf, b.cdf, m_grid.cells);
    result.radius = std::max(a.radius, b.radius);
    result.slack = std::max(a.slack, b.slack);
    result.finite = late ? std::min(a.finite, b.finite) : std::max(a.finite, b.finite);
    return result;
}

Arrival OutcomeAlgebra::capped(Arrival arrival, double total)
{
    if (arrival.cdf.last() > total)
        arrival.cdf = m_arrays.smaller(arrival.cdf, total > 0 ? Cdf::atom(0, total) : Cdf(), m_grid.cells);
    arrival.finite = std::min(arrival.finite, total);
    return arrival;
}

OutcomeLaw OutcomeAlgebra::series(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    const LaterTimes later = std::max(whereOneFails(first.later), second.later);
    return inAll(hasFailure, intervalsOf({first.intervals, second.intervals}), later, [&](Scenario scenario) {
        const auto& a = first[scenario];
        const auto& b = second[scenario];
        Outcome result;
        result.success = sum(a.success, b.success, scenario);
        for (const auto part : failureParts()) {
            if (hasFailure)
                result.*part = either(a.*part, sum(a.success, b.*part, scenario));
        }
        result.unavailability = eitherFails(a.unavailability, b.unavailability);
        return result;
    });
}

OutcomeLaw OutcomeAlgebra::parallel(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, intervalsOf({first.intervals, second.intervals}),
                 whereOneFails(std::max(first.later, second.later)), [&](Scenario scenario) {
                     const auto& a = first[scenario];
                     const auto& b = second[scenario];
                     Outcome result;
                     result.success = bothOf(a.success, b.success);
                     for (const auto part : failureParts()) {
                         if (hasFailure)
                             result.*part = oneOf(a.*part, b.*part);
                     }
                     result.unavailability = eitherFails(a.unavailability, b.unavailability);
                     return result;
                 });
}

OutcomeLaw OutcomeAlgebra::race(const OutcomeLaw& first, const OutcomeLaw& second)
{
    const bool hasFailure = first.hasFailure && second.hasFailure;
    return inAll(hasFailure, intervalsOf({first.intervals, second.intervals}), std::max(first.later, second.later),
                 [&](Scenario scenario) {
                     const auto& a = first[scenario];
                     const auto& b = second[scenario];
                     Outcome result;
                     result.success = oneOf(a.success, b.success);
                     for (const auto part : failureParts()) {
                         if (hasFailure)
                             result.*part = bothOf(a.*part, b.*part);
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
        if (!hasFailure)
            return result;
        // One law for all times: with the probabilities that are chosen at t = ∞.
        for (const auto part : failureParts()) {
            auto& failure = result.*part;
            failure.cdf = m_arrays.weighted(weights, arraysOf(choices, scenario, part), m_grid.cells);
            failure.roughness = 0;
            for (std::size_t i = 0; i < choices.size(); ++i) {
                const auto& one = (*choices[i])[scenario].*part;
                failure.radius = std::max(failure.radius, one.radius);
                failure.slack = std::max(failure.slack, one.slack);
                failure.finite += weights[i] * one.finite;
                failure.roughness += one.roughness;
            }
        }
        if (m_crossed && !used.fixed() && scenario != Scenario::Nominal) {
            const End other = isLate(scenario) ? End::Worst : End::Best; // the least D, or the most
            result.failureBound.cdf =
                m_arrays.chosen(used, other, arraysOf(choices, scenario, &Outcome::failureBound), m_grid.cells);
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
    const int intervals = intervalsOf({std::max(up.intervals, down.intervals), own});
    return inAll(hasFailure, intervals, std::max(up.later, down.later), [&](Scenario scenario) {
        const double given = failures[static_cast<std::size_t>(scenario)];
        const auto mixed = [&](Arrival Outcome::*part, double failure) {
            const auto& a = up[scenario].*part;
            const auto& b = down[scenario].*part;
            const std::array weights{1 - failure, failure};
            Arrival result;
            result.cdf = m_arrays.weighted(weights, std::array{a.cdf, b.cdf}, m_grid.cells);
            result.radius = std::max(a.radius, b.radius);
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

Outcome OutcomeAlgebra::tried(const Outcome& try_, const Outcome& next, Scenario scenario, bool hasFailure)
{
    Outcome result;
    result.success = either(try_.success, sum(try_.failure, next.success, scenario));
    for (const auto part : failureParts()) {
        if (hasFailure)
            result.*part = sum(try_.*part, next.*part, scenario);
    }
    result.unavailability = try_.unavailability * next.unavailability;
    return result;
}

OutcomeLaw OutcomeAlgebra::fallback(const OutcomeLaw& try_, const OutcomeLaw& next)
{
    const bool hasFailure = try_.hasFailure && next.hasFailure;
    const int intervals = intervalsOf({try_.intervals, next.intervals});
    return inAll(hasFailure, intervals, std::max(try_.later, next.later), [&](Scenario scenario) {
        const auto& own = try_[scenario];
        Outcome result = tried(own, next[scenario], scenario, hasFailure);
        if ((try_.intervals == 0 && !try_.eachByItself()) || scenario == Scenario::Nominal)
            return result;
        const bool late = isLate(scenario);
        if (!try_.eachByItself()) {
            if (scenario != Scenario::Late && scenario != Scenario::Early)
                return result; // linear in it: the worse, or the better, of its ends
            const auto& crossed = try_[late ? Scenario::LateBest : Scenario::EarlyWorst];
            const Outcome other = tried(crossed, next[scenario], scenario, false);
            result.success = wider(result.success, other.success, scenario);
        } else { // S and D each by itself
            result.success = either(own.success, sum(own.failureBound, next[scenario].success, scenario));
            result.success = capped(result.success, result.total());
        }
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
    if (body.intervals > 0 || body.eachByItself()) {
        OutcomeLaw law = body;
        for (int i = 1; i < attempts; ++i)
            law = fallback(paused, law);
        if (body.intervals > 0)
            law.intervals = 2; // it is no longer linear
        return law;
    }
    const auto power = [&](const auto& self, int n, Scenario scenario) -> Outcome {
        if (n == 1)
            return paused[scenario];
        const Outcome half = self(self, n / 2, scenario);
        const Outcome even = tried(half, half, scenario, true);
        return n % 2 == 0 ? even : tried(even, paused[scenario], scenario, true);
    };
    return inAll(body.hasFailure, body.intervals, body.later, [&](Scenario scenario) {
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
    const auto apart = [&](Scenario late, Scenario early) {
        return reached[static_cast<std::size_t>(late)] != reached[static_cast<std::size_t>(early)];
    };
    const bool isBand = apart(Scenario::Late, Scenario::EarlyWorst) || apart(Scenario::LateBest, Scenario::Early);
    const LaterTimes later = isBand ? std::max(body.later, LaterTimes::LowerTogether) : body.later;
    return inAll(body.hasFailure, body.intervals, later, [&](Scenario scenario) {
        return frozen(body[scenario], deadline, reached, scenario, body.hasFailure);
    });
}

Outcome OutcomeAlgebra::frozen(const Outcome& body, base::Duration deadline, const Reached& reached, Scenario scenario,
                               bool hasFailure)
{
    Outcome result = body;
    auto& success = result.success;
    const double inTime = reached[static_cast<std::size_t>(scenario)];
    result.unavailability =
        body.total() - inTime < 1e-15 ? body.unavailability : body.unavailability + (body.total() - inTime);
    success.finite = inTime;
    if (contains(deadline)) {
        const double direction = isLate(scenario) ? -1 : isEarly(scenario) ? 1 : 0;
        const auto cell =
            static_cast<std::ptrdiff_t>(std::floor(m_grid.inCells(deadline) + direction * success.radius));
        success.cdf = success.cdf.cutAt(cell);
        if (scenario == Scenario::Nominal && success.cdf.last() > inTime)
            success.cdf = m_arrays.completed(success.cdf, static_cast<std::size_t>(cell), inTime);
        success.roughness = std::numeric_limits<double>::infinity();
    }
    if (!hasFailure)
        return result;
    result.failure = failedAtLast(body.failure, deadline, result.unavailability, scenario);
    if (!m_crossed)
        return result;
    const double other = reached[static_cast<std::size_t>(isLate(scenario)    ? Scenario::Early
                                                          : isEarly(scenario) ? Scenario::Late
                                                                              : scenario)];
    result.failureBound = failedAtLast(body.failureBound, deadline, 1 - other, scenario);
    return result;
}

/// All of the mass at the deadline.
Arrival OutcomeAlgebra::failedAtLast(Arrival failure, base::Duration deadline, double total, Scenario scenario)
{
    failure.finite = total;
    if (!contains(deadline))
        return failure;
    if (!m_grid.holds(deadline))
        failure.radius = std::max(failure.radius, 0.5);
    const double direction = isLate(scenario) ? -1 : isEarly(scenario) ? 1 : 0;
    const double jump = m_grid.inCells(deadline) + direction * failure.radius;
    const double rounded = isLate(scenario) ? std::ceil(jump) : isEarly(scenario) ? std::floor(jump) : std::round(jump);
    const double last = static_cast<double>(m_grid.cells - 1);
    failure.cdf = m_arrays.completed(failure.cdf, static_cast<std::size_t>(std::clamp(rounded, 0.0, last)), total);
    failure.roughness = std::numeric_limits<double>::infinity();
    return failure;
}

OutcomeLaw OutcomeAlgebra::waited(const OutcomeLaw& body)
{
    // It never fails, so there is no D that could be out of order.
    return inAll(true, body.intervals, LaterTimes::LowerBoth, [&](Scenario scenario) {
        const auto& own = body[scenario];
        Outcome result;
        result.success = either(own.success, own.failure);
        if ((body.intervals == 0 && !body.eachByItself()) || scenario == Scenario::Nominal)
            return result;
        if (!body.eachByItself()) {
            if (scenario != Scenario::Late && scenario != Scenario::Early)
                return result;
            const auto& crossed = body[scenario == Scenario::Late ? Scenario::LateBest : Scenario::EarlyWorst];
            result.success = wider(result.success, either(crossed.success, crossed.failure), scenario);
        } else {
            result.success = capped(either(own.success, own.failureBound), 1);
        }
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
