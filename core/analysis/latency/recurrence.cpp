// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/recurrence.h"

#include "core/analysis/latency/evidence.h"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// Components with two calls, counting those of a fragment for each use.
std::vector<char> calledTwice(const Plan& plan)
{
    std::vector<char> inFragment(plan.nodes.size(), 0);
    std::vector<std::uint32_t> uses(plan.fragmentBodies.size(), 0);
    for (const auto& node : plan.nodes) {
        if (node.type == OperatorType::Use && node.operand != noIndex)
            ++uses[node.operand];
    }
    std::vector<std::uint32_t> calls(plan.components.size(), 0);
    const bool reused = std::ranges::any_of(uses, [](std::uint32_t count) { return count > 1; });
    for (const NodeIndex body : plan.fragmentBodies) {
        if (body != noIndex)
            std::fill(inFragment.begin() + plan.nodes[body].begin, inFragment.begin() + body + 1, reused ? 1 : 0);
    }
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        if (plan.nodes[i].type == OperatorType::Call)
            calls[plan.nodes[i].operand] += inFragment[i] != 0 ? 2 : 1;
    }
    std::vector<char> twice(calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i)
        twice[i] = calls[i] > 1 && plan.components[i].shared ? 1 : 0;
    return twice;
}

} // namespace

Recurrence::Recurrence(const Plan& plan) : m_below(plan.nodes.size()), m_meeting(plan.nodes.size())
{
    const auto twice = calledTwice(plan);
    if (std::ranges::find(twice, 1) == twice.end())
        return;
    std::vector<std::string_view> names(plan.components.size());
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        auto& below = m_below[i];
        if (const auto* call = std::get_if<journey::Call>(&node.expression->op))
            names[node.operand] = call->component;
        if (node.type == OperatorType::Call) {
            if (twice[node.operand] != 0)
                below.push_back(node.operand);
            continue;
        }
        if (node.type == OperatorType::Retry || isUnawaited(node))
            continue;
        for (const NodeIndex part : plan.parts(node))
            below.insert(below.end(), m_below[part].begin(), m_below[part].end());
        std::ranges::sort(below);
        auto& meeting = m_meeting[i];
        for (std::size_t j = 1; j < below.size(); ++j) {
            if (below[j] == below[j - 1] && (meeting.empty() || meeting.back() != below[j]))
                meeting.push_back(below[j]);
        }
        below.erase(std::ranges::unique(below).begin(), below.end());
        std::ranges::sort(meeting, {}, [&](ComponentIndex component) { return names[component]; });
    }
}

ComponentStates Recurrence::restricted(const ComponentStates& states, NodeIndex node) const
{
    ComponentStates result;
    if (states.empty() || m_below[node].empty())
        return result;
    std::ranges::copy_if(states, std::back_inserter(result),
                         [&](const auto& state) { return std::ranges::binary_search(m_below[node], state.first); });
    return result;
}

} // namespace emac::analysis
