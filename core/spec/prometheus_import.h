// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/component.h"

#include <string>
#include <string_view>

namespace emac::spec {

/// The histogram in text as Prometheus exposes or shows it: lines `name_bucket{…,le="0.1",…} 123`, in any order. A line
/// without a name will do, as a query by (le) shows it; a timestamp or an exemplar behind the count is passed over, and
/// so are comments and all that is no bucket. Counts may be rates or increases: then there is a warning. A count that
/// is less than the one before by no more than rounding is raised to it. Bounds are seconds, unless the name before
/// `_bucket` ends in another unit (`…_milliseconds_bucket`).
/// Errors: lines that are none of this, buckets without le, twice, or of several series (named in the message), counts
/// that are not cumulative or all zero, no +Inf. Places are lines of the text, in `file`. O(n log n)
base::Result<journey::HistogramLatency> importPrometheus(std::string_view text, const std::string& file = {});

} // namespace emac::spec
