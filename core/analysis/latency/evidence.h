// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <string>
#include <vector>

namespace emac::analysis {

/// Nobody waits for what stands below it.
inline bool isUnawaited(const PlanNode& node)
{
    const auto* optional = std::get_if<journey::Optional>(&node.expression->op);
    return optional != nullptr && !optional->waits();
}

/// The node and what stands below it, each node once, in document order: a use before its fragment. Optionals that
/// nobody waits for are left out with all below them. O(nodes)
std::vector<NodeIndex> waitedFor(const Plan& plan, NodeIndex node);

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
