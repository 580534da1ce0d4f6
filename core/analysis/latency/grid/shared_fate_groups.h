// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/domains.h"
#include "core/analysis/availability/plan.h"

#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// Which children of each operator share their fate (semantics § 4), for all operators of a plan.
class SharedFateGroups
{
public:
    /// O(calls and domains · depth)
    explicit SharedFateGroups(const Plan& plan);

    /// A group number for each child; empty where each is alone.
    std::span<const std::uint32_t> of(NodeIndex node) const { return m_group[node]; }
    /// Nothing below shares its fate, and no retry counts as one attempt: the law is the independent one.
    bool isIndependent(NodeIndex node) const { return m_independent[node] != 0; }

    /// The law is nowhere above the independent one, and its ends are in order: nothing below waits for failures or
    /// chooses its probabilities.
    bool isBelowIndependent(NodeIndex node) const { return m_belowIndependent[node] != 0; }

private:
    std::vector<std::vector<std::uint32_t>> m_group;
    std::vector<char> m_independent;
    std::vector<char> m_belowIndependent;
};

} // namespace emac::analysis
