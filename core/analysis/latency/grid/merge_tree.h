// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency_memo.h"

#include <span>
#include <utility>
#include <vector>

namespace emac::analysis {

/// The balanced tree in which the laws of some parts are merged, so that a change of one part changes few merges; each
/// is remembered by its key.
class MergeTree
{
public:
    /// @param kind of the merge. @pre there is a part
    MergeTree(std::vector<LawKey> parts, const LawKey& kind);

    const LawKey& key() const { return m_merges.empty() ? m_parts.front() : m_merges.front(); }
    /// All merges are still needed.
    void touch(LatencyMemo& memo) const;

    /// The law of the whole. @param part(number), @param merge(first, second) give what is not remembered
    template<typename Part, typename Merge>
    OutcomeLawPtr law(LatencyMemo& memo, const Part& part, const Merge& merge) const
    {
        return law(memo, {0, m_parts.size(), 0}, part, merge);
    }

private:
    /// Some parts, and the place of their merge.
    struct Range
    {
        std::size_t first;
        std::size_t count;
        std::size_t merge;

        Range left() const { return {first, count / 2, merge + 1}; }
        Range right() const { return {first + count / 2, count - count / 2, merge + count / 2}; }
    };

    const LawKey& addMerges(const Range& range, const LawKey& kind);

    template<typename Part, typename Merge>
    OutcomeLawPtr law(LatencyMemo& memo, const Range& range, const Part& part, const Merge& merge) const
    {
        if (range.count == 1)
            return part(range.first);
        const auto& key = m_merges[range.merge];
        if (auto known = memo.find(key))
            return known;
        const auto first = law(memo, range.left(), part, merge);
        const auto second = law(memo, range.right(), part, merge);
        return memo.store(key, merge(*first, *second));
    }

    std::vector<LawKey> m_parts;
    std::vector<LawKey> m_merges; ///< the whole first, then those of its left half, then of its right one
};

} // namespace emac::analysis
