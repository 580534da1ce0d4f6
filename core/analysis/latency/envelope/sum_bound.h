// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/dual_bound.h"
#include "core/analysis/latency/envelope/summand_tail.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// What holds of a sum of times with given laws, whatever their dependence. Of two by Makarov (1981), which is sharp;
/// of more by the dual bound of Embrechts & Puccetti (2006): with any offsets r and any δ > 0,
///     P(ΣX ≥ Σr + δ) ≤ Σ 1/δ ∫ from rᵢ to rᵢ + δ of P(Xᵢ > x) dx,
/// and its mirror image for P(ΣX ≤ t). Which r and δ are taken decides on how tight a bound is, never on whether it
/// holds; the sums in it are rounded, by less than 1e-12. What always takes the same time is added.
/// Building it costs O(knots), the first question O(summands · log knots) some hundred times, another some ten times.
class SumBound
{
public:
    /// How close to the best offsets a search comes.
    enum class Effort
    {
        Rough, ///< within some tenths of a percent
        Full
    };

    /// @pre not empty
    SumBound(std::vector<SummandPtr> summands, TailOf side);

    /// Latest: the least t that is found with P(ΣX > t) ≤ chance; ∞ where there is none.
    /// Earliest: the largest t that is found with P(ΣX < t) ≤ chance; ∞ where it holds for all t.
    /// 0 ≤ chance < 1. It never depends on what was asked before.
    double time(double chance) const;

    /// Latest: an upper bound for P(ΣX > t). Earliest: one for P(ΣX ≤ t). In [0, 1].
    double chance(double t) const;

    /// Offsets of the summands that take time, and a bound for the chance that their sum Σ(±X) is greater than `sum`.
    /// Looks near `near`, where that is given. No offsets: none were found, or there is but one summand.
    DualOffsets offsets(double sum, const DualOffsets* near, Effort effort) const;
    /// The bound with these offsets. @pre r for each summand that takes time
    double chance(std::span<const double> r, double delta) const;

    /// Σ P(X = ∞).
    double missing() const;
    /// The smallest P(X < ∞).
    double least() const;

    TailOf side() const { return m_side; }
    /// Those that take time; at least one.
    std::span<const SummandPtr> summands() const { return m_summands; }
    /// The time of the others.
    double shift() const { return m_shift; }
    double stretch() const;

private:
    DualOffsets search(DualSearch::Limit limited, double limit, const DualOffsets* near, Effort effort) const;
    const DualOffsets& reference() const;
    const DualOffsets* beginning() const;

    std::vector<SummandPtr> m_summands;
    std::vector<SummandTail> m_tails;
    TailOf m_side;
    double m_shift = 0;
    bool m_isRough = false; ///< most laws have but few steps
    std::vector<TailTable> m_tables; ///< of three or more
    std::vector<TailTable> m_coarse; ///< the same, at fewer places
    mutable std::optional<DualOffsets> m_reference; ///< at one fixed chance, where every other search begins
};

} // namespace emac::analysis
