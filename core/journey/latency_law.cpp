// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/latency_law.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace emac::journey {

namespace {

using Knot = LatencyLaw::Knot;

double lognormal(const LatencyLaw::Lognormal& law, base::Duration t)
{
    if (t.count() <= 0)
        return 0;
    return 0.5 * std::erfc((law.mu - std::log(base::seconds(t))) / (law.sigma * std::numbers::sqrt2));
}

/// The first knot behind t.
std::vector<Knot>::const_iterator behind(const std::vector<Knot>& knots, base::Duration t)
{
    return std::ranges::upper_bound(knots, t, {}, &Knot::time);
}

double step(const std::vector<Knot>& knots, base::Duration t, double Knot::*value)
{
    const auto next = behind(knots, t);
    return next == knots.begin() ? 0 : (*std::prev(next)).*value;
}

double interpolated(const std::vector<Knot>& knots, base::Duration t)
{
    const auto next = behind(knots, t);
    if (next == knots.begin())
        return 0;
    const auto& last = *std::prev(next);
    if (next == knots.end() || last.time == t)
        return last.nominal;
    const double part =
        static_cast<double>((t - last.time).count()) / static_cast<double>((next->time - last.time).count());
    return std::lerp(last.nominal, next->nominalBefore, part);
}

} // namespace

double LatencyLaw::lower(base::Duration t) const
{
    const auto* knots = std::get_if<std::vector<Knot>>(&m_form);
    return knots != nullptr ? step(*knots, t, &Knot::lower) : lognormal(std::get<Lognormal>(m_form), t);
}

double LatencyLaw::upper(base::Duration t) const
{
    const auto* knots = std::get_if<std::vector<Knot>>(&m_form);
    return knots != nullptr ? step(*knots, t, &Knot::upper) : lognormal(std::get<Lognormal>(m_form), t);
}

double LatencyLaw::nominal(base::Duration t) const
{
    const auto* knots = std::get_if<std::vector<Knot>>(&m_form);
    return knots != nullptr ? interpolated(*knots, t) : lognormal(std::get<Lognormal>(m_form), t);
}

bool LatencyLaw::hasBand() const
{
    const auto* knots = std::get_if<std::vector<Knot>>(&m_form);
    return knots != nullptr && std::ranges::any_of(*knots, [](const Knot& knot) { return knot.lower != knot.upper; });
}

bool LatencyLaw::isTailKnown() const
{
    const auto* knots = std::get_if<std::vector<Knot>>(&m_form);
    return knots == nullptr || knots->back().lower >= 1;
}

LatencyLaw LatencyLaw::scaled(double factor) const
{
    if (const auto* law = std::get_if<Lognormal>(&m_form))
        return LatencyLaw(Lognormal{law->mu + std::log(factor), law->sigma});
    auto knots = std::get<std::vector<Knot>>(m_form);
    for (auto& knot : knots)
        knot.time = base::Duration(std::llround(static_cast<double>(knot.time.count()) * factor));
    return LatencyLaw(std::move(knots));
}

} // namespace emac::journey
