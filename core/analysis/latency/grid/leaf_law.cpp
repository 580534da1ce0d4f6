// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/leaf_law.h"

#include "core/analysis/latency/normal.h"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace emac::analysis {

namespace {

using journey::LatencyLaw;
using Knot = LatencyLaw::Knot;

/// The tails of a normal law beyond so many standard deviations are moved: 1e-9 each.
constexpr double tail = 6;

std::size_t nearestCell(base::Duration time, const Grid& grid)
{
    return static_cast<std::size_t>(std::floor(grid.inCells(time) + 0.5));
}

DiscreteLaw ofLognormal(const LatencyLaw::Lognormal& law, const Grid& grid)
{
    const double step = base::seconds(grid.step);
    // A value at cell k is P(T ≤ (k + ½) · step).
    const auto cellOf = [&](double deviations) { return std::exp(law.mu + deviations * law.sigma) / step - 0.5; };
    const double begin = std::max(0.0, std::floor(cellOf(-tail)));
    Arrival arrival;
    arrival.radius = 0.5;
    arrival.finite = 1;
    const double mostDensity =
        std::exp(law.sigma * law.sigma / 2 - law.mu) / (law.sigma * std::sqrt(2 * std::numbers::pi));
    arrival.roughness = 2 * mostDensity * step;
    if (begin < static_cast<double>(grid.cells)) {
        const double end = std::min(static_cast<double>(grid.cells), std::ceil(cellOf(tail)) + 1);
        const auto first = static_cast<std::size_t>(begin);
        std::vector<double> values(static_cast<std::size_t>(end) - first);
        lognormalValues(law.mu - std::log(step), law.sigma, first, values);
        arrival.cdf = Cdf(first, std::move(values));
    }
    DiscreteLaw result{arrival, arrival, arrival};
    result.upper.slack = normal(-tail); // the moved tails come later than they would
    return result;
}

/// Steps of this height at the knots.
Arrival ofSteps(const std::vector<Knot>& knots, double Knot::*height, const Grid& grid)
{
    Arrival arrival;
    std::vector<double> values;
    std::size_t first = 0;
    double value = 0;
    for (const auto& knot : knots) {
        if (knot.*height <= value)
            continue;
        value = knot.*height;
        if (!grid.holds(knot.time))
            arrival.radius = 0.5;
        const auto cell = nearestCell(knot.time, grid);
        if (cell >= grid.cells)
            continue;
        if (values.empty()) {
            first = cell;
            values.push_back(value);
        } else {
            const double before = values.back();
            values.resize(cell - first + 1, before);
            values.back() = value;
        }
    }
    arrival.finite = value;
    arrival.cdf = Cdf(first, std::move(values));
    arrival.roughness = arrival.radius == 0 ? 0 : std::numeric_limits<double>::infinity();
    return arrival;
}

/// Linear between the knots.
Arrival ofNominal(const std::vector<Knot>& knots, const Grid& grid)
{
    Arrival arrival;
    arrival.radius = 0.5;
    arrival.finite = knots.back().nominal;
    const auto first = nearestCell(knots.front().time, grid);
    const auto end = std::min(grid.cells, nearestCell(knots.back().time, grid) + 1);
    std::vector<double> values;
    values.reserve(end > first ? end - first : 0);
    std::size_t next = 0; // the first knot behind the time
    for (std::size_t cell = first; cell < end; ++cell) {
        const auto twice = grid.step.count() * static_cast<std::int64_t>(2 * cell + 1);
        while (next < knots.size() && 2 * knots[next].time.count() <= twice)
            ++next;
        const auto& last = knots[next == 0 ? 0 : next - 1];
        if (next == 0) {
            values.push_back(0);
        } else if (next == knots.size()) {
            values.push_back(last.nominal);
        } else {
            const auto length = static_cast<double>((knots[next].time - last.time).count());
            const auto part = (static_cast<double>(twice) / 2 - static_cast<double>(last.time.count())) / length;
            values.push_back(std::lerp(last.nominal, knots[next].nominalBefore, part));
        }
    }
    arrival.cdf = Cdf(first, std::move(values));
    return arrival;
}

DiscreteLaw ofKnots(const std::vector<Knot>& knots, const Grid& grid)
{
    DiscreteLaw law;
    law.lower = ofSteps(knots, &Knot::lower, grid);
    const bool stepped = isStepped(knots);
    const auto alike = [&](double Knot::*a, double Knot::*b) {
        return std::ranges::all_of(knots, [&](const Knot& knot) { return knot.*a == knot.*b; });
    };
    law.upper = alike(&Knot::lower, &Knot::upper) ? law.lower : ofSteps(knots, &Knot::upper, grid);
    if (!stepped && !grid.stated)
        law.nominal = ofNominal(knots, grid);
    else if (alike(&Knot::lower, &Knot::nominal))
        law.nominal = law.lower;
    else
        law.nominal = ofSteps(knots, &Knot::nominal, grid);
    return law;
}

} // namespace

bool isStepped(const std::vector<Knot>& knots)
{
    double value = 0;
    for (const auto& knot : knots) {
        if (knot.nominalBefore != value)
            return false;
        value = knot.nominal;
    }
    return true;
}

DiscreteLaw discretise(const journey::LatencyLaw& law, const Grid& grid)
{
    if (const auto* lognormal = std::get_if<LatencyLaw::Lognormal>(&law.form()))
        return ofLognormal(*lognormal, grid);
    return ofKnots(std::get<std::vector<Knot>>(law.form()), grid);
}

CallFailures callFailures(const journey::Input* input)
{
    if (input == nullptr)
        return {1, 0, 0.5, 0, 1};
    const auto& failure = input->failure;
    return {failure.upper, failure.lower, failure.nominal, failure.lower, failure.upper};
}

namespace {

Arrival atomAt(base::Duration time, double mass, const Grid& grid, double factor = 1)
{
    Arrival arrival;
    arrival.finite = mass;
    arrival.radius = grid.holds(time) ? 0 : 0.5;
    arrival.roughness = arrival.radius == 0 ? 0 : std::numeric_limits<double>::infinity();
    const auto cell = static_cast<std::size_t>(std::floor(grid.inCells(time) * factor + 0.5));
    if (cell < grid.cells && mass > 0)
        arrival.cdf = Cdf::atom(cell, mass);
    return arrival;
}

/// D of a call that fails with this probability. May end after every finite time.
Arrival failureLaw(const Arrival& curve, const FailureTimes& times, Scenario scenario, double mass, const Grid& grid)
{
    using Kind = journey::FailureTime::Kind;
    const auto kind = times.stated.kind;
    if (kind == Kind::Immediate || (kind == Kind::Unstated && isEarly(scenario)))
        return atomAt(base::Duration(0), mass, grid);
    if (kind == Kind::Constant)
        return atomAt(times.stated.constant, mass, grid, times.factor);
    if (kind == Kind::LikeSuccess || scenario == Scenario::Nominal)
        return multiplied(curve, mass);
    if (times.deadline) // unstated: the latest
        return atomAt(*times.deadline, mass, grid);
    return {};
}

} // namespace

OutcomeLaw callLaw(const DiscreteLaw& law, const CallFailures& failures, const std::optional<FailureTimes>& failure,
                   const Grid& grid)
{
    OutcomeLaw result;
    result.hasFailure = failure.has_value();
    const double most = failures[static_cast<std::size_t>(Scenario::Late)];
    const double least = failures[static_cast<std::size_t>(Scenario::Early)];
    result.intervals = most != least ? 1 : 0;
    for (std::size_t i = 0; i < scenarioCount; ++i) {
        const auto scenario = static_cast<Scenario>(i);
        const auto& curve = isLate(scenario) ? law.lower : isEarly(scenario) ? law.upper : law.nominal;
        auto& outcome = result.outcomes[i];
        outcome.unavailability = failures[i];
        outcome.success = multiplied(curve, outcome.total());
        if (!failure)
            continue;
        outcome.failure = failureLaw(curve, *failure, scenario, failures[i], grid);
        const double bound = isLate(scenario) ? least : isEarly(scenario) ? most : failures[i];
        outcome.failureBound = failureLaw(curve, *failure, scenario, bound, grid);
    }
    return result;
}

} // namespace emac::analysis
