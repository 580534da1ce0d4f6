// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/prometheus_import.h"

#include "core/spec/measured_lines.h"
#include "core/spec/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace emac::spec {

using base::Code;

namespace {

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

/// What a line of Prometheus text says.
struct Line
{
    std::string name; ///< may be empty
    std::map<std::string, std::string> labels;
    std::string_view value; ///< as written
};

/// Reads `name{label="value",…} number [timestamp] [# exemplar]`; empty where the line is nothing of the kind.
class LineReader
{
public:
    explicit LineReader(std::string_view text) : m_rest(text) { }

    std::optional<Line> read()
    {
        Line line;
        line.name = word();
        skipBlanks();
        const bool hasLabels = take('{');
        if (hasLabels && !readLabels(line.labels))
            return std::nullopt;
        if (line.name.empty() && !hasLabels)
            return std::nullopt;
        skipBlanks();
        line.value = token();
        if (!isNumber(line.value))
            return std::nullopt;
        skipBlanks();
        if (!m_rest.empty() && m_rest.front() != '#' && !isNumber(token()))
            return std::nullopt;
        skipBlanks();
        return m_rest.empty() || m_rest.front() == '#' ? std::optional(std::move(line)) : std::nullopt;
    }

private:
    static bool isNumber(std::string_view text) { return text == "NaN" || toBound(text) || text == "-Inf"; }

    bool take(char c)
    {
        if (m_rest.empty() || m_rest.front() != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    void skipBlanks()
    {
        while (take(' ') || take('\t')) { }
    }

    std::string word()
    {
        std::size_t length = 0;
        while (length < m_rest.size() && isNameCharacter(m_rest[length]))
            ++length;
        std::string result(m_rest.substr(0, length));
        m_rest.remove_prefix(length);
        return result;
    }

    std::string_view token()
    {
        const auto result = m_rest.substr(0, m_rest.find_first_of(" \t"));
        m_rest.remove_prefix(result.size());
        return result;
    }

    bool readLabels(std::map<std::string, std::string>& labels)
    {
        for (;;) {
            skipBlanks();
            if (take('}'))
                return true;
            auto label = word();
            skipBlanks();
            std::string value;
            if (label.empty() || !take('=') || !readQuoted(value))
                return false;
            labels.insert_or_assign(std::move(label), std::move(value));
            skipBlanks();
            if (!take(',') && (m_rest.empty() || m_rest.front() != '}'))
                return false;
        }
    }

    bool readQuoted(std::string& value)
    {
        skipBlanks();
        if (!take('"'))
            return false;
        while (!m_rest.empty()) {
            if (take('"'))
                return true;
            if (take('\\') && m_rest.empty())
                return false;
            value += m_rest.front();
            m_rest.remove_prefix(1);
        }
        return false;
    }

    std::string_view m_rest;
};

struct Bucket
{
    journey::HistogramLatency::Bucket bucket;
    std::string bound; ///< as written
    std::string count; ///< as written
    std::uint32_t line = 0;
};

class PrometheusImport
{
public:
    explicit PrometheusImport(const std::string& file) : m_diagnostics(file) { }

    base::Result<journey::HistogramLatency> run(std::string_view text)
    {
        forEachLine(text, [this](std::string_view line, std::uint32_t number) { read(line, number); });
        if (m_series.empty() && m_diagnostics.empty())
            m_diagnostics.report(Code::ImportNoHistogram, {}, 0);
        if (m_series.size() > 1)
            m_diagnostics.report(Code::ImportSeveralSeries, {std::to_string(m_series.size()), seriesNames()},
                                 m_secondSeries);
        if (m_series.size() != 1 || !m_diagnostics.empty())
            return {std::nullopt, m_diagnostics.take()};
        auto result = histogram(m_series.begin()->second);
        if (base::hasErrors(m_diagnostics.list()))
            return {std::nullopt, m_diagnostics.take()};
        return {std::move(result), m_diagnostics.take()};
    }

private:
    void read(std::string_view text, std::uint32_t number)
    {
        if (text.empty() || text.front() == '#')
            return;
        auto line = LineReader(text).read();
        if (!line) {
            m_diagnostics.report(Code::ImportLineUnreadable, {shortened(text)}, number);
            return;
        }
        const auto bound = line->labels.find("le");
        const bool named = line->name.ends_with("_bucket");
        if (bound == line->labels.end()) {
            if (named)
                m_diagnostics.report(Code::ImportBucketWithoutLe, {}, number);
            return;
        }
        addBucket(*line, bound->second, number);
    }

    void addBucket(Line& line, std::string written, std::uint32_t number)
    {
        std::string_view quantity = line.name;
        if (quantity.ends_with("_bucket"))
            quantity.remove_suffix(std::string_view("_bucket").size());
        const double perSecond = unitAtEnd(quantity).value_or(TimeUnit()).perSecond;
        constexpr double largest = journey::longestTime;
        const auto bound = toBound(written);
        if (!bound || *bound < 0 || (*bound > largest * perSecond && !std::isinf(*bound))) {
            m_diagnostics.report(Code::NumberOutOfRange,
                                 {written, "le", fmt::format("in [0, {:.0f}], or +Inf", largest * perSecond)}, number);
            return;
        }
        const auto count = toNumber(line.value);
        if (!count || *count < 0) {
            m_diagnostics.report(Code::NumberOutOfRange, {std::string(line.value), "count", "of at least 0"}, number);
            return;
        }
        line.labels.erase("le");
        auto name = line.name + labelText(line.labels);
        if (m_series.size() == 1 && !m_series.contains(name))
            m_secondSeries = number;
        m_series[std::move(name)].push_back(
            {{*bound / perSecond, *count}, std::move(written), std::string(line.value), number});
    }

    static std::string labelText(const std::map<std::string, std::string>& labels)
    {
        std::string text;
        for (const auto& [label, value] : labels)
            text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", label, value);
        return '{' + text + '}';
    }

    /// The first three.
    std::string seriesNames() const
    {
        std::string names;
        int listed = 0;
        for (const auto& [name, buckets] : m_series) {
            if (++listed > 3)
                return names + ", …";
            names += (names.empty() ? "" : ", ") + shortened(name);
        }
        return names;
    }

    journey::HistogramLatency histogram(std::vector<Bucket>& buckets)
    {
        constexpr double rounding = 1e-9; // of rates, which are sums of floating-point numbers
        std::ranges::stable_sort(buckets, {}, [](const Bucket& one) { return one.bucket.upperBound; });
        journey::HistogramLatency result;
        const Bucket* before = nullptr;
        bool whole = true;
        for (auto& one : buckets) {
            if (before != nullptr && before->bucket.upperBound == one.bucket.upperBound) {
                m_diagnostics.report(Code::ImportBucketTwice, {one.bound, std::to_string(before->line)}, one.line);
                continue;
            }
            auto& count = one.bucket.count;
            if (before != nullptr && count < before->bucket.count) {
                if (count < before->bucket.count * (1 - rounding))
                    m_diagnostics.report(Code::HistogramNotCumulative, {one.count, before->count}, one.line);
                count = before->bucket.count;
            }
            whole = whole && count == std::floor(count);
            result.buckets.push_back(one.bucket);
            before = &one;
        }
        if (!std::isinf(before->bucket.upperBound))
            m_diagnostics.report(Code::HistogramWithoutInf, {}, before->line);
        else if (before->bucket.count <= 0)
            m_diagnostics.report(Code::HistogramEmpty, {}, before->line);
        else if (!whole)
            m_diagnostics.report(Code::HistogramOfRates, {fmt::format("{:.6g}", before->bucket.count)}, before->line);
        return result;
    }

    LineDiagnostics m_diagnostics;
    std::map<std::string, std::vector<Bucket>> m_series;
    std::uint32_t m_secondSeries = 0; ///< the line in which it begins
};

} // namespace

base::Result<journey::HistogramLatency> importPrometheus(std::string_view text, const std::string& file)
{
    return PrometheusImport(file).run(text);
}

} // namespace emac::spec
