// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/duration.h"
#include "core/journey/component.h"

#include <string>
#include <string_view>
#include <vector>

namespace emac::spec {

/// Measured times, ascending.
using SampledTimes = std::vector<base::Duration>;

/// One column of times: in each line a number of seconds or a duration such as 20ms, at least 0 and at most 10 years,
/// rounded to whole nanoseconds. The first line may be a heading; where it ends in a unit (`latency_ms`, `time (us)`),
/// numbers without one are of that unit. `#` begins a comment; empty lines are allowed before the first time and behind
/// the last. Errors: other lines, and no time at all. Places are lines of the text, in `file`. O(n log n)
base::Result<SampledTimes> readSamples(std::string_view text, const std::string& file = {});

/// The cumulative histogram of these times, for writing into an intent: edges lie at twentieths and in the tail at
/// 97.5, 99, 99.5, 99.9 and 100 per cent of them, rounded up to three significant digits; counts are exact.
/// @pre ascending, at least one. O(n)
journey::HistogramLatency histogramOf(const SampledTimes& times);

} // namespace emac::spec
