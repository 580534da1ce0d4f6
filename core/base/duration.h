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

inline double seconds(Duration duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace emac::base
