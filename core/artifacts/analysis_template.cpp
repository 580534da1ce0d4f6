// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/analysis_template.h"

#include "core/artifacts/document.h"
#include "core/artifacts/recording_rules.h"
#include "core/governance/guard.h"

#include <algorithm>
#include <utility>

namespace emac::artifacts {

using base::Code;
using governance::Comparison;
using governance::GuardQuantity;
using journey::Element;
using yaml::Content;

namespace {

constexpr const char* canary = "rollout=\"canary\"";
constexpr const char* burnField = "spec.governance.progressiveDelivery.gate.maxCanaryBurnRate";
constexpr const char* p99Field = "spec.governance.progressiveDelivery.gate.maxP99LatencySeconds";
constexpr const char* sliExpected = "spec.objectives.availability.sli with both queries";

/// The lines, each with its end and two blanks before it.
std::string indented(const std::string& text)
{
    std::string lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        lines += "  " + text.substr(begin, end - begin) + '\n';
        begin = end + 1;
    }
    return lines;
}

class Template
{
public:
    Template(const Subject& subject, Findings& findings) : m_subject(subject), m_findings(findings) { }

    std::optional<Content> operator()()
    {
        for (const auto& guard : m_subject.guards) {
            for (const auto& conjunct : governance::conjunctsOf(guard.text))
                add(conjunct, guard.field);
        }
        canaryBurn();
        canaryLatency();
        if (m_metrics.children.empty())
            return std::nullopt;
        auto spec = Content::mapping();
        spec.add("args", arguments());
        spec.add("metrics", std::move(m_metrics));
        auto object = Content::mapping();
        object.add("apiVersion", Content::ofText("argoproj.io/v1alpha1"));
        object.add("kind", Content::ofText("AnalysisTemplate"));
        object.add("metadata", metadata(m_subject.request, analysisTemplateName(m_subject)));
        object.add("spec", std::move(spec));
        return object;
    }

private:
    void say(Code code, std::vector<std::string> arguments, std::string field, Element element = Element::journey())
    {
        m_findings.push_back({{code, std::move(arguments)}, std::move(element), std::move(field)});
    }

    void add(const governance::GuardConjunct& conjunct, const std::string& field)
    {
        const auto& condition = conjunct.condition;
        if (!condition) {
            say(Code::GuardConjunctLeftOut, {conjunct.text}, field);
            return;
        }
        const auto compare = [&](const char* name, std::string query) {
            metric(name, std::move(query), condition->comparison, condition->bound.toString());
        };
        const auto bound = [&](const char* which) {
            return m_subject.record("availability_bound") + "{bound=\"" + which + "\"}";
        };
        switch (condition->quantity) {
        case GuardQuantity::Pessimistic:
            compare("pessimistic-availability-bound", bound("pessimistic"));
            break;
        case GuardQuantity::Optimistic:
            compare("optimistic-availability-bound", bound("optimistic"));
            break;
        case GuardQuantity::LatencyUpper:
            compare(("latency-" + condition->percentile + "-upper-bound").c_str(),
                    m_subject.record("latency_seconds:" + condition->percentile + "_upper_bound"));
            break;
        case GuardQuantity::DeltaConfidence:
            compare("model-delta-confidence", m_subject.record("model_delta:confidence"));
            break;
        case GuardQuantity::NoDomainConflict:
            metric("unresolved-domain-conflict", m_subject.record("model:unresolved_domain_conflict"),
                   Comparison::Equal, "0");
            break;
        case GuardQuantity::BurnRate:
            if (m_subject.sli)
                compare("burnrate-1h", m_subject.errorRatioRecord("1h") + " / {{args.error-budget}}");
            else
                say(Code::GateWithoutQuery, {conjunct.text, sliExpected}, field);
            break;
        }
    }

    void canaryBurn()
    {
        const auto& most = m_subject.intent().governance.delivery.maxCanaryBurnRate;
        if (!most)
            return;
        if (!m_subject.sli) {
            say(Code::GateWithoutQuery, {"maxCanaryBurnRate", sliExpected}, burnField);
            return;
        }
        if (const auto ratio = m_subject.sli->errorRatio("5m", canary))
            metric("canary-burnrate-5m", "(\n" + indented(*ratio) + ")\n/\n{{args.error-budget}}",
                   Comparison::LessOrEqual, numberText(*most));
        else
            say(Code::CanaryNotSelectable, {"maxCanaryBurnRate"}, "sli", Element::objective("availability"));
    }

    void canaryLatency()
    {
        const auto& intent = m_subject.intent();
        const auto& most = intent.governance.delivery.maxP99LatencySeconds;
        if (!most)
            return;
        if (!m_subject.latency || intent.objectives.latency->metric != "p99") {
            say(Code::GateWithoutQuery,
                {"maxP99LatencySeconds", "spec.objectives.latency of p99, with evidence.promql"}, p99Field);
            return;
        }
        if (auto query = m_subject.latency->over("5m", canary))
            metric("canary-latency-p99-5m", std::move(*query), Comparison::LessOrEqual, numberText(*most));
        else
            say(Code::CanaryNotSelectable, {"maxP99LatencySeconds"}, "evidence.promql", Element::objective("latency"));
    }

    /// Five measurements, a minute apart; one may fail. Nothing measured, and what is no number, is neither success nor
    /// failure.
    void metric(const std::string& name, std::string query, Comparison comparison, const std::string& bound)
    {
        const auto condition = [&](Comparison wanted) {
            return Content::ofText(std::string("len(result) > 0 && !isNaN(result[0]) && result[0] ")
                                   + governance::symbol(wanted) + ' ' + bound);
        };
        auto prometheus = Content::mapping();
        prometheus.add("address", Content::ofText("{{args.prometheus-address}}"));
        prometheus.add("query", expression(std::move(query)));
        auto provider = Content::mapping();
        provider.add("prometheus", std::move(prometheus));
        auto content = Content::mapping();
        content.add("name", Content::ofText(unusedName(m_subject.name + '-' + name)));
        content.add("interval", Content::ofText("1m"));
        content.add("count", Content::plain("5"));
        content.add("successCondition", condition(comparison));
        content.add("failureCondition", condition(governance::opposite(comparison)));
        content.add("failureLimit", Content::plain("1"));
        content.add("inconclusiveLimit", Content::plain("1"));
        content.add("provider", std::move(provider));
        m_metrics.add(std::move(content));
    }

    /// With a number where a metric before has this name.
    std::string unusedName(const std::string& name) const
    {
        const auto taken = [this](const std::string& wanted) {
            return std::ranges::any_of(m_metrics.children,
                                       [&](const Content& metric) { return metric.find("name")->text == wanted; });
        };
        auto free = name;
        for (int i = 2; taken(free); ++i)
            free = name + '-' + std::to_string(i);
        return free;
    }

    /// Of Prometheus.
    std::string address()
    {
        const auto& sources = m_subject.request.prometheus;
        if (sources.empty()) {
            say(Code::PrometheusAddressAssumed, {assumedPrometheus}, {});
            return assumedPrometheus;
        }
        const auto& first = sources.front();
        if (std::ranges::any_of(sources, [&](const auto& source) { return source.address != first.address; }))
            say(Code::PrometheusAddressAmbiguous, {first.address, first.name}, {});
        return first.address;
    }

    Content arguments()
    {
        auto list = Content::sequence();
        const auto add = [&](const char* name, std::string value) {
            auto argument = Content::mapping();
            argument.add("name", Content::ofText(name));
            argument.add("value", Content::ofText(std::move(value)));
            list.add(std::move(argument));
        };
        const auto& intent = m_subject.intent();
        add("prometheus-address", address());
        if (const auto& objective = intent.objectives.availability) {
            add("error-budget", m_subject.errorBudget.value_or(""));
            add("availability-objective", objective->target.decimal().toString());
        }
        if (const auto& most = intent.governance.delivery.maxP99LatencySeconds)
            add("max-p99-latency-seconds", numberText(*most));
        add("auto-accept-confidence", numberText(governance::autoAcceptConfidence));
        return list;
    }

    const Subject& m_subject;
    Findings& m_findings;
    Content m_metrics = Content::sequence();
};

} // namespace

std::string analysisTemplateName(const Subject& subject)
{
    return "emac-" + subject.name + "-slo-gate";
}

std::optional<Content> analysisTemplate(const Subject& subject, Findings& findings)
{
    return Template(subject, findings)();
}

} // namespace emac::artifacts
