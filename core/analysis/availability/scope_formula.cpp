// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/scope_formula.h"

#include <queue>

#include <algorithm>
#include <functional>
#include <utility>

namespace emac::analysis {

using journey::OperatorType;

namespace {

/// Deeper than any document, and safe for the stack.
constexpr int deepest = 2000;

constexpr std::size_t stepsBetweenLooks = 1024;

/// Once or more often is all that matters.
int atMostTwo(int times)
{
    return std::min(times, 2);
}

} // namespace

std::vector<char> findOwnDraws(const Plan& plan)
{
    std::vector<char> result(plan.nodes.size(), 0);
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        bool own = false;
        switch (node.type) {
        case OperatorType::Call:
            own = !plan.components[node.operand].shared;
            break;
        case OperatorType::Use: {
            const NodeIndex body = plan.usedBody(node);
            own = body == noIndex || result[body] != 0;
            break;
        }
        case OperatorType::Branch:
        case OperatorType::Retry:
            own = true;
            break;
        case OperatorType::Timeout: // times are drawn anew in each place
            own = plan.effect(node) != nullptr || result[plan.children(node).front()] != 0;
            break;
        case OperatorType::Optional:
            break;
        default:
            own = std::ranges::any_of(plan.children(node), [&](NodeIndex child) { return result[child] != 0; });
        }
        result[i] = own ? 1 : 0;
    }
    return result;
}

ScopeFormula::ScopeFormula(const Plan& plan, const Events& events, const Repeats& repeats,
                           const std::vector<char>& ownDraws, std::uint32_t scope, std::size_t mostGates,
                           const base::Watch& watch)
    : m_plan(plan)
    , m_events(events)
    , m_repeats(repeats)
    , m_ownDraws(ownDraws)
    , m_mostGates(mostGates)
    , m_watch(watch)
{
    countEvents(scope);
    for (const auto reached : m_reached)
        findSharing(reached);
    if (const NodeIndex root = plan.scopes[scope].nodes.back(); !isApart(root)) {
        add(root, 0);
        m_top = bundled();
    }
}

/// The root does not lead to what stands beside an optional, or in a kofn that never succeeds.
GateIndex ScopeFormula::bundled()
{
    std::vector<GateIndex> wanted;
    for (const auto& [node, gate] : m_gateOf) {
        if (gate != Formula::never && gate != Formula::always)
            wanted.push_back(gate);
    }
    std::ranges::sort(wanted, std::greater()); // parents come first
    std::vector<char> reached(m_formula.size(), 0);
    std::vector<GateIndex> tops;
    std::vector<GateIndex> open;
    for (const GateIndex top : wanted) {
        if (reached[top] != 0)
            continue;
        tops.push_back(top);
        open.push_back(top);
        while (!open.empty()) {
            const GateIndex gate = open.back();
            open.pop_back();
            if (std::exchange(reached[gate], 1) != 0)
                continue;
            const auto children = m_formula.children(m_formula.gate(gate));
            open.insert(open.end(), children.begin(), children.end());
        }
    }
    return tops.empty() ? Formula::never : m_formula.bundle(tops);
}

/// The attempts of such a retry have failure domains in common.
bool ScopeFormula::isUnrolled(const PlanNode& retry) const
{
    const auto& events = m_repeats.ofScope[retry.operand];
    return m_events.hasDomains()
           && std::ranges::any_of(events, [this](EventIndex event) { return m_events.isDomain(event); });
}

void ScopeFormula::countEvents(std::uint32_t scope)
{
    std::unordered_map<std::uint32_t, int> times;
    std::priority_queue<std::uint32_t> open; // those around come before what is in them
    const auto reach = [&](std::uint32_t inner, int more) {
        if (times[inner] == 0)
            open.push(inner);
        times[inner] = atMostTwo(times[inner] + more);
    };
    reach(scope, 1);
    while (!open.empty()) {
        const auto now = open.top();
        open.pop();
        m_reached.push_back(now);
        for (const NodeIndex index : m_plan.scopes[now].nodes) {
            const auto& node = m_plan.nodes[index];
            if (node.type == OperatorType::Call) {
                for (const EventIndex event : m_events.of(node.operand))
                    m_times[event] = atMostTwo(m_times[event] + times[now]);
            } else if (node.type == OperatorType::Use && node.operand != noIndex) {
                reach(m_plan.fragmentScopes[node.operand], times[now]);
            } else if (node.type == OperatorType::Retry && isUnrolled(node)) {
                const int attempts = std::get<journey::Retry>(node.expression->op).attempts;
                reach(node.operand, times[now] * std::min(attempts, 2));
            }
        }
    }
    std::ranges::reverse(m_reached);
}

void ScopeFormula::findSharing(std::uint32_t scope)
{
    for (const NodeIndex index : m_plan.scopes[scope].nodes) {
        if (sharesEvents(m_plan.nodes[index]))
            m_shares.insert(index);
    }
}

bool ScopeFormula::sharesEvents(const PlanNode& node) const
{
    switch (node.type) {
    case OperatorType::Call:
        return std::ranges::any_of(m_events.of(node.operand),
                                   [this](EventIndex event) { return m_times.at(event) > 1; });
    case OperatorType::Retry:
        return isUnrolled(node) && !isApart(m_plan.children(node).front());
    default:
        return std::ranges::any_of(m_plan.dependencies(node), [this](NodeIndex part) { return !isApart(part); });
    }
}

GateIndex ScopeFormula::newLeaf(FormulaLeaf leaf)
{
    m_leaves.push_back(leaf);
    return m_formula.leaf(static_cast<LeafIndex>(m_leaves.size() - 1));
}

GateIndex ScopeFormula::add(NodeIndex node, Draws draws)
{
    if (m_formula.size() > m_mostGates || m_depth > deepest)
        m_state = DiagramState::TooManyGates;
    if (++m_added % stepsBetweenLooks == 0 && m_watch.expired())
        m_state = DiagramState::Stopped;
    if (m_state != DiagramState::Built)
        return Formula::never;
    ++m_depth;
    const GateIndex gate = made(node, draws);
    --m_depth;
    m_gateOf.try_emplace(node, gate);
    return gate;
}

GateIndex ScopeFormula::made(NodeIndex index, Draws draws)
{
    const auto& node = m_plan.nodes[index];
    switch (node.type) {
    case OperatorType::Call:
        return calls(node, draws);
    case OperatorType::Use:
        return used(node, draws);
    case OperatorType::Timeout: {
        const GateIndex body = add(m_plan.children(node).front(), draws);
        if (m_plan.effect(node) == nullptr)
            return body;
        return m_formula.any({body, newLeaf({FormulaLeaf::Kind::Late, index})});
    }
    case OperatorType::Series:
    case OperatorType::Parallel:
        return m_formula.any(joined(index, draws));
    case OperatorType::Race:
    case OperatorType::Fallback:
        return m_formula.all(joined(index, draws));
    case OperatorType::KofN: {
        const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
        std::vector<GateIndex> children;
        for (const NodeIndex below : m_plan.children(node))
            children.push_back(child(below, draws));
        const std::size_t failures = k > children.size() ? 0 : children.size() - k + 1;
        return m_formula.atLeast(failures, std::move(children));
    }
    case OperatorType::Branch:
        return choices(index, draws);
    case OperatorType::Retry:
        return attempts(node);
    case OperatorType::Optional:
        break;
    }
    return Formula::never;
}

GateIndex ScopeFormula::calls(const PlanNode& node, Draws draws)
{
    const ComponentIndex component = node.operand;
    std::vector<GateIndex> states;
    for (const EventIndex event : m_events.of(component)) {
        if (!m_events.isDomain(event))
            continue;
        const auto [found, isNew] = m_domains.try_emplace(event, noGate);
        if (isNew)
            found->second = newLeaf({FormulaLeaf::Kind::Domain, event});
        states.push_back(found->second);
    }
    if (!m_plan.components[component].shared) {
        states.push_back(newLeaf({FormulaLeaf::Kind::Own, component}));
    } else {
        const auto [found, isNew] = m_ownStates.try_emplace({draws, component}, noGate);
        if (isNew)
            found->second = newLeaf({FormulaLeaf::Kind::Own, component});
        states.push_back(found->second);
    }
    return m_formula.any(states);
}

GateIndex ScopeFormula::used(const PlanNode& node, Draws draws)
{
    const NodeIndex body = m_plan.usedBody(node);
    if (m_ownDraws[body] != 0)
        return add(body, draws);
    const auto known = m_fragments.find({draws, node.operand});
    if (known != m_fragments.end())
        return known->second;
    const GateIndex gate = add(body, draws);
    m_fragments.emplace(std::pair(draws, node.operand), gate);
    return gate;
}

GateIndex ScopeFormula::attempts(const PlanNode& node)
{
    const int attempts = std::get<journey::Retry>(node.expression->op).attempts;
    std::vector<GateIndex> gates;
    for (int i = 0; i < attempts && m_state == DiagramState::Built; ++i)
        gates.push_back(add(m_plan.children(node).front(), ++m_lastDraws));
    return m_formula.all(gates);
}

GateIndex ScopeFormula::choices(NodeIndex index, Draws draws)
{
    const auto bodies = m_plan.children(m_plan.nodes[index]);
    std::vector<GateIndex> gates;
    for (const NodeIndex body : bodies)
        gates.push_back(child(body, draws));
    GateIndex otherwise = gates.back();
    for (auto i = static_cast<std::uint32_t>(gates.size() - 1); i-- > 0;)
        otherwise = m_formula.choice(newLeaf({FormulaLeaf::Kind::Selector, index, i}), gates[i], otherwise);
    return otherwise;
}

GateIndex ScopeFormula::child(NodeIndex index, Draws draws)
{
    if (!isApart(index))
        return add(index, draws);
    const bool never = m_plan.nodes[index].type == OperatorType::Optional;
    return never ? Formula::never : newLeaf({FormulaLeaf::Kind::Node, index});
}

std::vector<GateIndex> ScopeFormula::joined(NodeIndex index, Draws draws)
{
    std::vector<GateIndex> gates;
    bool restIsNever = true;
    bool hasRest = false;
    for (const NodeIndex below : m_plan.children(m_plan.nodes[index])) {
        if (!isApart(below)) {
            gates.push_back(add(below, draws));
            continue;
        }
        hasRest = true;
        restIsNever = restIsNever && m_plan.nodes[below].type == OperatorType::Optional;
    }
    if (hasRest)
        gates.push_back(restIsNever ? Formula::never : newLeaf({FormulaLeaf::Kind::Rest, index}));
    return gates;
}

} // namespace emac::analysis
