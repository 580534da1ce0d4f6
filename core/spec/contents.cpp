// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/contents.h"

#include "core/yaml/quoting.h"

#include <array>
#include <cmath>

namespace emac::spec {

using namespace journey;
using yaml::Content;

namespace {

Content number(double value)
{
    return Content::plain(std::isinf(value) ? "+Inf" : base::Decimal::fromDouble(value).toString());
}

Content ratio(const base::Ratio& value)
{
    return Content::plain(value.decimal().toString());
}

Content duration(base::Duration value)
{
    return Content::plain(base::toString(value));
}

/// As a number of seconds, exactly.
Content seconds(base::Duration value)
{
    return Content::plain(
        base::Decimal::parse(std::to_string(value.count()) + "e-9").value_or(base::Decimal()).toString());
}

Content boolean(bool value)
{
    return Content::plain(value ? "true" : "false");
}

void addText(Content& mapping, std::string key, const std::string& text)
{
    if (!text.empty())
        mapping.add(std::move(key), Content::ofText(text));
}

void addDuration(Content& mapping, std::string key, const std::optional<base::Duration>& value)
{
    if (value)
        mapping.add(std::move(key), duration(*value));
}

void addNumber(Content& mapping, std::string key, const std::optional<double>& value)
{
    if (value)
        mapping.add(std::move(key), number(*value));
}

void addBoolean(Content& mapping, std::string key, const std::optional<bool>& value)
{
    if (value)
        mapping.add(std::move(key), boolean(*value));
}

/// A mapping or list below a key, where there is something in it.
void addFilled(Content& mapping, std::string key, Content value)
{
    if (!value.children.empty())
        mapping.add(std::move(key), std::move(value));
}

Content texts(const std::map<std::string, std::string>& map)
{
    auto content = Content::mapping();
    for (const auto& [key, text] : map)
        content.add(key, Content::ofText(text));
    return content;
}

std::string quantileKey(const base::Ratio& probability)
{
    // 0.5 → p50, 0.99 → p99, 0.999 → p999
    auto digits = probability.decimal().toString();
    if (!digits.starts_with("0.") || digits.find('e') != std::string::npos) {
        const auto percent = base::Decimal::parse(digits + "e2");
        return percent ? 'p' + percent->toString() : 'p' + digits;
    }
    digits.erase(0, 2);
    if (digits.size() == 1)
        digits += '0';
    return 'p' + digits;
}

struct LatencyContent
{
    Content operator()(const ConstantLatency& latency) const
    {
        return Content::mapping(true).add("constant", duration(latency.value));
    }
    Content operator()(const LognormalLatency& latency) const
    {
        auto parameters = Content::mapping(true);
        if (latency.quantiles) {
            parameters.add("median", duration(latency.quantiles->median));
            parameters.add("p99", duration(latency.quantiles->p99));
        } else {
            parameters.add("mu", number(latency.mu));
            parameters.add("sigma", number(latency.sigma));
        }
        return Content::mapping(true).add("lognormal", std::move(parameters));
    }
    Content operator()(const QuantileLatency& latency) const
    {
        auto quantiles = Content::mapping(true);
        for (const auto& knot : latency.knots)
            quantiles.add(quantileKey(knot.probability), duration(knot.value));
        addDuration(quantiles, "max", latency.max);
        return Content::mapping(true).add("quantiles", std::move(quantiles));
    }
    Content operator()(const HistogramLatency& latency) const
    {
        auto buckets = Content::sequence();
        for (const auto& bucket : latency.buckets)
            buckets.add(Content::mapping(true).add("le", number(bucket.upperBound)).add("count", number(bucket.count)));
        return Content::mapping().add("histogram", std::move(buckets));
    }
    Content operator()(const SampledLatency& latency) const
    {
        return Content::mapping(true).add("samples", Content::ofText(latency.path));
    }
};

void addFailureTime(Content& mapping, const FailureTime& failure)
{
    if (failure.kind == FailureTime::Kind::Immediate)
        mapping.add("failure", Content::plain("immediate"));
    else if (failure.kind == FailureTime::Kind::LikeSuccess)
        mapping.add("failure", Content::plain("likeSuccess"));
    else if (failure.kind == FailureTime::Kind::Constant)
        mapping.add("failure", Content::mapping(true).add("constant", duration(failure.constant)));
}

/// Free values: what is a number stays one.
Content values(const std::map<std::string, std::string>& map)
{
    auto content = Content::mapping();
    for (const auto& [key, text] : map)
        content.add(key, yaml::looksLikeNumber(text) ? Content::plain(text) : Content::ofText(text));
    return content;
}

Content burnRates(const std::vector<BurnRate>& rates)
{
    auto list = Content::sequence();
    for (const auto& rate : rates) {
        auto row = Content::mapping();
        row.add("burnRate", number(rate.rate));
        row.add("longWindow", duration(rate.longWindow));
        row.add("shortWindow", duration(rate.shortWindow));
        list.add(std::move(row));
    }
    return list;
}

Content action(const Action& action)
{
    auto content = Content::mapping();
    addText(content, "kind", action.kind);
    addText(content, "guard", action.guard);
    addFilled(content, "parameterBounds", values(action.parameterBounds));
    auto rollback = Content::mapping();
    addBoolean(rollback, "onGuardViolation", action.rollbackOnGuardViolation);
    addText(rollback, "action", action.rollbackAction);
    addFilled(content, "rollback", std::move(rollback));
    auto limit = Content::mapping();
    if (action.maxActions)
        limit.add("maxActions", Content::plain(std::to_string(*action.maxActions)));
    addDuration(limit, "window", action.rateWindow);
    addFilled(content, "rateLimit", std::move(limit));
    return content;
}

std::string_view word(AvailabilityAssumption assumption)
{
    constexpr std::array<std::string_view, 4> words{"pessimistic", "optimistic", "commonCause", "envelope"};
    return words[static_cast<std::size_t>(assumption)];
}

std::string_view word(LatencyAssumption assumption)
{
    constexpr std::array<std::string_view, 3> words{"upperConfidence", "independent", "envelope"};
    return words[static_cast<std::size_t>(assumption)];
}

/// A window of 0 is none.
void addWindow(Content& mapping, base::Duration window)
{
    if (window.count() != 0)
        mapping.add("window", duration(window));
}

} // namespace

Content contentOf(const Component& component)
{
    auto content = Content::mapping();
    addText(content, "kind", component.kind);
    addText(content, "atomicSLORef", component.atomicSloRef);
    if (component.inlineAvailability)
        content.add("availability", ratio(*component.inlineAvailability));
    else if (component.observed)
        content.add("availability",
                    Content::mapping(true).add(
                        "observed", Content::mapping(true)
                                        .add("good", Content::plain(std::to_string(component.observed->good)))
                                        .add("total", Content::plain(std::to_string(component.observed->total)))));
    if (component.independentCalls)
        content.add("calls", Content::plain(*component.independentCalls ? "independent" : "shared"));
    addFailureTime(content, component.failure);
    if (component.latency)
        content.add("latency", std::visit(LatencyContent{}, *component.latency));
    addText(content, "latencySLORef", component.latencySloRef);
    auto domains = Content::sequence(true);
    for (const auto& domain : component.failureDomains)
        domains.add(Content::ofText(domain));
    addFilled(content, "failureDomains", std::move(domains));
    if (component.telemetry) {
        auto telemetry = Content::mapping();
        auto span = Content::mapping();
        addText(span, "service", component.telemetry->spanService);
        addText(span, "operation", component.telemetry->spanOperation);
        addFilled(telemetry, "span", std::move(span));
        addFilled(telemetry, "metrics", texts(component.telemetry->metrics));
        content.add("telemetry", std::move(telemetry));
    }
    addText(content, "notes", component.notes);
    return content;
}

Content contentOf(const DomainRule& rule)
{
    auto content = Content::mapping();
    content.add("name", Content::ofText(rule.name));
    addText(content, "kind", rule.kind);
    addText(content, "source", rule.source);
    addText(content, "key", rule.key);
    addText(content, "description", rule.description);
    if (rule.availability)
        content.add("availability", ratio(*rule.availability));
    return content;
}

Content contentOf(const Objectives& objectives)
{
    auto content = Content::mapping();
    if (const auto& objective = objectives.availability) {
        auto availability = Content::mapping();
        addWindow(availability, objective->window);
        availability.add("target", ratio(objective->target));
        auto sli = Content::mapping();
        addText(sli, "goodEventQuery", objective->goodEventQuery);
        addText(sli, "totalEventQuery", objective->totalEventQuery);
        addFilled(availability, "sli", std::move(sli));
        content.add("availability", std::move(availability));
    }
    if (const auto& objective = objectives.latency) {
        auto latency = Content::mapping();
        addWindow(latency, objective->window);
        latency.add("objective", Content::mapping()
                                     .add("metric", Content::ofText(objective->metric))
                                     .add("threshold", duration(objective->threshold)));
        auto evidence = Content::mapping();
        addText(evidence, "promql", objective->promql);
        addFilled(latency, "evidence", std::move(evidence));
        content.add("latency", std::move(latency));
    }
    if (const auto& objective = objectives.deadline) {
        auto deadline = Content::mapping();
        addWindow(deadline, objective->window);
        deadline.add("seconds", seconds(objective->limit));
        deadline.add("target", ratio(objective->target));
        content.add("deadline", std::move(deadline));
    }
    return content;
}

Content contentOf(const EvidencePolicy& evidence)
{
    auto discovery = Content::mapping();
    addBoolean(discovery, "enabled", evidence.enabled);
    addDuration(discovery, "evidenceWindow", evidence.window);
    auto freshness = Content::mapping();
    addDuration(freshness, "maxAge", evidence.maxAge);
    addFilled(discovery, "freshness", std::move(freshness));
    auto coverage = Content::mapping();
    addNumber(coverage, "minTraceEdgeCoverage", evidence.minTraceEdgeCoverage);
    addBoolean(coverage, "requirePaymentBranchCoverage", evidence.requirePaymentBranchCoverage);
    addFilled(discovery, "coveragePolicy", std::move(coverage));
    addText(discovery, "discoveredModelRef", evidence.discoveredModelRef);
    auto inputs = Content::sequence();
    for (const auto& source : evidence.inputs) {
        auto input = Content::mapping();
        addText(input, "type", source.type);
        addText(input, "notes", source.notes);
        inputs.add(std::move(input));
    }
    addFilled(discovery, "inputs", std::move(inputs));
    auto content = Content::mapping();
    addFilled(content, "modelDiscovery", std::move(discovery));
    return content;
}

Content contentOf(const Governance& governance)
{
    auto content = Content::mapping();
    addText(content, "evaluationMode", governance.evaluationMode);
    auto bounds = Content::mapping();
    if (governance.availability)
        bounds.add("availability", Content::plain(std::string(word(*governance.availability))));
    if (governance.latency)
        bounds.add("latency", Content::plain(std::string(word(*governance.latency))));
    addFilled(content, "useBoundsForAutomation", std::move(bounds));

    auto alerts = Content::mapping();
    addText(alerts, "promRuleOutput", governance.alerts.promRuleOutput);
    addDuration(alerts, "sloBudgetWindow", governance.alerts.budgetWindow);
    auto policy = Content::mapping();
    addFilled(policy, "page", burnRates(governance.alerts.page));
    addFilled(policy, "ticket", burnRates(governance.alerts.ticket));
    addFilled(alerts, "burnRatePolicy", std::move(policy));
    addFilled(content, "alerts", std::move(alerts));

    auto delivery = Content::mapping();
    addText(delivery, "provider", governance.delivery.provider);
    addText(delivery, "analysisTemplateOutput", governance.delivery.analysisTemplateOutput);
    auto gate = Content::mapping();
    addNumber(gate, "maxCanaryBurnRate", governance.delivery.maxCanaryBurnRate);
    addNumber(gate, "maxP99LatencySeconds", governance.delivery.maxP99LatencySeconds);
    addFilled(delivery, "gate", std::move(gate));
    addFilled(content, "progressiveDelivery", std::move(delivery));

    auto actions = Content::sequence();
    for (const auto& one : governance.actions)
        actions.add(action(one));
    addFilled(content, "actions", std::move(actions));
    return content;
}

Content ownContent(const Expression& node)
{
    auto content = Content::mapping();
    if (const auto* call = std::get_if<Call>(&node.op))
        content.add("ref", Content::ofText(call->component));
    else if (const auto* use = std::get_if<Use>(&node.op))
        content.add("use", Content::ofText(use->fragment));
    else
        content.add("type", Content::plain(keyword(typeOf(node))));
    addText(content, "id", node.name);
    if (const auto* race = std::get_if<Race>(&node.op))
        addDuration(content, "hedgeDelay", race->hedgeDelay);
    else if (const auto* kofn = std::get_if<KofN>(&node.op))
        content.add("k", Content::plain(std::to_string(kofn->k)));
    else if (const auto* timeout = std::get_if<Timeout>(&node.op))
        content.add("deadline", duration(timeout->deadline));
    else if (const auto* optional = std::get_if<Optional>(&node.op))
        addBoolean(content, "wait", optional->wait);
    if (const auto* retry = std::get_if<Retry>(&node.op)) {
        content.add("attempts", Content::plain(std::to_string(retry->attempts)));
        addDuration(content, "backoff", retry->backoff);
    }
    addText(content, "notes", node.notes);
    return content;
}

Content ownContent(const Choice& choice)
{
    auto content = Content::mapping();
    addText(content, "label", choice.label);
    const auto& [lower, upper] = choice.probability;
    if (lower == upper)
        content.add("probability", ratio(lower));
    else
        content.add("probability", Content::sequence(true).add(ratio(lower)).add(ratio(upper)));
    return content;
}

std::string_view listKey(OperatorType type)
{
    switch (type) {
    case OperatorType::Series:
        return "steps";
    case OperatorType::Parallel:
    case OperatorType::Race:
    case OperatorType::KofN:
        return "branches";
    case OperatorType::Branch:
        return "choices";
    case OperatorType::Fallback:
        return "alternates";
    default:
        return {};
    }
}

std::string_view singleKey(OperatorType type)
{
    switch (type) {
    case OperatorType::Retry:
    case OperatorType::Timeout:
    case OperatorType::Optional:
        return "body";
    case OperatorType::Fallback:
        return "primary";
    default:
        return {};
    }
}

Content metadataContent(const Intent& intent)
{
    auto content = Content::mapping();
    addText(content, "name", intent.name);
    addText(content, "displayName", intent.displayName);
    addFilled(content, "labels", texts(intent.labels));
    return content;
}

} // namespace emac::spec
