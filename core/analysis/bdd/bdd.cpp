// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/bdd/bdd.h"

#include <algorithm>
#include <limits>

namespace emac::analysis {

namespace {

constexpr std::size_t firstTable = std::size_t{1} << 10U;
constexpr std::uint64_t stepsBetweenLooks = 1U << 12U;

/// Spreads three numbers over 64 bits (multiplicative hashing: Knuth, TAOCP 3, § 6.4).
std::uint64_t hashed(std::uint32_t a, std::uint32_t b, std::uint32_t c)
{
    std::uint64_t bits = a * 0x9e3779b97f4a7c15U;
    bits = (bits ^ b) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 29U) ^ c) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 32U);
}

} // namespace

Bdd::Bdd(const DiagramLimits& limits, const base::Watch& watch, const base::Watch& time)
    : m_limits(limits)
    , m_watch(watch)
    , m_time(time)
    , m_table(firstTable, noBdd)
    , m_cache(firstTable)
{
    constexpr auto below = std::numeric_limits<std::uint32_t>::max(); // all variables
    m_nodes.push_back({below, bddFalse, bddFalse});
    m_nodes.push_back({below, bddTrue, bddTrue});
}

std::size_t Bdd::tableSlot(std::uint32_t level, BddRef high, BddRef low) const
{
    const std::size_t mask = m_table.size() - 1;
    std::size_t slot = hashed(level, high, low) & mask;
    while (m_table[slot] != noBdd) {
        const auto& node = m_nodes[m_table[slot]];
        if (node.level == level && node.high == high && node.low == low)
            break;
        slot = (slot + 1) & mask;
    }
    return slot;
}

bool Bdd::isWithinLimits()
{
    if (m_state == DiagramState::Built && m_nodes.size() >= m_limits.nodes)
        m_state = DiagramState::TooLarge;
    return m_state == DiagramState::Built;
}

bool Bdd::grow()
{
    const std::size_t size = 2 * m_table.size();
    const std::size_t bytes = size * (sizeof(BddRef) + sizeof(Node)) + size / 2 * sizeof(Cached);
    if (bytes > m_limits.bytes) {
        m_state = DiagramState::OverMemory;
        return false;
    }
    m_table.assign(size, noBdd);
    for (BddRef i = 2; i < m_nodes.size(); ++i)
        m_table[tableSlot(m_nodes[i].level, m_nodes[i].high, m_nodes[i].low)] = i;
    m_cache.assign(size / 2, {});
    return true;
}

BddRef Bdd::makeNode(std::uint32_t level, BddRef high, BddRef low)
{
    if (high == low || high == noBdd || low == noBdd)
        return high == low ? low : noBdd;
    const std::size_t slot = tableSlot(level, high, low);
    if (m_table[slot] != noBdd)
        return m_table[slot];
    if (!isWithinLimits())
        return noBdd;
    const auto index = static_cast<BddRef>(m_nodes.size());
    m_table[slot] = index;
    m_nodes.push_back({level, high, low});
    if (4 * m_nodes.size() > 3 * m_table.size() && !grow())
        return noBdd;
    return index;
}

std::size_t Bdd::cacheSlot(BddRef f, BddRef g, BddRef h) const
{
    return hashed(f, g, h) & (m_cache.size() - 1);
}

BddRef Bdd::cofactor(BddRef f, std::uint32_t level, bool high) const
{
    const auto& node = m_nodes[f];
    return node.level != level ? f : high ? node.high : node.low;
}

bool Bdd::isKnown(BddRef& f, BddRef& g, BddRef& h, BddRef& result)
{
    if (f == bddTrue || g == h) {
        result = g;
        return true;
    }
    if (f == bddFalse) {
        result = h;
        return true;
    }
    if (g == f)
        g = bddTrue;
    if (h == f)
        h = bddFalse;
    if (g == bddTrue && h == bddFalse) {
        result = f;
        return true;
    }
    if (g == h) {
        result = g;
        return true;
    }
    // "or" and "and" do not depend on the order of the two.
    if (g == bddTrue && f > h)
        std::swap(f, h);
    else if (h == bddFalse && f > g)
        std::swap(f, g);
    const auto& cached = m_cache[cacheSlot(f, g, h)];
    result = cached.result;
    return result != noBdd && cached.f == f && cached.g == g && cached.h == h;
}

BddRef Bdd::choose(BddRef condition, BddRef then, BddRef otherwise)
{
    if (condition == noBdd || then == noBdd || otherwise == noBdd || m_state != DiagramState::Built)
        return noBdd;
    m_frames.clear();
    BddRef f = condition;
    BddRef g = then;
    BddRef h = otherwise;
    BddRef value = noBdd;
    while (true) {
        if (!isKnown(f, g, h, value)) {
            if (++m_steps % stepsBetweenLooks == 0) {
                if (m_watch.expired())
                    m_state = DiagramState::Stopped;
                else if (m_time.expired())
                    m_state = DiagramState::OverTime;
                if (m_state != DiagramState::Built)
                    return noBdd;
            }
            const auto top = std::min({level(f), level(g), level(h)});
            m_frames.push_back({f, g, h, top, noBdd});
            f = cofactor(f, top, true);
            g = cofactor(g, top, true);
            h = cofactor(h, top, true);
            continue;
        }
        // Back up to the next frame whose low side is open.
        while (!m_frames.empty() && m_frames.back().high != noBdd) {
            const auto& done = m_frames.back();
            value = makeNode(done.level, done.high, value);
            if (value == noBdd)
                return noBdd;
            m_cache[cacheSlot(done.f, done.g, done.h)] = {done.f, done.g, done.h, value};
            m_frames.pop_back();
        }
        if (m_frames.empty())
            return value;
        auto& open = m_frames.back();
        open.high = value;
        f = cofactor(open.f, open.level, false);
        g = cofactor(open.g, open.level, false);
        h = cofactor(open.h, open.level, false);
    }
}

void Bdd::sortByLevel(std::vector<BddRef>& functions) const
{
    if (std::ranges::find(functions, noBdd) == functions.end())
        std::ranges::sort(functions, {}, [this](BddRef f) { return std::pair(level(f), f); });
}

BddRef Bdd::any(std::vector<BddRef> functions)
{
    sortByLevel(functions);
    BddRef result = bddFalse;
    for (std::size_t i = functions.size(); i-- > 0;)
        result = either(functions[i], result);
    return result;
}

BddRef Bdd::all(std::vector<BddRef> functions)
{
    sortByLevel(functions);
    BddRef result = bddTrue;
    for (std::size_t i = functions.size(); i-- > 0;)
        result = both(functions[i], result);
    return result;
}

BddRef Bdd::atLeast(std::size_t m, std::vector<BddRef> functions)
{
    sortByLevel(functions);
    std::vector<BddRef> rows(m + 1, bddFalse); // at least j of those from the i-th on
    rows.front() = bddTrue;
    for (std::size_t i = functions.size(); i-- > 0;) {
        const std::size_t fewest = m > i ? m - i : 1; // i before it can have been true
        for (std::size_t j = m; j >= fewest && j > 0; --j)
            rows[j] = choose(functions[i], rows[j - 1], rows[j]);
    }
    return rows.back();
}

} // namespace emac::analysis
