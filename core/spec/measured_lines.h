// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the readers of measured latencies share.
namespace emac::spec {

struct TimeUnit
{
    double perSecond = 1;
    double nanoseconds = 1e9;
};

/// "ms", "seconds", …; also "m", "h" and "d".
std::optional<TimeUnit> namedUnit(std::string_view name);

/// The unit that a name or a heading ends in, as a word of its own: "latency_ms", "time (us)", "seconds"; not one of
/// "m", "h", "d", which may mean anything there.
std::optional<TimeUnit> unitAtEnd(std::string_view text);

/// The text without blanks, tabs and carriage returns at both ends.
std::string_view trimmed(std::string_view text);

/// Calls use(line, number) for each line, trimmed; numbers count from 1. A byte order mark is passed over.
template<typename Use>
void forEachLine(std::string_view text, Use use)
{
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    std::uint32_t number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        use(trimmed(text.substr(0, end)), ++number);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
}

/// Diagnostics of lines; of many of them the first twenty, and how many more there are.
class LineDiagnostics
{
public:
    explicit LineDiagnostics(std::string file) : m_file(std::move(file)) { }

    void report(base::Code code, std::vector<std::string> arguments, std::uint32_t line);
    bool empty() const { return m_list.empty(); }
    const base::Diagnostics& list() const { return m_list; }
    base::Diagnostics take();

private:
    static constexpr std::size_t most = 20;

    std::string m_file;
    base::Diagnostics m_list;
    std::size_t m_more = 0;
};

} // namespace emac::spec
