// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/curvescale.h"

#include "widgets/charts/timeaxis.h"
#include "widgets/latency/evidenceforms.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

constexpr double leastNines = 3;
constexpr double mostNines = 6;
constexpr double above = 0.6; ///< nines between the last one and the top
constexpr double nanosecond = 1e-9;

double ninesOf(double probability)
{
    return probability >= 1 ? mostNines + 1 : -std::log10(1 - std::max(0.0, probability));
}

/// Where the law ends, for a picture.
double latestOf(const journey::LatencyLaw& law)
{
    constexpr double nearlyAll = 0.9995;
    if (const auto late = nominalQuantile(law, nearlyAll))
        return base::seconds(*late);
    return base::seconds(std::get<std::vector<journey::LatencyLaw::Knot>>(law.form()).back().time);
}

double earliestOf(const journey::LatencyLaw& law)
{
    constexpr double few = 0.02;
    const auto early = nominalQuantile(law, few);
    return early ? base::seconds(*early) : 0;
}

} // namespace

CurveScale CurveScale::of(const journey::LatencyLaw* law, const std::vector<std::pair<double, double>>& points,
                          bool logarithmic)
{
    CurveScale scale;
    scale.logarithmic = logarithmic;
    double latest = law != nullptr ? latestOf(*law) : 0;
    double earliest = law != nullptr ? earliestOf(*law) : 0;
    for (const auto& [seconds, probability] : points) {
        latest = std::max(latest, seconds);
        if (seconds > 0)
            earliest = earliest > 0 ? std::min(earliest, seconds) : seconds;
        if (probability < 1)
            scale.nines = std::clamp(std::ceil(ninesOf(probability) - 0.01), scale.nines, mostNines);
    }
    constexpr double room = 1.12;
    scale.to = latest > 0 ? latest * room : 1;
    if (!logarithmic)
        return scale;
    scale.to = latest > 0 ? latest * 1.5 : 1;
    constexpr double leastSpan = 4;
    scale.from = std::min(earliest > 0 ? earliest / 1.5 : scale.to, scale.to / leastSpan);
    scale.from = std::max(scale.from, nanosecond);
    return scale;
}

double CurveScale::x(double seconds) const
{
    if (!logarithmic)
        return plot.left() + (seconds - from) / (to - from) * plot.width();
    const double clamped = std::max(seconds, nanosecond / 10);
    return plot.left() + std::log(clamped / from) / std::log(to / from) * plot.width();
}

double CurveScale::seconds(double x) const
{
    const double part = (x - plot.left()) / plot.width();
    return std::max(0.0, logarithmic ? from * std::pow(to / from, part) : from + part * (to - from));
}

double CurveScale::y(double probability) const
{
    const double part = probability >= 1 ? 1 : std::min(ninesOf(probability) / (nines + above), 1.0);
    return plot.bottom() - part * plot.height();
}

base::Duration CurveScale::time(double x) const
{
    const double at = seconds(x);
    const double perPixel = seconds(x + 1) - at;
    const auto digits = std::floor(std::log10(std::max(perPixel * 1e9, 1.0)));
    const auto unit = std::llround(std::pow(10, digits));
    return base::Duration(std::llround(at * 1e9 / static_cast<double>(unit)) * unit);
}

std::vector<CurveScale::Tick> CurveScale::timeTicks(const std::function<double(const QString&)>& measure) const
{
    const auto scale = logarithmic ? timeaxis::Scale::Logarithmic : timeaxis::Scale::Linear;
    const timeaxis::Range range{timeaxis::position(from, scale), timeaxis::position(to, scale)};
    std::vector<Tick> ticks;
    for (const auto& tick : timeaxis::ticks(range, scale, plot.width(), measure))
        ticks.push_back({x(timeaxis::secondsAt(tick.position, scale)), tick.label});
    return ticks;
}

std::vector<CurveScale::Tick> CurveScale::probabilityTicks() const
{
    const auto percent = [](double value) {
        return QCoreApplication::translate("emac::format", "%1 %").arg(QLocale().toString(value, 'g', 8));
    };
    std::vector<Tick> ticks{{y(0), percent(0)}, {y(0.5), percent(50)}};
    for (int nine = 1; nine <= static_cast<int>(nines); ++nine)
        ticks.push_back({y(1 - std::pow(10, -nine)), percent(100 - std::pow(10, 2 - nine))});
    ticks.push_back({y(1), percent(100)});
    return ticks;
}

} // namespace emac::widgets
