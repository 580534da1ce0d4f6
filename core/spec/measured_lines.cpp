// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/measured_lines.h"

#include <algorithm>
#include <array>
#include <utility>

namespace emac::spec {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct NamedUnit
{
    std::string_view name;
    TimeUnit unit;
};

constexpr TimeUnit second{1, 1e9};
constexpr TimeUnit millisecond{1e3, 1e6};
constexpr TimeUnit microsecond{1e6, 1e3};
constexpr TimeUnit nanosecond{1e9, 1};
/// The last ones only behind numbers.
constexpr std::size_t wordsInNames = 13;
constexpr std::array<NamedUnit, 18> units{{
    {"s", second},
    {"sec", second},
    {"second", second},
    {"seconds", second},
    {"ms", millisecond},
    {"millis", millisecond},
    {"milliseconds", millisecond},
    {"us", microsecond},
    {"micros", microsecond},
    {"microseconds", microsecond},
    {"ns", nanosecond},
    {"nanos", nanosecond},
    {"nanoseconds", nanosecond},
    {"\u00b5s", microsecond},
    {"\u03bcs", microsecond},
    {"m", {1.0 / 60, 60e9}},
    {"h", {1.0 / 3600, 3600e9}},
    {"d", {1.0 / 86400, 86400e9}},
}};

} // namespace

std::optional<TimeUnit> namedUnit(std::string_view name)
{
    const auto found = std::ranges::find(units, name, &NamedUnit::name);
    return found == units.end() ? std::nullopt : std::optional(found->unit);
}

std::optional<TimeUnit> unitAtEnd(std::string_view text)
{
    while (!text.empty() && !isLetter(text.back()))
        text.remove_suffix(1);
    std::size_t begin = text.size();
    while (begin > 0 && isLetter(text[begin - 1]))
        --begin;
    const auto end = units.begin() + wordsInNames;
    const auto found = std::find_if(units.begin(), end,
                                    [name = text.substr(begin)](const NamedUnit& unit) { return unit.name == name; });
    return found == end ? std::nullopt : std::optional(found->unit);
}

std::string_view trimmed(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

void LineDiagnostics::report(base::Code code, std::vector<std::string> arguments, std::uint32_t line)
{
    if (m_list.size() >= most) {
        ++m_more;
        return;
    }
    m_list.push_back({{code, std::move(arguments)}, {m_file, line, line == 0 ? 0U : 1U}});
}

base::Diagnostics LineDiagnostics::take()
{
    if (m_more > 0)
        m_list.push_back({{base::Code::MoreMessages, {std::to_string(m_more)}}, {m_file, 0, 0}});
    return std::exchange(m_list, {});
}

} // namespace emac::spec
