// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/arithmetic.h"
#include "core/base/watch.h"

#include <cstdint>
#include <vector>

namespace emac::analysis {

/// The expected failure probabilities of a family of nodes over all states of a few components that they have in
/// common. Each node is evaluated only for the states of the components that it depends on, up to the last of them.
class Enumeration
{
public:
    /// What a slot depends on: another slot, or the state of a component.
    struct Term
    {
        static Term ofSlot(std::uint32_t slot) { return {slot, false, 1}; }
        static Term ofComponent(std::uint32_t component) { return {component, true, 1}; }

        std::uint32_t index;
        bool isComponent;
        double weight; ///< in a mixture
        bool operator==(const Term&) const = default;
    };

    enum class Rule
    {
        AnyFails,
        AllFail,
        Mixture,
        TooFewSucceed
    };

    /// One node, given the states.
    struct Slot
    {
        Rule rule = Rule::AnyFails;
        std::uint32_t lastComponent = 0; ///< the highest-numbered component that it depends on
        double constant = 0; ///< AnyFails, AllFail, Mixture: what does not depend on any state, combined
        TooFewSucceed count{0, 0}; ///< TooFewSucceed: the law of the children that do not depend on any state
        std::uint32_t components = 0; ///< AnyFails, AllFail: the components among the children, as bits
        std::vector<Term> terms;
        bool operator==(const Slot&) const = default;
    };

    /// @param down failure probabilities of the components
    /// @param slots sorted by lastComponent, each after those that it depends on
    Enumeration(std::vector<double> down, std::vector<Slot> slots);

    /// O(2^components) evaluations at most. @returns false where the watch expired.
    bool run(const base::Watch& watch);

    /// Made of the same: run() would find the same means. O(size of the slots)
    bool isOf(const std::vector<double>& down, const std::vector<Slot>& slots) const
    {
        return m_down == down && m_slots == slots;
    }

    /// @pre run() was true
    double mean(std::size_t slot) const { return m_means.front()[slot]; }

private:
    bool sumStates(std::size_t component, std::uint32_t states);
    double evaluate(const Slot& slot, std::uint32_t states) const;

    std::vector<double> m_down;
    std::vector<Slot> m_slots;
    std::vector<std::size_t> m_firstSlot; ///< by component: the first slot of which it is the last component
    std::vector<double> m_values; ///< by slot, in the present state
    std::vector<std::vector<double>> m_means; ///< by component and slot: over its states and those of later ones
    const base::Watch* m_watch = nullptr; ///< while run() runs
    std::uint64_t m_work = 0;
};

} // namespace emac::analysis
