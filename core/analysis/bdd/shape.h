// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/modules.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// One module, apart from the formula that it is of: its gates over variables, which stand for leaves and for the
/// modules below it. Two modules of one shape have one diagram.
class ModuleShape
{
public:
    struct Child
    {
        enum class Kind
        {
            Variable,
            Gate,
            Constant
        };
        Kind kind;
        std::uint32_t index; ///< of the variable, of the gate; of a constant 0 for false, 1 for true
    };

    struct Gate
    {
        Formula::Rule rule;
        std::uint32_t operand; ///< m of AtLeast
        std::span<const std::uint32_t> children; ///< see child()
    };

    /// O(gates and children of the module). @pre it is a root
    ModuleShape(const Formula& formula, const Modules& modules, GateIndex root);

    std::size_t gateCount() const { return m_gateAt.size(); }
    std::uint32_t variableCount() const { return static_cast<std::uint32_t>(m_variables.size()); }
    /// Children before parents, the root last.
    Gate gate(std::size_t index) const;
    static Child child(std::uint32_t code) { return {static_cast<Child::Kind>(code % 3), code / 3}; }

    /// By variable: the leaf, or the root of a module, that it stands for.
    const std::vector<GateIndex>& variables() const { return m_variables; }
    /// All that is the same for two modules of one shape.
    const std::vector<std::uint32_t>& code() const { return m_code; }
    /// There is but one gate, and no variable stands twice: it needs no diagram.
    bool isPlain() const { return m_isPlain; }

private:
    std::vector<std::uint32_t> m_code; ///< of each gate: rule, operand, number of children, children
    std::vector<std::size_t> m_gateAt; ///< in m_code
    std::vector<GateIndex> m_variables;
    bool m_isPlain = false;
};

} // namespace emac::analysis
