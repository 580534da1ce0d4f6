// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/steps.h"
#include "core/analysis/latency/latency.h"

namespace emac::analysis {

/// To seconds.
Curve curveOf(const Steps& steps);

/// The larger, or the smaller, of two curves at each time, with as many points as the longer one, or few: stepped
/// downwards (End::Worst) or upwards.
Curve largerOf(const Curve& a, const Curve& b, End end);
Curve smallerOf(const Curve& a, const Curve& b, End end);

/// Makes the curves reach each percentile, and each probability by a deadline, as the band says; in so many points at
/// most. Not where these are less than twice as many. Curves that were not asked for stay empty.
void fitCurves(LatencyBand& band, std::size_t points);

} // namespace emac::analysis
