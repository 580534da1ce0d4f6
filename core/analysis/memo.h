// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace emac::analysis {

class AvailabilityMemo;
class EnvelopeMemo;
class LatencyMemo;

/// What earlier analyses computed, for the next one of nearly the same journey: one for each document. It never changes
/// a result, not in the last bit: each step is a pure function of what goes into it, and is taken over only where
/// the same goes in again. But for the limit of time of decision diagrams, which the machine and its load decide on: a
/// module that met it once is not tried again with the same limits, and one that is remembered meets it no more. Steps
/// are found by NodeId, what goes in is compared exactly; how children share their fate is compared by a 128-bit key of
/// the versions below; decision diagrams are found by what they are of. Latency laws are found by a 128-bit key of all
/// that goes into them. Not for use by two threads at once.
class Memo
{
public:
    /// Of the last analyses.
    struct Statistics
    {
        /// Operators evaluated, interior nodes of balanced trees merged, children grouped, and gates of decision
        /// diagrams built. What only hands a value on (calls, uses, timeouts) is not counted.
        std::uint64_t computed = 0;
        std::size_t operators = 0; ///< of which something is remembered
        std::uint64_t laws = 0; ///< of latency, computed in the last latency analysis
        std::size_t lawBytes = 0; ///< of latency laws that are remembered, about
    };

    Memo();
    ~Memo();
    Memo(Memo&& other) noexcept;
    Memo& operator=(Memo&& other) noexcept;

    /// Forgets all.
    void clear();

    Statistics statistics() const;

    AvailabilityMemo& availability() { return *m_availability; }
    LatencyMemo& latency() { return *m_latency; }
    EnvelopeMemo& envelope() { return *m_envelope; }

private:
    std::unique_ptr<AvailabilityMemo> m_availability;
    std::unique_ptr<LatencyMemo> m_latency;
    std::unique_ptr<EnvelopeMemo> m_envelope;
};

} // namespace emac::analysis
