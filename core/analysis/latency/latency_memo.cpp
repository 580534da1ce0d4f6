// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/latency_memo.h"

#include <bit>

namespace emac::analysis {

namespace {

/// A law that so many analyses did not need is forgotten.
constexpr std::uint64_t revisionsKept = 16;
/// Beyond so many bytes only what the last analysis needed is kept.
constexpr std::size_t mostBytes = std::size_t{512} << 20U;

/// A bijection of 64 bits that spreads every bit over all (SplitMix64: Steele, Lea & Flood 2014).
std::uint64_t mixed(std::uint64_t bits)
{
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

} // namespace

LawKey& LawKey::add(std::uint64_t value)
{
    // Rounds of a Feistel network, so a bijection of what comes next.
    m_high ^= value;
    m_low ^= mixed(m_high + 0x9e3779b97f4a7c15U);
    m_high ^= mixed(m_low + 0xd1b54a32d192ed03U);
    m_low ^= mixed(m_high + 0x8cb92ba72f3d8dd7U);
    return *this;
}

LawKey& LawKey::add(double value)
{
    return add(std::bit_cast<std::uint64_t>(value));
}

void LatencyMemo::begin(bool isWhole)
{
    m_computed = 0;
    if (m_bytes > mostBytes) {
        ++m_revision;
        forget(1);
        return;
    }
    if (isWhole && ++m_revision % revisionsKept == 0)
        forget(revisionsKept);
}

void LatencyMemo::forget(std::uint64_t kept)
{
    std::erase_if(m_laws, [&](const auto& entry) {
        const bool old = entry.second.lastUsed + kept < m_revision;
        m_bytes -= old ? entry.second.law->bytes() : 0;
        return old;
    });
}

void LatencyMemo::discardScratch()
{
    m_scratch.clear();
    m_isScratch = false;
}

OutcomeLawPtr LatencyMemo::find(const LawKey& key)
{
    if (const auto found = m_laws.find(key); found != m_laws.end()) {
        found->second.lastUsed = m_revision;
        return found->second.law;
    }
    const auto found = m_scratch.find(key);
    return found == m_scratch.end() ? nullptr : found->second.law;
}

void LatencyMemo::touch(const LawKey& key)
{
    if (const auto found = m_laws.find(key); found != m_laws.end())
        found->second.lastUsed = m_revision;
}

const OutcomeLawPtr& LatencyMemo::store(const LawKey& key, OutcomeLaw law)
{
    ++m_computed;
    auto shared = std::make_shared<const OutcomeLaw>(std::move(law));
    if (!m_isScratch)
        m_bytes += shared->bytes();
    return (m_isScratch ? m_scratch : m_laws)
        .insert_or_assign(key, Entry{std::move(shared), m_revision})
        .first->second.law;
}

} // namespace emac::analysis
