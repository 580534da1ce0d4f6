// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/result.h"
#include "core/base/duration.h"
#include "core/governance/numbertext.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace emac::cli {

namespace {

using analysis::LatencyBand;
using base::Rounding;

/// Title, nominal value and the three assumptions.
using Row = std::array<std::string, 5>;

std::string time(const std::optional<double>& seconds, Rounding rounding)
{
    return seconds ? base::shortText(*seconds, rounding) : "unbounded";
}

std::string ends(const analysis::Percentile& percentile)
{
    const auto lower = time(percentile.lower, Rounding::Down);
    const auto upper = time(percentile.upper, Rounding::Up);
    return lower == upper ? lower : lower + " … " + upper;
}

std::string ends(const analysis::DeadlineProbability& deadline)
{
    return governance::probabilityText(deadline.lower, Rounding::Down) + " … "
           + governance::probabilityText(deadline.upper, Rounding::Up);
}

std::string nominal(const analysis::Percentile& percentile)
{
    return percentile.nominal ? base::shortText(*percentile.nominal, Rounding::Nearest) : "unbounded";
}

std::string nominal(const analysis::DeadlineProbability& deadline)
{
    return deadline.nominal ? fmt::format("{:.4g}", *deadline.nominal) : "";
}

template<typename Value>
Row row(std::string title, const analysis::NodeLatency& law, std::vector<Value> LatencyBand::*values, std::size_t index)
{
    const auto of = [&](const std::optional<LatencyBand>& band) {
        return band ? ends((*band.*values)[index]) : std::string("not computed");
    };
    const auto& one = (law.independent.*values)[index];
    return {std::move(title), nominal(one), ends(one), of(law.sharedFate), of(law.envelope)};
}

/// Characters, not bytes.
std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void writeTable(std::string& text, const std::vector<Row>& rows)
{
    std::array<std::size_t, std::tuple_size_v<Row>> widths{};
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths.at(i) = std::max(widths.at(i), width(row.at(i)));
    }
    for (const auto& row : rows) {
        std::string line = " ";
        for (std::size_t i = 0; i < row.size(); ++i)
            line += ' ' + row.at(i) + std::string(widths.at(i) - width(row.at(i)) + 1, ' ');
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
}

std::string joined(const std::vector<std::string>& names)
{
    return fmt::format("{}", fmt::join(names, ", "));
}

/// "0.48 %", "12 %".
std::string percent(double part)
{
    return part >= 0.1 ? fmt::format("{:.0f} %", part * 100) : fmt::format("{:.2g} %", part * 100);
}

bool isUnbounded(const std::optional<LatencyBand>& band)
{
    return band && std::ranges::any_of(band->percentiles, [](const auto& one) { return !one.upper; });
}

/// What keeps a percentile from being bounded, and how to mend it.
std::string adviceFor(const analysis::LatencyAnalysis& latency)
{
    const auto& law = *latency.law;
    const bool ofEachCall = isUnbounded(law.independent) || isUnbounded(law.sharedFate);
    if (law.independent.successUpper <= 0)
        return "  unbounded: nothing succeeds\n";
    if (!latency.openTails.empty()) {
        return "  unbounded: bound the tail of " + joined(latency.openTails)
               + " with a max, a higher quantile, more measurements or a timeout\n";
    }
    if (!ofEachCall)
        return "  unbounded: whatever the dependence, too little is sure to succeed; raise the availability\n";
    return "  unbounded: state the time to fail of a call where it is not stated, or put a timeout around it; else "
           "narrow the intervals of the availabilities\n";
}

} // namespace

std::string latencyText(const analysis::LatencyAnalysis& latency)
{
    if (!latency.law)
        return latency.lacking.empty()
                   ? ""
                   : "\nLatency\n  not known: state the latency of " + joined(latency.lacking) + '\n';
    const auto& law = *latency.law;
    std::vector<Row> rows{{"", "nominal", "independent", "shared fate", "envelope"}};
    for (std::size_t i = 0; i < analysis::percentileNames.size(); ++i)
        rows.push_back(row(std::string(analysis::percentileNames.at(i)), law, &LatencyBand::percentiles, i));
    for (std::size_t i = 0; i < law.independent.deadlines.size(); ++i)
        rows.push_back(
            row("within " + base::toString(law.independent.deadlines[i].limit), law, &LatencyBand::deadlines, i));
    std::string text = "\nLatency of what succeeds, and part that succeeds in time\n";
    writeTable(text, rows);
    if (isUnbounded(law.independent) || isUnbounded(law.sharedFate) || isUnbounded(law.envelope))
        text += adviceFor(latency);
    text += "  added to bounded percentiles by the time grid, at most: independent "
            + percent(law.independent.numericWidth);
    if (law.sharedFate)
        text += ", shared fate " + percent(law.sharedFate->numericWidth);
    if (law.envelope)
        text += ", envelope " + percent(law.envelope->numericWidth);
    text += '\n';
    if (law.approximate)
        text += "  approximate: more components are called several times than can be followed\n";
    return text;
}

} // namespace emac::cli
