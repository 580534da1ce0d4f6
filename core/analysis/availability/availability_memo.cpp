// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/availability_memo.h"

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// An operator that so many analyses did not have is forgotten, at the latest after twice as many: deleting a part and
/// taking that back finds it again, and the size stays bounded.
constexpr std::uint64_t revisionsKept = 16;

/// A bijection of 64 bits that spreads every bit over all (SplitMix64: Steele, Lea & Flood 2014).
std::uint64_t mixed(std::uint64_t bits)
{
    bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
    bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
    return bits ^ (bits >> 31U);
}

} // namespace

FateKey FateKey::followedBy(const FateKey& next) const
{
    // Three rounds of a Feistel network, so a bijection of what comes next.
    FateKey key{high ^ next.high, low ^ next.low};
    key.low ^= mixed(key.high + 0x9e3779b97f4a7c15U);
    key.high ^= mixed(key.low + 0xd1b54a32d192ed03U);
    key.low ^= mixed(key.high + 0x8cb92ba72f3d8dd7U);
    return key;
}

void AvailabilityMemo::begin(const Plan& plan)
{
    ++m_revision;
    if (m_revision % revisionsKept == 0)
        forget();
    m_diagrams.begin();
    m_work.computed = 0;
    m_ofNode.assign(plan.nodes.size(), nullptr);
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        if (node.type == OperatorType::Call || node.type == OperatorType::Use)
            continue;
        auto& memo = m_operators[node.expression->id];
        memo.lastUsed = m_revision;
        m_ofNode[i] = &memo;
    }
}

void AvailabilityMemo::forget()
{
    std::erase_if(m_operators,
                  [this](const auto& entry) { return entry.second.lastUsed + revisionsKept < m_revision; });
}

} // namespace emac::analysis
