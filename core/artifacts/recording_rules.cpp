// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/recording_rules.h"

#include "core/artifacts/document.h"
#include "core/artifacts/names.h"
#include "core/governance/contributors.h"
#include "core/governance/latency_objectives.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

namespace emac::artifacts {

using base::Duration;
using yaml::Content;
using namespace std::chrono_literals;

namespace {

/// What the standard rows and the gates ask for.
constexpr std::array<Duration, 7> standardWindows{5min, 30min, 1h, 2h, 6h, 24h, 72h};

std::vector<std::string> windows(const Subject& subject)
{
    std::set<Duration> all(standardWindows.begin(), standardWindows.end());
    for (const auto& row : subject.rows)
        all.insert({row.longWindow, row.shortWindow});
    std::vector<std::string> names;
    for (const auto window : all)
        names.push_back(prometheusDuration(window).value_or("5m")); // subjectOf() has let no other pass
    return names;
}

Content recording(const std::string& record, const std::string& text)
{
    auto rule = Content::mapping();
    rule.add("record", Content::ofText(record));
    rule.add("expr", expression(text));
    return rule;
}

Content measured(const Subject& subject)
{
    auto rules = Content::sequence();
    if (const auto& sli = subject.sli) {
        const auto total = sli->total.summedOver("5m");
        rules.add(recording(subject.record("requests:rate5m"), total));
        rules.add(recording(subject.record("good_requests:rate5m"), sli->good.summedOver("5m") + " or 0 * " + total));
        for (const auto& window : windows(subject))
            rules.add(recording(subject.errorRatioRecord(window), sli->errorRatio(window)));
    }
    if (subject.latency)
        rules.add(recording(subject.record("latency_seconds:") + seriesName(subject.intent().objectives.latency->metric)
                                + "_5m",
                            subject.latency->over("5m")));
    return rules;
}

using Labels = std::vector<std::pair<std::string, std::string>>;

class Synthetic
{
public:
    explicit Synthetic(const Subject& subject) : m_subject(subject) { }

    Content operator()()
    {
        const auto all = constantsOf(m_subject);
        const auto assumption = m_subject.fate.assumption();
        if (all.optimistic)
            bound(*all.optimistic, "independent components");
        bound(all.pessimistic, assumption);
        if (all.commonCause)
            bound(*all.commonCause, "stated availabilities of domains");
        bound(all.envelopeLower, "any dependence");
        bound(all.envelopeUpper, "any dependence");
        if (all.width)
            bound(*all.width, assumption);
        for (const auto& latency : all.latencyBounds)
            add(latency, dated({{"operator_path", m_subject.operatorPath}}));
        if (all.confidence)
            add(*all.confidence, dated({{"source", all.confidenceSource}}));
        add(all.domainConflict, {{"source", all.domainSource}});
        for (const auto& contributor : all.contributors)
            add(contributor, {});
        return std::move(m_rules);
    }

private:
    void bound(const Constant& constant, const std::string& assumption)
    {
        auto labels = dated({{"operator_path", m_subject.operatorPath}});
        labels.emplace_back("domain_assumption", assumption);
        add(constant, labels);
    }

    Labels dated(Labels labels) const
    {
        if (m_subject.evidenceWindow)
            labels.emplace_back("evidence_window", *m_subject.evidenceWindow);
        return labels;
    }

    void add(const Constant& constant, const Labels& more)
    {
        auto labels = Content::mapping();
        for (const auto& list : {constant.key, more}) {
            for (const auto& [key, value] : list)
                labels.add(key, Content::ofText(value));
        }
        auto rule = Content::mapping();
        rule.add("record", Content::ofText(constant.record));
        rule.add("labels", std::move(labels));
        rule.add("expr", Content::ofText("vector(" + numberText(constant.value) + ')'));
        m_rules.add(std::move(rule));
    }

    const Subject& m_subject;
    Content m_rules = Content::sequence();
};

/// To the next number of four significant digits; what rounding keeps from one is taken for it.
double roundedUp(double value)
{
    if (value <= 0)
        return 0;
    const double scale = std::pow(10, 3 - std::floor(std::log10(value)));
    const double steps = value * scale;
    const double nearest = std::round(steps);
    return (std::abs(steps - nearest) <= 1e-9 * steps ? nearest : std::ceil(steps)) / scale;
}

std::vector<Constant> latencyBounds(const Subject& subject)
{
    std::vector<Constant> bounds;
    if (subject.request.latency == nullptr)
        return bounds;
    for (std::size_t i = 0; i < analysis::percentileNames.size(); ++i) {
        const std::string name(analysis::percentileNames.at(i));
        const bool asked = std::ranges::any_of(subject.guards, [&name](const PromoteGuard& guard) {
            return guard.text.find(name + "_U") != std::string::npos;
        });
        const auto upper = governance::upperPercentile(*subject.request.latency, analysis::reportedPercentiles.at(i));
        if (upper && (asked || name == "p99"))
            bounds.push_back({subject.record("latency_seconds:" + name + "_upper_bound"), {}, roundedUp(*upper)});
    }
    return bounds;
}

/// A label value as PromQL writes it.
std::string quoted(const std::string& value)
{
    std::string text = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    return text + '"';
}

} // namespace

std::string Constant::selector() const
{
    std::string text;
    for (const auto& [name, label] : key)
        text += (text.empty() ? "" : ",") + name + '=' + quoted(label);
    return text.empty() ? record : record + '{' + text + '}';
}

Constants constantsOf(const Subject& subject)
{
    const auto& request = subject.request;
    const auto& law = *request.analysis.journey;
    const auto bound = [&](const char* which, double failure) {
        return Constant{subject.record("availability_bound"), {{"bound", which}}, base::complement(failure)};
    };
    Constants all;
    if (law.independent) {
        all.optimistic = bound("optimistic", law.independent->best);
        all.width = Constant{subject.record("availability_bound_width"),
                             {},
                             std::max(0.0, difference(law.sharedFate.worst, law.independent->best))};
    }
    all.pessimistic = bound("pessimistic", law.sharedFate.worst);
    if (law.commonCause)
        all.commonCause = bound("commonCause", *law.commonCause);
    all.envelopeLower = bound("envelopeLower", law.envelope.failure.worst);
    all.envelopeUpper = bound("envelopeUpper", law.envelope.failure.best);

    all.latencyBounds = latencyBounds(subject);
    all.domainSource = request.modelFile ? request.modelFile->path : request.intentFile.path;
    all.confidenceSource = request.intent.evidence.discoveredModelRef;
    auto confidence = request.discoveredConfidence;
    if (all.confidenceSource.empty() && request.modelFile) {
        confidence = request.decision.confidence;
        all.confidenceSource = request.modelFile->path;
    }
    if (confidence)
        all.confidence = Constant{subject.record("model_delta:confidence"), {}, *confidence};
    all.domainConflict =
        Constant{subject.record("model:unresolved_domain_conflict"), {}, subject.fate.unknown.empty() ? 0.0 : 1.0};
    for (const auto& contributor :
         governance::contributors(request.intent.journey, request.analysis, request.decision)) {
        all.contributors.push_back({subject.record("contributor"),
                                    {{"contributor", contributor.name}, {"kind", contributor.kind}},
                                    contributor.value});
    }
    return all;
}

Content ruleGroup(const std::string& name, Content rules)
{
    auto group = Content::mapping();
    group.add("name", Content::ofText(name));
    group.add("rules", std::move(rules));
    return group;
}

Content ruleFile(const Subject& subject, const std::string& name, Content groups)
{
    auto plain = Content::mapping();
    plain.add("groups", std::move(groups));
    if (subject.request.flavor == Flavor::Plain)
        return plain;
    auto object = Content::mapping();
    object.add("apiVersion", Content::ofText("monitoring.coreos.com/v1"));
    object.add("kind", Content::ofText("PrometheusRule"));
    object.add("metadata", metadata(subject.request, name));
    object.add("spec", std::move(plain));
    return object;
}

Content recordingRules(const Subject& subject)
{
    auto groups = Content::sequence();
    if (auto rules = measured(subject); !rules.children.empty())
        groups.add(ruleGroup("emac." + subject.name + ".sli", std::move(rules)));
    groups.add(ruleGroup("emac." + subject.name + ".synthetic-sli", Synthetic(subject)()));
    return ruleFile(subject, "emac-" + subject.name + "-recording-rules", std::move(groups));
}

} // namespace emac::artifacts
