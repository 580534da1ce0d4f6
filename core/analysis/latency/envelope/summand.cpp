// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/summand.h"

#include "core/analysis/latency/normal.h"

#include <algorithm>
#include <cmath>

namespace emac::analysis {

namespace {

/// Of a lognormal law in ln(x), by its sigma: where an optimiser looks first.
constexpr double firstKnot = -5;
constexpr double lastKnot = 6.5;
constexpr int knotCount = 72;

} // namespace

StepSummand::StepSummand(std::vector<double> times, std::vector<double> values, double stretch)
    : m_values(std::move(values))
    , m_stretch(stretch)
{
    m_knots = std::move(times);
    m_integrals.resize(m_knots.size());
    for (std::size_t i = 1; i < m_knots.size(); ++i)
        m_integrals[i] = m_integrals[i - 1] + m_values[i - 1] * (m_knots[i] - m_knots[i - 1]);
}

double StepSummand::value(double x) const
{
    const auto behind = std::ranges::upper_bound(m_knots, x) - m_knots.begin();
    return behind == 0 ? 0 : m_values[static_cast<std::size_t>(behind - 1)];
}

double StepSummand::before(double x) const
{
    const auto from = std::ranges::lower_bound(m_knots, x) - m_knots.begin();
    return from == 0 ? 0 : m_values[static_cast<std::size_t>(from - 1)];
}

double StepSummand::integral(double x) const
{
    const auto behind = std::ranges::upper_bound(m_knots, x) - m_knots.begin();
    if (behind == 0)
        return 0;
    const auto last = static_cast<std::size_t>(behind - 1);
    return m_integrals[last] + m_values[last] * (x - m_knots[last]);
}

SummandPtr StepSummand::frozen(double end) const
{
    const auto count = std::max<std::ptrdiff_t>(1, std::ranges::upper_bound(m_knots, end) - m_knots.begin());
    auto times = std::vector<double>(m_knots.begin(), m_knots.begin() + count);
    auto values = std::vector<double>(m_values.begin(), m_values.begin() + count);
    if (times.front() > end) { // nothing until then
        times.front() = end;
        values.front() = 0;
    }
    return std::make_shared<StepSummand>(std::move(times), std::move(values), m_stretch);
}

LognormalSummand::LognormalSummand(double mu, double sigma, double mass, double end)
    : m_mu(mu)
    , m_sigma(sigma)
    , m_mass(mass)
    , m_mean(std::exp(mu + sigma * sigma / 2))
    , m_end(end)
{
    for (int i = 0; i < knotCount; ++i) {
        const double z = firstKnot + (lastKnot - firstKnot) * i / (knotCount - 1);
        const double x = std::exp(mu + sigma * z);
        if (x >= end)
            break;
        m_knots.push_back(x);
    }
    if (std::isfinite(end)) {
        m_knots.push_back(end);
        m_end = std::numeric_limits<double>::infinity();
        m_integralToEnd = integral(end);
        m_end = end;
    }
}

SummandPtr LognormalSummand::frozen(double end) const
{
    return std::make_shared<LognormalSummand>(m_mu, m_sigma, m_mass, std::min(end, m_end));
}

double LognormalSummand::value(double x) const
{
    x = std::min(x, m_end);
    if (x == std::numeric_limits<double>::infinity())
        return m_mass;
    return x > 0 ? m_mass * normalByTable((std::log(x) - m_mu) / m_sigma) : 0;
}

void LognormalSummand::valuesAtLogs(double first, double step, std::span<double> values) const
{
    normalValues((first - m_mu) / m_sigma, step / m_sigma, values);
    for (double& value : values)
        value *= m_mass;
}

/// The limited expected value: E min(X, x) = x P(X > x) + E[X; X ≤ x].
double LognormalSummand::integral(double x) const
{
    if (x <= 0)
        return 0;
    if (x > m_end)
        return m_integralToEnd + value(m_end) * (x - m_end);
    const double z = (std::log(x) - m_mu) / m_sigma;
    return m_mass * std::max(0.0, x * normalByTable(z) - m_mean * normalByTable(z - m_sigma));
}

} // namespace emac::analysis
