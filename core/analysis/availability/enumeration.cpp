// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/enumeration.h"

#include <algorithm>

namespace emac::analysis {

Enumeration::Enumeration(std::vector<double> down, std::vector<Slot> slots)
    : m_down(std::move(down))
    , m_slots(std::move(slots))
    , m_values(m_slots.size(), 0.0)
    , m_means(m_down.size(), std::vector<double>(m_slots.size(), 0.0))
{
    for (std::size_t component = 0; component <= m_down.size(); ++component) {
        const auto first = std::ranges::lower_bound(m_slots, component, {}, &Slot::lastComponent);
        m_firstSlot.push_back(static_cast<std::size_t>(first - m_slots.begin()));
    }
}

bool Enumeration::run(const base::Watch& watch)
{
    m_watch = &watch;
    const bool done = sumStates(0, 0);
    m_watch = nullptr;
    return done;
}

bool Enumeration::sumStates(std::size_t component, std::uint32_t states)
{
    constexpr std::uint64_t workBetweenLooks = 1U << 16U;
    const std::size_t begin = m_firstSlot[component];
    const std::size_t end = m_firstSlot[component + 1];
    auto& means = m_means[component];
    bool first = true;
    for (const bool isDown : {true, false}) {
        const double probability = isDown ? m_down[component] : 1 - m_down[component];
        if (probability == 0)
            continue;
        const std::uint32_t now = isDown ? states | (1U << component) : states;
        for (std::size_t i = begin; i < end; ++i) {
            m_values[i] = evaluate(m_slots[i], now);
            m_work += m_slots[i].terms.size();
        }
        m_work += m_slots.size() - begin + 1;
        if (m_work >= workBetweenLooks) {
            m_work = 0;
            if (m_watch->expired())
                return false;
        }
        const bool isLast = component + 1 == m_down.size();
        if (!isLast && !sumStates(component + 1, now))
            return false;
        for (std::size_t i = begin; i < m_slots.size(); ++i) {
            const double value = i < end ? m_values[i] : m_means[component + 1][i];
            means[i] = first ? probability * value : means[i] + probability * value;
        }
        first = false;
    }
    return true;
}

double Enumeration::evaluate(const Slot& slot, std::uint32_t states) const
{
    const auto valueOf = [&](const Term& term) {
        return term.isComponent ? static_cast<double>((states >> term.index) & 1U) : m_values[term.index];
    };
    double q = slot.constant;
    switch (slot.rule) {
    case Rule::AnyFails:
        if ((states & slot.components) != 0)
            return 1;
        for (const auto& term : slot.terms)
            q = eitherFails(q, valueOf(term));
        return q;
    case Rule::AllFail:
        if ((~states & slot.components) != 0)
            return 0;
        for (const auto& term : slot.terms)
            q *= valueOf(term);
        return q;
    case Rule::Mixture:
        for (const auto& term : slot.terms)
            q += term.weight * valueOf(term);
        return std::min(1.0, q);
    case Rule::TooFewSucceed: {
        auto count = slot.count;
        for (const auto& term : slot.terms)
            count.add(valueOf(term));
        return count.probability();
    }
    }
    return q;
}

} // namespace emac::analysis
