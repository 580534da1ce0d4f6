// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/latencytext.h"
#include "widgets/common/typedvalue.h"

#include <QLocale>
#include <QTest>

using namespace emac;
using namespace emac::widgets;

class TestTypedValue : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void ratios_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("decimal"); // empty: refused
        QTest::newRow("number") << QStringLiteral("0.9995") << QStringLiteral("0.9995");
        QTest::newRow("comma") << QStringLiteral("0,9995") << QStringLiteral("0.9995");
        QTest::newRow("percent") << QStringLiteral("99.95%") << QStringLiteral("0.9995");
        QTest::newRow("percent, space") << QStringLiteral(" 99,95 % ") << QStringLiteral("0.9995");
        QTest::newRow("no-break space") << QStringLiteral("99.95\u00a0%") << QStringLiteral("0.9995");
        QTest::newRow("one") << QStringLiteral("1") << QStringLiteral("1");
        QTest::newRow("zero") << QStringLiteral("0") << QStringLiteral("0");
        QTest::newRow("ten nines") << QStringLiteral("0.9999999999") << QStringLiteral("0.9999999999");
        QTest::newRow("per cent without its sign") << QStringLiteral("99.95") << QStringLiteral("0.9995");
        QTest::newRow("with a comma") << QStringLiteral("99,9") << QStringLiteral("0.999");
        QTest::newRow("whole") << QStringLiteral("80") << QStringLiteral("0.8");
        QTest::newRow("barely above one") << QStringLiteral("1.5") << QStringLiteral("0.015");
        QTest::newRow("hundred") << QStringLiteral("100") << QStringLiteral("1");
        QTest::newRow("above a hundred") << QStringLiteral("100.1") << QStringLiteral("");
        QTest::newRow("one per cent") << QStringLiteral("1 %") << QStringLiteral("0.01");
        QTest::newRow("nines") << QStringLiteral("3 nines") << QStringLiteral("0.999");
        QTest::newRow("one nine") << QStringLiteral("1 nine") << QStringLiteral("0.9");
        QTest::newRow("as nines are shown") << QStringLiteral("2,30 Nines") << QStringLiteral("0.99499");
        QTest::newRow("more nines than a number holds") << QStringLiteral("16 nines") << QStringLiteral("");
        QTest::newRow("nines of nothing") << QStringLiteral("nines") << QStringLiteral("");
        QTest::newRow("other things") << QStringLiteral("3 eights") << QStringLiteral("");
        QTest::newRow("sign alone") << QStringLiteral("%") << QStringLiteral("");
        QTest::newRow("above one") << QStringLiteral("100.1 %") << QStringLiteral("");
        QTest::newRow("negative") << QStringLiteral("-0.1") << QStringLiteral("");
        QTest::newRow("word") << QStringLiteral("often") << QStringLiteral("");
        QTest::newRow("two points") << QStringLiteral("0.9.9") << QStringLiteral("");
        QTest::newRow("nothing") << QStringLiteral("") << QStringLiteral("");
        QTest::newRow("nan") << QStringLiteral("nan") << QStringLiteral("");
    }
    void ratios()
    {
        QFETCH(QString, text);
        QFETCH(QString, decimal);
        const auto ratio = typedRatio(text);
        QCOMPARE(ratio ? QString::fromStdString(ratio->decimal().toString()) : QString(), decimal);
    }

    void ranges_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown"); // empty: refused
        QTest::newRow("one number") << QStringLiteral("0.2") << QStringLiteral("20 %");
        QTest::newRow("per cent") << QStringLiteral("20 % … 30 %") << QStringLiteral("20 % … 30 %");
        QTest::newRow("one sign") << QStringLiteral("1 - 5 %") << QStringLiteral("1 % … 5 %");
        QTest::newRow("no sign") << QStringLiteral("0,5..30") << QStringLiteral("0.5 % … 30 %");
        QTest::newRow("numbers") << QStringLiteral("0.2–0.3") << QStringLiteral("20 % … 30 %");
        QTest::newRow("three") << QStringLiteral("1-2-3") << QString();
        QTest::newRow("half") << QStringLiteral("20 % …") << QString();
        QTest::newRow("too much") << QStringLiteral("20 … 120") << QString();
    }
    void ranges()
    {
        QFETCH(QString, text);
        const auto range = typedRange(text);
        QTEST(range ? exactPercent(*range) : QString(), "shown");
    }

    void timesWithoutAUnit_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("echo");
        QTest::addColumn<bool>("begun");
        const auto row = [](const char* text, const char* echo, bool begun) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(echo) << begun;
        };
        row("40", "= 40 s", true);
        row("0.5", "= 500 ms", true);
        row("1,5", "= 1.5 s", true);
        row("120", "= 2 m", true);
        row("0", "= 0 s", true);
        row("40 s", "", false);
        row("120m", "", true); // perhaps of 120ms
        row("120ms", "", false);
        row("120us", "", false);
        row("2h", "", false);
        row("m", "", false);
        row("", "", true);
        row("-1", "", true);
        row("soon", "", false);
    }

    void timesWithoutAUnit()
    {
        QFETCH(QString, text);
        QTEST(understoodDuration(text), "echo");
        QTEST(isDurationBegun(text), "begun");
    }

    void understood_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("echo");
        QTest::newRow("with its sign") << QStringLiteral("99.9%") << QString();
        QTest::newRow("without it") << QStringLiteral("99.9") << QStringLiteral("= 99.9 %");
        QTest::newRow("one") << QStringLiteral("1") << QStringLiteral("= 100 %");
        QTest::newRow("number") << QStringLiteral("0.5") << QStringLiteral("= 50 %");
        QTest::newRow("nines") << QStringLiteral("4 nines") << QStringLiteral("= 99.99 %");
        QTest::newRow("none") << QStringLiteral("often") << QString();
    }
    void understood()
    {
        QFETCH(QString, text);
        QTEST(understoodRatio(text), "echo");
        QTEST(understoodRange(text), "echo");
    }

    void exactPercentReadsBack_data()
    {
        QTest::addColumn<QString>("decimal");
        QTest::addColumn<QString>("shown");
        QTest::newRow("995") << QStringLiteral("0.995") << QStringLiteral("99.5 %");
        QTest::newRow("one") << QStringLiteral("1") << QStringLiteral("100 %");
        QTest::newRow("zero") << QStringLiteral("0") << QStringLiteral("0 %");
        QTest::newRow("nines") << QStringLiteral("0.999999999") << QStringLiteral("99.9999999 %");
        QTest::newRow("tiny") << QStringLiteral("1e-12") << QStringLiteral("1e-10 %");
    }
    void exactPercentReadsBack()
    {
        QFETCH(QString, decimal);
        QFETCH(QString, shown);
        const auto ratio = typedRatio(decimal);
        QVERIFY(ratio);
        QCOMPARE(exactPercent(*ratio), shown);
        QCOMPARE(typedRatio(shown), ratio);
    }

    void germanPoint()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(exactPercent(*typedRatio(QStringLiteral("0,9995"))), QStringLiteral("99,95 %"));
        QCOMPARE(steppedRatio(QStringLiteral("99,95 %"), 1), QStringLiteral("99,96 %"));
        QCOMPARE(understoodRatio(QStringLiteral("99,9 %")), QString());
        QCOMPARE(understoodRatio(QStringLiteral("99,9")), QStringLiteral("= 99,9 %"));
    }

    void steps_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("steps");
        QTest::addColumn<QString>("stepped");
        QTest::newRow("last digit") << QStringLiteral("99.95 %") << 1 << QStringLiteral("99.96 %");
        QTest::newRow("carry") << QStringLiteral("99.9 %") << 1 << QStringLiteral("100.0 %");
        QTest::newRow("capped") << QStringLiteral("100 %") << 1 << QStringLiteral("100 %");
        QTest::newRow("down") << QStringLiteral("99 %") << -1 << QStringLiteral("98 %");
        QTest::newRow("not below zero") << QStringLiteral("0.5 %") << -10 << QStringLiteral("0.0 %");
        QTest::newRow("number") << QStringLiteral("0.995") << 1 << QStringLiteral("0.996");
        QTest::newRow("number by hundredths at least") << QStringLiteral("0.9") << 1 << QStringLiteral("0.91");
        QTest::newRow("per cent without its sign") << QStringLiteral("99.9") << -1 << QStringLiteral("99.8 %");
        QTest::newRow("never read otherwise on the way down") << QStringLiteral("1.1") << -1 << QStringLiteral("1.0 %");
        QTest::newRow("nines stay") << QStringLiteral("3 nines") << 1 << QStringLiteral("3 nines");
        QTest::newRow("no ratio") << QStringLiteral("x") << 1 << QStringLiteral("x");
    }
    void steps()
    {
        QFETCH(QString, text);
        QFETCH(int, steps);
        QFETCH(QString, stepped);
        QCOMPARE(steppedRatio(text, steps), stepped);
    }

    void durationsAndCounts()
    {
        using namespace std::chrono_literals;
        QCOMPARE(typedDuration(QStringLiteral("1,5 s")), std::optional<base::Duration>(1500ms));
        QCOMPARE(typedDuration(QStringLiteral("250ms")), std::optional<base::Duration>(250ms));
        QCOMPARE(typedDuration(QStringLiteral("-1s")), std::optional<base::Duration>());
        QCOMPARE(typedDuration(QStringLiteral("soon")), std::optional<base::Duration>());
        QCOMPARE(typedCount(QStringLiteral(" 3 ")), std::optional(3));
        QCOMPARE(typedCount(QStringLiteral("0")), std::optional<int>());
        QCOMPARE(typedCount(QStringLiteral("2.5")), std::optional<int>());
    }

    void availabilityOfAShortDecimalIsExact()
    {
        QCOMPARE(availabilityOf(0.005).decimal().toString(), std::string("0.995"));
        QCOMPARE(availabilityOf(1e-9).decimal().toString(), std::string("0.999999999"));
        QCOMPARE(availabilityOf(1).decimal().toString(), std::string("0"));
    }

    void latencyReadsBack_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("shown"); // empty: it is none
        const auto row = [](const char* typed, const char* shown) {
            QTest::newRow(typed) << QString::fromLatin1(typed) << QString::fromLatin1(shown);
        };
        row("20 ms", "20ms");
        row("median 20ms, p99 80ms", "median 20ms, p99 80ms");
        row("Median 0.02s,  P99 80ms", "median 20ms, p99 80ms");
        row("mu -3.9, sigma 0.6", "mu -3.9, sigma 0.6");
        row("p50 20ms, p99.9 80ms", "p50 20ms, p99.9 80ms");
        row("p50 20ms, p99 80ms, max 1s", "p50 20ms, p99 80ms, max 1s");
        row("max 1s", "");
        row("p50 20ms, max 1s, p99 80ms", "");
        row("p500 20ms", "p50 20ms"); // as files have it
        row("p999 20ms", "p99.9 20ms");
        row("p100 20ms", "");
        row("median 20ms", "");
        row("mu many, sigma 0.6", "");
        row("fast", "");
        row("", "");
    }
    void latencyReadsBack()
    {
        QFETCH(QString, typed);
        QFETCH(QString, shown);
        const auto evidence = typedLatency(typed);
        QCOMPARE(evidence.has_value(), !shown.isEmpty());
        if (!evidence)
            return;
        QCOMPARE(latencyText(*evidence), shown);
        QVERIFY(typedLatency(shown) == evidence);
    }

    void aHistogramIsNoLineOfText() { QCOMPARE(latencyText(journey::HistogramLatency{}), QString()); }
};

QTEST_GUILESS_MAIN(TestTypedValue)
#include "tst_typedvalue.moc"
