// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/bdd.h"
#include "core/analysis/bdd/orders.h"

#include <functional>
#include <vector>

namespace emac::analysis {

/// The decision diagram of one module, with the functions of all its gates. Holds no probabilities: they are put in
/// by DiagramValues, as often as they change.
class Diagram
{
public:
    /// Tries the ways to order the variables with few nodes first, then with more, and with all that the limits allow
    /// in the way that came furthest. Exponential in the worst case.
    /// @param watch of the whole analysis
    Diagram(const ModuleShape& shape, const DiagramLimits& limits, const base::Watch& watch);

    DiagramState state() const { return m_state; }
    /// By gate of the shape: its function; noBdd where it was not built.
    BddRef function(std::size_t gate) const { return m_functions[gate]; }
    /// Its level is a variable of the shape. Children before parents; the first two are false and true.
    const std::vector<Bdd::Node>& nodes() const { return m_nodes; }

private:
    Bdd build(const ModuleShape& shape, const VariableOrder& order, const DiagramLimits& limits,
              const base::Watch& watch, const base::Watch& time);
    void keep(const Bdd& bdd, const VariableOrder& order);

    DiagramState m_state = DiagramState::Built;
    std::vector<Bdd::Node> m_nodes;
    std::vector<BddRef> m_functions;
};

/// The probabilities that something is so and that it is not.
struct Chance
{
    double yes = 0;
    double no = 1;
};

/// The probabilities of the functions of a diagram, its variables independent: sums of products of non-negative terms
/// only, so that a small one keeps its digits. Asks for a variable when it is needed first.
class DiagramValues
{
public:
    /// @param chance by variable. NaN where it is not known, and so are the functions that depend on it.
    /// Both must outlive the values.
    DiagramValues(const Diagram& diagram, std::function<Chance(std::uint32_t)> chance);

    /// @pre the gate's function was built. O(nodes below that are not known yet)
    double of(std::size_t gate);

private:
    const Chance& chanceOf(std::uint32_t variable);

    const Diagram& m_diagram;
    std::function<Chance(std::uint32_t)> m_chance;
    std::vector<double> m_values; ///< by node; negative: not asked yet
    std::vector<Chance> m_chances; ///< by variable; negative: not asked yet
    std::vector<BddRef> m_open;
};

} // namespace emac::analysis
