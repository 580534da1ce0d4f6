// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/summand_tail.h"

#include <vector>

namespace emac::analysis {

/// What holds of a sum of times with given laws, whatever their dependence. Of two by Makarov (1981), which is sharp;
/// of more by the dual bound of Embrechts & Puccetti (2006): with any offsets r and any δ > 0,
///     P(ΣX ≥ Σr + δ) ≤ Σ 1/δ ∫ from rᵢ to rᵢ + δ of P(Xᵢ > x) dx,
/// and its mirror image for P(ΣX ≤ t). Which r and δ are taken decides on how tight a bound is, never on whether it
/// holds; the sums in it are rounded, by less than 1e-12.
/// Building it costs O(knots); a question O(summands · log knots) some hundred times.
class SumBound
{
public:
    /// @pre not empty
    SumBound(std::vector<SummandPtr> summands, TailOf side);

    /// Latest: the least t that is found with P(ΣX > t) ≤ chance; ∞ where there is none.
    /// Earliest: the largest t that is found with P(ΣX < t) ≤ chance; ∞ where it holds for all t.
    /// 0 ≤ chance < 1. It never depends on what was asked before.
    double time(double chance) const;

    /// Latest: an upper bound for P(ΣX > t). Earliest: one for P(ΣX ≤ t). In [0, 1].
    double chance(double t) const;

private:
    std::vector<SummandPtr> m_summands;
    std::vector<SummandTail> m_tails;
    TailOf m_side;
    std::vector<TailTable> m_tables; ///< of three or more
};

} // namespace emac::analysis
