// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
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

    /// The component itself and its domains. O(domains) for the first time
    const FateKeysPtr& of(ComponentIndex component);

    /// All keys, each once. O(sum of sizes).
    FateKeysPtr unite(const std::vector<FateKeysPtr>& parts);

    /// A group number below the number of children for each child: the same for two that transitively share a key,
    /// where a domain without value is shared with every value of its kind. O(sum of sizes).
    std::vector<std::uint32_t> group(const std::vector<FateKeysPtr>& children);

private:
    /// True for the first time since the last nextRound() that the mark is met.
    bool firstMeeting(std::uint32_t mark);
    void nextRound();

    std::uint32_t keyOf(const std::string& domain);

    const Plan& m_plan;
    std::vector<FateKeysPtr> m_ofComponent; ///< where it was asked for
    std::unordered_map<std::string_view, std::uint32_t> m_kinds;
    std::unordered_map<std::string_view, std::uint32_t> m_domains; ///< keys by name; they follow the components'
    std::vector<std::uint32_t> m_kind; ///< by key: its kind; none for a component
    std::vector<char> m_bare; ///< by key: a kind without value
    std::vector<std::uint64_t> m_met; ///< by key, then by kind: the round of the last meeting
    std::vector<std::uint32_t> m_owner; ///< as m_met
    std::uint64_t m_round = 0;
};

} // namespace emac::analysis
