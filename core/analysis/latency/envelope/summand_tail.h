// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/envelope/summand.h"

#include <cstddef>
#include <vector>

namespace emac::analysis {

/// Which tail of a law is in question: that of Y = X, or of Y = −X, so that small times are the tail.
enum class TailOf
{
    Latest,
    Earliest
};

/// P(Y > y) of one summand, and its averages.
class SummandTail
{
public:
    SummandTail(const Summand& summand, TailOf side) : m_summand(&summand), m_side(side) { }

    TailOf side() const { return m_side; }
    bool isSmooth() const { return m_summand->isSmooth(); }
    /// Smooth, or nearly so: of many steps.
    bool isFine() const { return isSmooth() || m_summand->knots().size() >= fewestSteps; }
    /// P(Y > y).
    double value(double y) const;
    /// P(Y ≥ y).
    double from(double y) const;
    /// 1/δ ∫ of it from y to y + δ; at δ = 0 its value at y.
    double average(double y, double delta) const;
    /// The least y with P(Y > y) ≤ chance: −∞ where all have it, ∞ where none has.
    double quantile(double chance) const;

    /// The knots as values of Y, ascending.
    std::vector<double> places() const;
    /// Adds the indices of the places at which it jumps by so much; ascending, each once.
    void addJumps(double least, std::vector<std::size_t>& places) const;
    /// An antiderivative.
    double area(double y) const;
    /// P(Y > y) before all places, and behind them.
    double before() const { return m_side == TailOf::Latest ? 1 : m_summand->mass(); }
    double behind() const { return m_side == TailOf::Latest ? 1 - m_summand->mass() : 0; }

private:
    static constexpr std::size_t fewestSteps = 256;

    double smoothQuantile(double chance) const;

    const Summand* m_summand;
    TailOf m_side;
};

/// The averages of a tail for many y at once, from its antiderivative at few places, linear between them.
class TailTable
{
public:
    /// O(places)
    TailTable(const SummandTail& tail, std::size_t mostPlaces);

    struct Point
    {
        double at = 0;
        double average = 0;
    };
    /// Replaces `hull` by the corners of the lower convex hull of the averages at all y, ascending. O(places)
    void convexHull(double delta, std::vector<Point>& hull) const;

private:
    class Reader;

    std::vector<double> m_at;
    std::vector<double> m_area;
    std::vector<double> m_tail;
    double m_before;
    double m_behind;
};

} // namespace emac::analysis
