// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/diagram_store.h"

#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

/// A formula cut into modules, with a diagram for each that needs one.
class CompiledFormula
{
public:
    struct Module
    {
        ModuleShape shape;
        const Diagram* diagram; ///< null for a plain shape
    };

    /// @param top leads to all gates that are asked for. The formula must outlive this, and the store's diagrams too.
    CompiledFormula(const Formula& formula, GateIndex top, DiagramStore& store, const DiagramLimits& limits,
                    const base::Watch& watch);

    /// Built; else why some functions are missing: where the analysis was stopped, all may be.
    DiagramState state() const { return m_state; }
    /// Gates of the diagrams that were not known before.
    std::size_t gatesBuilt() const { return m_gatesBuilt; }

    const Formula& formula() const { return m_formula; }
    const Modules& modules() const { return m_modules; }
    /// @pre a root
    const Module& module(GateIndex root) const { return m_ofRoot.at(root); }

private:
    const Formula& m_formula;
    Modules m_modules;
    std::unordered_map<GateIndex, Module> m_ofRoot;
    DiagramState m_state = DiagramState::Built;
    std::size_t m_gatesBuilt = 0;
};

/// The probabilities of a formula's gates, its leaves independent.
class FormulaValues
{
public:
    /// @param chance by leaf; asked when it is needed first. All must outlive the values.
    FormulaValues(const CompiledFormula& compiled, std::function<Chance(LeafIndex)> chance);

    /// NaN where it could not be built. @pre the top leads to it
    double of(GateIndex gate);

private:
    Chance chanceOf(GateIndex variable);
    double plain(const CompiledFormula::Module& module);
    double inDiagram(GateIndex root, GateIndex gate);

    const CompiledFormula& m_compiled;
    std::function<Chance(LeafIndex)> m_chance;
    std::vector<double> m_values; ///< by gate; negative: not asked yet
    std::unordered_map<GateIndex, std::unique_ptr<DiagramValues>> m_ofDiagrams; ///< by root
};

} // namespace emac::analysis
