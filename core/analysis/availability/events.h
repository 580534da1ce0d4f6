// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <cstdint>
#include <span>
#include <vector>

namespace emac::analysis {

/// Numbers what calls can have in common.
using EventIndex = std::uint32_t;

/// The events on which the calls of each component depend together: its own state, where all its calls are one event,
/// and under common cause the states of its failure domains.
class Events
{
public:
    /// @param domains by component: numbers of the failure domains with a state of their own, each once; empty where
    /// there are none at all
    explicit Events(const Plan& plan, const std::vector<std::vector<std::uint32_t>>& domains = {});

    std::span<const EventIndex> of(ComponentIndex component) const
    {
        return std::span(m_events).subspan(m_first[component], m_first[component + 1] - m_first[component]);
    }
    /// All are below.
    EventIndex count() const { return m_count; }
    /// A component's own state has the component's number; a failure domain's follow them all.
    bool isDomain(EventIndex event) const { return event >= components(); }
    std::uint32_t domainOf(EventIndex event) const { return event - components(); }
    bool hasDomains() const { return m_count > components(); }

private:
    EventIndex components() const { return static_cast<EventIndex>(m_first.size() - 1); }

    std::vector<std::uint32_t> m_first; ///< by component, and one more: in m_events
    std::vector<EventIndex> m_events;
    EventIndex m_count = 0;
};

/// Where calls have events in common.
struct Repeats
{
    /// By node: whether two calls below it have an event in common. Attempts of a retry have but failure domains in
    /// common with each other and with what is outside; what is optional matters to nothing outside.
    std::vector<char> below;
    /// By scope: the events of its calls, each once.
    std::vector<std::vector<EventIndex>> ofScope;
};

/// O(nodes + events of a fragment for each use of it).
Repeats findRepeats(const Plan& plan, const Events& events);

} // namespace emac::analysis
