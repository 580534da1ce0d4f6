// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/decision.h"
#include "tests/governance/decision_cases.h"

#include <QTest>

#include <set>

using namespace emac;
using namespace emac::tests;
using base::Code;
using governance::Verdict;

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
    void judgedEnds();
    void unknownDomainsThroughFragments();
    void words();
    void expiredWatch();
};

namespace {

std::vector<Case> cases()
{
    auto list = availabilityCases();
    for (auto& one : latencyCases())
        list.push_back(std::move(one));
    return list;
}

governance::Decision decisionOf(const Case& c)
{
    const auto analysis = analysis::analyse(c.intent.journey, c.inputs, {}, nullptr, c.limits).value();
    return governance::decide(c.intent, c.inputs, analysis, c.latency ? &*c.latency : nullptr,
                              c.model ? &*c.model : nullptr)
        .value();
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
        return Judgements{{"availability", verdict, target, shortfall, std::nullopt},
                          {"latency", std::nullopt, 0.4, std::nullopt, std::nullopt},
                          {"deadline", std::nullopt, 0.99, std::nullopt, std::nullopt}};
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

/// The ends of both bands together; of the envelope alone where automation names it.
void TestDecision::judgedEnds()
{
    const auto band = [](double lower, std::optional<double> upper, double reached) {
        analysis::LatencyBand result;
        result.percentiles = {{0.99, lower, std::nullopt, upper}};
        result.deadlines = {{std::chrono::milliseconds(400), reached, std::nullopt, 1}};
        return result;
    };
    auto c = passing({});
    auto input = stated("0.9");
    input.latency = journey::LatencyLaw::constant(std::chrono::milliseconds(1));
    c.inputs.set("b", input);
    c.intent.objectives.latency =
        journey::LatencyObjective{std::chrono::days(30), "p99", std::chrono::milliseconds(400), {}};
    c.intent.objectives.deadline =
        journey::DeadlineObjective{std::chrono::days(30), std::chrono::milliseconds(400), ratio("0.9")};
    c.latency = analysis::LatencyAnalysis();
    c.latency->law = analysis::NodeLatency{band(0.1, 0.3, 0.98), band(0.05, 0.35, 0.97), band(0.01, {}, 0.5), false};
    using Ends = governance::ObjectiveJudgement::Ends;
    const auto judged = [&] {
        std::vector<std::optional<Ends>> result;
        for (const auto& objective : decisionOf(c).objectives)
            result.push_back(objective.judged);
        return result;
    };
    using All = std::vector<std::optional<Ends>>;
    QCOMPARE(judged(), (All{std::nullopt, Ends{0.05, 0.35}, Ends{0.97, 1.0}}));
    c.latency->law->sharedFate->percentiles.front().upper.reset();
    QCOMPARE(judged(), (All{std::nullopt, Ends{0.05, std::nullopt}, Ends{0.97, 1.0}}));
    c.intent.governance.latency = journey::LatencyAssumption::Envelope;
    QCOMPARE(judged(), (All{std::nullopt, Ends{0.01, std::nullopt}, Ends{0.5, 1.0}}));
    c.latency->law->envelope.reset();
    QCOMPARE(judged(), (All{std::nullopt, std::nullopt, std::nullopt}));
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
    QVERIFY(!governance::decide(c.intent, c.inputs, analysis, nullptr, &*c.model, watch));
    QVERIFY(governance::decide(c.intent, c.inputs, analysis, nullptr, nullptr, watch));
}

QTEST_GUILESS_MAIN(TestDecision)
#include "tst_decision.moc"
