// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/charts/assumptionlegend.h"
#include "widgets/charts/availabilitypanel.h"
#include "widgets/charts/copytable.h"
#include "widgets/charts/intervalchart.h"
#include "widgets/charts/intervaltablemodel.h"
#include "widgets/common/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
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

/// Where a click is for the row, not for a number in it.
QPoint onLabel(const IntervalChart& chart, int row)
{
    const auto area = chart.rowRectangle(row);
    return {area.left() + 20, area.center().y()};
}

} // namespace

class TestAvailabilityPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QSettings().clear();
    }

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
        QCOMPARE(rows[0].worst(), 0.0074855104975);
        QVERIFY(rows[0].best());
        QCOMPARE(*rows[0].best(), 0.0025229380499875);
        QCOMPARE(rows[3].worst(), 0.005);
        QCOMPARE(*rows[3].best(), 0.000025);
    }

    void tableFollowsItsRows()
    {
        IntervalTableModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        using analysis::Unavailability;
        analysis::NodeAvailability values;
        values.independent = Unavailability{0.0025, 0.0025};
        values.sharedFate = {0.005, 0.005};
        values.envelope = {{0.001, 0.006}, true};
        const IntervalRow whole{journey::Element::journey(), QStringLiteral("All\tof it"), 0, values};
        values.sharedFate.worst = 0.004;
        values.commonCause = 0.003;
        const IntervalRow changed{journey::Element::journey(), QStringLiteral("All\tof it"), 0, values};
        IntervalRow open{journey::Element::component("x"), QStringLiteral("x"), 2, {}};
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRows({whole});
        model.setRows({changed});
        QCOMPARE(reset.size(), 1); // the same elements: values only
        model.setRows({changed, open});
        QCOMPARE(reset.size(), 2);
        QCOMPARE(tabSeparated(model),
                 QStringLiteral("Part\tA⁻ pessimistic\tA⁺ optimistic\tA* common cause\tE⁻ lower bound\t"
                                "E⁺ upper bound\tEnvelope\t1 − A⁻\t1 − A⁺\n"
                                "All of it\t99.600 %\t99.750 %\t99.700 %\t99.400 %\t99.900 %\tattained\t0.004\t0.0025\n"
                                "x\t–\t–\t–\t–\t–\t–\t–\t–\n"));
        open.values.emplace();
        open.values->sharedFate = {0.1, 1};
        open.values->envelope = {{0, 1}, false};
        model.setRows({changed, open});
        QCOMPARE(tabSeparated(model, {1}).section(QLatin1Char('\n'), 1, 1),
                 QStringLiteral("x\t0 %\tnot computed\tnone\t0 %\t100 %\touter bound\t1\tnot computed"));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setDisplay({AvailabilityUnit::Nines, standardWindow, true});
        model.setDisplay({AvailabilityUnit::Nines, standardWindow, true});
        QCOMPARE(changes.size(), 1);
        QCOMPARE(model.index(0, IntervalTableModel::Lowest).data().toString(), QStringLiteral("2.22 nines"));
        QVERIFY(model.headerData(IntervalTableModel::CommonCause, Qt::Horizontal, Qt::ToolTipRole)
                    .toString()
                    .contains(assumptionOf(Figure::CommonCause)));
    }

    void aClickOnABarReveals()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(900, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QCOMPARE(chart->content().rows.size(), 4u);
        QCOMPARE(chart->content().objective, std::optional(0.005));
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, onLabel(*chart, 3));
        QCOMPARE(open.selection.current(), open.node(journey::OperatorType::Race));
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(labels(chart->content().rows), texts({"checkout", "  payment", "    paya", "    payb"}));
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, onLabel(*chart, 0));
        QCOMPARE(open.selection.current(), journey::Element::journey());
    }

    void aClickOnANumberExplains_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<Figure>("figure");
        QTest::newRow("pessimistic") << 0 << Figure::Pessimistic;
        QTest::newRow("optimistic") << 0 << Figure::Optimistic;
        QTest::newRow("upper whisker") << 0 << Figure::Highest;
        QTest::newRow("common cause") << 0 << Figure::CommonCause;
        QTest::newRow("of a part") << 3 << Figure::Pessimistic;
        QTest::newRow("certain whisker") << 3 << Figure::Highest;
    }
    void aClickOnANumberExplains()
    {
        QFETCH(int, row);
        QFETCH(Figure, figure);
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        auto content = chart->content();
        content.rows[0].values->commonCause = 0.004;
        chart->setContent(content);
        const auto place = chart->figureRectangle(row, figure);
        QVERIFY(place.isValid());
        QSignalSpy explained(&panel, &AvailabilityPanel::explanationRequested);
        QSignalSpy revealed(&open.selection, &SelectionModel::revealed);
        QTest::mouseMove(chart->viewport(), place.center());
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, place.center());
        QCOMPARE(explained.size(), 1);
        QCOMPARE(explained[0][0].value<journey::Element>(),
                 row == 0 ? journey::Element::journey() : open.node(journey::OperatorType::Race));
        QCOMPARE(explained[0][1].value<Figure>(), figure);
        QCOMPARE(revealed.size(), 0);
    }

    void theMenuExplainsWhatIsNotDrawn()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QSignalSpy explained(&panel, &AvailabilityPanel::explanationRequested);
        const auto at = onLabel(*chart, 1);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, chart->viewport()->mapToGlobal(at));
        QApplication::sendEvent(chart->viewport(), &event);
        auto* menu = panel.findChild<QMenu*>(QStringLiteral("explainMenu"));
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 5);
        menu->actions()[3]->trigger();
        QCOMPARE(explained.size(), 1);
        QCOMPARE(explained[0][0].value<journey::Element>(), open.call("front"));
        QCOMPARE(explained[0][1].value<Figure>(), Figure::Lowest);
        menu->close();
    }

    void whiskersWidenTheAxisAndTheTickIsDrawn()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1300, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        auto content = chart->content();
        // E⁻ and E⁺ of the journey lie outside A⁻ and A⁺, and in sight.
        const auto upper = chart->figureRectangle(0, Figure::Highest);
        QVERIFY(upper.right() > chart->figureRectangle(0, Figure::Optimistic).left());
        QVERIFY(upper.right() < chart->viewport()->width());
        QVERIFY(!chart->figureRectangle(0, Figure::CommonCause).isValid());
        // A whisker from nothing to certainty is clipped; the bars keep their room.
        const auto before = chart->figureRectangle(0, Figure::Pessimistic);
        content.rows[0].values->envelope = {{0, 1}, false};
        content.rows[0].values->commonCause = 0.005;
        chart->setContent(content);
        QVERIFY(chart->figureRectangle(0, Figure::Lowest).isValid());
        QVERIFY(std::abs(chart->figureRectangle(0, Figure::Pessimistic).left() - before.left()) < 400);
        const auto tick = chart->figureRectangle(0, Figure::CommonCause);
        QVERIFY(tick.isValid());
        const auto picture = chart->grab().toImage();
        const auto ratio = picture.devicePixelRatio();
        QCOMPARE(picture.pixelColor((QPointF(tick.center()) * ratio).toPoint()), theme::commonCause());
    }

    void theLegendSaysWhatEachNumberAssumes()
    {
        OpenJourney open;
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1300, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* legend = panel.findChild<AssumptionLegend*>();
        const auto sentences = legend->findChildren<QLabel*>(QStringLiteral("sentence"));
        QCOMPARE(sentences.size(), 4);
        QCOMPARE(sentences[0]->text(), assumptionOf(Figure::Pessimistic));
        QCOMPARE(sentences[1]->text(), assumptionOf(Figure::Optimistic));
        QCOMPARE(sentences[2]->text(), assumptionOf(Figure::CommonCause));
        QCOMPARE(sentences[3]->text(), envelopeAssumption());
        QCOMPARE(legend->findChild<QLabel*>(QStringLiteral("caution"))->text(), intervalCaution());
        auto* fold = legend->findChild<QToolButton*>(QStringLiteral("legend-fold"));
        const auto wide = panel.findChild<IntervalChart*>()->width();
        QTest::mouseClick(fold, Qt::LeftButton);
        QVERIFY(!sentences[0]->isVisible());
        QTRY_VERIFY(panel.findChild<IntervalChart*>()->width() > wide);
        QVERIFY(AvailabilityPanel(open.document.get(), &open.selection, &open.units)
                    .findChild<AssumptionLegend*>()
                    ->isFolded()); // it is remembered
        QTest::mouseClick(fold, Qt::LeftButton);
        QVERIFY(sentences[0]->isVisible());
    }

    void theSwitchChangesEveryNumber()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1300, 300);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QTest::mouseClick(panel.findChild<QToolButton*>(QStringLiteral("unit-downtime")), Qt::LeftButton);
        QCOMPARE(open.units.unit(), AvailabilityUnit::Downtime);
        QCOMPARE(panel.findChild<QLabel*>(QStringLiteral("unit"))->text(), QStringLiteral("Downtime in 30 d"));
        QCOMPARE(chart->content().objectiveLabel, QStringLiteral("objective 3 h 36 min / 30 d"));
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("A⁻ 5 h 24 min / 30 d")));
        open.units.setUnit(AvailabilityUnit::Nines); // elsewhere
        QVERIFY(panel.findChild<QToolButton*>(QStringLiteral("unit-nines"))->isChecked());
        QVERIFY(!panel.findChild<QToolButton*>(QStringLiteral("unit-downtime"))->isChecked());
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("A⁻ 2.12 nines")));
    }

    void theTableIsCopied()
    {
        OpenJourney open;
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
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
        QVERIFY2(lines[1].startsWith(
                     QStringLiteral("checkout\t99.251 %\t99.747 %\tnone\t99.250 %\t99.900 %\tattained\t0.00749")),
                 qPrintable(lines[1]));
        table->setCurrentIndex(table->model()->index(3, 0));
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(open.selection.current(), open.node(journey::OperatorType::Race));

        QSignalSpy explained(&panel, &AvailabilityPanel::explanationRequested);
        const auto number = table->model()->index(1, IntervalTableModel::Optimistic);
        table->setCurrentIndex(number);
        QTest::keyClick(table, Qt::Key_Return);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(number).center());
        QCOMPARE(explained.size(), 2);
        QCOMPARE(explained[1][1].value<Figure>(), Figure::Optimistic);
    }

    void theChartIsDescribed()
    {
        OpenJourney open;
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        auto* chart = panel.findChild<IntervalChart*>();
        QTRY_COMPARE(chart->accessibleDescription(),
                     QStringLiteral("checkout: A⁻ 99.251 %, A⁺ 99.747 %; Fails in 0.00252 to 0.00749 of all tries; "
                                    "Envelope 99.250 % … 99.900 %. The objective is 99.5 %; A⁻ misses it."));
    }

    void unstatedInputsKeepTheAxis()
    {
        auto text = CheckoutFolder::intentText();
        text.replace("availability: 0.999, ", "");
        OpenJourney open(text);
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(900, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QCOMPARE(chart->content().rows[0].worst(), 1.0);
        QVERIFY(!panel.grab().isNull());
        QVERIFY(chart->rowRectangle(2).isValid());
    }

    void whatIsNotStatedHasNoBar_data()
    {
        QTest::addColumn<bool>("stated");
        QTest::newRow("stated") << true;
        QTest::newRow("not stated") << false;
    }
    void whatIsNotStatedHasNoBar()
    {
        QFETCH(bool, stated);
        auto text = CheckoutFolder::intentText();
        if (!stated)
            text.replace("cart: {kind: service, availability: 0.999,", "cart: {kind: service,");
        OpenJourney open(text);
        QTRY_VERIFY(isCurrent(*open.document));
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.resize(1600, 260);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        auto* chart = panel.findChild<IntervalChart*>();
        QTRY_VERIFY(chart->rowRectangle(2).isValid());
        // Beside the middle of the journey's row, where a bar is and a line is not.
        const auto picture = chart->grab().toImage();
        const auto ratio = picture.devicePixelRatio();
        const auto area = chart->rowRectangle(0);
        if (const auto to = qEnvironmentVariable("EMAC_SCREENSHOTS"); !to.isEmpty())
            QVERIFY(picture.save(to + u'/' + QString::fromLatin1(QTest::currentDataTag()) + QStringLiteral(".png")));
        int bar = 0;
        for (int x = area.left(); x < area.right(); ++x)
            bar += picture.pixelColor((QPointF(x, area.center().y() - 3) * ratio).toPoint()) == theme::interval();
        if (stated)
            QVERIFY(bar > 10);
        else
            QCOMPARE(bar, 0);
        QVERIFY(chart->figureRectangle(0, Figure::Pessimistic).isValid()); // and can be explained
    }

    void anEmptyJourneySaysSo()
    {
        OpenJourney open("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: empty}\nspec: {}\n");
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.show();
        auto* message = panel.findChild<QLabel*>(QStringLiteral("message"));
        QVERIFY(message->isVisible());
        QVERIFY(message->text().contains(QLatin1String("empty")));
    }

    void noJourneyAtAll()
    {
        OpenJourney open("hello: [\n");
        QVERIFY(!open.document->isReadable());
        AvailabilityPanel panel(open.document.get(), &open.selection, &open.units);
        panel.show();
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("message"))->isVisible());
    }
};

QTEST_MAIN(TestAvailabilityPanel)
#include "tst_availabilitypanel.moc"
