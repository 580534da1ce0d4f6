// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/scalars.h"

#include <limits>

namespace emac::spec {

std::optional<base::Ratio> toRatio(std::string_view text)
{
    const auto decimal = base::Decimal::parse(text);
    return decimal ? std::optional(base::Ratio(*decimal)) : std::nullopt;
}

std::optional<double> toNumber(std::string_view text)
{
    const auto decimal = base::Decimal::parse(text);
    if (!decimal || text.back() == '%')
        return std::nullopt;
    return decimal->toDouble();
}

std::optional<double> toBound(std::string_view text)
{
    if (text == "+Inf" || text == "Inf" || text == ".inf" || text == "+.inf" || text == ".Inf" || text == "+inf")
        return std::numeric_limits<double>::infinity();
    return toNumber(text);
}

std::optional<std::int64_t> toWhole(std::string_view text)
{
    const auto decimal = base::Decimal::parse(text);
    if (!decimal || text.back() == '%')
        return std::nullopt;
    return decimal->wholeMultiple(1);
}

std::optional<bool> toBoolean(std::string_view text)
{
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    return std::nullopt;
}

std::string shortened(std::string_view text)
{
    constexpr std::size_t limit = 40;
    if (text.size() <= limit)
        return std::string(text);
    auto end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string(text.substr(0, end)) + "…";
}

} // namespace emac::spec
