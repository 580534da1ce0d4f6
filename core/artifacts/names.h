// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"

#include <optional>
#include <string>
#include <string_view>

/// How things are called in what is compiled. All O(length), the same in every locale.
namespace emac::artifacts {

/// The part of a series name: every character outside [A-Za-z0-9_] becomes '_'. "media-streaming" → "media_streaming".
std::string seriesName(std::string_view name);

/// Of objectName().
inline constexpr std::size_t longestObjectName = 200;

/// The part of the name of a Kubernetes object (RFC 1123): lower-case, each run of other characters than letters and
/// digits a '-', none at the ends, cut at longestObjectName. Empty where nothing is left.
std::string objectName(std::string_view name);

/// The part of the name of an alert: words with capitals, joined. "media-streaming" → "MediaStreaming".
std::string alertName(std::string_view name);

/// Whether Kubernetes takes it: "app.kubernetes.io/part-of".
bool isLabelKey(std::string_view key);
bool isLabelValue(std::string_view value);

/// For Prometheus, in one whole unit: "5m", "24h", "3d" (days from the second on). Empty for what is no whole number of
/// milliseconds, and for what is not above 0.
std::optional<std::string> prometheusDuration(base::Duration duration);

/// For programs written in Go, which know no days: "90s", "10m", "72h". @pre a whole number of milliseconds, above 0
std::string goDuration(base::Duration duration);

} // namespace emac::artifacts
