// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>

namespace emac::base {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The difference of two whole numbers. @pre larger ≥ smaller, and so is its size
std::string subtractDigits(std::string larger, const std::string& smaller)
{
    int borrow = 0;
    for (std::size_t i = 0; i < larger.size(); ++i) {
        auto& digit = larger[larger.size() - 1 - i];
        int value = digit - '0' - borrow;
        if (i < smaller.size())
            value -= smaller[smaller.size() - 1 - i] - '0';
        borrow = value < 0 ? 1 : 0;
        digit = static_cast<char>('0' + value + (borrow != 0 ? 10 : 0));
    }
    return larger;
}

std::string addDigits(std::string longer, const std::string& shorter)
{
    int carry = 0;
    for (std::size_t i = 0; i < longer.size(); ++i) {
        auto& digit = longer[longer.size() - 1 - i];
        int value = digit - '0' + carry;
        if (i < shorter.size())
            value += shorter[shorter.size() - 1 - i] - '0';
        carry = value / 10;
        digit = static_cast<char>('0' + value % 10);
    }
    return carry != 0 ? '1' + longer : longer;
}

} // namespace

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    Decimal number;
    bool percent = false;
    if (!text.empty() && text.back() == '%') {
        percent = true;
        text.remove_suffix(1);
        while (!text.empty() && text.back() == ' ')
            text.remove_suffix(1);
    }
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
        number.m_negative = text.front() == '-';
        text.remove_prefix(1);
    }
    std::size_t i = 0;
    bool anyDigit = false;
    bool point = false;
    for (; i < text.size(); ++i) {
        if (text[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (!isDigit(text[i]))
            break;
        anyDigit = true;
        if (point)
            --number.m_exponent;
        if (number.m_digits.empty() && text[i] == '0')
            continue;
        number.m_digits += text[i];
    }
    if (!anyDigit)
        return std::nullopt;
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && text[i] == '+') {
            ++i;
            if (i == text.size() || !isDigit(text[i]))
                return std::nullopt;
        }
        int exponent = 0;
        const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
        if (error != std::errc() || exponent > 10 * maxExponent || exponent < -10 * maxExponent)
            return std::nullopt;
        number.m_exponent += exponent;
        i = static_cast<std::size_t>(end - text.data());
    }
    if (i != text.size())
        return std::nullopt;
    if (percent)
        number.m_exponent -= 2;
    number.normalise();
    const auto digits = static_cast<int>(number.m_digits.size());
    if (digits > maxDigits || number.m_exponent < -maxExponent || number.m_exponent + digits > maxExponent)
        return std::nullopt;
    return number;
}

Decimal Decimal::fromDouble(double value)
{
    char buffer[64];
    const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    if (error != std::errc())
        std::abort(); // 64 characters hold every double
    return parse(std::string_view(buffer, static_cast<std::size_t>(end - buffer))).value_or(Decimal());
}

double Decimal::toDouble() const
{
    const auto text = (m_negative ? "-" : "") + (m_digits.empty() ? "0" : m_digits) + 'e' + std::to_string(m_exponent);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range)
        return static_cast<int>(m_digits.size()) + m_exponent < 0 ? 0.0 : (m_negative ? -HUGE_VAL : HUGE_VAL);
    return value;
}

Decimal Decimal::complement() const
{
    Decimal one;
    one.m_digits = '1';
    return one - *this;
}

Decimal Decimal::operator-() const
{
    Decimal result = *this;
    result.m_negative = !m_negative && !isZero();
    return result;
}

Decimal Decimal::operator+(const Decimal& other) const
{
    if (isZero() || other.isZero())
        return isZero() ? other : *this;
    // Both as integers at the same scale.
    Decimal result;
    result.m_exponent = std::min(m_exponent, other.m_exponent);
    const auto integer = [&result](const Decimal& number) {
        return number.m_digits + std::string(static_cast<std::size_t>(number.m_exponent - result.m_exponent), '0');
    };
    const auto a = integer(*this);
    const auto b = integer(other);
    const bool largerIsB = b.size() > a.size() || (b.size() == a.size() && b > a);
    const auto& larger = largerIsB ? b : a;
    const auto& smaller = largerIsB ? a : b;
    result.m_negative = largerIsB ? other.m_negative : m_negative;
    result.m_digits = m_negative == other.m_negative ? addDigits(larger, smaller) : subtractDigits(larger, smaller);
    result.normalise();
    return result;
}

std::optional<std::int64_t> Decimal::wholeMultiple(std::int64_t factor) const
{
    constexpr std::int64_t limit = 1'000'000'000'000'000'000;
    if (m_digits.size() > 18)
        return std::nullopt;
    std::int64_t value = 0;
    for (const char c : m_digits)
        value = value * 10 + (c - '0');
    int exponent = m_exponent;
    for (; exponent < 0 && factor % 10 == 0; ++exponent)
        factor /= 10;
    // The last digit is not zero: only factors of 2 and 5 can still make a whole number.
    for (; exponent < 0 && factor % 5 == 0 && value % 2 == 0; ++exponent) {
        factor /= 5;
        value /= 2;
    }
    for (; exponent < 0 && factor % 2 == 0 && value % 5 == 0; ++exponent) {
        factor /= 2;
        value /= 5;
    }
    if (exponent < 0 && value != 0)
        return std::nullopt;
    if (value != 0 && factor > limit / value)
        return std::nullopt;
    value *= factor;
    for (; exponent > 0 && value != 0; --exponent) {
        if (value > limit / 10)
            return std::nullopt;
        value *= 10;
    }
    return m_negative ? -value : value;
}

std::string Decimal::toString() const
{
    if (isZero())
        return "0";
    const std::string sign = m_negative ? "-" : "";
    const int digits = static_cast<int>(m_digits.size());
    const int magnitude = digits + m_exponent; // value = 0.d₁d₂… · 10^magnitude
    if (magnitude > 15 || magnitude < -6) {
        std::string text = sign + m_digits[0];
        if (digits > 1)
            text += '.' + m_digits.substr(1);
        return text + 'e' + std::to_string(magnitude - 1);
    }
    if (magnitude <= 0)
        return sign + "0." + std::string(static_cast<std::size_t>(-magnitude), '0') + m_digits;
    const auto whole = static_cast<std::size_t>(magnitude);
    if (digits <= magnitude)
        return sign + m_digits + std::string(whole - m_digits.size(), '0');
    return sign + m_digits.substr(0, whole) + '.' + m_digits.substr(whole);
}

void Decimal::normalise()
{
    const auto first = m_digits.find_first_not_of('0');
    m_digits.erase(0, first == std::string::npos ? m_digits.size() : first);
    while (!m_digits.empty() && m_digits.back() == '0') {
        m_digits.pop_back();
        ++m_exponent;
    }
    if (m_digits.empty()) {
        m_exponent = 0;
        m_negative = false;
    }
}

double complement(double p)
{
    return Decimal::fromDouble(p).complement().toDouble();
}

Ratio::Ratio(const Decimal& success)
    : m_decimal(success)
    , m_success(success.toDouble())
    , m_failure(success.complement().toDouble())
{
}

} // namespace emac::base
