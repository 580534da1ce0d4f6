// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/ninesaxis.h"

#include "widgets/common/typedvalue.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace emac::widgets::nines {

namespace {

constexpr double lowest = 0.3; ///< availability 50 %
constexpr double highest = 12.0; ///< an unavailability of 1e-12
constexpr double leastSpan = 1.0;
constexpr double clipDistance = 0.25;
constexpr double labelGap = 12; ///< pixels between two tick labels

using Ticks = std::vector<Tick>;

Tick percentTick(int digit, int decade)
{
    const auto text = std::to_string(digit) + "e-" + std::to_string(decade);
    const auto unavailability = *base::Decimal::parse(text);
    return {decade - std::log10(digit), exactPercent(base::Ratio(unavailability.complement()))};
}

Ticks percentTicks(const Range& range, const std::vector<int>& digits, int every)
{
    Ticks result;
    const int first = std::max(0, static_cast<int>(std::floor(range.from)));
    const int last = static_cast<int>(std::ceil(range.to)) + 1;
    for (int decade = first; decade <= last; ++decade) {
        if (decade % every != 0)
            continue;
        for (const int digit : digits) {
            const auto position = decade - std::log10(digit);
            if (position >= range.from && position <= range.to && position >= 0)
                result.push_back(percentTick(digit, decade));
        }
    }
    std::ranges::sort(result, {}, &Tick::position);
    return result;
}

/// At each multiple of a number of tenths.
Ticks ninesTicks(const Range& range, int tenths)
{
    Ticks result;
    const int first = std::max(0, static_cast<int>(std::ceil(range.from * 10 / tenths)));
    for (int i = first; i * tenths <= range.to * 10; ++i) {
        const bool whole = i * tenths % 10 == 0;
        result.push_back({i * tenths / 10.0, QLocale().toString(i * tenths / 10.0, 'f', whole ? 0 : 1)});
    }
    return result;
}

struct RoundTime
{
    double seconds;
    int rank; ///< the higher, the rounder
};

/// Round numbers of seconds, the longest first, down to 1 µs.
const std::vector<RoundTime>& roundTimes()
{
    static const std::vector<RoundTime> list = [] {
        constexpr double minute = 60;
        constexpr double hour = 3600;
        constexpr double day = 86400;
        std::vector<RoundTime> times;
        for (const double days : {1000.0, 500.0, 200.0, 100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0})
            times.push_back({days * day, days == 1 ? 2 : days == 10 || days == 100 || days == 1000 ? 1 : 0});
        for (const double hours : {10.0, 5.0, 2.0, 1.0})
            times.push_back({hours * hour, hours == 1 ? 2 : hours == 10 ? 1 : 0});
        for (const double minutes : {30.0, 10.0, 5.0, 2.0, 1.0})
            times.push_back({minutes * minute, minutes == 1 ? 2 : minutes == 10 ? 1 : 0});
        times.push_back({30, 0});
        for (int decade = 1; decade >= -6; --decade) {
            for (const int digit : {5, 2, 1}) {
                if (decade < 1 || digit == 1)
                    times.push_back({digit * std::pow(10.0, decade), digit > 1 ? 0 : decade % 3 == 0 ? 2 : 1});
            }
        }
        return times;
    }();
    return list;
}

Ticks downtimeTicks(const Range& range, double window, int leastRank, int every)
{
    Ticks result;
    int count = 0;
    for (const auto& time : roundTimes()) {
        const double at = std::log10(window / time.seconds);
        if (time.rank < leastRank || at < std::max(0.0, range.from) || at > range.to)
            continue;
        if (count++ % every == 0)
            result.push_back({at, downtimeText(time.seconds)});
    }
    return result;
}

/// Ever fewer ticks: level 0 is the densest.
Ticks ticksAt(int level, const Range& range, const AvailabilityDisplay& display)
{
    switch (display.unit) {
    case AvailabilityUnit::Percent:
        break;
    case AvailabilityUnit::Nines: {
        constexpr std::array tenths{1, 2, 5};
        return ninesTicks(range, level < 3 ? tenths[static_cast<std::size_t>(level)] : 10 * (level - 2));
    }
    case AvailabilityUnit::Downtime:
        return downtimeTicks(range, base::seconds(display.window), std::min(level, 2), std::max(1, level - 1));
    }
    return level == 0 ? percentTicks(range, {1, 2, 5}, 1) : percentTicks(range, {1}, level);
}

} // namespace

double position(double unavailability)
{
    return unavailability <= 0 ? std::numeric_limits<double>::infinity() : std::max(0.0, -std::log10(unavailability));
}

Scale scaleFor(const std::vector<double>& unavailabilities, const std::vector<double>& whiskers)
{
    double from = highest;
    double to = lowest;
    bool beyondLow = false;
    bool beyondHigh = false;
    for (const double q : unavailabilities) {
        const double at = position(q);
        beyondLow |= at < lowest;
        beyondHigh |= at > highest;
        if (at >= lowest && at <= highest) {
            from = std::min(from, at);
            to = std::max(to, at);
        }
    }
    if (from > to) {
        from = 1;
        to = 3;
    }
    const double reach = std::max(leastSpan, to - from);
    const Range most{std::max(lowest, from - reach), std::min(highest, to + reach)};
    for (const double q : whiskers) {
        const double at = position(q);
        beyondLow |= at < most.from;
        beyondHigh |= at > most.to;
        if (at >= most.from && at <= most.to) {
            from = std::min(from, at);
            to = std::max(to, at);
        }
    }
    Scale scale;
    scale.clipLow = beyondLow ? from - clipDistance : from;
    scale.clipHigh = beyondHigh ? to + clipDistance : to;
    const double missing = std::max(0.0, leastSpan - (scale.clipHigh - scale.clipLow));
    scale.range = {scale.clipLow - missing / 2, scale.clipHigh + missing / 2};
    return scale;
}

Range widened(Range range, const std::vector<Labelled>& labels, double width)
{
    if (width <= 0)
        return range;
    for (int round = 0; round < 12; ++round) {
        const double perPixel = range.span() / width;
        auto next = range;
        for (const auto& label : labels) {
            next.from = std::min(next.from, label.position - label.left * perPixel);
            next.to = std::max(next.to, label.position + label.right * perPixel);
        }
        if (next == range || next.span() > 4 * highest)
            break;
        range = next;
    }
    return range;
}

std::vector<Tick> ticks(const Range& range, double width, const AvailabilityDisplay& display,
                        const std::function<double(const QString&)>& measure)
{
    const auto standApart = [&](const Ticks& candidates) {
        for (std::size_t i = 1; i < candidates.size(); ++i) {
            const double distance = (candidates[i].position - candidates[i - 1].position) / range.span() * width;
            if (distance < (measure(candidates[i].label) + measure(candidates[i - 1].label)) / 2 + labelGap)
                return false;
        }
        return true;
    };
    for (int level = 0;; ++level) {
        if (auto result = ticksAt(level, range, display); standApart(result))
            return result;
    }
}

} // namespace emac::widgets::nines
