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
        QTest::newRow("per cent without its sign") << QStringLiteral("99.95") << QStringLiteral("");
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
        row("p500 20ms", "");
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
