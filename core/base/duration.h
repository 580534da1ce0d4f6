// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace emac::base {

/// Constants and deadlines are whole nanoseconds.
using Duration = std::chrono::nanoseconds;

/// Reads "300us", "20ms", "1.5s", "5m", "1h", "30d", "7ns", or a number of seconds. Negative values are read
/// (so that the reader can say what is wrong with them). Empty where the text is no duration, is no whole number of
/// nanoseconds, or exceeds 10 years.
std::optional<Duration> parseDuration(std::string_view text);

/// The shortest exact form with one unit: "1.5s", "30d", "300us"; zero is "0s".
std::string toString(Duration duration);

enum class Rounding
{
    Nearest,
    Down,
    Up
};

/// A time for people: with at most `digits` significant digits, in a unit of ns, us, ms and s of which it is at least
/// one: "381.3ms", "75.02s". What a hair's breadth (1e-9 of it) keeps from such a number is taken for it.
/// @pre seconds ≥ 0 and finite, 1 ≤ digits ≤ 9
std::string shortText(double seconds, Rounding rounding = Rounding::Nearest, int digits = 4);

inline double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace emac::base
