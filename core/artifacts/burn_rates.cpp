// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/burn_rates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace emac::artifacts {

using base::Code;
using base::Duration;
using namespace std::chrono_literals;

namespace {

constexpr const char* policy = "spec.governance.alerts.burnRatePolicy";

struct StandardRow
{
    Severity severity;
    int percent; ///< of the budget
    Duration longWindow;
    Duration shortWindow;
};
constexpr std::array<StandardRow, 4> standard{{
    {Severity::Page, 2, 1h, 5min},
    {Severity::Page, 5, 6h, 30min},
    {Severity::Ticket, 10, 24h, 2h},
    {Severity::Ticket, 10, 72h, 6h},
}};

base::Decimal whole(std::int64_t thousandths)
{
    return base::Decimal::parse(std::to_string(thousandths) + "e-3").value_or(base::Decimal());
}

/// percent · period / long window, to three digits after the point. Durations of ten years times 100 · 1000 exceed 64
/// bits, so that they are counted in milliseconds.
base::Decimal standardRate(const StandardRow& row, Duration period)
{
    const auto milliseconds = [](Duration d) {
        return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
    };
    const auto divisor = 100 * milliseconds(row.longWindow);
    return whole((1000L * row.percent * milliseconds(period) + divisor / 2) / divisor);
}

/// Of a product of two rounded numbers, what is right: 1.44, not 1.4400000000000002.
std::string ofFifteenDigits(double value)
{
    std::array<char, 32> text;
    const auto end = std::to_chars(text.begin(), text.end(), value, std::chars_format::general, 15).ptr;
    return base::Decimal::parse({text.data(), end}).value_or(base::Decimal::fromDouble(value)).toString();
}

class Rows
{
public:
    Rows(const journey::Intent& intent, Findings& findings) : m_intent(intent), m_findings(findings) { }

    std::vector<BurnRow> operator()()
    {
        const auto& alerts = m_intent.governance.alerts;
        state(alerts.page, Severity::Page);
        state(alerts.ticket, Severity::Ticket);
        const bool stated = !m_rows.empty();
        for (const auto& row : standard)
            addStandard(row, stated);
        std::erase_if(m_rows, [this](const BurnRow& row) { return !fires(row); });
        return std::move(m_rows);
    }

private:
    void say(Code code, std::vector<std::string> arguments)
    {
        m_findings.push_back({{code, std::move(arguments)}, journey::Element::journey(), policy});
    }

    void state(const std::vector<journey::BurnRate>& rates, Severity severity)
    {
        for (const auto& rate : rates) {
            m_rows.push_back({severity, base::Decimal::fromDouble(rate.rate), rate.longWindow, rate.shortWindow});
            if (rate.rate < 1)
                say(Code::BurnRowLasting, {m_rows.back().rate.toString(), base::toString(rate.longWindow)});
        }
    }

    void addStandard(const StandardRow& row, bool stated)
    {
        if (std::ranges::any_of(m_rows, [&](const BurnRow& r) { return r.longWindow == row.longWindow; }))
            return;
        const auto period = budgetPeriod(m_intent);
        const auto window = base::toString(row.longWindow);
        if (row.longWindow > period) {
            say(Code::BurnRowBeyondBudget, {window, base::toString(period)});
            return;
        }
        auto rate = standardRate(row, period);
        if (const auto one = whole(1000); rate < one) {
            say(Code::BurnRowRaised, {window, rate.toString(), base::toString(period)});
            rate = one;
        }
        if (stated)
            say(Code::BurnRowAdded, {rate.toString(), window, base::toString(row.shortWindow), word(row.severity)});
        m_rows.push_back({row.severity, rate, row.longWindow, row.shortWindow});
    }

    /// An error ratio never exceeds 1.
    bool fires(const BurnRow& row)
    {
        const double threshold = row.rate.toDouble() * m_intent.objectives.availability->target.failure();
        if (threshold < 1)
            return true;
        say(Code::BurnRowSilent, {row.rate.toString(), base::toString(row.longWindow), base::toString(row.shortWindow),
                                  word(row.severity), ofFifteenDigits(threshold)});
        return false;
    }

    const journey::Intent& m_intent;
    Findings& m_findings;
    std::vector<BurnRow> m_rows;
};

} // namespace

const char* word(Severity severity)
{
    return severity == Severity::Page ? "page" : "ticket";
}

Duration budgetPeriod(const journey::Intent& intent)
{
    if (intent.governance.alerts.budgetWindow)
        return *intent.governance.alerts.budgetWindow;
    const auto& objective = intent.objectives.availability;
    return objective && objective->window > Duration(0) ? objective->window : Duration(30 * 24h);
}

std::vector<BurnRow> burnRows(const journey::Intent& intent, Findings& findings)
{
    return Rows(intent, findings)();
}

} // namespace emac::artifacts
