// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/outcome_law.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace emac::analysis {

/// Stands for all that goes into a law: operators, parameters, versions of inputs, grid, what is asked. Two different
/// things have the same key with a probability of about 2⁻¹²⁸.
class LawKey
{
public:
    LawKey() = default;
    explicit LawKey(std::uint64_t kind) { add(kind); }

    LawKey& add(std::uint64_t value);
    LawKey& add(double value);
    LawKey& add(const LawKey& key) { return add(key.m_high).add(key.m_low); }

    bool operator==(const LawKey&) const = default;
    std::size_t hash() const { return static_cast<std::size_t>(m_low); }

private:
    std::uint64_t m_high = 0x243f6a8885a308d3U;
    std::uint64_t m_low = 0x13198a2e03707344U;
};

/// Laws that earlier analyses computed, by what went into them: see Memo.
class LatencyMemo
{
public:
    /// Starts an analysis: counts from 0. One of a whole journey forgets what the last ones did not need; questions
    /// about parts of it come in any number between two of these. O(size)
    void begin(bool isWhole = true);
    /// What is stored until discardScratch() is forgotten then: for answers that nobody will ask for again.
    void beginScratch() { m_isScratch = true; }
    void discardScratch();

    /// Null where it is not known. What is found is kept for some more analyses.
    OutcomeLawPtr find(const LawKey& key);
    const OutcomeLawPtr& store(const LawKey& key, OutcomeLaw law);
    /// Without a law: it is still needed.
    void touch(const LawKey& key);

    std::uint64_t computed() const { return m_computed; } ///< laws stored since begin()
    std::size_t size() const { return m_laws.size(); }
    std::size_t bytes() const { return m_bytes; }

private:
    struct Hash
    {
        std::size_t operator()(const LawKey& key) const { return key.hash(); }
    };
    struct Entry
    {
        OutcomeLawPtr law;
        std::uint64_t lastUsed = 0; ///< revision
    };
    using Laws = std::unordered_map<LawKey, Entry, Hash>;

    void forget(std::uint64_t kept);

    Laws m_laws;
    Laws m_scratch; ///< to be discarded
    std::uint64_t m_revision = 0;
    std::uint64_t m_computed = 0;
    std::size_t m_bytes = 0;
    bool m_isScratch = false;
};

} // namespace emac::analysis
