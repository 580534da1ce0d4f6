// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/plan.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace emac::analysis {

namespace {

using journey::Expression;
using journey::OperatorType;

using FragmentNames = std::unordered_map<std::string_view, FragmentIndex>;

void collectUses(const Expression& node, const FragmentNames& names, std::vector<FragmentIndex>& uses)
{
    if (const auto* use = std::get_if<journey::Use>(&node.op)) {
        if (const auto found = names.find(use->fragment); found != names.end())
            uses.push_back(found->second);
    }
    for (const auto& child : journey::children(node))
        collectUses(*child, names, uses);
}

/// Each fragment after those that it uses; where they form a cycle, it is cut.
std::vector<FragmentIndex> dependencyOrder(const std::vector<journey::Fragment>& fragments, const FragmentNames& names)
{
    std::vector<std::vector<FragmentIndex>> uses(fragments.size());
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        if (fragments[i].body)
            collectUses(*fragments[i].body, names, uses[i]);
    }
    struct Step
    {
        FragmentIndex fragment;
        std::size_t next = 0;
    };
    std::vector<FragmentIndex> order;
    std::vector<char> seen(fragments.size(), 0);
    std::vector<Step> path;
    for (FragmentIndex start = 0; start < fragments.size(); ++start) {
        if (seen[start] == 0) {
            seen[start] = 1;
            path.push_back({start});
        }
        while (!path.empty()) {
            auto& step = path.back();
            if (step.next == uses[step.fragment].size()) {
                order.push_back(step.fragment);
                path.pop_back();
                continue;
            }
            const FragmentIndex below = uses[step.fragment][step.next++];
            if (seen[below] == 0) {
                seen[below] = 1;
                path.push_back({below});
            }
        }
    }
    return order;
}

class Builder
{
public:
    Builder(const journey::Journey& journey, const journey::Inputs& inputs) : m_journey(journey), m_inputs(inputs) { }

    Plan build()
    {
        const auto& fragments = m_journey.fragments;
        // About so many, where each is called once.
        m_components.reserve(m_inputs.size());
        m_plan.components.reserve(m_inputs.size());
        m_plan.nodes.reserve(m_inputs.size());
        for (FragmentIndex i = 0; i < fragments.size(); ++i)
            m_fragmentNames.emplace(fragments[i].name, i);
        m_plan.fragmentBodies.assign(fragments.size(), noIndex);
        m_plan.fragmentScopes.assign(fragments.size(), noIndex);
        for (const FragmentIndex i : dependencyOrder(fragments, m_fragmentNames)) {
            if (!fragments[i].body)
                continue;
            m_position = (std::uint64_t{i} + 1) << 32U;
            m_plan.fragmentBodies[i] = addScope(*fragments[i].body, journey::Element::fragment(fragments[i].name), i);
            m_plan.fragmentScopes[i] = static_cast<std::uint32_t>(m_plan.scopes.size() - 1);
        }
        m_position = 0;
        if (m_journey.root)
            m_plan.root = addScope(*m_journey.root, journey::Element::journey(), noIndex);
        return std::move(m_plan);
    }

private:
    NodeIndex addScope(const Expression& root, journey::Element element, FragmentIndex fragment)
    {
        PlanScope scope{{}, std::move(element), m_position, fragment};
        const NodeIndex index = add(root, scope.nodes);
        m_plan.scopes.push_back(std::move(scope));
        return index;
    }

    NodeIndex add(const Expression& expression, std::vector<NodeIndex>& scope)
    {
        PlanNode node;
        node.expression = &expression;
        node.type = journey::typeOf(expression);
        node.begin = static_cast<NodeIndex>(m_plan.nodes.size());
        node.position = m_position++;
        node.operand = operandOf(expression);

        const auto below = journey::children(expression);
        std::vector<NodeIndex> childNodes;
        childNodes.reserve(below.size());
        const bool ownDraws = node.type == OperatorType::Retry || node.type == OperatorType::Optional;
        for (const auto& child : below) {
            if (!ownDraws) {
                childNodes.push_back(add(*child, scope));
                continue;
            }
            childNodes.push_back(addScope(*child, journey::Element::ofNode(expression.id), noIndex));
            node.operand = static_cast<std::uint32_t>(m_plan.scopes.size() - 1);
        }
        node.firstChild = static_cast<std::uint32_t>(m_plan.childNodes.size());
        node.childCount = static_cast<std::uint32_t>(childNodes.size());
        m_plan.childNodes.insert(m_plan.childNodes.end(), childNodes.begin(), childNodes.end());

        const auto index = static_cast<NodeIndex>(m_plan.nodes.size());
        m_plan.nodes.push_back(node);
        scope.push_back(index);
        return index;
    }

    std::uint32_t operandOf(const Expression& expression)
    {
        if (const auto* call = std::get_if<journey::Call>(&expression.op))
            return component(call->component);
        if (const auto* use = std::get_if<journey::Use>(&expression.op)) {
            const auto found = m_fragmentNames.find(use->fragment);
            // A body not built yet is one that this use would close a cycle with.
            const bool built = found != m_fragmentNames.end() && m_plan.fragmentBodies[found->second] != noIndex;
            m_plan.points = m_plan.points && built;
            return built ? found->second : noIndex;
        }
        if (const auto* branch = std::get_if<journey::Branch>(&expression.op)) {
            m_plan.branches.emplace_back(*branch);
            m_plan.points = m_plan.points && m_plan.branches.back().fixed();
            return static_cast<std::uint32_t>(m_plan.branches.size() - 1);
        }
        return noIndex;
    }

    ComponentIndex component(const std::string& name)
    {
        const auto next = static_cast<ComponentIndex>(m_plan.components.size());
        const auto [found, isNew] = m_components.try_emplace(name, next);
        if (!isNew)
            return found->second;
        PlanComponent component;
        component.failure[End::Worst] = 1;
        if (const auto* input = m_inputs.find(name)) {
            component.failure[End::Best] = input->failure.lower;
            component.failure[End::Worst] = input->failure.upper;
            component.shared = !input->independentCalls;
            component.domainsUnknown = input->domainsUnknown;
            component.version = input->version;
            component.domains = input->domains;
            component.input = input;
        }
        m_plan.points = m_plan.points && component.failure[End::Best] == component.failure[End::Worst];
        m_plan.components.push_back(component);
        return next;
    }

    const journey::Journey& m_journey;
    const journey::Inputs& m_inputs;
    Plan m_plan;
    FragmentNames m_fragmentNames;
    std::unordered_map<std::string_view, ComponentIndex> m_components;
    std::uint64_t m_position = 0;
};

} // namespace

NodeIndex Plan::find(journey::NodeId id) const
{
    const auto found = std::ranges::find(nodes, id, [](const PlanNode& node) { return node.expression->id; });
    return found == nodes.end() ? noIndex : static_cast<NodeIndex>(found - nodes.begin());
}

Plan makePlan(const journey::Journey& journey, const journey::Inputs& inputs)
{
    return Builder(journey, inputs).build();
}

} // namespace emac::analysis
