// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/duration.h"
#include "core/journey/component.h"

#include <string>
#include <string_view>
#include <vector>

/// Measured latencies from text that other programs write. Pure functions; without a value there is an error.
namespace emac::spec {

/// The histogram in text as Prometheus exposes or shows it: lines `name_bucket{…,le="0.1",…} 123`, in any order. A line
/// without a name will do, as a query by (le) shows it; a timestamp or an exemplar behind the count is passed over, and
/// so are comments and all that is no bucket. Counts may be rates or increases: then there is a warning. A count that
/// is less than the one before by no more than rounding is raised to it. Bounds are seconds, unless the name before
/// `_bucket` ends in another unit (`…_milliseconds_bucket`).
/// Errors: lines that are none of this, buckets without le, twice, or of several series (named in the message), counts
/// that are not cumulative or all zero, no +Inf. Places are lines of the text, in `file`. O(n log n)
base::Result<journey::HistogramLatency> importPrometheus(std::string_view text, const std::string& file = {});

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
