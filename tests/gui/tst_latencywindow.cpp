// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "latencytools.h"
#include "paneltools.h"
#include "testwindow.h"
#include "widgets/canvas/style.h"
#include "widgets/charts/latencychart.h"
#include "widgets/charts/latencynotice.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QDockWidget>
#include <QListView>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::checkoutWithLatency;
using emac::tests::openTail;
using emac::tests::TestWindow;
using emac::tests::withoutObjectivesOnTime;

namespace {

struct OpenWindow : TestWindow
{
    explicit OpenWindow(const QByteArray& text)
    {
        folder.write(QStringLiteral("checkout.yaml"), text);
        tab = open(folder.path());
    }
    QDockWidget* dock(const char* name) { return window.findChild<QDockWidget*>(QLatin1String(name)); }
    bool isCurrent() const { return emac::tests::hasLaws(*tab->document()); }

    CheckoutFolder folder;
    workbench::JourneyTab* tab;
};

bool hasFocus(const char* field)
{
    return QApplication::focusWidget() != nullptr && QApplication::focusWidget()->parentWidget() != nullptr
           && QApplication::focusWidget()->parentWidget()->objectName() == QLatin1String(field);
}

} // namespace

class TestLatencyWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        theme::apply();
    }

    void nothingIsComputedBehindAnotherTab()
    {
        OpenWindow w(withoutObjectivesOnTime());
        QTRY_VERIFY(w.tab->document()->evaluation());
        QTest::qWait(50);
        auto* work = w.tab->document()->latencyWork();
        QVERIFY(!work->isWanted());
        QVERIFY(!w.tab->document()->latency());
        w.dock("latency")->raise();
        QTRY_VERIFY(work->isWanted());
        QTRY_VERIFY(w.isCurrent());
        w.dock("availability")->raise();
        QTRY_VERIFY(!work->isWanted());
        w.trigger("view.dock.latency"); // closes it
        w.trigger("view.dock.latency");
        w.dock("latency")->raise();
        QTRY_VERIFY(work->isWanted());
    }

    void keysForAllAreTheTables()
    {
        OpenWindow w(checkoutWithLatency());
        w.dock("latency")->raise();
        QTRY_VERIFY(w.isCurrent());
        auto* panel = w.tab->latency();
        panel->findChild<QAbstractButton*>(QStringLiteral("table-toggle"))->click();
        auto* table = panel->findChild<QTableView*>();
        QTRY_VERIFY(table->isVisible());
        table->setFocus();
        const auto before = w.tab->selection()->elements();
        QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table->selectionModel()->selectedRows().size(), table->model()->rowCount());
        QVERIFY(w.tab->selection()->elements() == before);
    }

    void anotherTabIsAnotherJourney()
    {
        OpenWindow w(withoutObjectivesOnTime());
        w.dock("latency")->raise();
        auto* first = w.tab->document()->latencyWork();
        QTRY_VERIFY(first->isWanted());
        w.folder.write(QStringLiteral("other.yaml"), withoutObjectivesOnTime());
        auto* other = w.open(w.folder.path(QStringLiteral("other.yaml")));
        QTRY_VERIFY(other->document()->latencyWork()->isWanted());
        QTRY_VERIFY(!first->isWanted());
        w.tabs()->setCurrentIndex(0);
        QTRY_VERIFY(first->isWanted());
        QTRY_VERIFY(!other->document()->latencyWork()->isWanted());
    }

    void whatIsLackingLeadsToItsField()
    {
        OpenWindow w(checkoutWithLatency(""));
        w.dock("inspector")->close();
        w.dock("latency")->raise();
        auto* notice = w.tab->latency()->findChild<LatencyNotice*>();
        QTRY_VERIFY(notice->isVisible());
        QTest::mouseClick(notice->findChild<parts::TextLink*>(), Qt::LeftButton);
        QTRY_VERIFY(w.dock("inspector")->isVisible());
        QTRY_VERIFY(hasFocus("latency"));
        QCOMPARE(w.tab->selection()->current(), journey::Element::component("cart"));
    }

    void theReasonLeadsToWhatLeavesItOpen()
    {
        OpenWindow w(checkoutWithLatency(openTail()));
        QTRY_VERIFY(w.tab->document()->judged().latency);
        QTest::mouseClick(w.tab->verdict(), Qt::LeftButton);
        auto* list = w.tab->verdict()->findChild<QListView*>(QStringLiteral("reasons"));
        QTRY_VERIFY(list->isVisible());
        const auto reasons = w.tab->document()->decision()->reasons;
        const auto open = std::ranges::find_if(
            reasons, [](const auto& reason) { return reason.message.code == base::Code::DecisionPercentileOpen; });
        QVERIFY(open != reasons.end());
        const auto row = list->model()->index(static_cast<int>(open - reasons.begin()), 0);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(row).center());
        QTRY_VERIFY(hasFocus("latency"));
        QCOMPARE(w.tab->selection()->current(), journey::Element::component("cart"));
    }

    void theWholeWindowInTheDark()
    {
        const auto light = QApplication::palette();
        QApplication::setPalette(QPalette(QColor(0x30, 0x32, 0x36))); // as a dark platform has it
        theme::apply();
        {
            OpenWindow w(checkoutWithLatency());
            w.window.resize(1600, 1000);
            w.dock("latency")->raise();
            QTRY_VERIFY(w.isCurrent());
            QVERIFY(theme::isDark());
            const auto picture = w.window.grab().toImage();
            if (const auto to = qEnvironmentVariable("EMAC_SCREENSHOTS"); !to.isEmpty())
                QVERIFY(picture.save(to + QStringLiteral("/window-dark.png")));
            // Most of it is ground, and that is dark everywhere.
            int bright = 0;
            int all = 0;
            for (int y = 0; y < picture.height(); y += 3) {
                for (int x = 0; x < picture.width(); x += 3, ++all)
                    bright += picture.pixelColor(x, y).lightness() > 128 ? 1 : 0;
            }
            QVERIFY2(bright < all / 10, qPrintable(QString::number(100.0 * bright / all)));
        }
        QApplication::setPalette(light);
    }

    void textsOnTheCanvasCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    /// Contrast as in WCAG 2.1 § 1.4.3.
    void textsOnTheCanvasCanBeRead()
    {
        QFETCH(bool, dark);
        const auto before = QApplication::palette();
        if (dark) {
            QApplication::setPalette(QPalette(QColor(0x30, 0x32, 0x36)));
            theme::apply();
        }
        QCOMPARE(theme::isDark(), dark);
        const auto luminance = [](const QColor& colour) {
            const auto linear = [](double channel) {
                return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
            };
            return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
        };
        const auto contrast = [&](const QColor& one, const QColor& other) {
            const double a = luminance(one);
            const double b = luminance(other);
            return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
        };
        using Type = journey::OperatorType;
        for (const auto type : {Type::Call, Type::Series, Type::Parallel, Type::Race, Type::KofN, Type::Branch,
                                Type::Retry, Type::Fallback, Type::Timeout, Type::Optional, Type::Use})
            QVERIFY2(contrast(canvas::ink(theme::operatorColour(type)), theme::surface()) >= 4.5,
                     journey::keyword(type));
        for (const auto& ink : {theme::text(), theme::mutedText(), theme::optimistic(), theme::pessimistic(),
                                theme::commonCause(), theme::objective(), theme::accent()})
            QVERIFY2(contrast(ink, theme::surface()) >= 4.5, qPrintable(ink.name()));
        QApplication::setPalette(before);
    }

    void theWholeWindow()
    {
        OpenWindow w(checkoutWithLatency());
        w.window.resize(1600, 1000);
        w.dock("latency")->raise();
        QTRY_VERIFY(w.isCurrent());
        auto* chart = w.tab->latency()->findChild<LatencyChart*>();
        QTRY_VERIFY(chart->isVisible() && chart->content().journey);
        QVERIFY(chart->plot().height() > 100);
        if (const auto to = qEnvironmentVariable("EMAC_SCREENSHOTS"); !to.isEmpty())
            QVERIFY(w.window.grab().save(to + QStringLiteral("/window.png")));
    }
};

QTEST_MAIN(TestLatencyWindow)
#include "tst_latencywindow.moc"
