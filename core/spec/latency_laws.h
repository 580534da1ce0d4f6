// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/component.h"
#include "core/journey/latency_law.h"
#include "core/spec/samples.h"

/// From evidence to the law of a component's successful calls (semantics § 3).
namespace emac::spec {

/// Half the width of the band of Dvoretzky, Kiefer and Wolfowitz around the empirical distribution of `count`
/// observations, with the constant of Massart (1990): sqrt(ln(2/alpha)/(2·count)), at most 1. alpha is its two-sided
/// error, in (0, 1). @pre count > 0
double dkwHalfWidth(double count, double alpha);

journey::LatencyLaw latencyLaw(const journey::ConstantLatency& latency);

journey::LatencyLaw latencyLaw(const journey::LognormalLatency& latency);

/// Between two knots all laws through both: lower steps at the right one, upper at the left one, nominal is linear,
/// from (0, 0). Beyond the last knot lower and nominal stay and upper is 1; `max` is a knot of probability 1.
/// @pre at least one knot or max; none decreases
journey::LatencyLaw latencyLaw(const journey::QuantileLatency& latency);

/// As of quantiles, with the finite bounds (rounded to whole nanoseconds) as knots, and the DKW band of the counted
/// calls. What the bucket +Inf holds is later than the last finite bound: how much later is unknown.
/// @pre cumulative, with +Inf, which counts more than 0
journey::LatencyLaw latencyLaw(const journey::HistogramLatency& latency, double alpha);

/// The empirical distribution with its DKW band. Of more than 4096 times only some 3,000 become steps, those at both
/// ends among them; between these the band is the rectangle. @pre ascending, at least one. O(n)
journey::LatencyLaw latencyLaw(const SampledTimes& times, double alpha);

/// One quantile: `target` of the successful calls take no longer than the threshold.
journey::LatencyLaw latencyLaw(const base::Ratio& target, base::Duration threshold);

} // namespace emac::spec
