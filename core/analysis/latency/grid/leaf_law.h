// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/outcome_algebra.h"
#include "core/journey/inputs.h"

#include <optional>

namespace emac::analysis {

/// A latency law on a grid, of calls that succeed: each time rounded to the nearest cell.
struct DiscreteLaw
{
    Arrival lower;
    Arrival nominal;
    Arrival upper;
};

/// The nominal curve is nothing but steps.
bool isStepped(const std::vector<journey::LatencyLaw::Knot>& knots);

/// O(cells in which there is mass, and knots). The tails of a lognormal below 1e-9 are moved, which the slack covers.
DiscreteLaw discretise(const journey::LatencyLaw& law, const Grid& grid);

/// Which failure times a call has.
struct FailureTimes
{
    journey::FailureTime stated;
    /// The nearest enclosing timeout, from the start of the call: the latest that is assumed where nothing is stated.
    std::optional<base::Duration> deadline;
    double factor = 1; ///< of a stated constant: see ScaledCall
};

CallFailures callFailures(const journey::Input* input);

/// The outcome of one call. @param failure absent: its failure times are not asked for
OutcomeLaw callLaw(const DiscreteLaw& law, const CallFailures& failures, const std::optional<FailureTimes>& failure,
                   const Grid& grid);

} // namespace emac::analysis
