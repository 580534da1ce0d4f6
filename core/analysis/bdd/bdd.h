// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/bdd/limits.h"
#include "core/base/watch.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// How far a diagram was built.
enum class DiagramState : char
{
    Built,
    TooLarge, ///< more nodes than the limit
    TooManyGates,
    OverMemory,
    OverTime,
    Stopped ///< by the watch of the whole analysis
};

/// A Boolean function in a Bdd.
using BddRef = std::uint32_t;
inline constexpr BddRef bddFalse = 0;
inline constexpr BddRef bddTrue = 1;
inline constexpr BddRef noBdd = ~BddRef{0};

/// Reduced ordered binary decision diagrams (Bryant 1986; Brace, Rudell & Bryant 1990): each function once, by a table
/// of unique nodes, with a lossy cache of results. Past a limit every operation gives noBdd, and so does each that is
/// given one. No recursion: any number of levels.
class Bdd
{
public:
    struct Node
    {
        std::uint32_t level; ///< of the variable that is asked; lower ones are asked first
        BddRef high; ///< where it is true
        BddRef low;
    };

    /// @param watch of the whole analysis; @param time of the diagram. Both must outlive it.
    Bdd(const DiagramLimits& limits, const base::Watch& watch, const base::Watch& time);

    BddRef variable(std::uint32_t level) { return makeNode(level, bddTrue, bddFalse); }
    /// Either way, then where the condition holds and otherwise where it does not.
    /// O(product of the sizes), often far less
    BddRef choose(BddRef condition, BddRef then, BddRef otherwise);
    BddRef both(BddRef a, BddRef b) { return choose(a, b, bddFalse); }
    BddRef either(BddRef a, BddRef b) { return choose(a, bddTrue, b); }
    /// Folded from the deepest function up.
    BddRef any(std::vector<BddRef> functions);
    BddRef all(std::vector<BddRef> functions);
    /// By rows: O(n · m) choices. True for m = 0.
    BddRef atLeast(std::size_t m, std::vector<BddRef> functions);

    DiagramState state() const { return m_state; }
    /// Children stand before their parents; the first two are false and true.
    const std::vector<Node>& nodes() const { return m_nodes; }

private:
    struct Frame
    {
        BddRef f, g, h;
        std::uint32_t level;
        BddRef high; ///< noBdd until it is known
    };
    struct Cached
    {
        BddRef f = noBdd;
        BddRef g = noBdd;
        BddRef h = noBdd;
        BddRef result = noBdd;
    };

    BddRef makeNode(std::uint32_t level, BddRef high, BddRef low);
    /// Brings the arguments into a form of their own and looks whether the result is known without more work.
    bool isKnown(BddRef& f, BddRef& g, BddRef& h, BddRef& result);
    std::size_t cacheSlot(BddRef f, BddRef g, BddRef h) const;
    std::uint32_t level(BddRef f) const { return m_nodes[f].level; }
    BddRef cofactor(BddRef f, std::uint32_t level, bool high) const;
    std::size_t tableSlot(std::uint32_t level, BddRef high, BddRef low) const;
    bool grow();
    bool isWithinLimits();
    void sortByLevel(std::vector<BddRef>& functions) const;

    DiagramLimits m_limits;
    const base::Watch& m_watch;
    const base::Watch& m_time;
    DiagramState m_state = DiagramState::Built;
    std::vector<Node> m_nodes;
    std::vector<BddRef> m_table; ///< of unique nodes: open addressing; a power of two
    std::vector<Cached> m_cache; ///< a power of two
    std::vector<Frame> m_frames; ///< of the choice in work
    std::uint64_t m_steps = 0;
};

} // namespace emac::analysis
