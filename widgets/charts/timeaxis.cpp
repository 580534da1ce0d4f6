// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeaxis.h"

#include "widgets/common/timetext.h"

#include <array>
#include <cmath>

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

std::vector<Tick> linearTicks(const Range& range, int digit, int decade)
{
    std::vector<Tick> result;
    const double step = round(digit, decade);
    for (auto i = static_cast<int>(std::ceil(range.from / step - 1e-9)); i * step <= range.to * (1 + 1e-12); ++i)
        result.push_back({i * step, label(i * round(digit, decade))});
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
    const auto standApart = [&](const std::vector<Tick>& candidates) {
        for (std::size_t i = 1; i < candidates.size(); ++i) {
            const double distance = (candidates[i].position - candidates[i - 1].position) / range.span() * width;
            if (distance < (measure(candidates[i].label) + measure(candidates[i - 1].label)) / 2 + labelGap)
                return false;
        }
        return true;
    };
    if (range.span() <= 0 || width <= 0)
        return {};
    if (scale == Scale::Linear) {
        // No finer than a hundredth of the range: more labels never fit.
        const int first = std::max(finestDecade, static_cast<int>(std::floor(std::log10(range.span()))) - 2);
        for (int decade = first; decade <= coarsestDecade; ++decade) {
            for (const int digit : digits) {
                if (auto found = linearTicks(range, digit, decade); standApart(found))
                    return found;
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
