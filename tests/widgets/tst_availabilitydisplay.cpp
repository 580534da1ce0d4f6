// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/displayunits.h"
#include "widgets/common/format.h"

#include <QLocale>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::widgets;
using namespace std::chrono_literals;

namespace {

constexpr AvailabilityDisplay percent{};
constexpr AvailabilityDisplay nines{AvailabilityUnit::Nines, standardWindow, true};
constexpr AvailabilityDisplay downtime{AvailabilityUnit::Downtime, standardWindow, true};

QString utf(const char* text)
{
    return QString::fromUtf8(text);
}

} // namespace

/// How availabilities read, which never rounds in their favour.
class TestAvailabilityDisplay : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QLocale::setDefault(QLocale::c());
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
    }

    void texts_data()
    {
        QTest::addColumn<double>("unavailability");
        QTest::addColumn<QString>("inPercent");
        QTest::addColumn<QString>("inNines");
        QTest::addColumn<QString>("inDowntime");
        const auto row = [](const char* name, double q, const char* a, const char* b, const char* c) {
            QTest::newRow(name) << q << utf(a) << utf(b) << utf(c);
        };
        row("checkout A-", 0.0074855104975, "99.251 %", "2.12 nines", "5 h 24 min / 30 d");
        row("checkout A+", 0.0025229380499875, "99.747 %", "2.59 nines", "1 h 49 min / 30 d");
        row("short decimal", 0.0005, "99.9500 %", "3.30 nines", "21 min 36 s / 30 d");
        row("three nines", 0.001, "99.900 %", "3.00 nines", "43 min 12 s / 30 d");
        row("just missed", 0.0050004, "99.499 %", "2.30 nines", "3 h 37 min / 30 d");
        row("nine nines", 1e-9, "99.999999900 %", "9.00 nines", "2.60 ms / 30 d");
        row("thirteen nines", 1e-13, "100 % − 1e-11 %", "13.00 nines", "260 ns / 30 d");
        row("beyond a clock", 1e-18, "100 % − 1e-16 %", "18.00 nines", "below 1 ns / 30 d");
        row("a half", 0.5, "50.0 %", "0.30 nines", "15 d / 30 d");
        row("always", 0.0, "100 %", "∞ nines", "0 s / 30 d");
        row("never", 1.0, "0 %", "0.00 nines", "30 d / 30 d");
    }
    void texts()
    {
        QFETCH(double, unavailability);
        QTEST(availabilityText(unavailability, percent), "inPercent");
        QTEST(availabilityText(unavailability, nines), "inNines");
        QTEST(availabilityText(unavailability, downtime), "inDowntime");
    }

    void downtimes_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("up");
        QTest::addColumn<QString>("down");
        QTest::newRow("carry into the next unit") << 0.9999 << utf("1 s") << utf("999 ms");
        QTest::newRow("carry into minutes") << 59.96 << utf("1 min") << utf("59.9 s");
        QTest::newRow("carry into hours") << 3599.5 << utf("1 h") << utf("59 min 59 s");
        QTest::newRow("carry into days") << 86399.0 << utf("1 d") << utf("23 h 59 min");
        QTest::newRow("days and hours") << 93600.0 << utf("1 d 2 h") << utf("1 d 2 h");
        QTest::newRow("no noise") << 259.2 * 10 << utf("43 min 12 s") << utf("43 min 12 s");
        QTest::newRow("years") << 3.2e7 << utf("370 d 9 h") << utf("370 d 8 h");
        QTest::newRow("microseconds") << 12.341e-6 << utf("12.4 µs") << utf("12.3 µs");
    }
    void downtimes()
    {
        QFETCH(double, seconds);
        QTEST(downtimeText(seconds, Rounding::Up), "up");
        QTEST(downtimeText(seconds, Rounding::Down), "down");
    }

    void worseNeverReadsBetter()
    {
        // The text read back is no better than the number.
        for (double q = 0.9; q > 1e-7; q *= 0.77) {
            const auto text = shortAvailability(q, nines);
            QVERIFY2(text.toDouble() <= -std::log10(q) + 1e-9, qPrintable(text));
            auto inPercent = shortAvailability(q, percent);
            inPercent.chop(2);
            QVERIFY2(inPercent.toDouble() <= 100 - q * 100 + 1e-9, qPrintable(inPercent));
        }
    }

    void ranges()
    {
        QCOMPARE(availabilityRange(0.0075, 0.0025, percent), utf("99.250 % … 99.750 %"));
        QCOMPARE(availabilityRange(0.0075, 0.0025, nines), utf("2.12 … 2.60 nines"));
        QCOMPARE(availabilityRange(0.0075, 0.0025, downtime), utf("5 h 24 min … 1 h 48 min / 30 d"));
        QCOMPARE(availabilityRange(0.005, 0.005, downtime), utf("3 h 36 min / 30 d"));
        QCOMPARE(shortRange(0.0075, 0.0025, downtime), utf("5 h 24 min … 1 h 48 min"));
        QCOMPARE(shortRange(0.0075, 0.0025, nines), utf("2.12 … 2.60 nines"));
    }

    void theWindowIsTheObjectives()
    {
        journey::Objectives objectives;
        auto display = displayOf(AvailabilityUnit::Downtime, objectives);
        QCOMPARE(display.window, standardWindow);
        QVERIFY(!display.windowStated);
        QCOMPARE(displayName(display), utf("Downtime in 30 d (assumed)"));
        objectives.availability.emplace();
        objectives.availability->window = 7 * 24h;
        display = displayOf(AvailabilityUnit::Downtime, objectives);
        QCOMPARE(availabilityText(0.001, display), utf("10 min 5 s / 7 d"));
        QCOMPARE(displayName(display), utf("Downtime in 7 d"));
        objectives.availability->window = 0s; // as a document with errors may have it
        QCOMPARE(displayOf(AvailabilityUnit::Downtime, objectives).window, standardWindow);
    }

    void statedOnesAreExactInPercent()
    {
        const base::Ratio ratio(*base::Decimal::parse("0.99951234"));
        QCOMPARE(exactAvailability(ratio, percent), utf("99.951234 %"));
        QCOMPARE(exactAvailability(ratio, nines), utf("3.31 nines"));
    }

    void shortfalls()
    {
        QCOMPARE(shortfallText(0.0025, 0.005, percent), utf("0.25 percentage points"));
        QCOMPARE(shortfallText(0.0025, 0.005, nines), utf("0.18 nines"));
        QCOMPARE(shortfallText(0.0025, 0.005, downtime), utf("1 h 48 min / 30 d"));
    }

    void messagesReadTheSame()
    {
        const base::Message missed{base::Code::DecisionMissed, {"pessimistic", "0.992514", "0.995", "0.00249"}};
        QVERIFY(messageText(inDisplay(missed, percent)).contains(utf("at most 99.251 %: the objective 99.5 % is")));
        const auto inDowntime = messageText(inDisplay(missed, downtime));
        QVERIFY2(
            inDowntime.contains(utf("at most 99.251 %: the objective 99.5 % is missed by at least 1 h 47 min / 30 d")),
            qPrintable(inDowntime));
        const base::Message overrides{base::Code::InlineOverridesTarget,
                                      {"0.99", "paya", "0.995", "openslo:paya", "slo.yaml"}};
        QCOMPARE(inDisplay(overrides, percent).arguments[0], std::string("99 %"));
        const base::Message other{base::Code::KOutOfRange, {"0.9", "3"}};
        QCOMPARE(inDisplay(other, nines), other);
        const base::Message odd{base::Code::DecisionMet, {"pessimistic", "nothing"}};
        QCOMPARE(inDisplay(odd, nines), odd);
    }

    void theChoiceIsKept()
    {
        QSettings().clear();
        const auto key = QStringLiteral("unit");
        {
            DisplayUnits units(key);
            QCOMPARE(units.unit(), AvailabilityUnit::Percent);
            QSignalSpy changed(&units, &DisplayUnits::changed);
            units.setUnit(AvailabilityUnit::Downtime);
            units.setUnit(AvailabilityUnit::Downtime);
            QCOMPARE(changed.size(), 1);
        }
        QCOMPARE(DisplayUnits(key).unit(), AvailabilityUnit::Downtime);
        QCOMPARE(DisplayUnits().unit(), AvailabilityUnit::Percent);
        QSettings().setValue(key, QStringLiteral("furlongs"));
        QCOMPARE(DisplayUnits(key).unit(), AvailabilityUnit::Percent);
    }
};

QTEST_GUILESS_MAIN(TestAvailabilityDisplay)
#include "tst_availabilitydisplay.moc"
