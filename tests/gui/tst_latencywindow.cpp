// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "latencytools.h"
#include "testwindow.h"
#include "widgets/charts/latencychart.h"
#include "widgets/charts/latencynotice.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"

#include <QApplication>
#include <QDockWidget>
#include <QListView>
#include <QStandardPaths>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::checkoutWithLatency;
using emac::tests::openTail;
using emac::tests::TestWindow;

namespace {

QByteArray withoutObjectivesOnTime()
{
    auto text = checkoutWithLatency();
    text.replace("    latency: {window: 30d, objective: {metric: p99, threshold: 400ms}}\n", "");
    text.replace("    deadline: {window: 30d, seconds: 0.5, target: 0.98}\n", "");
    return text;
}

struct OpenWindow : TestWindow
{
    explicit OpenWindow(const QByteArray& text)
    {
        folder.write(QStringLiteral("checkout.yaml"), text);
        tab = open(folder.path());
    }
    QDockWidget* dock(const char* name) { return window.findChild<QDockWidget*>(QLatin1String(name)); }
    bool isCurrent() const
    {
        const auto laws = tab->document()->latency();
        return laws && laws->complete && laws->revision == tab->document()->revision();
    }

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
