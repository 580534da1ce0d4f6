// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/summand.h"
#include "core/analysis/latency/latency_memo.h"

#include <optional>
#include <unordered_map>

namespace emac::analysis {

/// Bounds under any dependence that earlier analyses computed, by what went into them: curves of nodes, and answers
/// about one node. What lately nobody asked for is forgotten; all of it, where it becomes too much.
class EnvelopeMemo
{
public:
    /// Starts an analysis.
    void begin();

    /// Null where it is not known.
    SummandPtr findCurve(const LawKey& key);
    const SummandPtr& store(const LawKey& key, SummandPtr curve);
    std::optional<double> findAnswer(const LawKey& key);
    double store(const LawKey& key, double answer);

    std::size_t size() const { return m_entries.size(); }
    std::size_t bytes() const { return m_bytes; } ///< about

private:
    struct Hash
    {
        std::size_t operator()(const LawKey& key) const { return key.hash(); }
    };
    struct Entry
    {
        SummandPtr curve; ///< or
        double answer = 0;
        std::uint64_t lastUsed = 0; ///< revision

        std::size_t bytes() const;
    };

    void forget(std::uint64_t kept);
    Entry* find(const LawKey& key);
    Entry& add(const LawKey& key, Entry entry);

    std::unordered_map<LawKey, Entry, Hash> m_entries;
    std::uint64_t m_revision = 0;
    std::size_t m_bytes = 0;
};

} // namespace emac::analysis
