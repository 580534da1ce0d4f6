// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/formula.h"

#include <unordered_map>
#include <vector>

namespace emac::analysis {

/// The modules of a formula: gates below which nothing is that is also reached past them. Each is a function of its
/// own, and but one variable for what is around it. Each gate belongs to the innermost module that holds it.
class Modules
{
public:
    /// In linear time (Dutuit & Rauzy 1996). @param top the gate that leads to all that matter: a module
    Modules(const Formula& formula, GateIndex top);

    /// The root of the module that the gate belongs to: of a root itself; none for a leaf, a constant and a gate that
    /// the top does not lead to.
    GateIndex rootOf(GateIndex gate) const { return m_root[gate]; }
    bool isRoot(GateIndex gate) const { return m_root[gate] == gate; }

    /// The gates that belong to the module, children before parents, the root last. @pre it is a root
    const std::vector<GateIndex>& gatesOf(GateIndex root) const { return m_gates.at(root); }

private:
    void visit(GateIndex top);
    bool isInner(GateIndex gate) const;

    const Formula& m_formula;
    std::vector<std::uint32_t> m_first; ///< by gate: when it was visited first; 0 never
    std::vector<std::uint32_t> m_second; ///< when all below it was done
    std::vector<std::uint32_t> m_last; ///< when it was visited last
    std::vector<GateIndex> m_root;
    std::unordered_map<GateIndex, std::vector<GateIndex>> m_gates; ///< by root
    std::uint32_t m_clock = 0;
};

} // namespace emac::analysis
