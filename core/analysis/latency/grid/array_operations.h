// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/arithmetic.h"
#include "core/analysis/latency/grid/convolution.h"

#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

namespace emac::analysis {

/// Operations on laws of one grid. What was computed since forget() is not computed again: the scenarios of one
/// operator often come from the same arrays.
class ArrayOperations
{
public:
    void forget() { m_done.clear(); }

    /// The sum of two times.
    Convolution convolved(const Cdf& a, const Cdf& b, std::size_t cells);
    /// The sum of two times that are large together.
    Cdf together(const Cdf& a, const Cdf& b, std::size_t cells);
    /// a · b: both have happened.
    Cdf both(const Cdf& a, const Cdf& b, std::size_t cells);
    /// 1 − (1 − a)(1 − b): one of them has happened.
    Cdf either(const Cdf& a, const Cdf& b, std::size_t cells);
    /// a + b: of exclusive events.
    Cdf added(const Cdf& a, const Cdf& b, std::size_t cells);
    Cdf smaller(const Cdf& a, const Cdf& b, std::size_t cells);
    Cdf larger(const Cdf& a, const Cdf& b, std::size_t cells);
    Cdf weighted(std::span<const double> weights, std::span<const Cdf> parts, std::size_t cells);
    /// With the probabilities that make each value smallest (worst) or largest (best).
    Cdf chosen(const ChoiceProbabilities& probabilities, End end, std::span<const Cdf> parts, std::size_t cells);
    /// At least k have happened. O(cells · n · k)
    Cdf atLeast(std::size_t k, std::span<const Cdf> parts, std::size_t cells);
    /// As given up to the cell before `at`, all of `total` from there on. @pre total is not below any value
    Cdf completed(const Cdf& a, std::size_t at, double total);

private:
    enum class Kind
    {
        Sum,
        Together,
        Both,
        Either,
        Added,
        Smaller,
        Larger
    };
    struct Done
    {
        Kind kind = Kind::Sum;
        Cdf a;
        Cdf b;
        Convolution result;
    };
    const Convolution* find(Kind kind, const Cdf& a, const Cdf& b) const;
    template<typename Rule>
    Cdf pointwise(Kind kind, const Cdf& a, const Cdf& b, std::size_t cells, Rule rule);

    std::vector<Done> m_done;
    std::vector<double> m_left;
    std::vector<double> m_right;
};

} // namespace emac::analysis
