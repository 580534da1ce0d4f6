// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/grid/cdf.h"

#include <cstdint>
#include <vector>

namespace emac::analysis {

/// The cells of a grid that has just the times that come about, up to a last one: what is made of stated times alone is
/// exact on it. Which times these are is found by asking: what is not there yet is remembered, and there is no
/// probability for it so far; with() has it. Not for use by two threads at once.
class StatedTimes
{
public:
    /// Time 0 and the last one.
    explicit StatedTimes(base::Duration last);

    /// The cell of a time; none where it is behind the last one, or not there yet.
    static constexpr std::size_t nowhere = ~std::size_t{0};
    std::size_t find(std::int64_t nanoseconds) const;
    std::size_t size() const { return m_times.size(); }

    /// The law of the sum of two times.
    Cdf sum(const Cdf& a, const Cdf& b) const;
    /// As above, of two that are large together: see comonotoneSum().
    Cdf together(const Cdf& a, const Cdf& b) const;

    /// All that was asked for is there.
    bool isComplete() const { return m_missing.empty() && !m_isTooMuch; }
    /// More times or more sums than is worthwhile.
    bool isTooMuch() const { return m_isTooMuch; }
    /// With those that were missing.
    StatedTimes completed() const;

    static constexpr std::size_t mostTimes = 512;
    static constexpr std::size_t mostSums = std::size_t{1} << 20U; ///< of two times each

private:
    std::vector<std::int64_t> m_times; ///< ns, ascending
    mutable std::vector<std::int64_t> m_missing;
    mutable std::size_t m_sums = 0;
    mutable bool m_isTooMuch = false;
};

} // namespace emac::analysis
