// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

using GateIndex = std::uint32_t;
using LeafIndex = std::uint32_t;
inline constexpr GateIndex noGate = ~GateIndex{0};

/// A Boolean function over leaves: an acyclic graph of gates in which equal gates are one, and constants are folded.
class Formula
{
public:
    enum class Rule : std::uint32_t
    {
        False,
        True,
        Leaf,
        Any,
        All,
        AtLeast,
        Choice ///< the second child where the first one is true, else the third
    };

    struct Gate
    {
        Rule rule;
        std::uint32_t operand; ///< of a leaf its number; m of AtLeast
        std::uint32_t firstChild; ///< in the list of all children
        std::uint32_t childCount;
    };

    Formula();

    static constexpr GateIndex never = 0;
    static constexpr GateIndex always = 1;
    GateIndex leaf(LeafIndex leaf);
    /// Children that have no leaf in common with others stand apart from them: parts are made gates of their own.
    GateIndex any(const std::vector<GateIndex>& children) { return joined(Rule::Any, children); }
    GateIndex all(const std::vector<GateIndex>& children) { return joined(Rule::All, children); }
    GateIndex atLeast(std::size_t m, std::vector<GateIndex> children);
    GateIndex choice(GateIndex selector, GateIndex chosen, GateIndex otherwise);

    /// Leads to each of the gates and, where they are more than one, to nothing else: as any() without folding.
    /// @pre none is a constant
    GateIndex bundle(const std::vector<GateIndex>& gates);

    std::size_t size() const { return m_gates.size(); }
    const Gate& gate(GateIndex index) const { return m_gates[index]; }
    std::span<const GateIndex> children(const Gate& gate) const
    {
        return std::span(m_children).subspan(gate.firstChild, gate.childCount);
    }

private:
    GateIndex joined(Rule rule, const std::vector<GateIndex>& children);
    GateIndex made(Rule rule, std::uint32_t operand, const std::vector<GateIndex>& children);
    std::vector<std::vector<GateIndex>> parts(const std::vector<GateIndex>& children);

    std::vector<Gate> m_gates; ///< children before parents
    std::vector<GateIndex> m_children;
    std::unordered_multimap<std::uint64_t, GateIndex> m_known; ///< by hash
    std::vector<std::uint32_t> m_met; ///< by gate: the call of parts() that met it last …
    std::vector<std::uint32_t> m_metBy; ///< … and below which of its children
    std::uint32_t m_round = 0;
};

} // namespace emac::analysis
