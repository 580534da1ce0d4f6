// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/duration.h"

#include "core/base/decimal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace emac::base {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t nanoseconds;
};

// Longest names first, so that "ms" is not read as "s" behind an "m".
constexpr std::array<Unit, 7> units{{
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
}};

constexpr std::int64_t limit = 10LL * 365 * 86'400'000'000'000;

std::optional<Duration> scaled(std::string_view number, std::int64_t factor)
{
    const auto decimal = Decimal::parse(number);
    if (!decimal || number.back() == '%')
        return std::nullopt;
    const auto count = decimal->wholeMultiple(factor);
    if (!count || *count > limit || *count < -limit)
        return std::nullopt;
    return Duration(*count);
}

} // namespace

std::optional<Duration> parseDuration(std::string_view text)
{
    for (const auto& unit : units) {
        if (text.size() > unit.name.size() && text.ends_with(unit.name)) {
            const auto number = text.substr(0, text.size() - unit.name.size());
            if (number.back() < '0' || number.back() > '9')
                continue;
            return scaled(number, unit.nanoseconds);
        }
    }
    return text.empty() ? std::nullopt : scaled(text, units[3].nanoseconds);
}

std::string toString(Duration duration)
{
    const auto count = duration.count();
    if (count == 0)
        return "0s";
    const auto magnitude = count < 0 ? -count : count;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (magnitude >= units[i].nanoseconds && magnitude % units[i].nanoseconds == 0)
            chosen = i;
    }
    // Prefer "1.5s" to "1500ms" where the fraction is short.
    for (std::size_t i = chosen + 1; i <= 3; ++i) {
        if (magnitude >= units[i].nanoseconds && magnitude % (units[i].nanoseconds / 10) == 0)
            chosen = i;
    }
    const auto& unit = units[chosen];
    auto text = std::to_string(magnitude / unit.nanoseconds);
    if (const auto rest = magnitude % unit.nanoseconds; rest != 0)
        text += '.' + std::to_string(rest / (unit.nanoseconds / 10));
    return (count < 0 ? "-" : "") + text + std::string(unit.name);
}

std::string shortText(double seconds, Rounding rounding, int digits)
{
    // Of ns, us, ms and s the largest that the rounded number reaches.
    std::size_t unit = 3;
    const auto inUnit = [&] { return seconds * 1e9 / static_cast<double>(units[unit].nanoseconds); };
    const auto decimals = [&] {
        const double value = inUnit();
        return value > 0 ? digits - 1 - static_cast<int>(std::floor(std::log10(value))) : 0;
    };
    const auto rounded = [&] {
        const double scale = std::pow(10, decimals());
        const double steps = inUnit() * scale;
        const double nearest = std::round(steps);
        if (rounding == Rounding::Nearest || std::abs(steps - nearest) <= 1e-9 * steps)
            return nearest / scale;
        return (rounding == Rounding::Down ? std::floor(steps) : std::ceil(steps)) / scale;
    };
    while (unit > 0 && rounded() < 1)
        --unit;
    char buffer[400]; // any double in seconds
    const auto* end = std::to_chars(std::begin(buffer), std::end(buffer), rounded(), std::chars_format::fixed,
                                    std::max(0, decimals()))
                          .ptr;
    std::string text(static_cast<const char*>(buffer), end);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.')
            text.pop_back();
    }
    if (text == "0")
        return "0s";
    return text + std::string(units[unit].name);
}

} // namespace emac::base
