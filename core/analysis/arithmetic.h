// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"

#include <array>
#include <cstddef>
#include <span>
#include <vector>

/// Failure probabilities in [0, 1], combined by sums and products of non-negative terms only, so that a small one
/// keeps its digits.
namespace emac::analysis {

/// The better and the worse end of all intervals.
enum class End : std::size_t
{
    Best,
    Worst
};
inline constexpr std::array bothEnds{End::Best, End::Worst};

/// One value for each end.
template<typename T>
class ByEnd
{
public:
    T& operator[](End end) { return m_values[static_cast<std::size_t>(end)]; }
    const T& operator[](End end) const { return m_values[static_cast<std::size_t>(end)]; }

private:
    std::array<T, 2> m_values{};
};

/// P(one of two independent parts fails): q₁ + q₂(1 − q₁).
inline double eitherFails(double first, double second)
{
    return first + second * (1 - first);
}

/// P(fewer than k of n succeed), by the law of the number of successes or of failures, whichever is decided earlier.
/// O(n · min(k, n − k + 1)).
class TooFewSucceed
{
public:
    TooFewSucceed(std::size_t k, std::size_t n);

    /// One more child, independent of those before.
    void add(double q);

    /// More children that share their fate, independent of those before: at least j of them succeed with the product
    /// of their j largest availabilities. @pre q is sorted, smallest first
    void addGroup(std::span<const double> q);

    /// @pre all n children were added
    double probability() const;

    bool operator==(const TooFewSucceed&) const = default;

private:
    bool m_countFailures;
    std::vector<double> m_law; ///< P(count = j) for all j below the limit
    std::size_t m_added = 0;
    double m_beyond = 0; ///< P(count reaches the limit); kept for failures only
};

/// The probabilities of a branch's choices, each known to lie in an interval, together 1.
class ChoiceProbabilities
{
public:
    explicit ChoiceProbabilities(const journey::Branch& branch);

    /// Without a choice: each takes the same part of its interval.
    ChoiceProbabilities nominal() const;

    /// True where there is nothing to choose.
    bool fixed() const { return m_fixed; }

    /// The probabilities within their intervals that make Σ w·q largest (worst) or smallest (best): what the lower ends
    /// leave over goes to the choices in the order of their q. O(n log n), O(n) where the last question of this thread
    /// was nearly the same. @pre as many q as choices
    std::vector<double> choose(std::span<const double> q, End end) const;

private:
    std::vector<double> m_lower;
    std::vector<double> m_room; ///< upper − lower
    double m_spare = 0; ///< 1 − Σ lower
    bool m_fixed = true;
};

/// Σ w·q, at most 1. @pre as many weights as q
double mixture(std::span<const double> weights, std::span<const double> q);

} // namespace emac::analysis
