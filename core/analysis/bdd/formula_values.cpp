// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/formula_values.h"

#include "core/analysis/arithmetic.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emac::analysis {

using Rule = Formula::Rule;

CompiledFormula::CompiledFormula(const Formula& formula, GateIndex top, DiagramStore& store,
                                 const DiagramLimits& limits, const base::Watch& watch)
    : m_formula(formula)
    , m_modules(formula, top)
{
    for (GateIndex gate = 0; gate < formula.size(); ++gate) {
        if (!m_modules.isRoot(gate))
            continue;
        ModuleShape shape(formula, m_modules, gate);
        const Diagram* diagram = nullptr;
        if (!shape.isPlain()) {
            const auto found = store.of(shape, limits, watch);
            diagram = found.diagram;
            if (diagram == nullptr) {
                m_state = DiagramState::Stopped;
                return;
            }
            m_gatesBuilt += found.isNew ? shape.gateCount() : 0;
            if (m_state == DiagramState::Built)
                m_state = diagram->state();
        }
        m_ofRoot.emplace(gate, Module{std::move(shape), diagram});
    }
}

FormulaValues::FormulaValues(const CompiledFormula& compiled, std::function<Chance(LeafIndex)> chance)
    : m_compiled(compiled)
    , m_chance(std::move(chance))
    , m_values(compiled.formula().size(), -1.0)
{
    m_values[Formula::never] = 0;
    m_values[Formula::always] = 1;
}

double FormulaValues::of(GateIndex gate)
{
    if (!(m_values[gate] < 0))
        return m_values[gate];
    const auto& described = m_compiled.formula().gate(gate);
    if (described.rule == Rule::Leaf) {
        m_values[gate] = m_chance(described.operand).yes;
    } else {
        const GateIndex root = m_compiled.modules().rootOf(gate);
        const auto& module = m_compiled.module(root);
        m_values[gate] = module.diagram == nullptr ? plain(module) : inDiagram(root, gate);
    }
    return m_values[gate];
}

Chance FormulaValues::chanceOf(GateIndex variable)
{
    const auto& described = m_compiled.formula().gate(variable);
    if (described.rule == Rule::Leaf)
        return m_chance(described.operand);
    const double q = of(variable);
    return {q, 1 - q};
}

double FormulaValues::inDiagram(GateIndex root, GateIndex gate)
{
    const auto& module = m_compiled.module(root);
    const auto& gates = m_compiled.modules().gatesOf(root);
    const auto index = static_cast<std::size_t>(std::ranges::lower_bound(gates, gate) - gates.begin());
    if (module.diagram->function(index) == noBdd)
        return std::numeric_limits<double>::quiet_NaN();
    auto& values = m_ofDiagrams[root];
    if (!values)
        values = std::make_unique<DiagramValues>(
            *module.diagram, [&](std::uint32_t variable) { return chanceOf(module.shape.variables()[variable]); });
    return values->of(index);
}

double FormulaValues::plain(const CompiledFormula::Module& module)
{
    const auto gate = module.shape.gate(0);
    std::vector<Chance> chances;
    for (const auto code : gate.children) {
        const auto child = ModuleShape::child(code);
        if (child.kind == ModuleShape::Child::Kind::Constant)
            chances.push_back(child.index == Formula::always ? Chance{1, 0} : Chance{0, 1});
        else
            chances.push_back(chanceOf(module.shape.variables()[child.index]));
        if (std::isnan(chances.back().yes))
            return chances.back().yes;
    }
    double q = gate.rule == Rule::All ? 1 : 0;
    switch (gate.rule) {
    case Rule::Any:
        for (const auto& chance : chances)
            q = eitherFails(q, chance.yes);
        break;
    case Rule::All:
        for (const auto& chance : chances)
            q *= chance.yes;
        break;
    case Rule::AtLeast: {
        TooFewSucceed tooFew(chances.size() - gate.operand + 1, chances.size());
        for (const auto& chance : chances)
            tooFew.add(chance.yes);
        q = tooFew.probability();
        break;
    }
    case Rule::Choice:
        q = chances[0].yes * chances[1].yes + chances[0].no * chances[2].yes;
        break;
    case Rule::True:
    case Rule::False:
    case Rule::Leaf: // no gates of a module
        break;
    }
    return std::min(1.0, q);
}

} // namespace emac::analysis
