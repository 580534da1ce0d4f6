// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/events.h"

#include <algorithm>

namespace emac::analysis {

using journey::OperatorType;

Events::Events(const Plan& plan, const std::vector<std::vector<std::uint32_t>>& domains)
{
    const auto components = static_cast<EventIndex>(plan.components.size());
    m_first.reserve(components + std::size_t{1});
    m_first.push_back(0);
    m_count = components;
    for (ComponentIndex component = 0; component < components; ++component) {
        if (plan.components[component].shared)
            m_events.push_back(component);
        if (!domains.empty()) {
            for (const auto domain : domains[component]) {
                m_events.push_back(components + domain);
                m_count = std::max(m_count, components + domain + 1);
            }
        }
        m_first.push_back(static_cast<std::uint32_t>(m_events.size()));
    }
}

namespace {

class Finder
{
public:
    Finder(const Plan& plan, const Events& events)
        : m_plan(plan)
        , m_events(events)
        , m_lastPair(plan.nodes.size(), 0)
        , m_lastScope(events.count(), noIndex)
        , m_lastCall(events.count(), noIndex)
    {
        m_result.below.assign(plan.nodes.size(), 0);
        m_result.ofScope.resize(plan.scopes.size());
    }

    Repeats find()
    {
        for (std::uint32_t i = 0; i < m_plan.scopes.size(); ++i) {
            m_scope = i;
            for (const NodeIndex node : m_plan.scopes[i].nodes)
                visit(node);
        }
        return std::move(m_result);
    }

private:
    /// m_lastPair: one more than the latest call below that has a later one, below too, with an event in common.
    void visit(NodeIndex index)
    {
        const auto& node = m_plan.nodes[index];
        bool repeats = false;
        switch (node.type) {
        case OperatorType::Call:
            call(index, m_events.of(node.operand));
            break;
        case OperatorType::Use:
            if (const NodeIndex body = m_plan.usedBody(node); body != noIndex) {
                repeats = m_result.below[body] != 0;
                call(index, m_result.ofScope[m_plan.fragmentScopes[node.operand]]);
            }
            break;
        case OperatorType::Optional:
            break;
        case OperatorType::Retry:
            repeats = retry(index);
            break;
        default:
            for (const NodeIndex child : m_plan.children(node))
                m_lastPair[index] = std::max(m_lastPair[index], m_lastPair[child]);
            repeats =
                std::ranges::any_of(m_plan.children(node), [&](NodeIndex child) { return m_result.below[child] != 0; });
        }
        m_result.below[index] = repeats || m_lastPair[index] > node.begin ? 1 : 0;
    }

    bool retry(NodeIndex index)
    {
        const auto& node = m_plan.nodes[index];
        const NodeIndex body = m_plan.children(node).front();
        std::vector<EventIndex> common;
        for (const EventIndex event : m_result.ofScope[node.operand]) {
            if (m_events.isDomain(event))
                common.push_back(event);
        }
        if (common.empty())
            return false;
        call(index, common);
        return std::get<journey::Retry>(node.expression->op).attempts > 1 || m_result.below[body] != 0;
    }

    void call(NodeIndex index, std::span<const EventIndex> events)
    {
        for (const EventIndex event : events) {
            if (m_lastScope[event] == m_scope) {
                m_lastPair[index] = std::max(m_lastPair[index], m_lastCall[event] + 1);
            } else {
                m_lastScope[event] = m_scope;
                m_result.ofScope[m_scope].push_back(event);
            }
            m_lastCall[event] = index;
        }
    }

    const Plan& m_plan;
    const Events& m_events;
    Repeats m_result;
    std::uint32_t m_scope = 0;
    std::vector<NodeIndex> m_lastPair; ///< by node; 0: no pair
    std::vector<std::uint32_t> m_lastScope; ///< by event: where it was met last …
    std::vector<NodeIndex> m_lastCall; ///< … and its last call there
};

} // namespace

Repeats findRepeats(const Plan& plan, const Events& events)
{
    return Finder(plan, events).find();
}

} // namespace emac::analysis
