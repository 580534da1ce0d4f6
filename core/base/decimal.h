// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace emac::base {

/// An exact decimal number: (−1)^negative · digits · 10^exponent.
/// Held as text digits, so that 0.999999999 has the complement 1e-9 to the last digit.
class Decimal
{
public:
    /// At most this many significant digits, and exponents within ±maxExponent, are read.
    static constexpr int maxDigits = 400;
    static constexpr int maxExponent = 400;

    Decimal() = default;

    /// Reads "0.995", "1e-9", "-3", ".5", "99.95%" (divided by 100). Empty for anything else:
    /// inf, nan, hexadecimal, text beyond the limits above.
    static std::optional<Decimal> parse(std::string_view text);

    /// The shortest decimal that reads back to the same double. @pre value is finite
    static Decimal fromDouble(double value);

    /// The nearest double (round half to even); 0 and ±infinity beyond its range.
    double toDouble() const;

    /// 1 − this, exactly.
    Decimal complement() const;

    /// Exact; sum and difference may have more digits than parse() reads. O(digits + distance of the exponents).
    Decimal operator+(const Decimal& other) const;
    Decimal operator-(const Decimal& other) const { return *this + -other; }
    Decimal operator-() const;
    bool operator<(const Decimal& other) const { return (*this - other).m_negative; }

    /// This number times the factor, where that is a whole number of at most 18 digits. @pre factor > 0
    std::optional<std::int64_t> wholeMultiple(std::int64_t factor) const;

    /// Shortest exact form: plain notation between 1e-7 and 1e15, else with an exponent. "0.995", "1e-9".
    std::string toString() const;

    bool isZero() const { return m_digits.empty(); }
    bool isNegative() const { return m_negative; }

    bool operator==(const Decimal&) const = default;

private:
    void normalise();

    bool m_negative = false;
    std::string m_digits; ///< most significant first, no leading or trailing zeros; empty is zero
    int m_exponent = 0;
};

/// 1 − p for printing: the double nearest to the exact complement of the shortest decimal that reads back to p. So what
/// was read from "0.9128", and is held as its failure probability, is printed as 0.9128 again, and not as
/// 0.9128000000000001. At most one unit in the last place of p away from 1 − p; never smaller for a smaller p.
/// @pre p in [0, 1]
double complement(double p);

/// A probability or a ratio of successes, exact as it was written: both the number and its complement are
/// correctly rounded doubles. Range [0, 1] unless stated otherwise where it is used.
class Ratio
{
public:
    Ratio() = default;
    explicit Ratio(const Decimal& success);

    const Decimal& decimal() const { return m_decimal; }
    double success() const { return m_success; } ///< a
    double failure() const { return m_failure; } ///< q = 1 − a, rounded once
    bool withinUnit() const { return m_success >= 0 && m_failure >= 0; }

    bool operator==(const Ratio& other) const { return m_decimal == other.m_decimal; }

private:
    Decimal m_decimal;
    double m_success = 0;
    double m_failure = 1;
};

} // namespace emac::base
