// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/samples.h"

#include "core/spec/measured_lines.h"
#include "core/spec/scalars.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace emac::spec {

using base::Code;

namespace {

/// A measured time: a number and perhaps a unit.
struct Time
{
    double number = 0;
    std::optional<TimeUnit> unit;
};

std::optional<Time> readTime(std::string_view text)
{
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = trimmed(text.substr(1, text.size() - 2));
    Time time;
    const auto* begin = text.data();
    const auto* end = begin + text.size();
    if (!text.empty() && text.front() == '+')
        ++begin;
    const auto [behind, error] = std::from_chars(begin, end, time.number);
    if (error != std::errc() || !std::isfinite(time.number))
        return std::nullopt;
    const std::string_view unit(behind, static_cast<std::size_t>(end - behind));
    if (unit.empty())
        return time;
    time.unit = namedUnit(trimmed(unit));
    return time.unit ? std::optional(time) : std::nullopt;
}

/// No heading begins so.
bool isLikeNumber(std::string_view text)
{
    constexpr std::array<std::string_view, 6> words{"nan", "NaN", "inf", "Inf", "+Inf", "infinity"};
    const char c = text.front();
    return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || std::ranges::find(words, text) != words.end();
}

class SampleReader
{
public:
    explicit SampleReader(const std::string& file) : m_diagnostics(file) { }

    base::Result<SampledTimes> run(std::string_view text)
    {
        forEachLine(text, [this](std::string_view line, std::uint32_t number) { read(line, number); });
        if (m_times.empty() && m_diagnostics.empty())
            m_diagnostics.report(Code::SamplesEmpty, {}, 0);
        if (!m_diagnostics.empty())
            return {std::nullopt, m_diagnostics.take()};
        std::ranges::sort(m_times);
        return {std::move(m_times), {}};
    }

private:
    void read(std::string_view line, std::uint32_t number)
    {
        if (line.starts_with('#'))
            return;
        line = trimmed(line.substr(0, line.find('#')));
        if (line.empty()) {
            if (!m_times.empty() && m_gap == 0)
                m_gap = number;
            return;
        }
        if (m_gap != 0)
            m_diagnostics.report(Code::SampleMissing, {}, std::exchange(m_gap, 0));
        const auto columns = std::ranges::count_if(line, [](char c) { return c == ',' || c == ';' || c == '\t'; }) + 1;
        const auto time = columns == 1 ? readTime(line) : std::nullopt;
        const bool first = std::exchange(m_first, false);
        if (columns > 1) {
            if (!std::exchange(m_columns, true))
                m_diagnostics.report(Code::SampleColumns, {std::to_string(columns)}, number);
        } else if (!time && first && !isLikeNumber(line))
            m_unit = unitAtEnd(line).value_or(TimeUnit());
        else if (!time)
            m_diagnostics.report(Code::SampleUnreadable, {shortened(line)}, number);
        else
            add(*time, line, number);
    }

    void add(const Time& time, std::string_view line, std::uint32_t number)
    {
        const double nanoseconds = time.number * time.unit.value_or(m_unit).nanoseconds;
        if (nanoseconds < 0)
            m_diagnostics.report(Code::NegativeDuration, {shortened(line)}, number);
        else if (nanoseconds > journey::longestTime * 1e9)
            m_diagnostics.report(Code::SampleUnreadable, {shortened(line)}, number);
        else
            m_times.emplace_back(std::llround(nanoseconds));
    }

    LineDiagnostics m_diagnostics;
    SampledTimes m_times;
    TimeUnit m_unit; ///< of numbers without one
    std::uint32_t m_gap = 0; ///< an empty line behind a time
    bool m_first = true;
    bool m_columns = false; ///< more than one; said once
};

/// Seconds, rounded up to three significant digits.
double edgeAbove(base::Duration time)
{
    const auto nanoseconds = time.count();
    std::int64_t step = 1;
    while (nanoseconds / step >= 1000)
        step *= 10;
    return static_cast<double>((nanoseconds + step - 1) / step * step) / 1e9;
}

} // namespace

base::Result<SampledTimes> readSamples(std::string_view text, const std::string& file)
{
    return SampleReader(file).run(text);
}

journey::HistogramLatency histogramOf(const SampledTimes& times)
{
    std::vector<double> parts;
    for (int twentieth = 1; twentieth < 20; ++twentieth)
        parts.push_back(0.05 * twentieth);
    parts.insert(parts.end(), {0.975, 0.99, 0.995, 0.999, 1.0});
    journey::HistogramLatency result;
    const auto size = static_cast<double>(times.size());
    auto counted = times.begin();
    for (const double part : parts) {
        const auto rank = static_cast<std::size_t>(std::ceil(part * size - 1e-9));
        const double edge = edgeAbove(times[std::clamp<std::size_t>(rank, 1, times.size()) - 1]);
        if (!result.buckets.empty() && edge <= result.buckets.back().upperBound)
            continue;
        counted =
            std::find_if(counted, times.end(), [edge](base::Duration time) { return base::seconds(time) > edge; });
        result.buckets.push_back({edge, static_cast<double>(counted - times.begin())});
    }
    result.buckets.push_back({std::numeric_limits<double>::infinity(), size});
    return result;
}

} // namespace emac::spec
