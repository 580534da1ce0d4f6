// SPDX-License-Identifier: GPL-3.0-or-later
#include "latencytools.h"
#include "paneltools.h"
#include "widgets/charts/assumptionlegend.h"
#include "widgets/charts/copytable.h"
#include "widgets/charts/latencychart.h"
#include "widgets/charts/latencynotice.h"
#include "widgets/charts/latencypanel.h"
#include "widgets/charts/latencytablemodel.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/document/verdictwords.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::checkoutWithLatency;
using emac::tests::HandMade;
using emac::tests::OpenJourney;
using emac::tests::openTail;

namespace {

struct Shown
{
    explicit Shown(const QByteArray& text, const QSize& size = {1100, 320})
        : open(text)
        , panel(open.document.get(), open.document->selection())
    {
        panel.resize(size);
        panel.show();
        isReady = QTest::qWaitForWindowExposed(&panel) && QTest::qWaitFor([this] { return isComplete(); });
    }
    bool isComplete() const { return emac::tests::hasLaws(*open.document); }
    template<typename Part>
    Part* part(const char* name = "")
    {
        return panel.findChild<Part*>(QLatin1String(name));
    }
    LatencyChart* chart() { return panel.findChild<LatencyChart*>(); }
    LatencyTableModel* model() { return panel.findChild<LatencyTableModel*>(); }

    OpenJourney open;
    LatencyPanel panel;
    bool isReady = false;
};

void keep(QWidget& widget, const char* name)
{
    if (const auto to = qEnvironmentVariable("EMAC_SCREENSHOTS"); !to.isEmpty())
        QVERIFY(widget.grab().save(to + u'/' + QLatin1String(name) + QStringLiteral(".png")));
}

} // namespace

class TestLatencyPanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        theme::apply();
    }
    void init() { QSettings().clear(); }

    void tableOfHandMadeLaws()
    {
        LatencyTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        HandMade made;
        made.tail = 0.98;
        LatencyContent content;
        content.journey = made.law();
        model.setContent(content);
        QCOMPARE(model.rowCount(), 5);
        content.journey->independent.deadlines = {{std::chrono::milliseconds(500), 0.912345, 0.92, 0.934567}};
        model.setContent(content);
        QCOMPARE(model.rowCount(), 6);
        const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(cell(3, LatencyTableModel::Name), QStringLiteral("p99 of successes"));
        QCOMPARE(cell(3, LatencyTableModel::IndependentUpper), QStringLiteral("unbounded"));
        QVERIFY(model.isUnbounded(model.index(3, LatencyTableModel::IndependentUpper)));
        QVERIFY(!model.isUnbounded(model.index(3, LatencyTableModel::IndependentLower)));
        QVERIFY(!model.isUnbounded(model.index(0, LatencyTableModel::IndependentUpper)));
        QCOMPARE(cell(3, LatencyTableModel::Confident), QStringLiteral("unbounded"));
        QVERIFY(cell(0, LatencyTableModel::IndependentNominal).endsWith(QStringLiteral("200 ms")));
        QCOMPARE(cell(5, LatencyTableModel::Name), QStringLiteral("done within 500 ms"));
        QCOMPARE(cell(5, LatencyTableModel::IndependentLower), QStringLiteral("91.23 %"));
        QCOMPARE(cell(5, LatencyTableModel::IndependentUpper), QStringLiteral("93.46 %"));
        QCOMPARE(cell(5, LatencyTableModel::Selected), QStringLiteral("–"));
        const auto all = tabSeparated(model);
        QCOMPARE(all.count(u'\n'), 7);
        QVERIFY(all.startsWith(QStringLiteral("Time\tIndependent from\t")));
        QCOMPARE(tabSeparated(model, {5}).count(u'\n'), 2);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        content.percentile = 0;
        model.setContent(content);
        QCOMPARE(reset.size(), 0); // a selection stays
        model.setContent({});
        QCOMPARE(model.rowCount(), 0);
    }

    void lawsOfTheJourneyAndTheSelection()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        auto* chart = shown.chart();
        QVERIFY(chart->isVisible());
        const auto& content = chart->content();
        QVERIFY(content.journey && content.journey->sharedFate && content.journey->envelope);
        QCOMPARE(content.percentileObjective->threshold, 0.4);
        QCOMPARE(content.deadlineObjective->limit, 0.5);
        QVERIFY(content.journey->independent.nominal.size() <= LatencyWork::curvePoints);
        QVERIFY(!content.journey->independent.nominal.empty());
        QVERIFY(!content.selected);
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("The objective is a p99 of at most 400 ms.")));
        keep(shown.panel, "panel");
        shown.open.document->selection()->select(shown.open.node(journey::OperatorType::Race));
        QTRY_VERIFY(chart->content().selected);
        QCOMPARE(chart->content().selected->name, QStringLiteral("payment"));
        // A part takes no longer than the whole.
        QVERIFY(*chart->content().selected->band.percentiles[3].nominal
                < *chart->content().journey->independent.percentiles[3].nominal);
        keep(shown.panel, "panel-selected");
        shown.open.document->selection()->clear();
        QTRY_VERIFY(!chart->content().selected);
    }

    void theTableSaysWhatOneAnalysisSays_data()
    {
        QTest::addColumn<QString>("example");
        for (const auto* name :
             {"checkout/emac.checkout", "media-streaming/emac.media-streaming", "travel-booking/emac.travel-booking"})
            QTest::newRow(name)
                << QStringLiteral(EMAC_SOURCE_DIR "/resources/examples/%1.yaml").arg(QLatin1String(name));
    }
    void theTableSaysWhatOneAnalysisSays()
    {
        QFETCH(QString, example);
        JourneyDocument document(workspace::openIntent(example.toStdString()));
        QVERIFY(document.isReadable() && !document.hasErrors());
        LatencyPanel panel(&document, document.selection());
        panel.resize(1100, 320);
        panel.show();
        panel.findChild<QToolButton*>(QStringLiteral("table-toggle"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(emac::tests::hasLaws(document), 20000);
        const auto& intent = document.intent();
        auto options = workspace::latencyOptions(intent.objectives);
        options.curvePoints = LatencyWork::curvePoints;
        const auto whole = analysis::analyseLatency(intent.journey, document.evaluation()->inputs, options);
        QVERIFY(whole && whole->law && whole->law->sharedFate && whole->law->envelope);
        LatencyContent content;
        content.journey = whole->law;
        LatencyTableModel model;
        model.setContent(content);
        const auto shown = tabSeparated(*panel.findChild<LatencyTableModel*>()).split(u'\n');
        const auto expected = tabSeparated(model).split(u'\n');
        QCOMPARE(shown.size(), expected.size());
        for (qsizetype row = 0; row < shown.size(); ++row)
            QCOMPARE(shown[row].split(u'\t'), expected[row].split(u'\t'));
        // It is judged on the same.
        const auto judged = workspace::evaluateLatency(intent, *document.evaluation(), document.model(),
                                                       workspace::latencyOptions(intent.objectives));
        QCOMPARE(document.decision()->objectives, judged->decision->objectives);
        QCOMPARE(document.decision()->verdict, judged->decision->verdict);
    }

    void anEditMovesTheCurve()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        const double before = *shown.chart()->content().journey->independent.percentiles[3].nominal;
        auto front = *shown.open.document->intent().journey.components.find("front");
        front.latency = journey::ConstantLatency{std::chrono::milliseconds(300)};
        const journey::Edit slower = journey::SetComponent{front};
        QCOMPARE(shown.open.document->apply(slower, QStringLiteral("slower")), QString());
        QTRY_VERIFY(shown.isComplete());
        QVERIFY(*shown.chart()->content().journey->independent.percentiles[3].nominal > before + 0.2);
    }

    void whatIsLackingIsOneClickAway()
    {
        Shown shown(checkoutWithLatency(""));
        QVERIFY(shown.isReady);
        auto* notice = shown.part<LatencyNotice>();
        QTRY_VERIFY(notice->isVisible());
        QCOMPARE(notice->content().components, QStringList{QStringLiteral("cart")});
        QVERIFY(shown.part<QLabel>("message")->isVisible());
        keep(shown.panel, "panel-lacking");
        QSignalSpy revealed(shown.open.document->selection(), &SelectionModel::revealed);
        QTest::mouseClick(notice->findChild<parts::TextLink*>(), Qt::LeftButton);
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), journey::Element::component("cart"));
        QCOMPARE(revealed[0][1].toString(), QStringLiteral("latency"));
        // The part that has evidence shows its own curve.
        shown.open.document->selection()->select(shown.open.node(journey::OperatorType::Race));
        QTRY_VERIFY(shown.chart()->isVisible());
        QVERIFY(shown.chart()->content().selected);
        QVERIFY(!shown.chart()->content().journey);
        keep(shown.panel, "panel-lacking-selected");
    }

    void theUnboundedSaysWhatToAdd()
    {
        Shown shown(checkoutWithLatency(openTail()));
        QVERIFY(shown.isReady);
        auto* notice = shown.part<LatencyNotice>();
        QTRY_VERIFY(notice->isVisible());
        QVERIFY(notice->content().text.startsWith(QStringLiteral("p99 is unbounded")));
        QCOMPARE(notice->content().components, QStringList{QStringLiteral("cart")});
        keep(shown.panel, "panel-unbounded");
        shown.part<QToolButton>("table-toggle")->click();
        auto* table = shown.part<QTableView>();
        QVERIFY(table->isVisible());
        keep(shown.panel, "panel-unbounded-table");
        const auto cell = shown.model()->index(3, LatencyTableModel::IndependentUpper);
        QCOMPARE(cell.data().toString(), QStringLiteral("unbounded"));
        QSignalSpy revealed(shown.open.document->selection(), &SelectionModel::revealed);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(cell).center());
        QCOMPARE(revealed.size(), 1);
        QCOMPARE(revealed[0][0].value<journey::Element>(), journey::Element::component("cart"));
        // In the verdict too.
        const auto words = verdictWordsOf(*shown.open.document);
        QVERIFY2(words.numbers.contains(QStringLiteral("p99 unbounded, objective 400ms")), qPrintable(words.numbers));
        // A bounded percentile needs no notice; the others lead on.
        shown.part<QComboBox>("percentile")->setCurrentIndex(0);
        QTRY_VERIFY(!notice->isVisible());
        const auto last = shown.model()->index(4, LatencyTableModel::Confident);
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(last).center());
        QCOMPARE(revealed.size(), 2);
        QCOMPARE(shown.open.document->latencyWork()->percentile(), 0U);
    }

    void theVerdictTellsThePercentile()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        const auto words = verdictWordsOf(*shown.open.document);
        const auto upper = analysis::upperPercentile(*shown.open.document->latency()->journey.law, 3);
        QVERIFY(upper);
        QVERIFY2(words.numbers.contains(
                     QStringLiteral("p99 at most %1, objective 400ms").arg(timeText(*upper, base::Rounding::Up))),
                 qPrintable(words.numbers));
        QVERIFY2(words.numbers.contains(QStringLiteral("within 500ms at least ")), qPrintable(words.numbers));
    }

    void togglesArePickedUpAndKept()
    {
        {
            Shown shown(checkoutWithLatency());
            QVERIFY(shown.isReady);
            QCOMPARE(shown.chart()->content().time, timeaxis::Scale::Linear);
            QCOMPARE(shown.chart()->content().probability, LatencyContent::Probability::Nines);
            QTest::mouseClick(shown.part<QToolButton>("log-time"), Qt::LeftButton);
            QTest::mouseClick(shown.part<QToolButton>("nines"), Qt::LeftButton);
            QCOMPARE(shown.chart()->content().time, timeaxis::Scale::Logarithmic);
            QCOMPARE(shown.chart()->content().probability, LatencyContent::Probability::Linear);
            keep(shown.panel, "panel-log-linear");
        }
        Shown again(checkoutWithLatency());
        QVERIFY(again.isReady);
        QCOMPARE(again.chart()->content().time, timeaxis::Scale::Logarithmic);
        QCOMPARE(again.chart()->content().probability, LatencyContent::Probability::Linear);
    }

    void thePercentileIsTheDocuments()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        auto* box = shown.part<QComboBox>("percentile");
        QCOMPARE(box->currentText(), QStringLiteral("p99"));
        QCOMPARE(box->count(), 5);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(shown.open.document->latencyWork()->percentile(), 4U);
        QCOMPARE(shown.chart()->content().percentile, 4U);
        shown.open.document->latencyWork()->setPercentile(1);
        QCOMPARE(box->currentText(), QStringLiteral("p90"));
    }

    void theTableIsCopied()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        shown.part<QToolButton>("table-toggle")->click();
        auto* table = shown.part<QTableView>();
        QTest::mouseClick(table->viewport(), Qt::LeftButton, {},
                          table->visualRect(shown.model()->index(4, 0)).center());
        QCOMPARE(shown.open.document->latencyWork()->percentile(), 4U);
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const auto copied = QGuiApplication::clipboard()->text();
        QCOMPARE(copied.count(u'\n'), 2);
        QVERIFY(copied.contains(QStringLiteral("p99.9 of successes\t")));
        keep(shown.panel, "panel-table");
    }

    void theLegendSaysWhatIsDrawn()
    {
        Shown shown(emac::tests::withoutObjectivesOnTime());
        QVERIFY(shown.isReady);
        auto* legend = shown.panel.findChild<AssumptionLegend*>();
        const auto said = [&legend] {
            QStringList names;
            for (const auto* label : legend->findChildren<QLabel*>(QStringLiteral("sentence"))) {
                if (label->isVisibleTo(legend))
                    names << label->accessibleName().section(u':', 0, 0);
            }
            return names.join(u' ');
        };
        QCOMPARE(said(), QStringLiteral("Independent Shared fate Envelope Percentile"));
        shown.open.document->selection()->select(shown.open.node(journey::OperatorType::Race));
        QTRY_COMPARE(said(), QStringLiteral("Independent Shared fate Envelope Selection Percentile"));
        Shown timed(checkoutWithLatency());
        QVERIFY(timed.isReady);
        legend = timed.panel.findChild<AssumptionLegend*>();
        QCOMPARE(said(), QStringLiteral("Independent Shared fate Envelope Percentile Objective"));
    }

    void whatIsUnboundedIsSaidOnOneLine()
    {
        Shown shown(checkoutWithLatency(openTail()));
        QVERIFY(shown.isReady);
        const auto* words = shown.part<QLabel>("notice");
        QVERIFY(words->isVisible());
        QVERIFY(words->text().contains(QLatin1String("unbounded")));
        QCOMPARE_LT(words->height(), 2 * words->fontMetrics().height());
        shown.panel.resize(420, 500);
        QCoreApplication::processEvents();
        QCOMPARE_GE(words->height(), words->heightForWidth(words->width())); // it wraps, and nothing is cut
    }

    void allRowsAreSelectedAndWhatIsSeenIsCopied()
    {
        Shown shown(checkoutWithLatency());
        QVERIFY(shown.isReady);
        shown.part<QToolButton>("table-toggle")->click();
        auto* table = shown.part<QTableView>();
        table->setFocus();
        QTest::keyClick(table, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(table->selectionModel()->selectedRows().size(), shown.model()->rowCount());
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        const auto lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), shown.model()->rowCount() + 1);
        QVERIFY(lines.front().startsWith(QStringLiteral("Time\tIndependent from\t")));
        QVERIFY(lines.front().endsWith(QStringLiteral("\tp_U"))); // nothing is selected, and so its column hidden
        for (const auto& line : lines)
            QCOMPARE(line.count(u'\t'), lines.front().count(u'\t'));
    }

    void computedOnlyWhileInSight()
    {
        Shown shown(emac::tests::withoutObjectivesOnTime());
        QVERIFY(shown.isReady);
        auto* work = shown.open.document->latencyWork();
        QVERIFY(work->isWanted());
        shown.panel.hide();
        QVERIFY(!work->isWanted());
        const journey::Edit edit = journey::SetAvailability{"cart", base::Ratio(*base::Decimal::parse("0.99"))};
        QCOMPARE(shown.open.document->apply(edit, QStringLiteral("edit")), QString());
        QTRY_VERIFY(emac::tests::isCurrent(*shown.open.document));
        QVERIFY(!shown.open.document->latency());
        shown.panel.show();
        QTRY_VERIFY(shown.isComplete());
        QTRY_VERIFY(shown.chart()->isVisible());
    }

    void emptyJourneysAndNoJourneySaySo()
    {
        OpenJourney empty("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: empty}\nspec: {}\n");
        LatencyPanel panel(empty.document.get(), empty.document->selection());
        panel.show();
        QVERIFY(panel.findChild<QLabel*>(QStringLiteral("message"))->text().contains(QStringLiteral("empty")));
        OpenJourney none("hello: [\n");
        LatencyPanel other(none.document.get(), none.document->selection());
        other.show();
        QVERIFY(other.findChild<QLabel*>(QStringLiteral("message"))->isVisible());
    }

    void narrowAndDark()
    {
        const auto light = QApplication::palette();
        QApplication::setPalette(QPalette(QColor(0x2a, 0x2f, 0x37)));
        {
            Shown shown(checkoutWithLatency(), {1100, 320});
            QVERIFY(shown.isReady);
            shown.chart()->setHair(0.2);
            const auto ground = shown.panel.grab().toImage().pixelColor(1, 1);
            QVERIFY(ground.lightness() < 80);
            keep(shown.panel, "panel-dark");
        }
        QApplication::setPalette(light);
        Shown narrow(checkoutWithLatency(), {420, 420});
        QVERIFY(narrow.isReady);
        QVERIFY(narrow.chart()->plot().width() > 200);
        keep(narrow.panel, "panel-narrow");
    }
};

QTEST_MAIN(TestLatencyPanel)
#include "tst_latencypanel.moc"
