// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/summand_tail.h"

#include <span>
#include <vector>

namespace emac::analysis {

/// Offsets r and a width δ of the dual bound (Embrechts & Puccetti 2006): P(ΣY ≥ Σr + δ) ≤ Σ average(rᵢ, δ) for δ > 0,
/// and P(ΣY > Σr) ≤ Σ P(Yᵢ > rᵢ) for δ = 0. That holds for all of them.
struct DualOffsets
{
    std::vector<double> r;
    double delta = 0;
    double sum = 0; ///< Σr + δ
    double chance = 0; ///< the bound
};

/// Looks for the offsets with the least sum among those with chance ≤ `limit`, or with the least chance among those
/// with sum ≤ `limit`. For each δ the best offsets have one slope in common, −λ, where the averages are convex; their
/// convex hulls are searched first, and smooth tails by themselves from there. O(summands · places) some twenty times.
class DualSearch
{
public:
    enum class Limit
    {
        Chance,
        Sum
    };
    /// @param exactly smooth tails are searched by themselves, too, from the corners of their hulls
    DualSearch(std::span<const SummandTail> tails, std::span<const TailTable> tables, Limit limited, double limit,
               bool exactly);

    /// @returns the best ones found; no offsets where there are none within the limit
    DualOffsets run();
    /// Near a width > 0 that is best for a neighbouring limit.
    DualOffsets runFrom(double width);

private:
    using Point = TailTable::Point;

    double spread() const;
    void buildHulls(double delta);
    std::span<const Point> hull(std::size_t i) const
    {
        return std::span(m_points).subspan(m_first[i], m_first[i + 1] - m_first[i]);
    }
    bool findSlope();
    std::size_t cornerAt(std::size_t i, double slope) const;
    void takeCorners(double slope);
    bool isWithin() const { return m_limited == Limit::Chance ? m_chance <= m_limit : m_sum <= m_limit; }
    double tryWidth(double delta, bool polished);
    double finish();
    void passCorners();
    void takeStationary(double slope);
    double stationary(std::size_t i, double slope) const;
    void polish();
    double offsetToLimit(std::size_t i) const;
    void spendChance();
    void spendSum();
    void refine(double from, double to, bool polished);
    void vertex(double middle, double atMiddle, double step);

    std::span<const SummandTail> m_tails;
    std::span<const TailTable> m_tables;
    Limit m_limited;
    double m_limit;
    bool m_anyFine = false; ///< and to be searched by itself

    double m_delta = 0;
    std::vector<Point> m_points; ///< the hulls one behind the other
    std::vector<std::size_t> m_first;
    double m_slope = 0; ///< of the last corners within the limit
    std::vector<double> m_r; ///< the offsets in work, …
    std::vector<double> m_cost; ///< … their averages, …
    double m_sum = 0; ///< … Σr + δ …
    double m_chance = 0; ///< … and the sum of the averages
    DualOffsets m_best;
};

} // namespace emac::analysis
