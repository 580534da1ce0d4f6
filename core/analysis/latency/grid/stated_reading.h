// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/grid/outcome_algebra.h"
#include "core/analysis/latency/latency_memo.h"

#include <functional>
#include <optional>

namespace emac::analysis {

/// S(deadline) of the law of a node, read on a grid. The memo is for this grid alone.
using ReadOnGrid = std::function<Reached(const Grid& grid, LatencyMemo& memo)>;

/// What a law says of a deadline where the node is made of few stated times: exactly, whatever grid it was read on
/// otherwise. Between knots the nominal curve is that of the first reading, within the exact ends. Nothing is read anew
/// where the law is not rounded, or where there are too many times: the first reading stays.
/// @param reached of this law
Reached readExactly(const Plan& plan, NodeIndex node, base::Duration deadline, const OutcomeLaw& law,
                    const Reached& reached, const ReadOnGrid& read);

} // namespace emac::analysis
