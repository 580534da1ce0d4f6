// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/grid_choice.h"
#include "core/analysis/latency/grid/outcome_law.h"
#include "core/analysis/latency/latency.h"

#include <functional>

namespace emac::analysis {

/// The law that is read, on a grid.
using LawOnGrid = std::function<OutcomeLawPtr(const Grid&)>;

/// The part of a percentile that the grid may add to the distance of its ends (semantics § 9).
inline constexpr double mostNumericWidth = 0.005;

/// Reads what the options ask for, on as many grids as the numeric width of each percentile needs: longer ones where an
/// end lies behind the first, a finer and shorter one for percentiles far below the others.
/// A pure function of the law and the choice of grids.
LatencyBand readBand(const LawOnGrid& law, const GridChoice& grids, const LatencyOptions& options);

} // namespace emac::analysis
