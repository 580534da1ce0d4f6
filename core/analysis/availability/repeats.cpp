// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/repeats.h"

#include <algorithm>

namespace emac::analysis {

std::uint64_t addCalls(std::uint64_t a, std::uint64_t b)
{
    return std::min(manyCalls, a + b); // both are at most 2⁶²
}

CallCounter::CallCounter(const Plan& plan)
    : m_plan(plan)
    , m_calls(plan.components.size(), 0)
    , m_uses(plan.fragmentBodies.size(), 0)
{
}

std::vector<CallCount> CallCounter::count(std::span<const NodeIndex> nodes)
{
    visit(nodes, 1);
    while (!m_pending.empty()) {
        std::ranges::pop_heap(m_pending);
        const FragmentIndex fragment = m_pending.back().second;
        m_pending.pop_back();
        visit(m_plan.scopes[m_plan.fragmentScopes[fragment]].nodes, std::exchange(m_uses[fragment], 0));
    }
    std::vector<CallCount> counts;
    counts.reserve(m_called.size());
    for (const ComponentIndex component : m_called)
        counts.push_back({component, std::exchange(m_calls[component], 0)});
    m_called.clear();
    return counts;
}

void CallCounter::visit(std::span<const NodeIndex> nodes, std::uint64_t times)
{
    for (const NodeIndex index : nodes) {
        const auto& node = m_plan.nodes[index];
        if (node.operand == noIndex)
            continue;
        if (node.type == journey::OperatorType::Call && m_plan.components[node.operand].shared) {
            if (m_calls[node.operand] == 0)
                m_called.push_back(node.operand);
            m_calls[node.operand] = addCalls(m_calls[node.operand], times);
        } else if (node.type == journey::OperatorType::Use) {
            if (m_uses[node.operand] == 0) {
                m_pending.emplace_back(m_plan.fragmentBodies[node.operand], node.operand);
                std::ranges::push_heap(m_pending);
            }
            m_uses[node.operand] = addCalls(m_uses[node.operand], times);
        }
    }
}

void CallTally::add(ComponentIndex component, std::uint64_t calls)
{
    auto& known = m_calls[component];
    const auto sum = addCalls(known, calls);
    if (known < 2 && sum >= 2)
        ++m_repeated;
    known = sum;
}

void CallTally::merge(CallTally&& other)
{
    if (m_calls.size() < other.m_calls.size())
        std::swap(*this, other);
    for (const auto& [component, calls] : other.m_calls)
        add(component, calls);
}

} // namespace emac::analysis
