// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/evidence.h"

#include <utility>

namespace emac::analysis {

namespace {

void visit(const Plan& plan, NodeIndex index, std::vector<char>& visited, std::vector<NodeIndex>& nodes)
{
    const auto& node = plan.nodes[index];
    if (isUnawaited(node) || std::exchange(visited[index], 1) != 0)
        return;
    nodes.push_back(index);
    for (const NodeIndex part : plan.parts(node))
        visit(plan, part, visited, nodes);
}

} // namespace

std::vector<NodeIndex> waitedFor(const Plan& plan, NodeIndex node)
{
    std::vector<char> visited(plan.nodes.size(), 0);
    std::vector<NodeIndex> nodes;
    visit(plan, node, visited, nodes);
    return nodes;
}

LatencyEvidenceBelow latencyEvidence(const Plan& plan, NodeIndex top)
{
    LatencyEvidenceBelow result;
    std::vector<char> named(plan.components.size(), 0);
    for (const NodeIndex index : waitedFor(plan, top)) {
        const auto& node = plan.nodes[index];
        const auto* call = std::get_if<journey::Call>(&node.expression->op);
        if (call == nullptr) {
            if (plan.parts(node).empty())
                result.complete = false; // a use of a fragment that is missing
            continue;
        }
        const auto* input = plan.components[node.operand].input;
        const bool known = input != nullptr && input->latency;
        result.complete = result.complete && known;
        if (std::exchange(named[node.operand], 1) != 0)
            continue;
        if (!known)
            result.lacking.push_back(call->component);
        else if (!input->latency->isTailKnown())
            result.openTails.push_back(call->component);
    }
    return result;
}

} // namespace emac::analysis
