// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"

#include <QString>

#include <optional>

/// Values as people type and read them: point or comma, with or without spaces.
namespace emac::widgets {

/// A number in [0, 1] or a percentage in [0 %, 100 %]; empty for anything else.
std::optional<base::Ratio> typedRatio(const QString& text);

/// "20 ms", "1,5s"; not negative; empty for anything else.
std::optional<base::Duration> typedDuration(const QString& text);

/// A whole number from 1 on; empty for anything else.
std::optional<int> typedCount(const QString& text);

/// In per cent, exactly, with the user's decimal point: "99.95 %". Reads back by typedRatio().
QString exactPercent(const base::Ratio& ratio);

/// The text with the number moved by `steps` units of its last written digit, kept within 0 and 1 (100 %).
/// A text that is no ratio stays as it is.
QString steppedRatio(const QString& text, int steps);

/// The availability of a failure probability, exact where that is a double read from a short decimal.
base::Ratio availabilityOf(double unavailability);

} // namespace emac::widgets
