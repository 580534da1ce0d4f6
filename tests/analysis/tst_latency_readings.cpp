// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "tests/analysis/latency_laws.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

/// What is read from laws that no one grid suits: exact times beside rounded ones, levels at the end of what evidence
/// says, times that lie far apart.
class TestLatencyReadings : public QObject
{
    Q_OBJECT

private slots:
    void successAtTheDeadline_data();
    void successAtTheDeadline();
    void timeoutAroundTheWhole();
    void levelThatIsOnlyComeNearTo();
    void levelThatIsReached();
    void constantsOfOddLengths();
    void deadlineBeforeAll();
    void failuresFarAway();
    void nothingSucceeds();
    void percentilesAscend();
    void constantBesideSmooth();
    void oneThatNeverFails();
    void raisedByTheEnvelope();
};

namespace {

journey::ExpressionPtr limited(base::Duration deadline, journey::ExpressionPtr body)
{
    return journey::makeExpression(journey::Timeout{deadline, std::move(body)});
}

analysis::LatencyBand bandOf(const journey::ExpressionPtr& root, const journey::Inputs& inputs,
                             std::vector<base::Duration> deadlines = {})
{
    analysis::LatencyOptions options;
    options.deadlines = std::move(deadlines);
    options.sharedFate = options.envelope = false;
    return analysis::analyseLatency(journeyOf(root), inputs, options).value().law.value().independent;
}

bool isNear(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

/// p50 and p99 as people state them, the rest unknown.
LatencyLaw openBehindP99(base::Duration median, base::Duration p99)
{
    return LatencyLaw({{base::Duration(0), 0, 0.5, 0, 0}, {median, 0.5, 0.99, 0.5, 0.5}, {p99, 0.99, 1, 0.99, 0.99}});
}

} // namespace

void TestLatencyReadings::successAtTheDeadline_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("expected");
    QTest::newRow("at a timeout") << limited(900ms, parallel({call("constant"), call("smooth")})) << 0.9 * 0.99;
    QTest::newRow("a race") << limited(900ms, race({call("constant"), call("late")})) << 0.9;
    QTest::newRow("all of two") << limited(900ms, kofn(2, {call("constant"), call("smooth")})) << 0.9 * 0.99;
    QTest::newRow("either choice") << limited(
        900ms, branch({{"0.5", "0.5", call("constant")}, {"0.5", "0.5", call("smooth")}}))
                                   << (0.9 + 0.99) / 2;
    QTest::newRow("what is added up") << limited(900ms,
                                                 parallel({series({call("part"), call("rest")}), call("smooth")}))
                                      << 0.99;
    QTest::newRow("no timeout") << parallel({call("constant"), call("smooth")}) << 0.9 * 0.99;
}

/// Success at exactly the deadline counts, whatever is beside it.
void TestLatencyReadings::successAtTheDeadline()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, expected);
    journey::Inputs inputs;
    inputs.set("constant", withLatency(point(0.1), LatencyLaw::constant(900ms)));
    inputs.set("smooth", withLatency(point(0.01), lognormal(20, 0.5)));
    inputs.set("late", withLatency(point(0.01), lognormal(90'000, 0.5)));
    inputs.set("part", withLatency(point(0), discrete({{80ms, 0.5}, {880ms, 0.5}})));
    inputs.set("rest", withLatency(point(0), LatencyLaw::constant(20ms)));
    const auto band = bandOf(root, inputs, {900ms});
    const auto& at = band.deadlines.front();
    for (const double value : {at.lower, at.nominal.value(), at.upper})
        QVERIFY2(isNear(value, expected, 1e-6), qPrintable(QString::number(value, 'g', 10)));
    const auto found = analysis::analyse(journeyOf(root), inputs).value().journey.value().independent.value();
    QVERIFY2(isNear(1 - found.worst, expected, 1e-6), qPrintable(QString::number(1 - found.worst, 'g', 10)));
}

/// Behind its deadline no more succeeds.
void TestLatencyReadings::timeoutAroundTheWhole()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.01), lognormal(20, 0.8)));
    inputs.set("b", withLatency(point(0.01), lognormal(30, 0.8)));
    const auto root = limited(100ms, series({call("a"), call("b")}));
    const auto band = bandOf(root, inputs, {100ms, 500ms});
    const auto found = analysis::analyse(journeyOf(root), inputs).value().journey.value().independent.value();
    for (const auto& at : band.deadlines) {
        QVERIFY(isNear(at.lower, 1 - found.worst, 1e-9));
        QVERIFY(isNear(at.upper, 1 - found.best, 1e-9));
    }
    QVERIFY(isNear(band.successUpper, 1 - found.best, 1e-9));
    for (std::size_t i = 0; i < 4; ++i) { // p99.9 may lie in what is rounded at the deadline
        const auto& percentile = band.percentiles[i];
        QVERIFY(percentile.upper.value() <= 0.1 * 1.005);
        QVERIFY(*percentile.upper <= 1.01 * percentile.lower.value());
    }
}

/// A p99 of what is known up to the p99 of a part, with a sum that has no end.
void TestLatencyReadings::levelThatIsOnlyComeNearTo()
{
    journey::Inputs inputs;
    inputs.set("known to p99", withLatency(point(0.001), openBehindP99(17ms, 74ms)));
    inputs.set("smooth", withLatency(point(0.0005), lognormal(28, 0.52)));
    const auto band = bandOf(series({call("known to p99"), call("smooth")}), inputs, {500ms});
    const auto& p95 = band.percentiles[2];
    const auto& p99 = band.percentiles[3];
    QVERIFY(!p99.upper && !p99.nominal);
    QVERIFY(p99.lower.value() >= p95.lower.value());
    QVERIFY(p95.upper.value() < 0.2 && p95.nominal.value() > *p95.lower);
    QVERIFY2(band.numericWidth <= 0.005, qPrintable(QString::number(band.numericWidth)));
    // The others are as fine as they would be without it.
    QVERIFY(isNear(band.deadlines.front().lower, 0.99 * 0.999 * 0.9995, 1e-6));
}

/// The end of what is known is reached where it is a step.
void TestLatencyReadings::levelThatIsReached()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.001), openBehindP99(17ms, 74ms)));
    QVERIFY(isNear(bandOf(call("a"), inputs).percentiles[3].upper.value(), 0.074, 1e-12));
}

/// Their common divisor is a nanosecond: no grid holds both.
void TestLatencyReadings::constantsOfOddLengths()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.01), LatencyLaw::constant(200'123'456ns)));
    inputs.set("b", withLatency(point(0.01), LatencyLaw::constant(99'100'001ns)));
    const auto band = bandOf(limited(300ms, series({call("a"), call("b")})), inputs);
    for (const auto& percentile : band.percentiles) {
        const double exact = 0.299223457;
        QVERIFY(percentile.lower.value() <= exact && exact <= percentile.upper.value());
        QVERIFY(*percentile.upper - *percentile.lower <= 0.005 * exact);
        QVERIFY(isNear(percentile.nominal.value(), exact, 0.005 * exact));
    }
}

/// Nothing can have succeeded by then, however odd the times are.
void TestLatencyReadings::deadlineBeforeAll()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.01), LatencyLaw::constant(131'158'303ns), failsLikeSuccess()));
    const auto root = journey::makeExpression(journey::Retry{2, 333'333'333ns, call("a")});
    const auto at = bandOf(root, inputs, {100ms}).deadlines.front();
    QCOMPARE(at.lower, 0.0);
    QVERIFY(at.nominal.value() <= 1e-9);
    QVERIFY(at.upper <= 1e-9);
}

/// When failures have failed says nothing about successes that nobody waits for them with.
void TestLatencyReadings::failuresFarAway()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.01), LatencyLaw::constant(5ms), failsAfter(std::chrono::hours(87'600))));
    for (const auto& percentile : bandOf(call("a"), inputs).percentiles) {
        QVERIFY(isNear(percentile.lower.value(), 0.005, 0.005 * 0.005));
        QVERIFY(isNear(percentile.nominal.value(), 0.005, 0.005 * 0.005));
        QVERIFY(isNear(percentile.upper.value(), 0.005, 0.005 * 0.005));
    }
}

void TestLatencyReadings::nothingSucceeds()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(1), LatencyLaw::constant(5ms)));
    for (const auto& percentile : bandOf(call("a"), inputs).percentiles)
        QVERIFY(!percentile.nominal && !percentile.upper);
}

/// In any order in which they are asked for, and whatever grids they were read on.
void TestLatencyReadings::percentilesAscend()
{
    journey::Inputs inputs;
    List steps;
    for (int i = 0; i < 5; ++i) {
        const auto name = numbered("c", steps.size());
        inputs.set(name, withLatency(point(0.01), lognormal(std::pow(10, i), 1.5 + i)));
        steps.push_back(call(name));
    }
    analysis::LatencyOptions options;
    options.percentiles = {0.999, 0.01, 0.5, 0.1, 0.99, 0.0001};
    options.sharedFate = options.envelope = false;
    auto band = analysis::analyseLatency(journeyOf(series(steps)), inputs, options).value().law.value().independent;
    std::ranges::sort(band.percentiles, {}, &analysis::Percentile::part);
    const auto infinity = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < band.percentiles.size(); ++i) {
        const auto& before = band.percentiles[i - 1];
        const auto& here = band.percentiles[i];
        QVERIFY(before.lower.value() <= here.lower.value());
        QVERIFY(before.nominal.value_or(infinity) <= here.nominal.value_or(infinity));
        QVERIFY(before.upper.value_or(infinity) <= here.upper.value_or(infinity));
    }
}

/// Each percentile is read on its own grid, and none where the grid of another one ends.
void TestLatencyReadings::constantBesideSmooth()
{
    journey::Inputs inputs;
    inputs.set("constant", withLatency(point(0.1), LatencyLaw::constant(5ms)));
    inputs.set("smooth", withLatency(point(0.1), lognormal(20, 0.596)));
    const auto band = bandOf(parallel({call("constant"), call("smooth")}), inputs);
    for (const auto& percentile : band.percentiles)
        QVERIFY2(*percentile.upper - *percentile.lower <= 0.01 * *percentile.upper,
                 qPrintable(QStringLiteral("p%1: %2 to %3")
                                .arg(100 * percentile.part)
                                .arg(*percentile.lower)
                                .arg(*percentile.upper)));
}

/// The envelope's S(∞), which differs in the last digit, raises nothing.
void TestLatencyReadings::oneThatNeverFails()
{
    journey::Inputs inputs;
    inputs.set("a", withLatency(point(0.001), lognormal(20, 0.596)));
    inputs.set("b", withLatency(point(0), lognormal(20, 0.596)));
    const auto root = series({call("a"), call("b")});
    const auto alone = bandOf(root, inputs);
    const auto raised = analysis::analyseLatency(journeyOf(root), inputs).value().law.value().independent;
    for (std::size_t i = 0; i < alone.percentiles.size(); ++i)
        QVERIFY(isNear(*raised.percentiles[i].upper, *alone.percentiles[i].upper, 1e-9));
}

/// Two of three that share their fate: the envelope promises more successes, so it alone says when a part is done.
void TestLatencyReadings::raisedByTheEnvelope()
{
    journey::Inputs inputs;
    List calls;
    for (const char* name : {"a", "b", "c"}) {
        inputs.set(name, withLatency(withDomains(point(0.1), {"zone:a"}), lognormal(20, 0.596)));
        calls.push_back(call(name));
    }
    const auto law = analysis::analyseLatency(journeyOf(kofn(2, calls)), inputs).value().law.value();
    QVERIFY(isNear(law.sharedFate->successLower, 0.85, 1e-12)); // (3 · 0.9 − 1) / 2, where 0.9² = 0.81
    QCOMPARE(law.sharedFate->percentiles, law.envelope->percentiles);
}

QTEST_GUILESS_MAIN(TestLatencyReadings)
#include "tst_latency_readings.moc"
