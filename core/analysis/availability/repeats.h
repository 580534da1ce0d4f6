// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

namespace emac::analysis {

/// Numbers of calls saturate here: fragments that use fragments multiply them.
inline constexpr std::uint64_t manyCalls = std::uint64_t{1} << 62U;

std::uint64_t addCalls(std::uint64_t a, std::uint64_t b);

/// How often one shared component is called.
struct CallCount
{
    ComponentIndex component = 0;
    std::uint64_t calls = 0;
};

/// Counts the calls of shared components, through fragments but not into scopes nested in them.
class CallCounter
{
public:
    explicit CallCounter(const Plan& plan);

    /// The shared components called by these nodes of one scope, each once. O(nodes + size of the fragments used); a
    /// fragment is visited once, however often it is used.
    std::vector<CallCount> count(std::span<const NodeIndex> nodes);

private:
    void visit(std::span<const NodeIndex> nodes, std::uint64_t times);

    const Plan& m_plan;
    std::vector<std::uint64_t> m_calls; ///< by component; all 0 between counts
    std::vector<std::uint64_t> m_uses; ///< by fragment; all 0 between counts
    std::vector<ComponentIndex> m_called; ///< those with calls
    /// Used fragments not visited yet, by the roots of their bodies: a heap, users before those they use.
    std::vector<std::pair<NodeIndex, FragmentIndex>> m_pending;
};

/// Counts that are merged from children to parents, the smaller into the larger.
class CallTally
{
public:
    void add(ComponentIndex component, std::uint64_t calls);
    void merge(CallTally&& other);
    /// Components called twice or more.
    std::size_t repeated() const { return m_repeated; }

private:
    std::unordered_map<ComponentIndex, std::uint64_t> m_calls;
    std::size_t m_repeated = 0;
};

} // namespace emac::analysis
