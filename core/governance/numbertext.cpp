// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/numbertext.h"

#include "core/base/decimal.h"

#include <charconv>
#include <cmath>
#include <iterator>

namespace emac::governance {

std::string sixDigits(double value)
{
    char buffer[32];
    const auto end = std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::general, 6).ptr;
    return {buffer, end};
}

std::string availabilityText(double failure)
{
    const auto decimal = base::Decimal::parse(sixDigits(failure));
    return decimal ? decimal->complement().toString() : sixDigits(1 - failure);
}

std::string probabilityText(double probability, base::Rounding rounding)
{
    constexpr int digits = 3;
    const double rest = base::complement(probability);
    if (rest <= 0)
        return "1";
    const double scale = std::pow(10, digits - 1 - std::floor(std::log10(rest)));
    const double steps = rest * scale;
    const double nearest = std::round(steps);
    const bool isNearest = rounding == base::Rounding::Nearest || std::abs(steps - nearest) <= 1e-9 * steps;
    // A probability is rounded down where its complement is rounded up.
    const double rounded = isNearest                          ? nearest
                           : rounding == base::Rounding::Down ? std::ceil(steps)
                                                              : std::floor(steps);
    return availabilityText(rounded / scale);
}

} // namespace emac::governance
