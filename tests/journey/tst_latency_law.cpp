// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/latency_law.h"

#include <QtTest>

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>

using namespace emac;
using namespace std::chrono_literals;
using base::Duration;
using journey::LatencyLaw;

/// The law of a component's latency: its three curves.
class TestLatencyLaw : public QObject
{
    Q_OBJECT

private slots:
    void curves_data();
    void curves();
    void lognormal_data();
    void lognormal();
    void bandsAndTails();
    void scaled();
    void scalingMovesTheCurves();
    void knotsAtOneTime();
    void equality();
};

namespace {

/// 0 … 0.5 from the start, [0.5, 0.9] from 10 ms, [0.7, 1] from 20 ms with a jump of the nominal curve to 0.8.
LatencyLaw steps()
{
    return LatencyLaw({{0ns, 0, 0.5, 0, 0.1}, {10ms, 0.5, 0.9, 0.5, 0.5}, {20ms, 0.7, 1, 0.7, 0.8}});
}

} // namespace

void TestLatencyLaw::curves_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("nominal");
    QTest::addColumn<double>("upper");
    const auto row = [](qint64 microseconds, double lower, double nominal, double upper) {
        QTest::addRow("%lld us", microseconds) << microseconds << lower << nominal << upper;
    };
    row(-1, 0, 0, 0);
    row(0, 0, 0.1, 0.5);
    row(5'000, 0, 0.3, 0.5);
    row(9'999, 0, 0.1 + 0.4 * 0.9999, 0.5);
    row(10'000, 0.5, 0.5, 0.9);
    row(15'000, 0.5, 0.6, 0.9);
    row(20'000, 0.7, 0.8, 1);
    row(3'600'000'000, 0.7, 0.8, 1);
}

void TestLatencyLaw::curves()
{
    QFETCH(const qint64, microseconds);
    const auto law = steps();
    const Duration time(microseconds * 1000);
    QTEST(law.lower(time), "lower");
    QTEST(law.nominal(time), "nominal");
    QTEST(law.upper(time), "upper");
}

void TestLatencyLaw::lognormal_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<double>("probability");
    // mu = ln 0.02, sigma = 0.5: quantiles of the standard normal law, from tables.
    const auto row = [](const char* name, double normal, double probability) {
        QTest::newRow(name) << 0.02 * std::exp(0.5 * normal) << probability;
    };
    row("median", 0, 0.5);
    row("p90", 1.2815515655446004, 0.9);
    row("p99", 2.3263478740408408, 0.99);
    row("p1", -2.3263478740408408, 0.01);
    row("p999", 3.090232306167813, 0.999);
}

void TestLatencyLaw::lognormal()
{
    QFETCH(const double, seconds);
    QFETCH(const double, probability);
    const LatencyLaw law(LatencyLaw::Lognormal{std::log(0.02), 0.5});
    const Duration time(std::llround(seconds * 1e9));
    QVERIFY(std::abs(law.nominal(time) - probability) < 1e-7);
    QCOMPARE(law.lower(time), law.nominal(time));
    QCOMPARE(law.upper(time), law.nominal(time));
    QCOMPARE(law.nominal(0ns), 0.0);
    QCOMPARE(law.nominal(-1ns), 0.0);
}

void TestLatencyLaw::bandsAndTails()
{
    const LatencyLaw normal(LatencyLaw::Lognormal{-4, 0.5});
    QVERIFY(!normal.hasBand() && normal.isTailKnown());
    const auto constant = LatencyLaw::constant(5ms);
    QVERIFY(!constant.hasBand() && constant.isTailKnown());
    QCOMPARE(constant.lower(5ms - 1ns), 0.0);
    QCOMPARE(constant.nominal(5ms - 1ns), 0.0);
    QCOMPARE(constant.nominal(5ms), 1.0);
    QCOMPARE(constant.lower(5ms), 1.0);
    QVERIFY(steps().hasBand() && !steps().isTailKnown());
    const LatencyLaw closed({{0ns, 0, 1, 0, 0}, {1s, 1, 1, 1, 1}});
    QVERIFY(closed.hasBand() && closed.isTailKnown());
}

void TestLatencyLaw::scaled()
{
    const auto law = steps().scaled(1.5);
    QCOMPARE(law.lower(15ms - 1ns), 0.0);
    QCOMPARE(law.lower(15ms), 0.5);
    QCOMPARE(law.upper(30ms), 1.0);
    // Whole nanoseconds.
    QCOMPARE(LatencyLaw::constant(3ns).scaled(0.5), LatencyLaw::constant(2ns));
}

void TestLatencyLaw::scalingMovesTheCurves()
{
    const auto holds = [] {
        const auto microseconds = *rc::gen::inRange<std::int64_t>(1, 1'000'000);
        const auto doubled = *rc::gen::inRange(1, 9);
        const LatencyLaw law(LatencyLaw::Lognormal{std::log(0.05), 0.3});
        const Duration time(microseconds * 1000);
        RC_ASSERT(std::abs(law.scaled(doubled).nominal(time * doubled) - law.nominal(time)) < 1e-12);
        RC_ASSERT(steps().scaled(doubled).upper(time * doubled) == steps().upper(time));
    };
    QVERIFY(rc::check("the law of k times the latency at k times the time is the law at the time", holds));
}

/// Where knots share a time, the last one holds from there on.
void TestLatencyLaw::knotsAtOneTime()
{
    const LatencyLaw law(
        {{0ns, 0, 0.5, 0, 0}, {1ms, 0.2, 0.6, 0.4, 0.4}, {1ms, 0.5, 0.8, 0.4, 0.6}, {3ms, 1, 1, 1, 1}});
    QCOMPARE(law.lower(1ms), 0.5);
    QCOMPARE(law.upper(1ms), 0.8);
    QCOMPARE(law.nominal(1ms), 0.6);
    QCOMPARE(law.nominal(2ms), 0.8);
    QCOMPARE(law.nominal(500us), 0.2);
}

void TestLatencyLaw::equality()
{
    QVERIFY(steps() == steps());
    QVERIFY(!(steps() == steps().scaled(2)));
    QVERIFY(!(LatencyLaw(LatencyLaw::Lognormal{1, 2}) == LatencyLaw(LatencyLaw::Lognormal{1, 3})));
}

QTEST_APPLESS_MAIN(TestLatencyLaw)
#include "tst_latency_law.moc"
