// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/governance_builder.h"

namespace emac::spec {

using namespace journey;

namespace {

constexpr base::Duration none{0};

std::vector<BurnRate> burnRates(const Fields& policy, std::string_view key, const Faults& faults)
{
    std::vector<BurnRate> rates;
    for (const auto& item : policy.items(key)) {
        const Fields row(item.node, faults, item.reach);
        const auto rate = row.number("burnRate");
        const auto longWindow = row.duration("longWindow");
        const auto shortWindow = row.duration("shortWindow");
        if (rate && longWindow && shortWindow)
            rates.push_back({*rate, *longWindow, *shortWindow});
    }
    return rates;
}

Action action(const Fields& fields)
{
    const auto rollback = fields.mapping("rollback");
    const auto limit = fields.mapping("rateLimit");
    Action result;
    result.kind = fields.text("kind");
    result.guard = fields.text("guard");
    result.parameterBounds = fields.textMap("parameterBounds");
    result.rollbackOnGuardViolation = rollback.boolean("onGuardViolation");
    result.rollbackAction = rollback.text("action");
    result.maxActions = limit.integer("maxActions");
    result.rateWindow = limit.duration("window");
    return result;
}

std::optional<AvailabilityAssumption> availabilityAssumption(const std::string& word)
{
    if (word.empty())
        return std::nullopt;
    if (word == "optimistic")
        return AvailabilityAssumption::Optimistic;
    if (word == "commonCause")
        return AvailabilityAssumption::CommonCause;
    return word == "envelope" ? AvailabilityAssumption::Envelope : AvailabilityAssumption::Pessimistic;
}

std::optional<LatencyAssumption> latencyAssumption(const std::string& word)
{
    if (word.empty())
        return std::nullopt;
    if (word == "independent")
        return LatencyAssumption::Independent;
    return word == "envelope" ? LatencyAssumption::Envelope : LatencyAssumption::UpperConfidence;
}

} // namespace

Objectives buildObjectives(const Fields& objectives)
{
    Objectives result;
    const auto availability = objectives.mapping("availability");
    if (const auto target = availability.ratio("target")) {
        const auto sli = availability.mapping("sli");
        result.availability = {availability.duration("window").value_or(none), *target, sli.text("goodEventQuery"),
                               sli.text("totalEventQuery")};
    }
    const auto latency = objectives.mapping("latency");
    const auto percentile = latency.mapping("objective");
    const auto metric = percentile.text("metric");
    const auto threshold = percentile.duration("threshold");
    if (!metric.empty() && threshold)
        result.latency = {latency.duration("window").value_or(none), metric, *threshold,
                          latency.mapping("evidence").text("promql")};
    const auto deadline = objectives.mapping("deadline");
    const auto limit = deadline.duration("seconds");
    const auto target = deadline.ratio("target");
    if (limit && target)
        result.deadline = {deadline.duration("window").value_or(none), *limit, *target};
    return result;
}

EvidencePolicy buildEvidence(const Fields& evidence, const Faults& faults)
{
    const auto discovery = evidence.mapping("modelDiscovery");
    const auto coverage = discovery.mapping("coveragePolicy");
    EvidencePolicy result;
    result.enabled = discovery.boolean("enabled");
    result.window = discovery.duration("evidenceWindow");
    result.maxAge = discovery.mapping("freshness").duration("maxAge");
    if (const auto least = coverage.ratio("minTraceEdgeCoverage"))
        result.minTraceEdgeCoverage = least->success();
    result.requirePaymentBranchCoverage = coverage.boolean("requirePaymentBranchCoverage");
    result.discoveredModelRef = discovery.text("discoveredModelRef");
    for (const auto& item : discovery.items("inputs")) {
        const Fields input(item.node, faults, item.reach);
        if (auto type = input.text("type"); !type.empty())
            result.inputs.push_back({std::move(type), input.text("notes")});
    }
    return result;
}

Governance buildGovernance(const Fields& governance, const Faults& faults)
{
    const auto bounds = governance.mapping("useBoundsForAutomation");
    const auto alerts = governance.mapping("alerts");
    const auto policy = alerts.mapping("burnRatePolicy");
    const auto delivery = governance.mapping("progressiveDelivery");
    const auto gate = delivery.mapping("gate");
    Governance result;
    result.evaluationMode = governance.text("evaluationMode");
    result.availability = availabilityAssumption(bounds.text("availability"));
    result.latency = latencyAssumption(bounds.text("latency"));
    result.alerts.promRuleOutput = alerts.text("promRuleOutput");
    result.alerts.budgetWindow = alerts.duration("sloBudgetWindow");
    result.alerts.page = burnRates(policy, "page", faults);
    result.alerts.ticket = burnRates(policy, "ticket", faults);
    result.delivery.provider = delivery.text("provider");
    result.delivery.analysisTemplateOutput = delivery.text("analysisTemplateOutput");
    result.delivery.maxCanaryBurnRate = gate.number("maxCanaryBurnRate");
    result.delivery.maxP99LatencySeconds = gate.number("maxP99LatencySeconds");
    for (const auto& item : governance.items("actions"))
        result.actions.push_back(action(Fields(item.node, faults, item.reach)));
    return result;
}

} // namespace emac::spec
