// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/merge_tree.h"

#include "core/analysis/latency/law_keys.h"

namespace emac::analysis {

MergeTree::MergeTree(std::vector<LawKey> parts, const LawKey& kind)
    : m_parts(std::move(parts))
    , m_merges(m_parts.size() - 1)
{
    addMerges({0, m_parts.size(), 0}, kind);
}

const LawKey& MergeTree::addMerges(const Range& range, const LawKey& kind)
{
    if (range.count == 1)
        return m_parts[range.first];
    const auto& left = addMerges(range.left(), kind);
    const auto& right = addMerges(range.right(), kind);
    return m_merges[range.merge] = keyOfKind(LawKind::Merge).add(kind).add(left).add(right);
}

void MergeTree::touch(LatencyMemo& memo) const
{
    for (const auto& merge : m_merges)
        memo.touch(merge);
}

} // namespace emac::analysis
