// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/stated_times.h"
#include "core/journey/paths.h"
#include "tests/analysis/latency_laws.h"
#include "tests/analysis/latency_oracle.h"
#include "tests/analysis/random_journey.h"

#include <QTest>

using namespace emac;
using namespace emac::tests;

Q_DECLARE_METATYPE(emac::journey::ExpressionPtr)

/// What happens at stated times a hair's breadth from a deadline is known exactly.
class TestStatedTimes : public QObject
{
    Q_OBJECT

private slots:
    void asksForWhatIsMissing();
    void tooMuch();
    void atTheDeadline_data();
    void atTheDeadline();
    void betweenKnots();
    void underSharedFate();
    void againstEnumeration();
};

namespace {

ExpressionPtr within(base::Duration deadline, ExpressionPtr body)
{
    return journey::makeExpression(journey::Timeout{deadline, std::move(body)});
}

analysis::Unavailability independentOf(const journey::Journey& journey, const journey::Inputs& inputs)
{
    return analysis::analyse(journey, inputs).value().journey.value().independent.value();
}

QByteArray difference(const analysis::Unavailability& got, double worst, double best)
{
    if (std::abs(got.worst - worst) <= 1e-11 && std::abs(got.best - best) <= 1e-11)
        return {};
    const auto text = [](double value) { return QByteArray::number(value, 'g', 15); };
    return text(got.worst) + ", " + text(got.best) + " instead of " + text(worst) + ", " + text(best);
}

} // namespace

void TestStatedTimes::asksForWhatIsMissing()
{
    analysis::StatedTimes times(10ns);
    QCOMPARE(times.find(0), std::size_t(0));
    QCOMPARE(times.find(10), std::size_t(1));
    QCOMPARE(times.find(11), analysis::StatedTimes::nowhere);
    QVERIFY(times.isComplete());
    QCOMPARE(times.find(4), analysis::StatedTimes::nowhere);
    QVERIFY(!times.isComplete());
    times = times.completed();
    QCOMPARE(times.find(4), std::size_t(1));
    // 4 with .5, 10 with .5: the sum of two is 8 with .25, or behind the end.
    const analysis::Cdf law(1, {0.5, 1.0});
    QVERIFY(times.sum(law, law).isZero());
    times = times.completed();
    const analysis::Cdf again(1, {0.5, 0.5, 1.0});
    QVERIFY(times.isComplete());
    const auto sum = times.sum(again, again);
    QCOMPARE(sum.at(1), 0.);
    QCOMPARE(sum.at(2), 0.25);
    QCOMPARE(sum.at(3), 0.25);
    QVERIFY(times.isComplete());
}

void TestStatedTimes::tooMuch()
{
    analysis::StatedTimes times(1s);
    for (int i = 1; i < 1000; ++i)
        times.find(i);
    QVERIFY(!times.isTooMuch());
    QVERIFY(times.completed().isTooMuch());
}

void TestStatedTimes::atTheDeadline_data()
{
    QTest::addColumn<journey::ExpressionPtr>("root");
    QTest::addColumn<double>("success");
    const auto both = [] { return series({call("c"), call("d")}); };
    QTest::newRow("a series, just in time") << within(300'001us, both()) << 0.9801;
    QTest::newRow("a series, just too late") << within(300ms, both()) << 0.;
    QTest::newRow("a call, by one ns") << within(200'249'999ns, call("c")) << 0.;
    QTest::newRow("a call, at the deadline") << within(200'250us, call("c")) << 0.99;
    // Too late for c, and d is tried at once.
    QTest::newRow("a fallback") << within(200'249'999ns, fallback(call("c"), {call("d")})) << 0.01 * 0.99;
    const auto again = [] { return journey::makeExpression(journey::Retry{2, 500us, call("d")}); };
    QTest::newRow("a pause, at the deadline") << within(100'251us, again()) << 0.9999;
    QTest::newRow("a pause, by one ns") << within(100'250'999ns, again()) << 0.99;
    QTest::newRow("one inside another") << within(300'001us,
                                                  series({within(200'250us, call("c")), within(99'751us, call("d"))}))
                                        << 0.9801;
    QTest::newRow("one inside another, by one ns")
        << within(300'001us, series({within(200'250us, call("c")), within(99'750'999ns, call("d"))})) << 0.;
}

void TestStatedTimes::atTheDeadline()
{
    QFETCH(journey::ExpressionPtr, root);
    QFETCH(double, success);
    const auto input = [](base::Duration time) {
        return withLatency(point(0.01), LatencyLaw::constant(time), failsAtOnce());
    };
    const auto found = independentOf(journeyOf(root), inputsOf({{"c", input(200'250us)}, {"d", input(99'751us)}}));
    const auto wrong = difference(found, 1 - success, 1 - success);
    QVERIFY2(wrong.isEmpty(), wrong.constData());
}

/// Between two knots the band is what is known, and no more.
void TestStatedTimes::betweenKnots()
{
    const LatencyLaw law({{50'000'001ns, 0.5, 0.75, 0, 0.6}, {200ms, 1, 1, 0.6, 1}});
    const auto journey = journeyOf(within(100'000'003ns, series({call("x"), call("y")})));
    const auto found =
        independentOf(journey, inputsOf({{"x", withLatency(point(0), law)},
                                         {"y", withLatency(point(0), LatencyLaw::constant(50'000'002ns))}}));
    const auto wrong = difference(found, 0.5, 0.25);
    QVERIFY2(wrong.isEmpty(), wrong.constData());
}

/// Slow together, by a microsecond: both or none.
void TestStatedTimes::underSharedFate()
{
    const auto input = [](base::Duration time) {
        const auto law = discrete({{time, 0.5}, {time + 1us, 0.5}});
        return withDomains(withLatency(point(0.01), law, failsAtOnce()), {"zone"});
    };
    const auto inputs = inputsOf({{"c", input(200'250us)}, {"d", input(99'751us)}});
    const auto both = series({call("c"), call("d")});
    // One inside another is read on a grid of its own.
    for (const auto& root : {within(300'002us, both), within(1h, series({within(300'002us, both)}))}) {
        const auto found = analysis::analyse(journeyOf(root), inputs).value().journey.value();
        const QByteArray wrong = difference(found.independent.value(), 1 - 0.75 * 0.9801, 1 - 0.75 * 0.9801)
                                 + difference(found.sharedFate, 1 - 0.5 * 0.9801, 1 - 0.5 * 0.9801);
        QVERIFY2(wrong.isEmpty(), wrong.constData());
        const auto law = analysis::analyseLatency(journeyOf(root), inputs).value().law.value().sharedFate.value();
        QVERIFY(std::abs(law.successLower - 0.5 * 0.9801) < 1e-11);
        QVERIFY(std::abs(law.successUpper - 0.5 * 0.9801) < 1e-11);
    }
}

void TestStatedTimes::againstEnumeration()
{
    std::size_t compared = 0;
    for (unsigned seed = 0; seed < 1500; ++seed) {
        Random random(seed);
        RandomJourneyOptions options;
        options.calls = 6;
        options.repeatable = 2;
        options.unique = 6;
        options.choiceRanges = false;
        auto made = randomJourney(random, options);
        journey::Inputs inputs;
        for (const auto& name : made.components) {
            // Sums of a few of these come within some ns of 800 ms.
            const auto near = [&] { return 800ms / random.between(1, 3) + random.between(-3, 3) * 1ns; };
            const auto quick = near();
            const auto law = random.chance(0.5)
                                 ? LatencyLaw::constant(quick)
                                 : discrete({{quick, 0.5}, {quick + near() * random.between(0, 2) + 1ns, 0.5}});
            const std::array failures{failsAtOnce(), failsLikeSuccess(), failsAfter(near())};
            inputs.set(name,
                       withLatency(made.inputs.find(name)->independentCalls ? independentCalls(point(0.2)) : point(0.1),
                                   law, failures.at(static_cast<std::size_t>(random.between(0, 2)))));
        }
        if (journey::expressionText(made.journey.root).find("Timeout") == std::string::npos)
            continue;
        const auto found = analysis::analyse(made.journey, inputs).value().journey;
        const auto exact = enumerate(made.journey, inputs, InputEnd::Nominal, 20'000);
        if (!exact || !found || found->independentApproximate)
            continue;
        ++compared;
        const auto success = static_cast<double>(exact->success());
        const auto wrong = difference(found->independent.value(), 1 - success, 1 - success);
        QVERIFY2(wrong.isEmpty(), (std::to_string(seed) + ": " + wrong.toStdString() + " in "
                                   + journey::expressionText(made.journey.root))
                                      .c_str());
    }
    QVERIFY2(compared > 200, std::to_string(compared).c_str());
}

QTEST_GUILESS_MAIN(TestStatedTimes)
#include "tst_stated_times.moc"
