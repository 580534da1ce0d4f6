// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/charts/availabilitypanel.h"
#include "widgets/charts/intervalchart.h"
#include "widgets/charts/intervaltablemodel.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

QStringList labels(const std::vector<IntervalRow>& rows)
{
    QStringList result;
    for (const auto& row : rows)
        result << QString(row.depth * 2, QLatin1Char(' ')) + row.label;
    return result;
}

QStringList texts(std::initializer_list<const char*> lines)
{
    QStringList result;
    for (const auto* line : lines)
        result << QString::fromUtf8(line);
    return result;
}

} // namespace

class TestAvailabilityPanel : public QObject
{
    Q_OBJECT

private slots:
    void rowsOfTheSelection()
    {
        const OpenJourney open;
        const auto& intent = open.document->intent();
        const auto rows = [&](const journey::Element& selected) {
            return labels(intervalRows(intent, QStringLiteral("checkout"), nullptr, selected));
        };
        const auto whole = texts({"checkout", "    front", "    Parallel: cart, pricing", "    payment"});
        QCOMPARE(rows(journey::Element::journey()), whole);
        QCOMPARE(rows(journey::Element::ofNode(intent.journey.root->id)), whole);
        QCOMPARE(rows(journey::Element::objective("availability")), whole);
        QCOMPARE(rows(open.node(journey::OperatorType::Race)),
                 texts({"checkout", "  payment", "    paya", "    payb"}));
        QCOMPARE(rows(open.call("paya")), texts({"checkout", "  payment", "    paya"}));
        QCOMPARE(rows(open.call("front")), texts({"checkout", "    front"}));
        QCOMPARE(rows(journey::Element::component("cart")),
                 texts({"checkout", "  Parallel: cart, pricing", "    cart"}));
    }

    void numbersOfTheRows()
    {
        const OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        const auto rows = intervalRows(open.document->intent(), {}, &open.document->evaluation()->analysis,
                                       journey::Element::journey());
        QCOMPARE(rows[0].worst, 0.0074855104975);
        QVERIFY(rows[0].best);
        QCOMPARE(*rows[0].best, 0.0025229380499875);
        QCOMPARE(rows[3].worst, 0.005);
        QCOMPARE(*rows[3].best, 0.000025);
    }

    void tableFollowsItsRows()
    {
        IntervalTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const IntervalRow whole{journey::Element::journey(), QStringLiteral("All\tof it"), 0, true, 0.005, 0.0025};
        auto changed = whole;
        changed.worst = 0.004;
        IntervalRow open{journey::Element::component("x"), QStringLiteral("x"), 2, true, 1, {}};
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRows({whole});
        model.setRows({changed});
        QCOMPARE(reset.size(), 1); // the same elements: values only
        open.known = false;
        model.setRows({changed, open});
        QCOMPARE(reset.size(), 2);
        QCOMPARE(model.tabSeparated({}),
                 QStringLiteral("Part\tA⁻ pessimistic\tA⁺ optimistic\t1 − A⁻\t1 − A⁺\tNines of A⁻\n"
                                "All of it\t99.600 %\t99.750 %\t0.004\t0.0025\t2.40\n"
                                "x\t–\t–\t–\t–\t–\n"));
        open.known = true;
        model.setRows({changed, open});
        QCOMPARE(model.tabSeparated({1}).section(QLatin1Char('\n'), 1, 1),
                 QStringLiteral("x\t0 %\tnot computed\t1\tnot computed\t0.00"));
    }

    void aClickOnABarReveals()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection);
        panel.resize(900, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QCOMPARE(chart->content().rows.size(), 4u);
        QCOMPARE(chart->content().objective, std::optional(0.005));
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, chart->rowRectangle(3).center());
        QCOMPARE(open.selection.current(), open.node(journey::OperatorType::Race));
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(labels(chart->content().rows), texts({"checkout", "  payment", "    paya", "    payb"}));
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, chart->rowRectangle(0).center());
        QCOMPARE(open.selection.current(), journey::Element::journey());
    }

    void theTableIsCopied()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection);
        panel.show();
        QVERIFY(QTest::qWaitForWindowActive(&panel));
        auto* table = panel.findChild<QTableView*>();
        QVERIFY(!table->isVisible());
        QTest::mouseClick(panel.findChild<QToolButton*>(QStringLiteral("table-toggle")), Qt::LeftButton);
        QVERIFY(table->isVisible());
        table->setFocus();
        table->selectRow(0);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const auto lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 3);
        QVERIFY2(lines[1].startsWith(QLatin1String("checkout\t99.251 %\t99.747 %\t0.00749\t0.00252")),
                 qPrintable(lines[1]));
        table->setCurrentIndex(table->model()->index(3, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(open.selection.current(), open.node(journey::OperatorType::Race));
    }

    void theChartIsDescribed()
    {
        OpenJourney open;
        AvailabilityPanel panel(open.document.get(), &open.selection);
        auto* chart = panel.findChild<IntervalChart*>();
        QTRY_COMPARE(chart->accessibleDescription(),
                     QStringLiteral("checkout: A⁻ 99.251 %, A⁺ 99.747 %. The objective is 99.5 %; A⁻ misses it."));
    }

    void unstatedInputsKeepTheAxis()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("availability: 0.999, ", "");
        OpenJourney open(text);
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection);
        panel.resize(900, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QCOMPARE(chart->content().rows[0].worst, 1.0);
        QVERIFY(!panel.grab().isNull());
        QVERIFY(chart->rowRectangle(2).isValid());
    }

    void anEmptyJourneySaysSo()
    {
        OpenJourney open("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: empty}\nspec: {}\n");
        AvailabilityPanel panel(open.document.get(), &open.selection);
        panel.show();
        auto* message = panel.findChild<QLabel*>(QStringLiteral("message"));
        QVERIFY(message->isVisible());
        QVERIFY(message->text().contains(QLatin1String("empty")));
    }

    void noJourneyAtAll()
    {
        OpenJourney open("hello: [\n");
        QVERIFY(!open.document->isReadable());
        AvailabilityPanel panel(open.document.get(), &open.selection);
        panel.show();
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("message"))->isVisible());
    }
};

QTEST_MAIN(TestAvailabilityPanel)
#include "tst_availabilitypanel.moc"
