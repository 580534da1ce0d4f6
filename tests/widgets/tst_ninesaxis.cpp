// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/ninesaxis.h"

#include <QLocale>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace emac::widgets;

namespace {

QStringList list(std::initializer_list<const char*> texts)
{
    QStringList result;
    for (const auto* text : texts)
        result << QString::fromUtf8(text);
    return result;
}

QStringList labels(const std::vector<nines::Tick>& ticks)
{
    QStringList result;
    for (const auto& tick : ticks)
        result << tick.label;
    return result;
}

} // namespace

class TestNinesAxis : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void positions()
    {
        QCOMPARE(nines::position(1), 0.0);
        QCOMPARE(nines::position(0.01), 2.0);
        QCOMPARE(nines::position(1e-9), 9.0);
        QCOMPARE(nines::position(0), std::numeric_limits<double>::infinity());
    }

    void ordinaryValuesAreNotClipped()
    {
        const auto scale = nines::scaleFor({0.0075, 0.0025, 0.005});
        QVERIFY(scale.range.from <= nines::position(0.0075));
        QVERIFY(scale.range.to >= nines::position(0.0025));
        QCOMPARE(scale.range.span(), 1.0);
        QVERIFY(scale.clipLow <= nines::position(0.0075));
        QVERIFY(scale.clipHigh >= nines::position(0.0025));
    }

    void nothingAndCertaintyDoNotStretchTheAxis()
    {
        const auto scale = nines::scaleFor({1, 0, 0.005, 0.0005});
        QVERIFY(scale.range.from > 1.5);
        QVERIFY(scale.range.to < 4);
        QVERIFY(scale.clipLow < nines::position(0.005));
        QVERIFY(scale.clipHigh > nines::position(0.0005));
        QVERIFY(scale.clipLow >= scale.range.from);
        QVERIFY(scale.clipHigh <= scale.range.to);
    }

    void whiskersWidenItSomewhat()
    {
        const std::vector<double> bars{0.0075, 0.0025};
        const auto alone = nines::scaleFor(bars);
        const auto near = nines::scaleFor(bars, {0.02, 0.001});
        QVERIFY(near.range.from <= nines::position(0.02));
        QVERIFY(near.range.to >= nines::position(0.001));
        QCOMPARE(near.clipLow, nines::position(0.02));
        // What lies far off is clipped, with a mark, and takes no more room than that.
        const auto far = nines::scaleFor(bars, {1, 0});
        QVERIFY(far.clipLow < nines::position(0.0075));
        QVERIFY(far.clipHigh > nines::position(0.0025));
        QVERIFY(far.range.span() < alone.range.span() + 0.6);
        const auto beyond = nines::scaleFor(bars, {0.4, 1e-8});
        QCOMPARE(beyond.clipLow, far.clipLow);
        QCOMPARE(beyond.clipHigh, far.clipHigh);
    }

    void nothingStatedAtAll()
    {
        for (const auto& values : {std::vector<double>{}, {1.0}, {0.0, 1.0}}) {
            const auto scale = nines::scaleFor(values);
            QVERIFY(std::isfinite(scale.range.from) && std::isfinite(scale.range.to));
            QVERIFY(scale.range.span() >= 1);
        }
    }

    void wideningGivesEveryLabelItsRoom()
    {
        const std::vector<nines::Labelled> labelled{{2, 80, 0}, {4, 0, 90}, {3, 5, 5}};
        const double width = 600;
        const auto range = nines::widened({2, 4}, labelled, width);
        const double perPixel = range.span() / width;
        for (const auto& label : labelled) {
            QVERIFY(label.position - label.left * perPixel >= range.from - 1e-2);
            QVERIFY(label.position + label.right * perPixel <= range.to + 1e-2);
        }
    }

    void wideningEndsWhereThereIsNoRoom()
    {
        const auto range = nines::widened({2, 3}, {{2, 400, 400}}, 100);
        QVERIFY(std::isfinite(range.from) && std::isfinite(range.to));
        QCOMPARE(nines::widened({2, 3}, {{2, 10, 10}}, 0), (nines::Range{2, 3}));
    }

    void ticksOfTheOtherUnits_data()
    {
        QTest::addColumn<AvailabilityUnit>("unit");
        QTest::addColumn<double>("width");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("nines") << AvailabilityUnit::Nines << 400.0 << list({"2", "2.2", "2.4", "2.6", "2.8", "3"});
        QTest::newRow("fewer nines") << AvailabilityUnit::Nines << 100.0 << list({"2", "3"});
        QTest::newRow("downtime") << AvailabilityUnit::Downtime << 600.0 << list({"5 h", "2 h", "1 h"});
        QTest::newRow("less downtime") << AvailabilityUnit::Downtime << 60.0 << list({"1 h"});
    }
    void ticksOfTheOtherUnits()
    {
        QFETCH(AvailabilityUnit, unit);
        QFETCH(double, width);
        const auto ticks =
            nines::ticks({1.99, 3.01}, width, {unit, standardWindow, true}, [](const QString&) { return 40.0; });
        QTEST(labels(ticks), "expected");
        QVERIFY(std::ranges::is_sorted(ticks, {}, &nines::Tick::position));
        if (unit == AvailabilityUnit::Downtime) // an hour of thirty days
            QCOMPARE(ticks.back().position, std::log10(720.0));
    }

    void ticks_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<double>("width");
        QTest::addColumn<QStringList>("expected");
        // 1.2 nines, labels of 40 pixels.
        QTest::newRow("fine") << 1.9 << 3.1 << 600.0 << list({"99 %", "99.5 %", "99.8 %", "99.9 %"});
        QTest::newRow("coarse") << 1.9 << 3.1 << 100.0 << list({"99 %", "99.9 %"});
        QTest::newRow("every other nine") << 0.9 << 6.1 << 150.0 << list({"99 %", "99.99 %", "99.9999 %"});
        QTest::newRow("from nothing") << -0.2 << 1.1 << 600.0 << list({"0 %", "50 %", "80 %", "90 %"});
        QTest::newRow("no room") << 1.9 << 3.1 << 0.0 << list({"99 %"});
    }
    void ticks()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(double, width);
        QFETCH(QStringList, expected);
        const auto ticks = nines::ticks({from, to}, width, {}, [](const QString&) { return 40.0; });
        QCOMPARE(labels(ticks), expected);
        QVERIFY(std::ranges::is_sorted(ticks, {}, &nines::Tick::position));
    }
};

QTEST_GUILESS_MAIN(TestNinesAxis)
#include "tst_ninesaxis.moc"
