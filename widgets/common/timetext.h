// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "core/base/duration.h"

#include <QString>

#include <optional>

/// Times as people read them, with three figures and a unit: "412 ms", "1.23 s", "56.7 µs", "125 s"; and probabilities
/// of having succeeded by a time.
namespace emac::widgets {

/// @pre seconds ≥ 0 and finite
QString timeText(double seconds, base::Rounding rounding = base::Rounding::Nearest);

/// "unbounded" where there is none.
QString timeOrUnbounded(const std::optional<double>& seconds, base::Rounding rounding = base::Rounding::Nearest);

/// Both ends, rounded apart: "412 … 498 ms", "0.98 … 1.2 s", "412 ms … unbounded"; one time where both read the same.
QString timeRange(const std::optional<double>& lower, const std::optional<double>& upper);

/// Of one of analysis::reportedPercentiles: "p99", "p99.9", with the user's decimal point.
QString percentileName(std::size_t percentile);

/// In per cent, with three figures of what is rarer, success or its absence: "98.12 %", "99.9877 %", "0.123 %".
QString probabilityText(double probability, base::Rounding rounding = base::Rounding::Nearest);

/// Both ends, rounded apart: "98.1 … 99.2 %"; one where both read the same.
QString probabilityRange(double lower, double upper);

} // namespace emac::widgets
