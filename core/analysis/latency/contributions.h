// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::analysis {

/// What one call adds to a percentile.
struct CallContribution
{
    journey::NodeId call{}; ///< of the tree or of a fragment's body: then all its uses together
    std::string component;
    /// ∂p_U/∂λ at λ = 1, in seconds, where this call takes λ times as long. Below 0 where the slow successes of a
    /// longer call end at a timeout, and those that are left are quicker.
    double seconds = 0;
    double share = 0; ///< of p_U; all shares and that of the delays sum to 1
    bool operator==(const CallContribution&) const = default;
};

/// Tail amplification: a percentile of the journey, in parts.
struct Contributions
{
    enum class Law
    {
        Independent,
        SharedFate
    };

    double part = 0; ///< the percentile, in (0, 1)
    /// p_U, as upperPercentile() without an envelope. Absent where it is unbounded, or where there is no law: then all
    /// that follows is empty.
    std::optional<double> seconds;
    Law law = Law::Independent; ///< the one that p_U comes from
    /// Each call that somebody waits for, in document order, those of fragments behind the tree.
    std::vector<CallContribution> calls;
    /// What hedge delays, backoffs and timeouts add: the rest of p_U.
    double delays = 0;
    double delaysShare = 0; ///< of p_U
    bool operator==(const Contributions&) const = default;
};

/// The parts of p_U by Euler's theorem: where all times of a journey take λ times as long, so does p_U; so it is the
/// sum of its derivatives by each (D. Tasche, "Risk contributions and performance measurement", 1999). They are
/// differences, averaged over executions about as long as p_U (within 4 %), so that steps of evidence and of the grid
/// do not decide: a part is known to some thousandths of p_U, not better. Of the options, `node`, and `sharedFate`
/// (false: of the independent law alone) are regarded. O(calls) small changes of the analysis, which a memo makes fast.
/// @pre 0 < percentile < 1
/// @returns nothing where the watch expired.
std::optional<Contributions> contributions(const journey::Journey& journey, const journey::Inputs& inputs,
                                           double percentile, const LatencyOptions& options = {},
                                           const base::Watch& watch = {}, Memo* memo = nullptr);

} // namespace emac::analysis
