// SPDX-License-Identifier: GPL-3.0-or-later
#include "latencytools.h"
#include "widgets/charts/latencychart.h"
#include "widgets/charts/latencycurves.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::HandMade;

namespace {

LatencyContent contentOf(const HandMade& made = {})
{
    LatencyContent content;
    content.journey = made.law();
    content.percentileObjective = {3, 0.8};
    content.deadlineObjective = {1.5, 0.99};
    auto own = made;
    own.median /= 4;
    own.successLower = 0.9994;
    own.successUpper = 0.9996;
    content.selected = {QStringLiteral("front"), own.band()};
    auto accepted = made;
    accepted.median *= 0.8;
    content.accepted = {QStringLiteral("accepted model"), accepted.band()};
    return content;
}

struct Shown
{
    explicit Shown(LatencyContent content, const QSize& size = {900, 300}) : chart(nullptr)
    {
        chart.resize(size);
        chart.setContent(std::move(content));
        chart.show();
        isExposed = QTest::qWaitForWindowExposed(&chart);
    }
    LatencyChart chart;
    bool isExposed = false;
};

/// Saved where pictures are asked for, to be looked at.
void keep(const QWidget& widget, const char* name)
{
    if (const auto to = qEnvironmentVariable("EMAC_SCREENSHOTS"); !to.isEmpty())
        QVERIFY(const_cast<QWidget&>(widget).grab().save(to + u'/' + QLatin1String(name) + QStringLiteral(".png")));
}

/// Pixels of about this colour.
int count(const QImage& picture, const QColor& colour)
{
    int found = 0;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x) {
            const auto pixel = picture.pixelColor(x, y);
            found += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green())
                                 + std::abs(pixel.blue() - colour.blue())
                             < 12
                         ? 1
                         : 0;
        }
    }
    return found;
}

QStringList labelsOf(const std::vector<timeaxis::Tick>& ticks)
{
    QStringList labels;
    for (const auto& tick : ticks)
        labels << tick.label;
    return labels;
}

} // namespace

class TestLatencyChart : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { theme::apply(); }

    void timesAreRoundedOutward_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("down");
        QTest::addColumn<QString>("up");
        const auto row = [](double seconds, const char* down, const char* up) {
            QTest::addRow("%g s", seconds) << seconds << QString::fromUtf8(down) << QString::fromUtf8(up);
        };
        row(0, "0 s", "0 s");
        row(0.3, "300 ms", "300 ms");
        row(0.0412345, "41.2 ms", "41.3 ms");
        row(1.23456, "1.23 s", "1.24 s");
        row(1.2, "1.2 s", "1.2 s");
        row(0.9999, "0.999 s", "1 s");
        row(125.4, "125 s", "126 s");
        row(2e-6, "2 µs", "2 µs");
    }
    void timesAreRoundedOutward()
    {
        QFETCH(double, seconds);
        QTEST(timeText(seconds, base::Rounding::Down), "down");
        QTEST(timeText(seconds, base::Rounding::Up), "up");
    }

    void probabilitiesAreRoundedOutward()
    {
        QCOMPARE(probabilityText(0.98123456, base::Rounding::Down), QStringLiteral("98.12 %"));
        QCOMPARE(probabilityText(0.98123456, base::Rounding::Up), QStringLiteral("98.13 %"));
        QCOMPARE(probabilityText(1), QStringLiteral("100 %"));
        QCOMPARE(probabilityText(0), QStringLiteral("0 %"));
        QCOMPARE(probabilityText(0.999876543, base::Rounding::Down), QStringLiteral("99.9876 %"));
        QCOMPARE(probabilityRange(0.5, 0.51234), QStringLiteral("50 … 51.3 %"));
        QCOMPARE(probabilityRange(0.5, 0.5), QStringLiteral("50 %"));
    }

    void rangesSayWhatIsUnbounded()
    {
        QCOMPARE(timeRange(0.4123, 0.4987), QStringLiteral("412 … 499 ms"));
        QCOMPARE(timeRange(0.98, 1.2), QStringLiteral("0.98 … 1.2 s"));
        QCOMPARE(timeRange(0.0123, 1.2), QStringLiteral("12.3 ms … 1.2 s"));
        QCOMPARE(timeRange(0.3, std::nullopt), QStringLiteral("300 ms … unbounded"));
        QCOMPARE(timeRange(std::nullopt, std::nullopt), QStringLiteral("unbounded"));
        QCOMPARE(timeRange(0.3, 0.3), QStringLiteral("300 ms"));
    }

    void ticksAreRoundTimes_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::addColumn<bool>("logarithmic");
        QTest::addColumn<double>("width");
        QTest::addColumn<QString>("labels");
        QTest::newRow("ms") << 0.0 << 0.5 << false << 400.0 << "0 s, 100 ms, 200 ms, 300 ms, 400 ms, 500 ms";
        QTest::newRow("narrow") << 0.0 << 0.5 << false << 150.0 << "0 s, 200 ms, 400 ms";
        QTest::newRow("s") << 0.0 << 3.1 << false << 400.0 << "0 s, 500 ms, 1 s, 1.5 s, 2 s, 2.5 s, 3 s";
        QTest::newRow("log") << -2.0 << 1.0 << true << 800.0
                             << "10 ms, 20 ms, 50 ms, 100 ms, 200 ms, 500 ms, 1 s, 2 s, 5 s, 10 s";
        QTest::newRow("log, narrow") << -2.0 << 1.0 << true << 300.0 << "10 ms, 100 ms, 1 s, 10 s";
        QTest::newRow("log, many decades") << -6.0 << 6.0 << true << 300.0 << "1 µs, 1 ms, 1 s, 1000 s, 1000000 s";
    }
    void ticksAreRoundTimes()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        QFETCH(bool, logarithmic);
        QFETCH(double, width);
        const auto ticks =
            timeaxis::ticks({from, to}, logarithmic ? timeaxis::Scale::Logarithmic : timeaxis::Scale::Linear, width,
                            [](const QString& label) { return 7.0 * static_cast<double>(label.size()); });
        QTEST(labelsOf(ticks).join(QStringLiteral(", ")), "labels");
    }

    void stepsAreReadAsSteps()
    {
        const analysis::Curve curve{{0.1, 0.5}, {0.2, 0.9}};
        QCOMPARE(valueAt(curve, 0), 0.0);
        QCOMPARE(valueAt(curve, 0.0999), 0.0);
        QCOMPARE(valueAt(curve, 0.1), 0.5);
        QCOMPARE(valueAt(curve, 0.1999), 0.5);
        QCOMPARE(valueAt(curve, 0.2), 0.9);
        QCOMPARE(valueAt(curve, 100), 0.9);
        QCOMPARE(valueAt({}, 1), 0.0);
    }

    void whatIsJudgedIsInSight_data()
    {
        QTest::addColumn<bool>("logarithmic");
        QTest::newRow("linear") << false;
        QTest::newRow("logarithmic") << true;
    }
    void whatIsJudgedIsInSight()
    {
        QFETCH(bool, logarithmic);
        auto content = contentOf();
        content.time = logarithmic ? timeaxis::Scale::Logarithmic : timeaxis::Scale::Linear;
        for (const double threshold : {0.001, 0.8, 30.0}) {
            content.percentileObjective->threshold = threshold;
            const auto view = viewOf(content);
            for (const double seconds : {threshold, 1.5, *content.journey->independent.percentiles[3].upper}) {
                const double at = timeaxis::position(seconds, content.time);
                QVERIFY2(at <= view.time.to, qPrintable(QString::number(seconds)));
                QVERIFY2(at >= view.time.from || seconds == 0.001, qPrintable(QString::number(seconds)));
            }
            QVERIFY(view.probability.to > 2); // the deadline's target of 99 %
        }
        content.journey->independent.percentiles[3].upper.reset();
        QVERIFY(viewOf(content).time.span() > 0);
        QVERIFY(viewOf({}).time.span() > 0);
    }

    void aConstantTimeHasAnAxis()
    {
        HandMade made;
        made.sigma = 1e-9;
        made.spread = 1;
        LatencyContent content;
        content.journey = made.law();
        for (const auto scale : {timeaxis::Scale::Linear, timeaxis::Scale::Logarithmic}) {
            content.time = scale;
            const auto view = viewOf(content);
            QVERIFY(std::isfinite(view.time.from));
            QVERIFY(view.time.span() > 0);
        }
    }

    void everythingIsDrawn()
    {
        const Shown shown(contentOf());
        QVERIFY(shown.isExposed);
        const auto picture = const_cast<LatencyChart&>(shown.chart).grab().toImage();
        for (const auto curve : {LawCurve::Independent, LawCurve::SharedFate, LawCurve::Selected, LawCurve::Accepted})
            QVERIFY2(count(picture, curveStyle(curve).ink) > 40, qPrintable(QString::number(static_cast<int>(curve))));
        // The envelope is a tint; beside it the ground is bare.
        const auto& chart = shown.chart;
        const auto envelope = *chart.content().journey->envelope;
        const double between =
            (*envelope.percentiles[1].lower + *chart.content().journey->independent.percentiles[1].lower) / 2;
        const auto inside = chart.pointOf(between, 0.9 * envelope.successLower).toPoint();
        QVERIFY(picture.pixelColor(inside) != theme::surface());
        keep(chart, "chart");
    }

    void anUnboundedPercentileIsNoNumber()
    {
        HandMade made;
        made.tail = 0.98;
        auto content = contentOf(made);
        QVERIFY(!content.journey->independent.percentiles[3].upper);
        Shown shown(content);
        QVERIFY(shown.isExposed);
        QVERIFY(shown.chart.accessibleDescription().contains(QStringLiteral("unbounded")));
        keep(shown.chart, "chart-unbounded");
        content.time = timeaxis::Scale::Logarithmic;
        content.probability = LatencyContent::Probability::Linear;
        shown.chart.setContent(content);
        keep(shown.chart, "chart-unbounded-log");
    }

    void thePointerReadsOut()
    {
        Shown shown(contentOf());
        QSignalSpy moved(&shown.chart, &LatencyChart::hairChanged);
        const auto at = shown.chart.pointOf(0.5, 0.9).toPoint();
        QTest::mouseMove(shown.chart.viewport(), at);
        QCOMPARE(moved.size(), 1);
        QVERIFY(std::abs(*shown.chart.hair() - 0.5) < 0.01);
        const auto lines = readoutAt(shown.chart.content(), 0.5);
        QCOMPARE(lines.size(), 5U);
        const auto& band = shown.chart.content().journey->independent;
        QCOMPARE(lines[0].values, QStringLiteral("%1, nominal %2")
                                      .arg(probabilityRange(valueAt(band.lower, 0.5), valueAt(band.upper, 0.5)),
                                           probabilityText(valueAt(band.nominal, 0.5))));
        keep(shown.chart, "chart-readout");
        // At the right edge it stands left of the hair.
        QTest::mouseMove(shown.chart.viewport(), {static_cast<int>(shown.chart.plot().right()) - 5, at.y()});
        keep(shown.chart, "chart-readout-right");
        QTest::mouseMove(shown.chart.viewport(), {2, 2});
        QVERIFY(!shown.chart.hair());
    }

    void theKeyboardReadsOut()
    {
        Shown shown(contentOf());
        auto& chart = shown.chart;
        chart.setFocus();
        QTRY_VERIFY(chart.hasFocus());
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(*chart.hair(), *chart.content().journey->independent.percentiles[3].nominal);
        QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("By ")));
        const double before = *chart.hair();
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(*chart.hair() > before);
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(std::abs(*chart.hair() - before) < 1e-9);
        QTest::keyClick(&chart, Qt::Key_PageUp);
        QVERIFY(*chart.hair() > before * 1.05);
        QTest::keyClick(&chart, Qt::Key_Home);
        QVERIFY(*chart.hair() < 1e-9);
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(*chart.hair() >= 0);
        QTest::keyClick(&chart, Qt::Key_End);
        QVERIFY(*chart.hair() > before);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!chart.hair());
        QVERIFY(chart.accessibleDescription().startsWith(QStringLiteral("p99 of successful journeys: independent ")));
    }

    void aDarkPaletteDarkensTheChart()
    {
        const auto light = QApplication::palette();
        Shown shown(contentOf());
        QCOMPARE(shown.chart.grab().toImage().pixelColor(2, 2), theme::surface());
        const auto before = theme::surface();
        QApplication::setPalette(QPalette(QColor(0x1e, 0x22, 0x28)));
        QVERIFY(theme::isDark());
        QVERIFY(theme::surface() != before);
        QTRY_COMPARE(shown.chart.grab().toImage().pixelColor(2, 2), theme::surface());
        keep(shown.chart, "chart-dark");
        QApplication::setPalette(light);
    }

    void greyWhenLate()
    {
        auto content = contentOf();
        content.stale = true;
        const Shown shown(content);
        const auto picture = const_cast<LatencyChart&>(shown.chart).grab().toImage();
        QCOMPARE(count(picture, theme::optimistic()), 0);
        QCOMPARE(count(picture, theme::pessimistic()), 0);
    }

    void readsInTheUsersLanguage()
    {
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(timeRange(1.25, 1.5), QStringLiteral("1,25 … 1,5 s"));
        QCOMPARE(percentileName(4), QStringLiteral("p99,9"));
        QLocale::setDefault(QLocale::c());
        QCOMPARE(percentileName(4), QStringLiteral("p99.9"));
    }
};

QTEST_MAIN(TestLatencyChart)
#include "tst_latencychart.moc"
