// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/diagram.h"

#include <algorithm>
#include <array>

namespace emac::analysis {

namespace {

using Rule = Formula::Rule;

BddRef functionOf(Bdd& bdd, Rule rule, std::uint32_t operand, std::vector<BddRef> children)
{
    switch (rule) {
    case Rule::Any:
        return bdd.any(std::move(children));
    case Rule::All:
        return bdd.all(std::move(children));
    case Rule::AtLeast:
        return bdd.atLeast(operand, std::move(children));
    case Rule::Choice:
        return bdd.choose(children[0], children[1], children[2]);
    case Rule::True:
    case Rule::False:
    case Rule::Leaf: // no gates of a module
        break;
    }
    return noBdd;
}

} // namespace

Diagram::Diagram(const ModuleShape& shape, const DiagramLimits& limits, const base::Watch& watch)
{
    constexpr std::array<std::size_t, 2> firstCaps{std::size_t{1} << 14U, std::size_t{1} << 18U};
    const base::Watch time({}, limits.time);
    VariableOrder best = orderOf(shape, 0);
    std::ptrdiff_t mostBuilt = -1;
    for (const std::size_t cap : firstCaps) {
        auto capped = limits;
        capped.nodes = cap;
        for (std::size_t way = 0; cap < limits.nodes && way < orderCount; ++way) {
            auto order = orderOf(shape, way);
            const auto bdd = build(shape, order, capped, watch, time);
            const bool isLast = bdd.state() != DiagramState::TooLarge && bdd.state() != DiagramState::OverMemory;
            if (isLast) {
                keep(bdd, order);
                return;
            }
            const auto built = static_cast<std::ptrdiff_t>(m_functions.size()) - std::ranges::count(m_functions, noBdd);
            if (built > mostBuilt) {
                mostBuilt = built;
                best = std::move(order);
            }
        }
    }
    keep(build(shape, best, limits, watch, time), best);
}

Bdd Diagram::build(const ModuleShape& shape, const VariableOrder& order, const DiagramLimits& limits,
                   const base::Watch& watch, const base::Watch& time)
{
    Bdd bdd(limits, watch, time);
    m_functions.assign(shape.gateCount(), noBdd);
    for (std::size_t i = 0; i < shape.gateCount() && bdd.state() == DiagramState::Built; ++i) {
        const auto gate = shape.gate(i);
        std::vector<BddRef> children;
        children.reserve(gate.children.size());
        for (const auto code : gate.children) {
            const auto child = ModuleShape::child(code);
            children.push_back(child.kind == ModuleShape::Child::Kind::Variable ? bdd.variable(order[child.index])
                               : child.kind == ModuleShape::Child::Kind::Gate   ? m_functions[child.index]
                                                                                : child.index);
        }
        m_functions[i] = functionOf(bdd, gate.rule, gate.operand, std::move(children));
    }
    return bdd;
}

/// The nodes of the gates' functions, without those that were made on the way.
void Diagram::keep(const Bdd& bdd, const VariableOrder& order)
{
    m_state = bdd.state();
    std::vector<std::uint32_t> variableAt(order.size());
    for (std::uint32_t variable = 0; variable < order.size(); ++variable)
        variableAt[order[variable]] = variable;
    const auto& all = bdd.nodes();
    std::vector<BddRef> kept(all.size(), noBdd);
    kept[bddFalse] = bddFalse;
    kept[bddTrue] = bddTrue;
    for (const BddRef function : m_functions) {
        if (function != noBdd && function > bddTrue)
            kept[function] = bddTrue; // needed
    }
    for (std::size_t i = all.size(); i-- > 2;) {
        if (kept[i] == noBdd)
            continue;
        for (const BddRef child : {all[i].high, all[i].low}) {
            if (child > bddTrue)
                kept[child] = bddTrue;
        }
    }
    m_nodes.assign(all.begin(), all.begin() + 2);
    for (std::size_t i = 2; i < all.size(); ++i) {
        if (kept[i] == noBdd)
            continue;
        kept[i] = static_cast<BddRef>(m_nodes.size());
        m_nodes.push_back({variableAt[all[i].level], kept[all[i].high], kept[all[i].low]});
    }
    for (BddRef& function : m_functions)
        function = function == noBdd ? noBdd : kept[function];
}

DiagramValues::DiagramValues(const Diagram& diagram, std::function<Chance(std::uint32_t)> chance)
    : m_diagram(diagram)
    , m_chance(std::move(chance))
    , m_values(diagram.nodes().size(), -1.0)
{
    m_values[bddFalse] = 0;
    m_values[bddTrue] = 1;
}

const Chance& DiagramValues::chanceOf(std::uint32_t variable)
{
    if (variable >= m_chances.size())
        m_chances.resize(variable + std::size_t{1}, {-1, -1});
    auto& chance = m_chances[variable];
    if (chance.no < 0)
        chance = m_chance(variable);
    return chance;
}

double DiagramValues::of(std::size_t gate)
{
    const BddRef function = m_diagram.function(gate);
    const auto& nodes = m_diagram.nodes();
    m_open.push_back(function);
    while (!m_open.empty()) {
        const BddRef index = m_open.back();
        if (!(m_values[index] < 0)) {
            m_open.pop_back();
            continue;
        }
        const auto& node = nodes[index];
        const double high = m_values[node.high];
        const double low = m_values[node.low];
        if (high < 0)
            m_open.push_back(node.high);
        if (low < 0)
            m_open.push_back(node.low);
        if (high < 0 || low < 0)
            continue;
        const auto& chance = chanceOf(node.level);
        const double value = chance.yes * high + chance.no * low;
        m_values[index] = value > 1 ? 1 : value;
        m_open.pop_back();
    }
    return m_values[function];
}

} // namespace emac::analysis
