// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/outcome_algebra.h"

#include <algorithm>
#include <cmath>

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
