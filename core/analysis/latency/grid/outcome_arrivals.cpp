// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/outcome_algebra.h"
#include "core/analysis/latency/grid/stated_times.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace emac::analysis {

namespace {

bool same(const Arrival& a, const Arrival& b)
{
    return a.cdf.sharesWith(b.cdf) && a.cdf.factor() == b.cdf.factor() && a.radius == b.radius && a.slack == b.slack
           && a.finite == b.finite;
}

/// Of two that are rounded alike: P(T ≤ (k + ½) · step) stays what it is.
double roughnessOfBoth(const Arrival& a, const Arrival& b)
{
    return 1.5 * (a.roughness + b.roughness); // V(uv) ≤ V(u) sup v + sup u V(v), and sup u ≤ V(u) / 2
}

double halfCells(double cells)
{
    return std::ceil(2 * cells - 1e-9) / 2;
}

} // namespace

Arrival OutcomeAlgebra::sum(const Arrival& a, const Arrival& b, Scenario scenario)
{
    const auto sum = m_grid.stated ? Convolution{m_grid.stated->sum(a.cdf, b.cdf), 0, 0}
                                   : m_arrays.convolved(a.cdf, b.cdf, m_grid.cells);
    Arrival result;
    result.cdf = sum.cdf;
    result.radius = a.radius + b.radius;
    result.moved = a.moved + b.moved;
    result.slack = a.slack * b.finite + b.slack * a.finite + a.slack * b.slack + sum.noise;
    if (isEarly(scenario))
        result.slack += sum.moved;
    result.finite = a.finite * b.finite;
    const auto isShift = [](const Arrival& x) { return x.radius == 0 && x.cdf.values().size() == 1; };
    if (isShift(a) || isShift(b))
        result.roughness = (isShift(a) ? b.roughness : a.roughness) * (isShift(a) ? a.finite : b.finite);
    return result;
}

Arrival OutcomeAlgebra::settled(const Arrival& arrival, Scenario scenario) const
{
    if (arrival.radius == 0)
        return arrival;
    Arrival result = arrival;
    const auto cells = static_cast<std::size_t>(std::ceil(arrival.radius));
    result.radius = 0;
    result.roughness = std::numeric_limits<double>::infinity();
    if (isLate(scenario)) {
        result.moved += static_cast<double>(cells);
        const bool isInside = arrival.cdf.first() + cells < m_grid.cells;
        result.cdf = isInside ? arrival.cdf.shifted(cells) : Cdf();
        return result;
    }
    // Behind the grid there is all that is left, which an early law promises from there on.
    const bool early = isEarly(scenario);
    const std::size_t first = early ? arrival.cdf.first() - std::min(cells, arrival.cdf.first()) : arrival.cdf.first();
    const auto at = [&](std::size_t cell) { return arrival.cdf.at(static_cast<std::ptrdiff_t>(cell)); };
    std::vector<double> values;
    const bool isMoreBehind = early && arrival.finite > arrival.cdf.last();
    const std::size_t end = isMoreBehind ? m_grid.cells : std::min(m_grid.cells, arrival.cdf.end() + 1);
    for (std::size_t cell = first; cell < end; ++cell) {
        if (early)
            values.push_back(cell + cells + 1 >= m_grid.cells ? std::max(arrival.finite, at(cell + cells))
                                                              : at(cell + cells));
        else // values stand at the middles of cells
            values.push_back((cell > 0 ? at(cell - 1) + at(cell) : at(cell)) / 2);
    }
    result.cdf = Cdf(first, std::move(values));
    result.moved += early ? static_cast<double>(cells) : 0.5;
    return result;
}

void OutcomeAlgebra::align(std::span<Arrival> parts, Scenario scenario) const
{
    const auto isExact = [](const Arrival& part) { // and not just there from the beginning
        return part.radius == 0 && !part.cdf.isZero() && (part.cdf.first() > 0 || part.cdf.values().size() > 1);
    };
    if (std::ranges::none_of(parts, isExact))
        return;
    for (auto& part : parts)
        part = settled(part, scenario);
}

namespace {

void alignBoth(const OutcomeAlgebra& algebra, Arrival& a, Arrival& b, Scenario scenario)
{
    if ((a.radius == 0) == (b.radius == 0))
        return;
    std::array both{std::move(a), std::move(b)};
    algebra.align(both, scenario);
    a = std::move(both[0]);
    b = std::move(both[1]);
}

} // namespace

Arrival OutcomeAlgebra::either(Arrival a, Arrival b, Scenario scenario)
{
    alignBoth(*this, a, b, scenario);
    return {m_arrays.added(a.cdf, b.cdf, m_grid.cells),
            std::max(a.radius, b.radius),
            a.slack + b.slack,
            a.finite + b.finite,
            a.roughness + b.roughness,
            std::max(a.moved, b.moved)};
}

Arrival OutcomeAlgebra::bothOf(Arrival a, Arrival b, Scenario scenario)
{
    alignBoth(*this, a, b, scenario);
    return {m_arrays.both(a.cdf, b.cdf, m_grid.cells),
            std::max(a.radius, b.radius),
            a.slack + b.slack,
            a.finite * b.finite,
            roughnessOfBoth(a, b),
            std::max(a.moved, b.moved)};
}

Arrival OutcomeAlgebra::oneOf(Arrival a, Arrival b, Scenario scenario)
{
    alignBoth(*this, a, b, scenario);
    return {m_arrays.either(a.cdf, b.cdf, m_grid.cells),
            std::max(a.radius, b.radius),
            a.slack + b.slack,
            eitherFails(a.finite, b.finite),
            roughnessOfBoth(a, b),
            std::max(a.moved, b.moved)};
}

Arrival OutcomeAlgebra::wider(const Arrival& a, const Arrival& b, Scenario scenario)
{
    if (same(a, b))
        return a;
    const bool late = isLate(scenario);
    std::array both{a, b};
    align(both, scenario);
    Arrival result;
    result.cdf = late ? m_arrays.smaller(both[0].cdf, both[1].cdf, m_grid.cells)
                      : m_arrays.larger(both[0].cdf, both[1].cdf, m_grid.cells);
    result.radius = std::max(both[0].radius, both[1].radius);
    result.moved = std::max(both[0].moved, both[1].moved);
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
