// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/base/message.h"
#include "core/journey/intent.h"

#include <QString>

/// How availabilities read on the screen. Nothing here rounds in favour of the availability.
namespace emac::widgets {

enum class AvailabilityUnit
{
    Percent,
    Nines, ///< −log10 of the unavailability
    Downtime ///< the unavailability's share of a window
};

/// The window of downtime where no objective states one.
inline constexpr base::Duration standardWindow = std::chrono::hours(30 * 24);

/// One way of reading, as a value.
struct AvailabilityDisplay
{
    AvailabilityUnit unit = AvailabilityUnit::Percent;
    base::Duration window = standardWindow; ///< of downtime; > 0
    bool windowStated = false; ///< by the availability objective
    bool operator==(const AvailabilityDisplay&) const = default;
};

/// With the window of the availability objective; the standard one where none is stated.
AvailabilityDisplay displayOf(AvailabilityUnit unit, const journey::Objectives& objectives);

/// "Per cent", "Nines", "Downtime in 30 d"; of a window that nobody states, "Downtime in 30 d (assumed)".
QString displayName(const AvailabilityDisplay& display);

/// An availability from its failure probability q, rounded down: "99.251 %" (three significant digits of q),
/// "2.12 nines", "5 h 24 min / 30 d". q = 0 is "100 %", "∞ nines", "0 s / 30 d".
QString availabilityText(double unavailability, const AvailabilityDisplay& display);

/// The same without what the unit says beside it: "99.251 %", "2.12", "5 h 24 min".
QString shortAvailability(double unavailability, const AvailabilityDisplay& display);

/// "99.251 % … 99.747 %", "2.12 … 2.59 nines"; one number where both ends read the same.
QString availabilityRange(double worst, double best, const AvailabilityDisplay& display);

/// The same without the window of downtime.
QString shortRange(double worst, double best, const AvailabilityDisplay& display);

/// A stated availability: in per cent exactly, "99.95 %"; else as availabilityText().
QString exactAvailability(const base::Ratio& ratio, const AvailabilityDisplay& display);

enum class Rounding
{
    Up,
    Down
};

/// How far a number lies below a target, both as failure probabilities: "0.249 percentage points", "0.18 nines",
/// "1 h 48 min / 30 d".
QString shortfallText(double shortfall, double target, const AvailabilityDisplay& display,
                      Rounding rounding = Rounding::Up);

/// Seconds of at most three figures or two units: "0 s", "25.9 s", "43 min 12 s", "5 h 24 min", "3 d 2 h".
/// @pre seconds >= 0
QString downtimeText(double seconds, Rounding rounding = Rounding::Up);

/// The message with the availabilities among its arguments as the display reads; where that is downtime, in per cent,
/// as the sentences speak of availability, and only what is missing in downtime.
base::Message inDisplay(const base::Message& message, const AvailabilityDisplay& display);

} // namespace emac::widgets
