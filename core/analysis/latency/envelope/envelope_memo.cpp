// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/envelope_memo.h"

namespace emac::analysis {

namespace {

/// What so many analyses did not need is forgotten.
constexpr std::uint64_t revisionsKept = 16;
/// Beyond so many bytes only what the last two analyses needed is kept.
constexpr std::size_t mostBytes = std::size_t{96} << 20U;

} // namespace

std::size_t EnvelopeMemo::Entry::bytes() const
{
    // Time, value and integral of each step.
    return sizeof(Entry) + sizeof(LawKey) + (curve ? 3 * sizeof(double) * curve->knots().size() : 0);
}

void EnvelopeMemo::begin()
{
    ++m_revision;
    if (m_bytes > mostBytes)
        forget(2);
    else if (m_revision % revisionsKept == 0)
        forget(revisionsKept);
}

void EnvelopeMemo::forget(std::uint64_t kept)
{
    std::erase_if(m_entries, [&](const auto& entry) {
        const bool old = entry.second.lastUsed + kept < m_revision;
        m_bytes -= old ? entry.second.bytes() : 0;
        return old;
    });
}

EnvelopeMemo::Entry* EnvelopeMemo::find(const LawKey& key)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return nullptr;
    found->second.lastUsed = m_revision;
    return &found->second;
}

EnvelopeMemo::Entry& EnvelopeMemo::add(const LawKey& key, Entry entry)
{
    entry.lastUsed = m_revision;
    m_bytes += entry.bytes();
    return m_entries.insert_or_assign(key, std::move(entry)).first->second;
}

SummandPtr EnvelopeMemo::findCurve(const LawKey& key)
{
    const auto* entry = find(key);
    return entry != nullptr ? entry->curve : nullptr;
}

const SummandPtr& EnvelopeMemo::store(const LawKey& key, SummandPtr curve)
{
    return add(key, {std::move(curve), 0, 0}).curve;
}

std::optional<double> EnvelopeMemo::findAnswer(const LawKey& key)
{
    const auto* entry = find(key);
    return entry != nullptr ? std::optional(entry->answer) : std::nullopt;
}

double EnvelopeMemo::store(const LawKey& key, double answer)
{
    return add(key, {nullptr, answer, 0}).answer;
}

} // namespace emac::analysis
