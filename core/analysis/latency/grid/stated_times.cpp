// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/stated_times.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace emac::analysis {

namespace {

/// The masses of a law, by cell.
std::vector<std::pair<std::size_t, double>> massesOf(const Cdf& law, std::size_t cells)
{
    std::vector<std::pair<std::size_t, double>> masses;
    double before = 0;
    for (std::size_t cell = law.first(); cell < std::min(law.end(), cells); ++cell) {
        const double value = law.at(static_cast<std::ptrdiff_t>(cell));
        if (value > before)
            masses.emplace_back(cell, value - before);
        before = value;
    }
    return masses;
}

} // namespace

StatedTimes::StatedTimes(base::Duration last) : m_times{0}
{
    if (last.count() > 0)
        m_times.push_back(last.count());
}

std::size_t StatedTimes::find(std::int64_t nanoseconds) const
{
    if (nanoseconds > m_times.back())
        return nowhere;
    const auto found = std::ranges::lower_bound(m_times, nanoseconds);
    if (*found == nanoseconds)
        return static_cast<std::size_t>(found - m_times.begin());
    if (m_missing.size() < mostTimes * mostTimes)
        m_missing.push_back(nanoseconds);
    else
        m_isTooMuch = true;
    return nowhere;
}

Cdf StatedTimes::sum(const Cdf& a, const Cdf& b) const
{
    if (a.isZero() || b.isZero() || m_isTooMuch)
        return {};
    const auto first = massesOf(a, m_times.size());
    const auto second = massesOf(b, m_times.size());
    m_sums += first.size() * second.size();
    m_isTooMuch = m_isTooMuch || m_sums > mostSums;
    std::vector<double> values(m_times.size(), 0.0);
    for (const auto& [cell, mass] : first) {
        for (const auto& [other, more] : second) {
            const auto sum = m_times[cell] + m_times[other];
            if (sum > m_times.back())
                break;
            if (const auto at = find(sum); at != nowhere)
                values[at] += mass * more;
        }
    }
    for (std::size_t i = 1; i < values.size(); ++i)
        values[i] += values[i - 1];
    return {0, std::move(values)};
}

Cdf StatedTimes::together(const Cdf& a, const Cdf& b) const
{
    const auto first = massesOf(a, m_times.size());
    const auto second = massesOf(b, m_times.size());
    std::vector<double> values(m_times.size(), 0.0);
    const auto valueAt = [](const Cdf& law, std::size_t cell) { return law.at(static_cast<std::ptrdiff_t>(cell)); };
    std::size_t i = 0;
    std::size_t j = 0;
    // Both quantiles at rising levels: up to the smaller of the two values they stand where they are.
    while (i < first.size() && j < second.size()) {
        const double atFirst = valueAt(a, first[i].first);
        const double atSecond = valueAt(b, second[j].first);
        const double level = std::min(atFirst, atSecond);
        const auto sum = m_times[first[i].first] + m_times[second[j].first];
        if (sum > m_times.back())
            break;
        if (const auto at = find(sum); at != nowhere)
            values[at] = std::max(values[at], level);
        i += atFirst <= level ? 1 : 0;
        j += atSecond <= level ? 1 : 0;
    }
    for (std::size_t cell = 1; cell < values.size(); ++cell)
        values[cell] = std::max(values[cell], values[cell - 1]);
    return {0, std::move(values)};
}

StatedTimes StatedTimes::completed() const
{
    StatedTimes result = *this;
    std::ranges::sort(result.m_missing);
    result.m_missing.erase(std::ranges::unique(result.m_missing).begin(), result.m_missing.end());
    std::vector<std::int64_t> times;
    std::ranges::set_union(m_times, result.m_missing, std::back_inserter(times));
    result.m_times = std::move(times);
    result.m_missing.clear();
    result.m_isTooMuch = m_isTooMuch || result.m_times.size() > mostTimes;
    return result;
}

} // namespace emac::analysis
