// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/steps.h"
#include "core/analysis/latency/envelope/sum_bound.h"

#include <functional>

namespace emac::analysis {

/// The bound of a sum as steps: of P(ΣX ≤ t) from below where the bound is of the latest, from above where it is of the
/// earliest. Between few times at which the best offsets are looked for the offsets are interpolated, which is sound as
/// any are; more are looked for where that is not nearly as good. On the ladder of times; exact for two laws of few
/// steps.
/// @param look is called now and then, and may throw
Steps sumCurve(const SumBound& bound, const std::function<void()>& look);

/// The same, looser, with about so many steps, for charts. @pre points ≥ 8
Steps sumOutline(const SumBound& bound, std::size_t points, const std::function<void()>& look);

} // namespace emac::analysis
