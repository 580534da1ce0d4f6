// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/governance/decision_cases.h"

namespace emac::tests {

using base::Code;
using governance::Verdict;
using journey::Element;

journey::Note note(Code code, std::vector<std::string> arguments, Element element)
{
    return {{code, std::move(arguments)}, std::move(element)};
}

journey::AvailabilityObjective availability(std::string_view target)
{
    journey::AvailabilityObjective objective;
    objective.target = ratio(target);
    return objective;
}

Case passing(std::string tag)
{
    Case result;
    result.tag = std::move(tag);
    result.intent.journey.root = race({call("a"), call("b")}, "payment_race");
    std::vector<journey::ComponentPtr> components;
    for (const auto* name : {"a", "b"}) {
        auto component = std::make_shared<journey::Component>();
        component->name = name;
        components.push_back(component);
    }
    result.intent.journey.components = journey::Components(components);
    result.intent.objectives.availability = availability("0.98");
    result.inputs = inputsOf({{"a", stated("0.9")}, {"b", stated("0.9")}});
    result.verdict = Verdict::Pass;
    result.reasons = {note(Code::DecisionMet, {"pessimistic", "0.99", "0.98"}, Element::objective("availability"))};
    return result;
}

journey::AcceptedModel modelOf(const Case& from)
{
    journey::AcceptedModel model;
    model.kind = "AcceptedJourneyModel";
    model.root = from.intent.journey.root;
    return model;
}

std::vector<Case> availabilityCases()
{
    std::vector<Case> list;
    const auto objective = Element::objective("availability");
    const auto met = passing({}).reasons.front();
    const auto agrees = note(Code::DecisionModelAgrees, {"0", "0.001"}, Element::journey());
    const auto add = [&](const char* tag, Verdict verdict) -> Case& {
        list.push_back(passing(tag));
        list.back().verdict = verdict;
        return list.back();
    };

    list.push_back(passing("met"));
    {
        auto& c = add("missed", Verdict::Fail);
        c.intent.objectives.availability = availability("0.995");
        c.reasons = {note(Code::DecisionMissed, {"pessimistic", "0.99", "0.995", "0.005"}, objective)};
    }
    {
        auto& c = add("met in part", Verdict::Review);
        c.inputs.set("a", interval(0.1, 0.5));
        c.reasons = {note(Code::DecisionMetInPart, {"pessimistic", "0.95", "0.99", "0.98"}, objective)};
    }
    {
        auto& c = add("not stated", Verdict::Review);
        auto unstated = interval(0, 1);
        unstated.stated = false;
        c.inputs.set("a", unstated);
        c.reasons = {note(Code::DecisionNotStated, {"a"}, Element::component("a")),
                     note(Code::DecisionMetInPart, {"pessimistic", "0.9", "1", "0.98"}, objective)};
    }
    {
        auto& c = add("confidence below the threshold", Verdict::Review);
        c.model = modelOf(c);
        c.model->confidence = 0.79;
        c.reasons = {note(Code::DecisionLowConfidence, {"0.79", "0.8"}, Element::journey()), met, agrees};
    }
    {
        auto& c = add("confidence at the threshold", Verdict::Pass);
        c.model = modelOf(c);
        c.model->confidence = 0.80;
        c.reasons = {met, agrees, note(Code::DecisionConfident, {"0.8", "0.8"}, Element::journey())};
    }
    {
        auto& c = add("evidence flags", Verdict::Review);
        c.model = modelOf(c);
        c.model->root = nullptr;
        c.model->evidenceFlags = {"incomplete_trace_coverage", "missing_domain_evidence:b"};
        c.reasons = {note(Code::DecisionEvidenceFlag, {"incomplete_trace_coverage"}, Element::journey()),
                     note(Code::DecisionEvidenceFlag, {"missing_domain_evidence:b"}, Element::component("b")), met};
    }
    {
        auto& c = add("unknown domain", Verdict::Review);
        c.inputs.set("a", withUnknownDomains(stated("0.9")));
        c.reasons = {note(Code::DecisionUnknownDomain, {"a", "payment_race"}, Element::component("a")),
                     note(Code::DecisionMissed, {"pessimistic", "0.9", "0.98", "0.08"}, objective)};
    }
    {
        auto& c = add("optimistic", Verdict::Pass);
        c.intent.governance.availability = journey::AvailabilityAssumption::Optimistic;
        c.reasons = {note(Code::DecisionMet, {"optimistic", "0.99", "0.98"}, objective)};
    }
    {
        auto& c = add("optimistic without a value", Verdict::Review);
        c.intent.journey.root = series({race({call("a"), call("b")}), race({call("b"), call("a")}), call("a")});
        c.limits.nodes = 3;
        c.intent.governance.availability = journey::AvailabilityAssumption::Optimistic;
        c.reasons = {note(Code::DecisionNoOptimistic, {}, objective),
                     note(Code::DiagramTooLarge, {"3"}, Element::journey())};
    }
    {
        auto& c = add("common cause", Verdict::Review);
        c.intent.governance.availability = journey::AvailabilityAssumption::CommonCause;
        c.reasons = {note(Code::DecisionNoCommonCause, {}, objective),
                     note(Code::CommonCauseNoDomain, {}, Element::journey())};
    }
    {
        auto& c = add("common cause, met", Verdict::Pass);
        c.intent.governance.availability = journey::AvailabilityAssumption::CommonCause;
        c.intent.journey.domainRules.push_back({"zone", {}, {}, {}, {}, ratio("0.999")});
        c.inputs.set("a", withDomains(stated("0.9"), {"zone"}));
        c.inputs.set("b", withDomains(stated("0.9"), {"zone"}));
        c.reasons = {note(Code::DecisionMet, {"commonCause", "0.9891892", "0.98"}, objective)};
    }
    {
        auto& c = add("common cause, hindered", Verdict::Review);
        c.intent.governance.availability = journey::AvailabilityAssumption::CommonCause;
        c.intent.journey.domainRules.push_back({"zone", {}, {}, {}, {}, ratio("0.999")});
        c.inputs.set("a", withDomains(stated("0.9"), {"zone"}));
        c.inputs.set("b", withDomains(stated("0.9"), {"zone:1"}));
        c.reasons = {note(Code::DecisionNoCommonCause, {}, objective),
                     note(Code::CommonCauseBareKind, {"zone", "a", "zone:1", "b"}, Element::component("a"))};
    }
    {
        auto& c = add("envelope", Verdict::Review);
        c.intent.governance.availability = journey::AvailabilityAssumption::Envelope;
        c.reasons = {note(Code::DecisionMetInPart, {"envelope", "0.9", "1", "0.98"}, objective)};
    }
    {
        auto& c = add("optimistic, of timeouts that cannot be followed", Verdict::Review);
        c.intent.governance.availability = journey::AvailabilityAssumption::Optimistic;
        std::vector<journey::ExpressionPtr> calls;
        for (int i = 0; i < 11; ++i) {
            const auto name = "c" + std::to_string(i);
            calls.push_back(call(name));
            auto input = stated("0.9");
            input.latency = journey::LatencyLaw::constant(std::chrono::milliseconds(20));
            c.inputs.set(name, std::move(input));
        }
        c.intent.journey.root = series({timeout(race(calls)), race(calls)});
        c.reasons = {note(Code::DecisionAvailabilityApproximate, {"optimistic"}, objective),
                     note(Code::DecisionMet, {"optimistic", "0.99999999999", "0.98"}, objective)};
    }
    {
        auto& c = add("latency and deadline", Verdict::Pass);
        c.intent.objectives.latency = journey::LatencyObjective{};
        c.intent.objectives.deadline = journey::DeadlineObjective{};
        c.reasons = {met, note(Code::DecisionLatencyNotAssessed, {}, Element::objective("latency")),
                     note(Code::DecisionDeadlineNotAssessed, {}, Element::objective("deadline"))};
    }
    {
        auto& c = add("differs from the model", Verdict::Review);
        c.model = modelOf(c);
        c.model->root = call("a");
        c.reasons = {note(Code::DecisionModelDiffers, {"0.09", "0.001"}, Element::journey()), met};
    }
    {
        auto& c = add("the model calls what the intent lacks", Verdict::Review);
        c.model = modelOf(c);
        c.model->root = series({c.intent.journey.root, call("new")});
        c.reasons = {note(Code::DecisionModelDiffers, {"0.99", "0.001"}, Element::journey()), met};
    }
    {
        auto& c = add("empty journey", Verdict::Review);
        c.intent.journey.root = nullptr;
        c.verdict = std::nullopt;
        c.reasons = {note(Code::DecisionEmptyJourney, {}, Element::journey())};
    }
    {
        auto& c = add("no objective", Verdict::Review);
        c.intent.objectives = {};
        c.verdict = std::nullopt;
        c.reasons = {note(Code::DecisionNoObjective, {}, Element::journey())};
    }
    {
        auto& c = add("nothing that can be assessed", Verdict::Review);
        c.intent.objectives = {};
        c.intent.objectives.latency = journey::LatencyObjective{};
        c.verdict = std::nullopt;
        c.reasons = {note(Code::DecisionNothingAssessed, {}, Element::journey()),
                     note(Code::DecisionLatencyNotAssessed, {}, Element::objective("latency"))};
    }
    return list;
}

} // namespace emac::tests
