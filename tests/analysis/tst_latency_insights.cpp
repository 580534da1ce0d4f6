// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/insights.h"
#include "tests/analysis/latency_inputs.h"

#include <QTest>

#include <set>

using namespace emac;
using namespace emac::tests;
using base::Code;

/// What is said of which node, and what is not.
struct InsightCase
{
    const char* name;
    ExpressionPtr root;
    std::vector<base::Message> expected;
    std::vector<journey::Fragment> fragments = {};
    int latencyObjective = 500; ///< milliseconds; 0: none
    int deadlineObjective = 0;
};
Q_DECLARE_METATYPE(InsightCase)

class TestLatencyInsights : public QObject
{
    Q_OBJECT

private slots:
    void insights_data();
    void insights();
    void elementsAndOrder();
    void everyMessageHasItsCase();
};

namespace {

/// slow and fast fail when they would have succeeded, quick at once, late after 300 ms, open nobody knows when.
journey::Inputs someInputs()
{
    const auto between = [](int first, int last) { return discrete({{first, 0.5}, {last, 0.5}}); };
    return inputsOf({
        {"slow", timed(0.1, between(200, 900), likeSuccess())},
        {"fast", timed(0.1, between(10, 20), likeSuccess())},
        {"quick", timed(0.1, between(10, 20), immediate())},
        {"late", timed(0.1, between(10, 20), failsAfter(Milliseconds(300)))},
        {"open", timed(0.1, between(10, 20))},
        {"open too", timed(0.1, between(10, 20))},
        {"never fails", timed(0, between(10, 20))},
        {"never succeeds", timed(1, between(10, 20), failsAfter(Milliseconds(300)))},
        {"lognormal",
         timed(0.1, journey::LatencyLaw(journey::LatencyLaw::Lognormal{std::log(0.1), 0.5}), likeSuccess())},
        {"without evidence", point(0.1)},
    });
}

std::vector<InsightCase> cases()
{
    const auto slow = [] { return call("slow"); };
    const auto fast = [] { return call("fast"); };
    const auto late = [] { return call("late"); };
    const auto open = [] { return call("open"); };
    const auto time = [](int n) { return Milliseconds(n); };
    const std::string latency = "latency";
    return {
        // Retries
        {"a try in time", retry(3, time(10), fast()), {}},
        {"tries behind the objective",
         retry(2, time(200), slow()),
         {{Code::InsightTryAfterObjective, {"2", "500ms", latency, "600ms"}}}},
        {"at the objective is in time", retry(2, time(100), slow()), {}},
        {"only the third is late",
         retry(5, time(30), slow()),
         {{Code::InsightTryAfterObjective, {"3", "500ms", latency, "660ms"}}}},
        {"the last one is in time", retry(2, time(30), slow()), {}},
        {"failures come later than successes", retry(2, time(0), late()), {}},
        {"and another time",
         retry(3, time(0), late()),
         {{Code::InsightTryAfterObjective, {"3", "500ms", latency, "610ms"}}}},
        {"behind the timeout",
         timeout(time(250), retry(2, time(0), slow())),
         {{Code::InsightTryAfterTimeout, {"2", "250ms", "400ms"}}}},
        {"at the timeout is in time", timeout(time(400), retry(2, time(0), slow())), {}},
        {"the outer timeout ends first",
         timeout(time(250), timeout(time(450), retry(2, time(0), slow()))),
         {{Code::InsightTryAfterTimeout, {"2", "250ms", "400ms"}}}},
        {"a timeout inside makes failures early", retry(2, time(0), timeout(time(50), slow())), {}},
        {"not even the first is in time", timeout(time(150), retry(2, time(0), slow())), {}},
        {"what stands before takes time",
         timeout(time(480), series({late(), slow(), retry(2, time(100), slow())})),
         {{Code::InsightTryAfterTimeout, {"2", "480ms", "710ms"}}}},
        {"the deadline is shorter",
         retry(2, time(0), slow()),
         {{Code::InsightTryAfterObjective, {"2", "300ms", "deadline", "400ms"}}},
         {},
         500,
         300},
        {"no objective", retry(2, time(10'000), slow()), {}, {}, 0},
        {"what cannot fail is not tried again", retry(2, time(900), call("never fails")), {}},
        {"a lognormal may be quick", retry(3, time(100), call("lognormal")), {}},
        {"a lognormal is not that quick",
         retry(2, time(495), call("lognormal")),
         {{Code::InsightTryAfterObjective, {"2", "500ms", latency, "504ms"}}}},
        {"no evidence, no time", retry(2, time(500), call("without evidence")), {}},
        {"backoff alone is too long",
         retry(2, time(501), call("without evidence")),
         {{Code::InsightTryAfterObjective, {"2", "500ms", latency, "501ms"}}}},
        // Fallbacks
        {"an alternate in time", fallback(fast(), {slow()}), {}},
        {"an alternate behind the objective",
         fallback(late(), {slow(), fast()}),
         {{Code::InsightAlternateAfterObjective, {"fast", "500ms", latency, "510ms"}}}},
        {"an alternate behind the timeout",
         timeout(time(309), fallback(late(), {call("quick")})),
         {{Code::InsightAlternateAfterTimeout, {"quick", "309ms", "310ms"}}}},
        {"a retry in the primary",
         fallback(retry(2, time(0), late()), {fast()}),
         {{Code::InsightAlternateAfterObjective, {"fast", "500ms", latency, "610ms"}}}},
        {"races fail with their last",
         timeout(time(100), fallback(race({call("quick"), late()}), {fast()})),
         {{Code::InsightAlternateAfterTimeout, {"fast", "100ms", "310ms"}}}},
        {"a parallel fails with its first",
         timeout(time(100), fallback(parallel({call("quick"), late()}), {fast()})),
         {}},
        {"2 of 3 fail with the second",
         timeout(time(100), fallback(kofn(2, {call("quick"), late(), late()}), {fast()})),
         {{Code::InsightAlternateAfterTimeout, {"fast", "100ms", "310ms"}}}},
        {"what never succeeds is passed on",
         series({fallback(call("never succeeds"), {fast()}), retry(2, time(190), fast())}),
         {{Code::InsightTryAfterObjective, {"2", "500ms", latency, "520ms"}}}},
        {"nobody waits for it", series({fast(), optional(fallback(late(), {slow()}), false)}), {}},
        {"the least choice counts", fallback(branch({{"0.5", "0.5", late()}, {"0.5", "0.5", fast()}}), {slow()}), {}},
        // Timeouts
        {"a timeout within the objective", timeout(time(500), fast()), {}},
        {"a timeout beyond it",
         series({timeout(time(501), fast())}),
         {{Code::InsightTimeoutAfterObjective, {"501ms", "500ms", latency}}}},
        {"nobody waits for it either", series({fast(), optional(timeout(time(800), fast()), false)}), {}},
        {"nothing to compare with", timeout(time(800), fast()), {}, {}, 0},
        // Hedges
        {"a hedge in time", hedged(time(15), {fast(), fast()}), {}},
        {"at p99", hedged(time(20), {fast(), fast()}), {}},
        {"behind p99", hedged(time(21), {fast(), fast()}), {{Code::InsightHedgeLate, {"21ms", "fast", "20ms"}}}},
        {"behind p99 of a series",
         hedged(time(50), {series({fast(), fast()}), fast()}),
         {{Code::InsightHedgeLate, {"50ms", "series", "40ms"}}}},
        {"an open tail", hedged(time(400), {call("without evidence"), fast()}), {}},
        {"nothing to hedge with", hedged(time(400), {fast()}), {}},
        // Failure times
        {"a fallback behind an open failure",
         fallback(open(), {fast()}),
         {{Code::InsightFailureTimeOpen, {"open", "fallback"}}}},
        {"a retry of it",
         retry(2, time(0), series({fast(), open(), open()})),
         {{Code::InsightFailureTimeOpen, {"open", "retry"}}}},
        {"one try", retry(1, time(0), open()), {}},
        {"a timeout inside", fallback(timeout(time(100), open()), {fast()}), {}},
        {"a timeout around",
         timeout(time(100), fallback(open(), {fast()})),
         {{Code::InsightFailureTimeOpen, {"open", "fallback"}}}},
        {"the last alternate is open", fallback(fast(), {open()}), {}},
        {"the last but one is",
         fallback(fast(), {open(), call("open too"), fast()}),
         {{Code::InsightFailureTimeOpen, {"open, open too", "fallback"}}}},
        {"an open call that cannot fail", fallback(call("never fails"), {fast()}), {}},
        {"an optional does not fail", fallback(series({fast(), optional(open())}), {fast()}), {}},
        {"said once",
         fallback(retry(2, time(0), open()), {fast()}),
         {{Code::InsightFailureTimeOpen, {"open", "retry"}}}},
        // Fragments count where they are used most generously
        {"late in one use alone", series({use("f"), late(), use("f")}), {}, {{"f", retry(2, time(80), slow())}}},
        {"late in all uses",
         timeout(time(399), use("f")),
         {{Code::InsightTryAfterTimeout, {"2", "399ms", "400ms"}}},
         {{"f", retry(2, time(0), slow())}}},
        {"used nowhere", fast(), {}, {{"f", timeout(time(9'000), retry(2, time(9'000), slow()))}}},
        {"a missing fragment", timeout(time(100), retry(2, time(0), use("nothing"))), {}},
    };
}

journey::Intent intentOf(const InsightCase& c)
{
    journey::Intent intent;
    intent.journey = journeyOf(c.root, c.fragments);
    if (c.latencyObjective > 0)
        intent.objectives.latency = journey::LatencyObjective{{}, "p99", ms(c.latencyObjective), {}};
    if (c.deadlineObjective > 0)
        intent.objectives.deadline = journey::DeadlineObjective{{}, ms(c.deadlineObjective), {}};
    return intent;
}

std::vector<base::Message> messages(const journey::Notes& notes)
{
    std::vector<base::Message> result;
    for (const auto& note : notes)
        result.push_back(note.message);
    return result;
}

std::string text(const std::vector<base::Message>& messages)
{
    std::string result;
    for (const auto& message : messages)
        result += base::codeName(message.code) + ' ' + base::english(message) + '\n';
    return result;
}

} // namespace

void TestLatencyInsights::insights_data()
{
    QTest::addColumn<InsightCase>("c");
    for (const auto& c : cases())
        QTest::newRow(c.name) << c;
}

void TestLatencyInsights::insights()
{
    QFETCH(InsightCase, c);
    const auto got = messages(analysis::latencyInsights(intentOf(c), someInputs()).value());
    QVERIFY2(got == c.expected, text(got).c_str());
}

/// The tree before the fragments, outer operators before inner ones; each note is of its operator.
void TestLatencyInsights::elementsAndOrder()
{
    const auto inner = retry(2, Milliseconds(0), call("slow"));
    const auto outer = timeout(Milliseconds(300), inner);
    const auto last = timeout(Milliseconds(150), call("fast"));
    const auto inFragment = timeout(Milliseconds(200), call("fast"));
    const auto intent = intentOf({"", series({use("f"), outer, last}), {}, {{"f", inFragment}}, 100});
    const auto notes = analysis::latencyInsights(intent, someInputs()).value();
    std::vector<journey::Element> elements;
    for (const auto& note : notes)
        elements.push_back(note.element);
    const std::vector<journey::Element> expected{
        journey::Element::ofNode(outer->id), journey::Element::ofNode(inner->id), journey::Element::ofNode(last->id),
        journey::Element::ofNode(inFragment->id)};
    QVERIFY(elements == expected);
}

void TestLatencyInsights::everyMessageHasItsCase()
{
    std::set<Code> covered;
    for (const auto& c : cases()) {
        for (const auto& message : c.expected)
            covered.insert(message.code);
    }
    std::set<Code> expected;
#define EMAC_MESSAGE(name, number, severity, what, expectedText, mend)                                                 \
    if (number >= 770 && number < 780)                                                                                 \
        expected.insert(Code::name);
#include "core/base/messages.def"
#undef EMAC_MESSAGE
    QVERIFY(covered == expected);
}

QTEST_GUILESS_MAIN(TestLatencyInsights)
#include "tst_latency_insights.moc"
