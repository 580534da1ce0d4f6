// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/outcome_algebra.h"

#include <algorithm>
#include <cmath>

namespace emac::analysis {

Outcome OutcomeAlgebra::tried(const Outcome& try_, const Outcome& next, Scenario scenario, bool hasFailure)
{
    Outcome result;
    result.success = either(try_.success, sum(try_.failure, next.success, scenario), scenario);
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
    const int intervals = intervalsOfBoth(try_.intervals, next.intervals);
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
            result.success = either(own.success, sum(own.failureBound, next[scenario].success, scenario), scenario);
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

Reached narrower(const Reached& a, const Reached& b)
{
    Reached result = a;
    for (const Scenario scenario : allScenarios) {
        const auto i = static_cast<std::size_t>(scenario);
        if (scenario != Scenario::Nominal)
            result[i] = isLate(scenario) ? std::max(a[i], b[i]) : std::min(a[i], b[i]);
    }
    return result;
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

bool OutcomeAlgebra::canRead(const OutcomeLaw& law, base::Duration time) const
{
    const double radius = std::max(law[Scenario::Early].success.radius, law[Scenario::EarlyWorst].success.radius);
    return m_grid.inCells(time) + radius < static_cast<double>(m_grid.cells - 1);
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
        const double place = m_grid.inCells(deadline) + direction * success.radius;
        const auto cell = static_cast<std::ptrdiff_t>(std::floor(place));
        success.cdf = success.cdf.cutAt(cell);
        const auto last = static_cast<double>(m_grid.cells - 1);
        if (isEarly(scenario))
            success = capped(std::move(success), inTime);
        else if (scenario == Scenario::Nominal ? success.cdf.last() > inTime : success.cdf.last() < inTime)
            success.cdf = m_arrays.completed(success.cdf,
                                             static_cast<std::size_t>(std::clamp(std::ceil(place), 0.0, last)), inTime);
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
    failure = settled(failure, scenario); // the jump at the deadline is exact
    if (!m_grid.holds(deadline))
        failure.radius = 0.5;
    const double direction = isLate(scenario) ? -1 : isEarly(scenario) ? 1 : 0;
    const double jump = m_grid.inCells(deadline) + direction * failure.radius;
    const double rounded = isLate(scenario) ? std::ceil(jump) : isEarly(scenario) ? std::floor(jump) : std::round(jump);
    const auto last = static_cast<double>(m_grid.cells - 1);
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
        result.success = either(own.success, own.failure, scenario);
        if ((body.intervals == 0 && !body.eachByItself()) || scenario == Scenario::Nominal)
            return result;
        if (!body.eachByItself()) {
            if (scenario != Scenario::Late && scenario != Scenario::Early)
                return result;
            const auto& crossed = body[scenario == Scenario::Late ? Scenario::LateBest : Scenario::EarlyWorst];
            result.success = wider(result.success, either(crossed.success, crossed.failure, scenario), scenario);
        } else {
            result.success = capped(either(own.success, own.failureBound, scenario), 1);
        }
        return result;
    });
}

} // namespace emac::analysis
