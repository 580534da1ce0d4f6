// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/cdf.h"

#include "core/analysis/latency/grid/stated_times.h"

namespace emac::analysis {

std::size_t Grid::cellOf(base::Duration time) const
{
    return stated->find(time.count());
}

Cdf::Cdf(std::size_t first, std::vector<double> values)
{
    std::size_t begin = 0;
    while (begin < values.size() && values[begin] <= 0)
        ++begin;
    if (begin == values.size())
        return;
    std::size_t size = values.size();
    while (size > begin + 1 && values[size - 2] == values[size - 1])
        --size;
    values.resize(size);
    if (begin > 0)
        values.erase(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(begin));
    m_first = first + begin;
    m_size = values.size();
    m_values = std::make_shared<const std::vector<double>>(std::move(values));
}

Cdf Cdf::shifted(std::size_t cells) const
{
    Cdf result = *this;
    result.m_first += isZero() ? 0 : cells;
    return result;
}

Cdf Cdf::multiplied(double factor) const
{
    if (factor <= 0)
        return {};
    Cdf result = *this;
    result.m_factor *= factor;
    return result;
}

Cdf Cdf::cutAt(std::ptrdiff_t cell) const
{
    if (isZero() || cell < static_cast<std::ptrdiff_t>(m_first))
        return {};
    Cdf result = *this;
    result.m_size = std::min(m_size, static_cast<std::size_t>(cell) - m_first + 1);
    return result;
}

void Cdf::copyTo(std::size_t from, std::span<double> out) const
{
    const auto before = std::min(out.size(), m_first > from ? m_first - from : 0);
    std::fill_n(out.begin(), before, 0.0);
    if (isZero()) {
        std::ranges::fill(out, 0.0);
        return;
    }
    const auto all = values();
    std::size_t next = from + before - m_first;
    std::size_t i = before;
    for (; i < out.size() && next < m_size; ++i, ++next)
        out[i] = m_factor * all[next];
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(i), out.end(), last());
}

} // namespace emac::analysis
