// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/alerts.h"

#include "core/artifacts/document.h"
#include "core/artifacts/names.h"
#include "core/artifacts/recording_rules.h"

#include <utility>

namespace emac::artifacts {

using yaml::Content;

namespace {

/// A text as Prometheus' templates leave it as it is.
std::string untemplated(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool opens = text.compare(i, 2, "{{") == 0;
        out += opens ? std::string("{{ \"{{\" }}") : std::string(1, text[i]);
        i += opens ? 1 : 0;
    }
    return out;
}

class Alerts
{
public:
    explicit Alerts(const Subject& subject) : m_subject(subject), m_title(untemplated(subject.title)) { }

    Content operator()()
    {
        burn(Severity::Page, "ErrorBudgetBurnTooFast", " is burning error budget too fast (page)",
             "Multiwindow burn-rate paging condition met for " + untemplated(m_subject.intent().name)
                 + " journey SLO.");
        burn(Severity::Ticket, "ErrorBudgetBurnSustained", " is burning error budget (ticket)",
             "Sustained burn suggests the " + period() + " budget may be exhausted if not addressed.");
        if (m_subject.sli)
            add("EventsMissing", "absent(" + m_subject.record("requests:rate5m") + ")", "10m", Severity::Ticket,
                " sends no events that could be counted (ticket)",
                "No series of total events: neither success nor failure of the journey is measured.");
        latency();
        return std::move(m_rules);
    }

private:
    std::string period() const
    {
        using Days = std::chrono::duration<std::int64_t, std::ratio<86'400>>;
        const auto window = budgetPeriod(m_subject.intent());
        const auto days = std::chrono::duration_cast<Days>(window);
        return days == window ? std::to_string(days.count()) + "-day" : base::toString(window);
    }

    void burn(Severity severity, const char* name, const char* summary, std::string description)
    {
        std::string text;
        for (const auto& row : m_subject.rows) {
            if (row.severity != severity)
                continue;
            const auto above = [&](base::Duration window) {
                return '(' + m_subject.errorRatioRecord(prometheusDuration(window).value_or("")) + " > ("
                       + row.rate.toString() + " * " + m_subject.errorBudget.value_or("") + "))";
            };
            text += (text.empty() ? "" : "or\n") + std::string("(\n  ") + above(row.longWindow) + "\n  and\n  "
                    + above(row.shortWindow) + "\n)\n";
        }
        if (!text.empty())
            add(name, std::move(text), {}, severity, summary, std::move(description));
    }

    void latency()
    {
        const auto& objective = m_subject.intent().objectives.latency;
        if (!m_subject.latency)
            return;
        const auto limit = numberText(base::seconds(objective->threshold));
        add("LatencyAboveObjective",
            m_subject.record("latency_seconds:") + seriesName(objective->metric) + "_5m > " + limit, "15m",
            Severity::Ticket, " is slower than its objective (ticket)",
            untemplated(objective->metric) + " has been above " + limit + " s for a quarter of an hour.");
    }

    void add(const char* name, std::string text, const std::string& lasting, Severity severity, const char* summary,
             std::string description)
    {
        auto labels = Content::mapping();
        labels.add("severity", Content::ofText(word(severity)));
        labels.add("slo", Content::ofText(untemplated(m_subject.intent().name)));
        auto annotations = Content::mapping();
        annotations.add("summary", Content::ofText(m_title + summary));
        annotations.add("description", Content::ofText(std::move(description)));
        auto rule = Content::mapping();
        rule.add("alert", Content::ofText(m_subject.alert + name));
        rule.add("expr", expression(std::move(text)));
        if (!lasting.empty())
            rule.add("for", Content::ofText(lasting));
        rule.add("labels", std::move(labels));
        rule.add("annotations", std::move(annotations));
        m_rules.add(std::move(rule));
    }

    const Subject& m_subject;
    std::string m_title;
    Content m_rules = Content::sequence();
};

} // namespace

Content alerts(const Subject& subject)
{
    auto groups = Content::sequence();
    if (auto rules = Alerts(subject)(); !rules.children.empty())
        groups.add(ruleGroup("emac." + subject.name + ".slo-alerts", std::move(rules)));
    return ruleFile(subject, "emac-" + subject.name + "-alerts", std::move(groups));
}

} // namespace emac::artifacts
