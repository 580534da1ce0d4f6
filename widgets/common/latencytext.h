// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/component.h"

#include <QString>

#include <optional>

/// Latency evidence as one line of text: "20ms", "median 20ms, p99 80ms", "mu -3.9, sigma 0.6",
/// "p50 20ms, p99 80ms, max 200ms".
namespace emac::widgets {

/// Empty for what cannot be typed: histograms and samples.
QString latencyText(const journey::LatencyEvidence& evidence);

/// "p99", "p99.9".
QString quantileName(const base::Ratio& probability);
/// Also of "p999"; empty where the text is no such name.
std::optional<base::Ratio> quantileNamed(const QString& name);

/// With mu and sigma to match where median and p99 make a law.
journey::LognormalLatency lognormalBy(base::Duration median, base::Duration p99);

/// Whether the numbers make a distribution is for the edit to say. Empty where the text is none of the above.
std::optional<journey::LatencyEvidence> typedLatency(const QString& text);

} // namespace emac::widgets
