// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/formula.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace emac::analysis {

namespace {

std::uint64_t hashOf(Formula::Rule rule, std::uint32_t operand, std::span<const GateIndex> sorted)
{
    std::uint64_t bits = static_cast<std::uint64_t>(rule) << 32U | operand;
    for (const GateIndex child : sorted) {
        bits = (bits ^ child) * 0x9e3779b97f4a7c15U;
        bits ^= bits >> 29U;
    }
    return bits;
}

} // namespace

Formula::Formula()
{
    m_gates.push_back({Rule::False, 0, 0, 0});
    m_gates.push_back({Rule::True, 0, 0, 0});
}

GateIndex Formula::leaf(LeafIndex leaf)
{
    return made(Rule::Leaf, leaf, {});
}

GateIndex Formula::made(Rule rule, std::uint32_t operand, const std::vector<GateIndex>& children)
{
    // A choice has its children in their places; for the others the order does not matter.
    auto sorted = children;
    if (rule != Rule::Choice)
        std::ranges::sort(sorted);
    const auto hash = hashOf(rule, operand, sorted);
    const auto [first, last] = m_known.equal_range(hash);
    for (auto known = first; known != last; ++known) {
        const auto& gate = m_gates[known->second];
        if (gate.rule != rule || gate.operand != operand || gate.childCount != children.size())
            continue;
        const auto its = this->children(gate);
        std::vector<GateIndex> other(its.begin(), its.end());
        if (rule != Rule::Choice)
            std::ranges::sort(other);
        if (other == sorted)
            return known->second;
    }
    const auto index = static_cast<GateIndex>(m_gates.size());
    m_gates.push_back(
        {rule, operand, static_cast<std::uint32_t>(m_children.size()), static_cast<std::uint32_t>(children.size())});
    m_children.insert(m_children.end(), children.begin(), children.end());
    m_known.emplace(hash, index);
    return index;
}

GateIndex Formula::joined(Rule rule, const std::vector<GateIndex>& children)
{
    const GateIndex neutral = rule == Rule::Any ? never : always;
    const GateIndex deciding = rule == Rule::Any ? always : never;
    std::vector<GateIndex> kept;
    kept.reserve(children.size());
    for (const GateIndex child : children) {
        if (child == deciding)
            return deciding;
        if (child != neutral)
            kept.push_back(child);
    }
    // Each once, in the order of the first.
    ++m_round;
    m_met.resize(m_gates.size(), 0);
    m_metBy.resize(m_gates.size(), 0);
    std::erase_if(kept, [this](GateIndex child) { return std::exchange(m_met[child], m_round) == m_round; });
    if (kept.size() < 2)
        return kept.empty() ? neutral : kept.front();
    auto apart = parts(kept);
    if (apart.size() == 1)
        return made(rule, 0, kept);
    std::vector<GateIndex> ofParts;
    ofParts.reserve(apart.size());
    for (const auto& part : apart)
        ofParts.push_back(part.size() == 1 ? part.front() : made(rule, 0, part));
    return made(rule, 0, ofParts);
}

/// The children in groups: two are in one where they have a gate or leaf in common, and no further ones are. O(size of
/// the graph below).
std::vector<std::vector<GateIndex>> Formula::parts(const std::vector<GateIndex>& children)
{
    ++m_round;
    std::vector<std::uint32_t> groupOf(children.size());
    std::iota(groupOf.begin(), groupOf.end(), 0U);
    const auto find = [&](std::uint32_t i) {
        while (groupOf[i] != i)
            i = groupOf[i] = groupOf[groupOf[i]];
        return i;
    };
    std::vector<GateIndex> open;
    for (std::uint32_t i = 0; i < children.size(); ++i) {
        const auto meet = [&](GateIndex gate) {
            if (m_met[gate] == m_round) {
                const auto a = find(m_metBy[gate]);
                const auto b = find(i);
                groupOf[std::max(a, b)] = std::min(a, b);
                return;
            }
            m_met[gate] = m_round;
            m_metBy[gate] = i;
            open.push_back(gate);
        };
        meet(children[i]);
        while (!open.empty()) {
            const auto& gate = m_gates[open.back()];
            open.pop_back();
            for (const GateIndex child : this->children(gate))
                meet(child);
        }
    }
    std::vector<std::vector<GateIndex>> groups(children.size());
    for (std::uint32_t i = 0; i < children.size(); ++i)
        groups[find(i)].push_back(children[i]);
    std::erase_if(groups, [](const auto& group) { return group.empty(); });
    return groups;
}

GateIndex Formula::atLeast(std::size_t m, std::vector<GateIndex> children)
{
    const auto sure = std::erase(children, always);
    std::erase(children, never);
    if (sure >= m)
        return always;
    m -= sure;
    if (m > children.size())
        return never;
    if (m == 1)
        return any(children);
    if (m == children.size())
        return all(children);
    return made(Rule::AtLeast, static_cast<std::uint32_t>(m), children);
}

GateIndex Formula::bundle(const std::vector<GateIndex>& gates)
{
    return gates.size() == 1 ? gates.front() : made(Rule::Any, 0, gates);
}

GateIndex Formula::choice(GateIndex selector, GateIndex chosen, GateIndex otherwise)
{
    return chosen == otherwise ? chosen : made(Rule::Choice, 0, {selector, chosen, otherwise});
}

} // namespace emac::analysis
