// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/latency_inputs.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// EMAC-601: a timeout changes nothing where some waited-for call below has no latency evidence. EMAC-760: what it does
/// is approximate where alternatives below it share components with the rest; EMAC-761: where too many repeat below it.
class TestAnalysisNotes : public QObject
{
    Q_OBJECT

private slots:
    void timeouts_data();
    void timeouts();
    void order();
    void approximate_data();
    void approximate();
    void tooManyToFollow();
    void separateCalls();
};

namespace {

journey::Inputs someLatency()
{
    auto known = point(0.1);
    known.latency = journey::LatencyLaw::constant(std::chrono::milliseconds(20));
    return inputsOf({{"known", known}, {"other", known}, {"own", independentCalls(known)}, {"unknown", point(0.1)}});
}

journey::Note timeoutNote(const ExpressionPtr& node, const std::string& lacking)
{
    return {{base::Code::TimeoutWithoutEffect, {"800ms", lacking}}, journey::Element::ofNode(node->id)};
}

} // namespace

void TestAnalysisNotes::timeouts_data()
{
    QTest::addColumn<journey::ExpressionPtr>("body");
    QTest::addColumn<QString>("lacking");
    QTest::newRow("evidence") << call("known") << "";
    QTest::newRow("no evidence") << call("unknown") << "unknown";
    QTest::newRow("a call without input") << call("nobody") << "nobody";
    QTest::newRow("some") << series({call("known"), race({call("nobody"), call("unknown")}), call("nobody")})
                          << "nobody, unknown";
    QTest::newRow("waits for an optional") << series({call("known"), optional(call("unknown"), true)}) << "unknown";
    QTest::newRow("does not wait") << series({call("known"), optional(call("unknown"), false)}) << "";
    QTest::newRow("waits for nothing") << optional(call("known"), false) << "";
    QTest::newRow("through a retry and a fragment") << retry(2, use("f")) << "";
    QTest::newRow("missing fragment") << use("nothing") << "";
}

void TestAnalysisNotes::timeouts()
{
    QFETCH(journey::ExpressionPtr, body);
    QFETCH(QString, lacking);
    const auto root = timeout(body);
    const auto notes = analysis::analyse(journeyOf(root, {{"f", call("known")}}), someLatency()).value().notes;
    QCOMPARE(notes, lacking.isEmpty() ? journey::Notes() : journey::Notes{timeoutNote(root, lacking.toStdString())});
}

/// In document order, the tree before the fragments.
void TestAnalysisNotes::order()
{
    const auto inner = timeout(call("unknown"));
    const auto outer = timeout(series({inner, use("f")}));
    const auto last = timeout(call("unknown"));
    const auto inFragment = timeout(call("unknown"));
    const auto journey = journeyOf(series({outer, last}), {{"f", inFragment}});
    const journey::Notes expected{timeoutNote(outer, "unknown"), timeoutNote(inner, "unknown"),
                                  timeoutNote(last, "unknown"), timeoutNote(inFragment, "unknown")};
    QCOMPARE(analysis::analyse(journey, someLatency()).value().notes, expected);
}

void TestAnalysisNotes::approximate_data()
{
    QTest::addColumn<journey::ExpressionPtr>("body");
    QTest::addColumn<journey::ExpressionPtr>("beside");
    QTest::addColumn<bool>("noted");
    const auto choice = [] { return race({call("known"), call("other")}); };
    QTest::newRow("nothing elsewhere") << choice() << call("own") << false;
    QTest::newRow("an alternative elsewhere") << choice() << call("other") << true;
    QTest::newRow("beside a call without evidence") << choice() << series({call("unknown"), call("other")}) << true;
    QTest::newRow("beside a timeout without effect")
        << choice() << series({timeout(series({call("unknown"), call("other")})), call("unknown")}) << true;
    QTest::newRow("through a fragment") << choice() << use("f") << true;
    QTest::newRow("no alternatives") << series({call("known"), call("other")}) << call("other") << false;
    QTest::newRow("own draws") << race({call("known"), call("own")}) << call("own") << false;
    QTest::newRow("another execution") << choice() << retry(2, call("other")) << false;
}

void TestAnalysisNotes::approximate()
{
    QFETCH(journey::ExpressionPtr, body);
    QFETCH(journey::ExpressionPtr, beside);
    QFETCH(bool, noted);
    const auto limited = timeout(body);
    const auto journey = journeyOf(series({limited, beside}), {{"f", call("other")}});
    const auto found = [&](const journey::Journey& asked) {
        auto notes = analysis::analyse(asked, someLatency()).value().notes;
        std::erase_if(notes, [](const auto& note) { return note.message.code == base::Code::TimeoutWithoutEffect; });
        return notes;
    };
    // A⁺ is S(∞) of a law that knows the states of components.
    QCOMPARE(found(journey), journey::Notes());
    QVERIFY(!analysis::analyse(journey, someLatency()).value().journey.value().independentApproximate);
    auto withRule = journey;
    withRule.domainRules.push_back({"zone", {}, {}, {}, {}, ratio("0.999")});
    const journey::Note note{{base::Code::TimeoutApproximate, {"800ms", "the common-cause value"}},
                             journey::Element::ofNode(limited->id)};
    QCOMPARE(found(withRule), noted ? journey::Notes{note} : journey::Notes());
    QCOMPARE(analysis::analyse(withRule, someLatency()).value().journey.value().commonCauseApproximate, noted);
}

/// More components are called more than once than the law in time can follow.
void TestAnalysisNotes::tooManyToFollow()
{
    const auto isApproximate = [](int repeated) {
        std::vector<journey::ExpressionPtr> calls;
        journey::Inputs inputs;
        for (int i = 0; i < repeated; ++i) {
            const auto name = "c" + std::to_string(i);
            calls.push_back(call(name));
            inputs.set(name, timed(0.1, discrete({{5, 0.5}, {900, 0.5}})));
        }
        const auto limited = timeout(race(calls));
        const auto found = analysis::analyse(journeyOf(series({limited, kofn(2, calls)})), inputs).value();
        const journey::Note note{{base::Code::TimeoutApproximate, {"800ms", "the independent value"}},
                                 journey::Element::ofNode(limited->id)};
        const bool isNoted = std::ranges::find(found.notes, note) != found.notes.end();
        return found.journey->independentApproximate == isNoted ? std::optional(isNoted) : std::nullopt;
    };
    QCOMPARE(isApproximate(10), std::optional(false));
    QCOMPARE(isApproximate(11), std::optional(true));
}

/// More components repeat below the timeout than its law can follow.
void TestAnalysisNotes::separateCalls()
{
    const auto noted = [](int repeated) {
        std::vector<journey::ExpressionPtr> calls;
        journey::Inputs inputs;
        for (int i = 0; i < repeated; ++i) {
            const auto name = "c" + std::to_string(i);
            calls.push_back(call(name));
            calls.push_back(call(name));
            inputs.set(name, timed(0.1, discrete({{5, 0.5}, {900, 0.5}})));
        }
        const auto limited = timeout(race(calls));
        const auto found = analysis::analyse(journeyOf(limited), inputs).value();
        const journey::Note note{{base::Code::TimeoutCallsSeparate, {"800ms", "10"}},
                                 journey::Element::ofNode(limited->id)};
        const bool isNoted = std::ranges::find(found.notes, note) != found.notes.end();
        return found.journey->independentApproximate == isNoted ? std::optional(isNoted) : std::nullopt;
    };
    QCOMPARE(noted(10), std::optional(false));
    QCOMPARE(noted(11), std::optional(true));
}

QTEST_GUILESS_MAIN(TestAnalysisNotes)
#include "tst_analysis_notes.moc"
