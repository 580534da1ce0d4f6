// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/evidence.h"

#include <utility>

namespace emac::analysis {

namespace {

class Collector
{
public:
    explicit Collector(const Plan& plan)
        : m_plan(plan)
        , m_visited(plan.nodes.size(), 0)
        , m_named(plan.components.size(), 0)
    {
    }

    LatencyEvidenceBelow collect(NodeIndex node)
    {
        visit(node);
        return std::move(m_result);
    }

private:
    void visit(NodeIndex index)
    {
        if (std::exchange(m_visited[index], 1) != 0)
            return;
        const auto& node = m_plan.nodes[index];
        const auto& op = node.expression->op;
        if (const auto* optional = std::get_if<journey::Optional>(&op); optional != nullptr && !optional->waits())
            return;
        if (const auto* call = std::get_if<journey::Call>(&op))
            name(node.operand, call->component);
        else if (m_plan.parts(node).empty())
            m_result.complete = false; // a use of a fragment that is missing
        for (const NodeIndex part : m_plan.parts(node))
            visit(part);
    }

    void name(ComponentIndex component, const std::string& called)
    {
        const auto* input = m_plan.components[component].input;
        const bool known = input != nullptr && input->latency;
        m_result.complete = m_result.complete && known;
        if (std::exchange(m_named[component], 1) != 0)
            return;
        if (!known)
            m_result.lacking.push_back(called);
        else if (!input->latency->isTailKnown())
            m_result.openTails.push_back(called);
    }

    const Plan& m_plan;
    std::vector<char> m_visited;
    std::vector<char> m_named;
    LatencyEvidenceBelow m_result;
};

} // namespace

LatencyEvidenceBelow latencyEvidence(const Plan& plan, NodeIndex node)
{
    return Collector(plan).collect(node);
}

} // namespace emac::analysis
