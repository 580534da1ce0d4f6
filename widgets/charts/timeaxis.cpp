// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeaxis.h"

#include "widgets/common/timetext.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

namespace emac::widgets::timeaxis {

namespace {

constexpr double labelGap = 16; ///< pixels between two tick labels
constexpr std::array digits{1, 2, 5};
constexpr int finestDecade = -9;
constexpr int coarsestDecade = 9;

/// 10^decade, times the digit; exact where a double is.
double round(int digit, int decade)
{
    return decade < 0 ? digit / std::pow(10.0, -decade) : digit * std::pow(10.0, decade);
}

/// In the unit that leaves it the fewest digits.
QString label(double seconds)
{
    return timeText(seconds);
}

/// Whether the labels of two ticks that follow each other leave a gap.
using Apart = std::function<bool(const Tick& before, const Tick& after)>;

/// Empty where two of them do not stand apart.
std::optional<std::vector<Tick>> linearTicks(const Range& range, int digit, int decade, const Apart& apart)
{
    std::vector<Tick> result;
    const double step = round(digit, decade);
    for (auto i = static_cast<int>(std::ceil(range.from / step - 1e-9)); i * step <= range.to * (1 + 1e-12); ++i) {
        result.push_back({i * step, label(i * step)});
        if (result.size() > 1 && !apart(result[result.size() - 2], result.back()))
            return std::nullopt;
    }
    return result;
}

std::vector<Tick> decadeTicks(const Range& range, bool all, int every)
{
    std::vector<Tick> result;
    const auto last = static_cast<int>(std::floor(range.to));
    for (auto decade = static_cast<int>(std::floor(range.from)); decade <= last; ++decade) {
        if (decade % every != 0)
            continue;
        for (const int digit : digits) {
            const double seconds = round(digit, decade);
            const double at = std::log10(seconds);
            if ((all || digit == 1) && at >= range.from && at <= range.to)
                result.push_back({at, label(seconds)});
        }
    }
    return result;
}

} // namespace

double position(double seconds, Scale scale)
{
    return scale == Scale::Linear ? seconds : std::log10(seconds);
}

double secondsAt(double position, Scale scale)
{
    return scale == Scale::Linear ? position : std::pow(10.0, position);
}

std::vector<Tick> ticks(const Range& range, Scale scale, double width,
                        const std::function<double(const QString&)>& measure)
{
    const Apart apart = [&](const Tick& before, const Tick& after) {
        const double distance = (after.position - before.position) / range.span() * width - labelGap;
        return distance > 0 && distance >= (measure(after.label) + measure(before.label)) / 2;
    };
    const auto standApart = [&apart](const std::vector<Tick>& candidates) {
        return std::ranges::adjacent_find(candidates, std::not_fn(apart)) == candidates.end();
    };
    if (range.span() <= 0 || width <= 0)
        return {};
    if (scale == Scale::Linear) {
        // No finer than a hundredth of the range: more labels never fit.
        const int first = std::max(finestDecade, static_cast<int>(std::floor(std::log10(range.span()))) - 2);
        for (int decade = first; decade <= coarsestDecade; ++decade) {
            for (const int digit : digits) {
                if (auto found = linearTicks(range, digit, decade, apart))
                    return *std::move(found);
            }
        }
        return {};
    }
    if (auto found = decadeTicks(range, true, 1); standApart(found))
        return found;
    for (int every = 1;; ++every) {
        if (auto found = decadeTicks(range, false, every); standApart(found))
            return found;
    }
}

} // namespace emac::widgets::timeaxis
