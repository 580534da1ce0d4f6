// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/modules.h"

#include <algorithm>
#include <limits>

namespace emac::analysis {

using Rule = Formula::Rule;

namespace {

/// What is no function of anything stands in common with nothing.
bool isConstant(GateIndex gate)
{
    return gate == Formula::never || gate == Formula::always;
}

} // namespace

Modules::Modules(const Formula& formula, GateIndex top)
    : m_formula(formula)
    , m_first(formula.size(), 0)
    , m_second(formula.size(), 0)
    , m_last(formula.size(), 0)
    , m_root(formula.size(), noGate)
{
    visit(top);

    // The earliest first and the latest last visit below each gate; children stand before their parents.
    std::vector<std::uint32_t> earliest(formula.size(), std::numeric_limits<std::uint32_t>::max());
    std::vector<std::uint32_t> latest(formula.size(), 0);
    for (GateIndex gate = 0; gate < formula.size(); ++gate) {
        if (m_first[gate] == 0)
            continue;
        for (const GateIndex child : formula.children(formula.gate(gate))) {
            if (isConstant(child))
                continue;
            earliest[gate] = std::min({earliest[gate], m_first[child], earliest[child]});
            latest[gate] = std::max({latest[gate], m_last[child], latest[child]});
        }
        if (isInner(gate) && earliest[gate] > m_first[gate] && latest[gate] < m_second[gate])
            m_root[gate] = gate;
    }
    for (auto gate = static_cast<GateIndex>(formula.size()); gate-- > 0;) {
        if (m_root[gate] == noGate)
            continue;
        m_gates[m_root[gate]].push_back(gate);
        for (const GateIndex child : formula.children(formula.gate(gate))) {
            if (isInner(child) && m_root[child] == noGate)
                m_root[child] = m_root[gate];
        }
    }
    for (auto& [root, gates] : m_gates)
        std::ranges::reverse(gates);
}

bool Modules::isInner(GateIndex gate) const
{
    return !isConstant(gate) && m_formula.gate(gate).rule != Rule::Leaf;
}

void Modules::visit(GateIndex top)
{
    struct Step
    {
        GateIndex gate;
        std::uint32_t next = 0;
    };
    std::vector<Step> path;
    const auto meet = [&](GateIndex gate) {
        if (isConstant(gate))
            return;
        const bool isNew = m_first[gate] == 0;
        m_last[gate] = ++m_clock;
        if (!isNew)
            return;
        m_first[gate] = m_clock;
        path.push_back({gate});
    };
    meet(top);
    while (!path.empty()) {
        auto& step = path.back();
        const auto& gate = m_formula.gate(step.gate);
        if (step.next < gate.childCount) {
            meet(m_formula.children(gate)[step.next++]);
            continue;
        }
        m_second[step.gate] = m_last[step.gate] = ++m_clock;
        path.pop_back();
    }
}

} // namespace emac::analysis
