// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/shape.h"

#include <unordered_map>

namespace emac::analysis {

ModuleShape::ModuleShape(const Formula& formula, const Modules& modules, GateIndex root)
{
    const auto code = [](Child::Kind kind, std::size_t index) {
        return static_cast<std::uint32_t>(3 * index + static_cast<std::size_t>(kind));
    };
    std::unordered_map<GateIndex, std::uint32_t> known; // codes of gates and of what variables stand for
    std::size_t uses = 0;
    for (const GateIndex index : modules.gatesOf(root)) {
        const auto& gate = formula.gate(index);
        m_gateAt.push_back(m_code.size());
        m_code.insert(m_code.end(), {static_cast<std::uint32_t>(gate.rule), gate.operand, gate.childCount});
        for (const GateIndex child : formula.children(gate)) {
            if (child == Formula::never || child == Formula::always) {
                m_code.push_back(code(Child::Kind::Constant, child));
                continue;
            }
            const auto [found, isNew] = known.try_emplace(child, code(Child::Kind::Variable, m_variables.size()));
            if (isNew)
                m_variables.push_back(child);
            m_code.push_back(found->second);
            ++uses;
        }
        known.emplace(index, code(Child::Kind::Gate, m_gateAt.size() - 1));
    }
    m_isPlain = m_gateAt.size() == 1 && uses == m_variables.size();
}

ModuleShape::Gate ModuleShape::gate(std::size_t index) const
{
    const auto* at = m_code.data() + m_gateAt[index];
    return {static_cast<Formula::Rule>(at[0]), at[1], {at + 3, at[2]}};
}

} // namespace emac::analysis
