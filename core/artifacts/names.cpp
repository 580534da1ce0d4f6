// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/names.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace emac::artifacts {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || isLower(c) || isUpper(c);
}

char lower(char c)
{
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

char upper(char c)
{
    return isLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

/// Not the first byte of a UTF-8 character.
bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

constexpr std::size_t longestLabel = 63;
constexpr std::size_t longestPrefix = 253;

bool isDnsName(std::string_view text)
{
    const auto allowed = [](char c) { return isLower(c) || isDigit(c) || c == '-' || c == '.'; };
    return !text.empty() && text.size() <= longestPrefix && std::ranges::all_of(text, allowed)
           && isAlphanumeric(text.front()) && isAlphanumeric(text.back()) && text.find("..") == std::string_view::npos;
}

struct Unit
{
    std::string_view name;
    std::int64_t nanoseconds;
};
constexpr Unit day{"d", 86'400'000'000'000};
constexpr std::array<Unit, 4> units{{
    {"h", 3'600'000'000'000},
    {"m", 60'000'000'000},
    {"s", 1'000'000'000},
    {"ms", 1'000'000},
}};

} // namespace

std::string seriesName(std::string_view name)
{
    std::string series;
    for (const char c : name) {
        if (!continues(c))
            series += isAlphanumeric(c) ? c : '_';
    }
    return series;
}

std::string objectName(std::string_view name)
{
    std::string object;
    for (const char c : name) {
        if (isAlphanumeric(c))
            object += lower(c);
        else if (!object.empty() && object.back() != '-')
            object += '-';
    }
    object.resize(std::min(object.size(), longestObjectName));
    while (object.ends_with('-'))
        object.pop_back();
    return object;
}

std::string alertName(std::string_view name)
{
    std::string alert;
    bool begins = true;
    for (const char c : name) {
        if (isAlphanumeric(c))
            alert += begins ? upper(c) : c;
        begins = !isAlphanumeric(c);
    }
    return alert;
}

bool isLabelValue(std::string_view value)
{
    const auto allowed = [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; };
    return value.size() <= longestLabel && std::ranges::all_of(value, allowed)
           && (value.empty() || (isAlphanumeric(value.front()) && isAlphanumeric(value.back())));
}

bool isLabelKey(std::string_view key)
{
    const auto slash = key.find('/');
    if (slash != std::string_view::npos && !isDnsName(key.substr(0, slash)))
        return false;
    const auto name = slash == std::string_view::npos ? key : key.substr(slash + 1);
    return !name.empty() && isLabelValue(name);
}

std::optional<std::string> prometheusDuration(base::Duration duration)
{
    const auto count = duration.count();
    if (count <= 0 || count % units.back().nanoseconds != 0)
        return std::nullopt;
    if (count > day.nanoseconds && count % day.nanoseconds == 0)
        return std::to_string(count / day.nanoseconds) + std::string(day.name);
    return goDuration(duration);
}

std::string goDuration(base::Duration duration)
{
    const auto* unit =
        std::ranges::find_if(units, [&](const Unit& u) { return duration.count() % u.nanoseconds == 0; });
    return std::to_string(duration.count() / unit->nanoseconds) + std::string(unit->name);
}

} // namespace emac::artifacts
