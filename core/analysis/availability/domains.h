// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace emac::analysis {

/// What two parts of a journey can have in common: a component or a failure domain, numbered.
using FateKeys = std::vector<std::uint32_t>;
using FateKeysPtr = std::shared_ptr<const FateKeys>;

/// Groups of children that share a component or a failure domain.
class FateGroups
{
public:
    explicit FateGroups(const Plan& plan);

    /// The component itself and its domains.
    const FateKeysPtr& of(ComponentIndex component) const { return m_ofComponent[component]; }

    /// All keys, each once. O(sum of sizes).
    FateKeysPtr unite(const std::vector<FateKeysPtr>& parts);

    /// A group number below the number of children for each child: the same for two that transitively share a key,
    /// where a domain without value is shared with every value of its kind. O(sum of sizes).
    std::vector<std::uint32_t> group(const std::vector<FateKeysPtr>& children);

private:
    /// True for the first time since the last nextRound() that the mark is met.
    bool firstMeeting(std::uint32_t mark);
    void nextRound() { ++m_round; }

    std::vector<FateKeysPtr> m_ofComponent;
    std::vector<std::uint32_t> m_kind; ///< by key: its kind; none for a component
    std::vector<char> m_bare; ///< by key: a kind without value
    std::vector<std::uint64_t> m_met; ///< by key, then by kind: the round of the last meeting
    std::vector<std::uint32_t> m_owner;
    std::uint64_t m_round = 0;
};

} // namespace emac::analysis
