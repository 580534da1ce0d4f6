// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/duration.h"

#include <utility>
#include <variant>
#include <vector>

namespace emac::journey {

/// The latency of a component's successful calls: P(done by t | success), as a band with a nominal curve in it. All
/// three are non-decreasing in t ≥ 0, continuous from the right, and 0 ≤ lower ≤ nominal ≤ upper ≤ 1. They need not
/// reach 1: where the rest of the mass lies is unknown, it may come after every finite time. An immutable value.
class LatencyLaw
{
public:
    /// ln(seconds) is normal; no band. sigma > 0.
    struct Lognormal
    {
        double mu = 0;
        double sigma = 1;
        bool operator==(const Lognormal&) const = default;
    };
    /// Where a curve jumps or bends. `lower` and `upper` hold from here up to the next knot; the nominal curve is
    /// `nominal` here, and from there linear up to the next knot's `nominalBefore`. Before the first knot all are 0,
    /// behind the last one they stay.
    struct Knot
    {
        base::Duration time{0};
        double lower = 0;
        double upper = 0;
        double nominalBefore = 0;
        double nominal = 0;
        bool operator==(const Knot&) const = default;
    };

    explicit LatencyLaw(Lognormal lognormal) : m_form(lognormal) { }
    /// @pre at least one; times ≥ 0 and ascending; values as said above
    explicit LatencyLaw(std::vector<Knot> knots) : m_form(std::move(knots)) { }
    /// Always the same time.
    static LatencyLaw constant(base::Duration time) { return LatencyLaw({{time, 1, 1, 0, 1}}); }

    const std::variant<Lognormal, std::vector<Knot>>& form() const { return m_form; }

    /// The three curves. O(log knots)
    double lower(base::Duration t) const;
    double nominal(base::Duration t) const;
    double upper(base::Duration t) const;

    /// The ends of the band differ somewhere.
    bool hasBand() const;
    /// The lower end reaches 1: no success is later than every finite time.
    bool isTailKnown() const;

    /// The law of `factor` times the latency, factor > 0, rounded to whole nanoseconds.
    LatencyLaw scaled(double factor) const;

    bool operator==(const LatencyLaw&) const = default;

private:
    std::variant<Lognormal, std::vector<Knot>> m_form;
};

} // namespace emac::journey
