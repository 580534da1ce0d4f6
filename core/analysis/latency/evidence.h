// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <string>
#include <vector>

namespace emac::analysis {

/// What is known of the times of the calls below a node that somebody waits for.
struct LatencyEvidenceBelow
{
    bool complete = true; ///< every such call has a latency law
    std::vector<std::string> lacking; ///< components without one, each once, in document order
    std::vector<std::string> openTails; ///< components whose law leaves the tail open, as above
};

/// O(nodes below)
LatencyEvidenceBelow latencyEvidence(const Plan& plan, NodeIndex node);

} // namespace emac::analysis
