// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <utility>
#include <vector>

namespace emac::analysis {

/// The laws of 2¹⁰ states are mixed, at most (semantics § 4).
inline constexpr std::size_t mostMixedComponents = 10;

/// Whether a component is up for this execution.
enum class ComponentState : char
{
    Down,
    Up,
    Given ///< one of these two, by someone above
};
/// Sorted by component.
using ComponentStates = std::vector<std::pair<ComponentIndex, ComponentState>>;

/// Where calls of one component meet, in the law of times: all its calls are one event, but in the attempts of a retry,
/// which draw afresh. Unlike in the availability, what somebody waits for without needing it counts too; what nobody
/// waits for does not.
class Recurrence
{
public:
    explicit Recurrence(const Plan& plan);

    /// Components called below the node that meet somewhere in the plan. Sorted by number.
    const std::vector<ComponentIndex>& below(NodeIndex node) const { return m_below[node]; }
    /// Of these the ones that are called below two of the node's parts. Sorted by name, which does not change when
    /// other components come or go.
    const std::vector<ComponentIndex>& meeting(NodeIndex node) const { return m_meeting[node]; }

    /// Those of the states that matter below the node.
    ComponentStates restricted(const ComponentStates& states, NodeIndex node) const;

private:
    std::vector<std::vector<ComponentIndex>> m_below;
    std::vector<std::vector<ComponentIndex>> m_meeting;
};

} // namespace emac::analysis
