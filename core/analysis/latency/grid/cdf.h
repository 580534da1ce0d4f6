// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace emac::analysis {

class StatedTimes;

/// The times k · step, 0 ≤ k < cells, on which laws are held.
struct Grid
{
    base::Duration step{1};
    std::size_t cells = 1;
    /// Instead of multiples of a step; what is not among them is behind the grid. There is one more cell.
    std::shared_ptr<const StatedTimes> stated = {};
    bool operator==(const Grid&) const = default;

    double inCells(base::Duration time) const
    {
        if (stated)
            return static_cast<double>(std::min(cellOf(time), cells));
        const auto whole = time / step;
        return static_cast<double>(whole)
               + static_cast<double>((time - whole * step).count()) / static_cast<double>(step.count());
    }
    bool holds(base::Duration time) const { return stated || time % step == base::Duration(0); }

private:
    std::size_t cellOf(base::Duration time) const;
};

/// A non-decreasing function of the cells of a grid: 0 before the first cell, flat behind its last value. An immutable
/// value: copies, shifts, cuts and multiples share the array.
class Cdf
{
public:
    /// 0 everywhere.
    Cdf() = default;
    /// @pre values are non-decreasing and ≥ 0
    Cdf(std::size_t first, std::vector<double> values);
    static Cdf atom(std::size_t cell, double mass = 1) { return {cell, {mass}}; }

    bool isZero() const { return m_size == 0; }
    /// At any cell, also negative ones.
    double at(std::ptrdiff_t cell) const
    {
        if (isZero() || cell < static_cast<std::ptrdiff_t>(m_first))
            return 0;
        return m_factor * (*m_values)[std::min(m_size - 1, static_cast<std::size_t>(cell) - m_first)];
    }
    std::size_t first() const { return m_first; }
    std::size_t end() const { return m_first + m_size; } ///< flat from the cell before on
    double last() const { return isZero() ? 0 : m_factor * (*m_values)[m_size - 1]; }
    double factor() const { return m_factor; }
    /// From the first cell on, to be multiplied by the factor.
    std::span<const double> values() const
    {
        return isZero() ? std::span<const double>() : std::span(m_values->data(), m_size);
    }

    Cdf shifted(std::size_t cells) const;
    /// @pre factor ≥ 0
    Cdf multiplied(double factor) const;
    /// Flat from this cell on.
    Cdf cutAt(std::ptrdiff_t cell) const;

    /// The values at [from, from + out.size()).
    void copyTo(std::size_t from, std::span<double> out) const;

    /// The same array in the same place, whatever the factor. Two that are not may be equal all the same.
    bool sharesWith(const Cdf& other) const
    {
        return m_values == other.m_values && m_first == other.m_first && m_size == other.m_size;
    }
    std::size_t bytes() const { return m_size * sizeof(double); }

private:
    std::shared_ptr<const std::vector<double>> m_values;
    std::size_t m_first = 0;
    std::size_t m_size = 0;
    double m_factor = 1;
};

} // namespace emac::analysis
