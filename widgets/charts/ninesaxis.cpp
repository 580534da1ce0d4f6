// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/ninesaxis.h"

#include "widgets/common/typedvalue.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emac::widgets::nines {

namespace {

constexpr double lowest = 0.3; ///< availability 50 %
constexpr double highest = 12.0; ///< an unavailability of 1e-12
constexpr double leastSpan = 1.0;
constexpr double clipDistance = 0.25;
constexpr double labelGap = 12; ///< pixels between two tick labels

Tick tickAt(int digit, int decade)
{
    const auto text = std::to_string(digit) + "e-" + std::to_string(decade);
    const auto unavailability = *base::Decimal::parse(text);
    return {decade - std::log10(digit), exactPercent(base::Ratio(unavailability.complement()))};
}

std::vector<Tick> ticksOf(const Range& range, const std::vector<int>& digits, int every)
{
    std::vector<Tick> result;
    const int first = std::max(0, static_cast<int>(std::floor(range.from)));
    const int last = static_cast<int>(std::ceil(range.to)) + 1;
    for (int decade = first; decade <= last; ++decade) {
        if (decade % every != 0)
            continue;
        for (const int digit : digits) {
            const auto position = decade - std::log10(digit);
            if (position >= range.from && position <= range.to && position >= 0)
                result.push_back(tickAt(digit, decade));
        }
    }
    std::ranges::sort(result, {}, &Tick::position);
    return result;
}

} // namespace

double position(double unavailability)
{
    return unavailability <= 0 ? std::numeric_limits<double>::infinity() : std::max(0.0, -std::log10(unavailability));
}

Scale scaleFor(const std::vector<double>& unavailabilities)
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

std::vector<Tick> ticks(const Range& range, double width, const std::function<double(const QString&)>& measure)
{
    const auto standApart = [&](const std::vector<Tick>& candidates) {
        for (std::size_t i = 1; i < candidates.size(); ++i) {
            const double distance = (candidates[i].position - candidates[i - 1].position) / range.span() * width;
            if (distance < (measure(candidates[i].label) + measure(candidates[i - 1].label)) / 2 + labelGap)
                return false;
        }
        return true;
    };
    if (auto result = ticksOf(range, {1, 2, 5}, 1); standApart(result))
        return result;
    for (int every = 1;; ++every) {
        if (auto result = ticksOf(range, {1}, every); standApart(result))
            return result;
    }
}

} // namespace emac::widgets::nines
