// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/decision.h"
#include "tests/analysis/journeys.h"

#include <QTest>

#include <set>

using namespace emac;
using namespace emac::tests;
using base::Code;
using governance::Verdict;
using journey::Element;

/// The decision, one row for each reason.
class TestDecision : public QObject
{
    Q_OBJECT

private slots:
    void decisions_data();
    void decisions();
    void everyReasonHasItsRow();
    void verdictsInOrder();
    void modelDelta();
    void objectivesAndShortfall();
    void unknownDomainsThroughFragments();
    void words();
    void expiredWatch();
};

namespace {

struct Case
{
    std::string tag;
    journey::Intent intent;
    journey::Inputs inputs;
    analysis::DiagramLimits limits;
    std::optional<journey::AcceptedModel> model;
    std::optional<Verdict> verdict;
    journey::Notes reasons;
};

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

/// Race(a, b) in separate domains, objective 0.98, that is met: A⁻ = A⁺ = 0.99.
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

std::vector<Case> cases()
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

governance::Decision decisionOf(const Case& c)
{
    const auto analysis = analysis::analyse(c.intent.journey, c.inputs, {}, nullptr, c.limits).value();
    return governance::decide(c.intent, c.inputs, analysis, c.model ? &*c.model : nullptr).value();
}

std::vector<std::string> lines(const journey::Notes& notes)
{
    std::vector<std::string> result;
    for (const auto& one : notes)
        result.push_back(base::codeName(one.message.code) + ' ' + base::english(one.message));
    return result;
}

} // namespace

void TestDecision::decisions_data()
{
    QTest::addColumn<std::size_t>("index");
    const auto all = cases();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].tag.c_str()) << i;
}

void TestDecision::decisions()
{
    QFETCH(std::size_t, index);
    const auto c = cases().at(index);
    const auto decision = decisionOf(c);
    qInfo("%s", decision.verdict ? governance::word(*decision.verdict) : "no decision");
    for (const auto& line : lines(decision.reasons))
        qInfo("    %s", line.c_str());
    QCOMPARE(lines(decision.reasons), lines(c.reasons));
    QCOMPARE(decision.reasons, c.reasons);
    QCOMPARE(decision.verdict, c.verdict);
    QCOMPARE(decision.confidence, c.model ? c.model->confidence : std::nullopt);
    QCOMPARE(decision.flags, c.model ? c.model->evidenceFlags : std::vector<std::string>());
}

void TestDecision::everyReasonHasItsRow()
{
    std::set<Code> covered;
    for (const auto& c : cases()) {
        for (const auto& reason : c.reasons) {
            if (static_cast<int>(reason.message.code) >= 700) // not what the analysis says
                covered.insert(reason.message.code);
        }
    }
    std::set<Code> expected;
#define EMAC_MESSAGE(name, number, severity, what, expectedText, mend)                                                 \
    if (number >= 700 && number < 760)                                                                                 \
        expected.insert(Code::name);
#include "core/base/messages.def"
#undef EMAC_MESSAGE
    QCOMPARE(covered, expected);
}

/// A doubt about the inputs comes before a missed objective, that before what else calls for a review.
void TestDecision::verdictsInOrder()
{
    auto c = passing({});
    c.intent.objectives.availability = availability("0.995");
    c.model = modelOf(c);
    c.model->root = call("a");
    QCOMPARE(decisionOf(c).verdict, std::optional(Verdict::Fail));
    c.model->confidence = 0.5;
    QCOMPARE(decisionOf(c).verdict, std::optional(Verdict::Review));
}

void TestDecision::modelDelta()
{
    auto c = passing({});
    c.inputs.set("near", point(0.0009));
    c.inputs.set("far", point(0.0012));
    const auto withModel = [&](const ExpressionPtr& extra) {
        c.model = modelOf(c);
        c.model->root = extra ? series({c.intent.journey.root, extra}) : nullptr;
        return decisionOf(c);
    };
    const auto near = withModel(call("near"));
    QCOMPARE(near.verdict, std::optional(Verdict::Pass));
    QVERIFY(relativeError(near.modelDelta.value(), 0.0009 * 0.99) <= 1e-10);
    const auto far = withModel(call("far"));
    QCOMPARE(far.verdict, std::optional(Verdict::Review));
    QVERIFY(relativeError(far.modelDelta.value(), 0.0012 * 0.99) <= 1e-10);
    const auto none = withModel(nullptr);
    QCOMPARE(none.verdict, std::optional(Verdict::Pass));
    QVERIFY(!none.modelDelta);
}

void TestDecision::objectivesAndShortfall()
{
    auto c = passing({});
    c.intent.objectives.latency = journey::LatencyObjective{};
    c.intent.objectives.latency->threshold = std::chrono::milliseconds(400);
    c.intent.objectives.deadline = journey::DeadlineObjective{};
    c.intent.objectives.deadline->target = ratio("0.99");
    using Judgements = std::vector<governance::ObjectiveJudgement>;
    const auto expected = [](std::optional<Verdict> verdict, double target, std::optional<double> shortfall) {
        return Judgements{{"availability", verdict, target, shortfall},
                          {"latency", std::nullopt, 0.4, std::nullopt},
                          {"deadline", std::nullopt, 0.99, std::nullopt}};
    };
    QCOMPARE(decisionOf(c).objectives, expected(Verdict::Pass, 0.98, std::nullopt));

    // Exactly at the target it is met: powers of two are exact.
    c.inputs = inputsOf({{"a", stated("0.75")}, {"b", stated("0.875")}});
    c.intent.objectives.availability = availability("0.96875");
    QCOMPARE(decisionOf(c).objectives, expected(Verdict::Pass, 0.96875, std::nullopt));
    c.inputs.set("a", interval(0.25, 0.5));
    QCOMPARE(decisionOf(c).objectives, expected(Verdict::Review, 0.96875, 0.03125));
    c.inputs.set("a", point(0.5));
    QCOMPARE(decisionOf(c).objectives, expected(Verdict::Fail, 0.96875, 0.03125));
    c.intent.journey.root = nullptr;
    QCOMPARE(decisionOf(c).objectives, expected(std::nullopt, 0.96875, std::nullopt));
}

/// Each component once for each nearest redundancy operator above one of its calls; none where there is no such
/// operator.
void TestDecision::unknownDomainsThroughFragments()
{
    auto c = passing({});
    auto& journey = c.intent.journey;
    journey.fragments = {{"inner", series({call("a"), use("twice"), use("twice")})},
                         {"twice", fallback(call("b"), {call("a")})},
                         {"loop", race({use("loop"), use("loop")})}};
    journey.root =
        series({call("a"), race({use("inner"), use("inner"), kofn(2, {call("b"), call("b")})}, "outer"), use("loop")});
    c.inputs = inputsOf({{"a", withUnknownDomains(point(0))}, {"b", withUnknownDomains(point(0))}});
    std::vector<std::vector<std::string>> found;
    for (const auto& reason : decisionOf(c).reasons) {
        if (reason.message.code == Code::DecisionUnknownDomain)
            found.push_back(reason.message.arguments);
    }
    const std::vector<std::vector<std::string>> expected{
        {"b", "outer"}, {"a", "outer"}, {"b", "fallback"}, {"a", "fallback"}};
    QCOMPARE(found, expected);
}

void TestDecision::words()
{
    QCOMPARE(governance::word(Verdict::Pass), "PASS");
    QCOMPARE(governance::word(Verdict::Review), "REVIEW");
    QCOMPARE(governance::word(Verdict::Fail), "FAIL");
}

void TestDecision::expiredWatch()
{
    auto c = passing({});
    c.model = modelOf(c);
    const auto analysis = analysis::analyse(c.intent.journey, c.inputs).value();
    const base::Watch watch({}, base::Watch::Clock::duration::zero());
    QVERIFY(!governance::decide(c.intent, c.inputs, analysis, &*c.model, watch));
    QVERIFY(governance::decide(c.intent, c.inputs, analysis, nullptr, watch));
}

QTEST_GUILESS_MAIN(TestDecision)
#include "tst_decision.moc"
