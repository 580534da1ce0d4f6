// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

namespace emac::analysis {

/// Thrown by what computes laws where its watch expires; analyseLatency() returns nothing then.
struct LawExpired
{
};

/// The calls of this node take `factor` times as long, and are rounded as before: for differences between laws, which
/// rounding must not disturb; the ends are no guarantee then.
struct ScaledCall
{
    NodeIndex node = noIndex;
    double factor = 1;
};

} // namespace emac::analysis
