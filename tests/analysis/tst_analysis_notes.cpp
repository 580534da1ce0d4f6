// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/analysis/journeys.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// EMAC-601: a timeout changes nothing yet where every waited-for call below has latency evidence.
class TestAnalysisNotes : public QObject
{
    Q_OBJECT

private slots:
    void timeouts_data();
    void timeouts();
    void order();
};

namespace {

journey::Inputs someLatency()
{
    auto known = point(0.1);
    known.latency = journey::LatencyLaw::constant(base::Duration(1));
    return inputsOf({{"known", known}, {"unknown", point(0.1)}});
}

journey::Note timeoutNote(const ExpressionPtr& node)
{
    return {{base::Code::TimeoutWithoutEffect, {"800ms"}}, journey::Element::ofNode(node->id)};
}

} // namespace

void TestAnalysisNotes::timeouts_data()
{
    QTest::addColumn<journey::ExpressionPtr>("body");
    QTest::addColumn<bool>("noted");
    QTest::newRow("evidence") << call("known") << true;
    QTest::newRow("no evidence") << call("unknown") << false;
    QTest::newRow("a call without input") << call("nobody") << false;
    QTest::newRow("some") << series({call("known"), race({call("known"), call("unknown")})}) << false;
    QTest::newRow("waits for an optional") << series({call("known"), optional(call("unknown"), true)}) << false;
    QTest::newRow("does not wait") << series({call("known"), optional(call("unknown"), false)}) << true;
    QTest::newRow("waits for nothing") << optional(call("known"), false) << false;
    QTest::newRow("through a retry and a fragment") << retry(2, use("f")) << true;
    QTest::newRow("missing fragment") << use("nothing") << false;
}

void TestAnalysisNotes::timeouts()
{
    QFETCH(journey::ExpressionPtr, body);
    QFETCH(bool, noted);
    const auto root = timeout(body);
    const auto notes = analysis::analyse(journeyOf(root, {{"f", call("known")}}), someLatency()).value().notes;
    QCOMPARE(notes, noted ? journey::Notes{timeoutNote(root)} : journey::Notes());
}

/// In document order, the tree before the fragments.
void TestAnalysisNotes::order()
{
    const auto inner = timeout(call("known"));
    const auto outer = timeout(series({inner, use("f")}));
    const auto last = timeout(call("known"));
    const auto inFragment = timeout(call("known"));
    const auto journey = journeyOf(series({outer, last}), {{"f", inFragment}});
    const journey::Notes expected{timeoutNote(outer), timeoutNote(inner), timeoutNote(last), timeoutNote(inFragment)};
    QCOMPARE(analysis::analyse(journey, someLatency()).value().notes, expected);
}

QTEST_GUILESS_MAIN(TestAnalysisNotes)
#include "tst_analysis_notes.moc"
