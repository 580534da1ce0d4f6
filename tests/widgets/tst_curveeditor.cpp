// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/latency/importdialog.h"
#include "widgets/latency/latencycurve.h"
#include "widgets/latency/latencyeditor.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/valuefield.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using namespace std::chrono_literals;
using emac::tests::CheckoutFolder;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

/// The checkout journey, with more said of paya.
QByteArray withPaya(const QByteArray& entries)
{
    auto text = CheckoutFolder::intentText();
    const QByteArray before("paya: {kind: external_dependency, ");
    return text.replace(before, QByteArray(before + entries));
}

/// The inspector of the call of paya.
struct Editor
{
    explicit Editor(const QByteArray& entries = {})
        : open(withPaya(entries))
        , panel(open.document.get(), open.document->selection(), &open.units)
    {
        if (!QTest::qWaitFor([this] { return isCurrent(*open.document); }))
            qFatal("no numbers arrive");
        panel.resize(340, 1300);
        panel.show();
        panel.activateWindow();
        if (!QTest::qWaitForWindowActive(&panel))
            qFatal("the window does not become active");
        open.document->selection()->select(open.call("paya"));
    }

    LatencyEditor* editor() const { return panel.findChild<LatencyEditor*>(); }
    LatencyCurve* curve() const { return editor()->curve(); }
    ValueField* field(const char* name) const { return panel.findChild<ValueField*>(QLatin1String(name)); }
    QComboBox* box(const char* name) const { return panel.findChild<ChoiceField*>(QLatin1String(name))->comboBox(); }
    QLabel* label(const char* name) const { return panel.findChild<QLabel*>(QLatin1String(name)); }
    QPoint handle(int index) const { return curve()->handlePoint(index).toPoint(); }
    int steps() const { return open.document->undoStack()->index(); }

    /// What stands behind the component's kind, up to its availability.
    QByteArray paya() const
    {
        const auto text = open.text();
        const QByteArray begin("paya: {kind: external_dependency");
        const auto from = text.indexOf(begin) + begin.size();
        return text.mid(from, text.indexOf('\n', from) - from);
    }

    void type(const char* name, const char* text) const
    {
        auto* edit = field(name)->lineEdit();
        edit->setFocus();
        edit->selectAll();
        if (*text == '\0')
            QTest::keyClick(edit, Qt::Key_Delete);
        else
            QTest::keyClicks(edit, QString::fromUtf8(text));
        QTest::keyClick(edit, Qt::Key_Return);
    }
    /// Chooses with the keys.
    void choose(const char* name, int index) const
    {
        auto* chosen = box(name);
        chosen->setFocus();
        for (int left = 20; chosen->currentIndex() != index && left > 0; --left)
            QTest::keyClick(chosen, chosen->currentIndex() < index ? Qt::Key_Down : Qt::Key_Up);
    }
    /// As from the pop-up list: no form between is chosen.
    void pick(const char* name, int index) const
    {
        auto* chosen = box(name);
        chosen->setCurrentIndex(index);
        emit chosen->activated(index);
    }

    OpenJourney open;
    InspectorPanel panel;
};

const QByteArray quantiles("latency: {quantiles: {p50: 20ms, p99: 80ms}}, ");

std::optional<journey::LatencyEvidence> payaEvidence(const Editor& it)
{
    return it.open.document->intent().journey.components.find("paya")->latency;
}

base::Duration p99(const Editor& it)
{
    return std::get<journey::QuantileLatency>(*payaEvidence(it)).knots.back().value;
}

} // namespace

class TestCurveEditor : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void init() { QLocale::setDefault(QLocale::c()); }

    void aKnotIsDraggedAsOneStepAndAllFollows()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        QVERIFY(it.curve()->isVisible());
        QCOMPARE(it.curve()->handles().size(), std::size_t(2));
        const auto start = it.handle(1);
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, start);
        QVERIFY(it.curve()->isDragging());
        QCOMPARE(it.open.text(), before); // taken, not moved
        auto last = p99(it);
        for (int i = 1; i <= 4; ++i) {
            QTest::mouseMove(it.curve(), start - QPoint(15 * i, 0));
            QVERIFY(p99(it) < last); // live
            last = p99(it);
            QCOMPARE(it.handle(1).x(), start.x() - 15 * i); // under the pointer
            QCOMPARE(it.field("latency.quantiles.p99")->lineEdit()->text(),
                     QString::fromStdString(base::toString(last)));
        }
        QTRY_VERIFY(isCurrent(*it.open.document));
        const auto* input = it.open.document->evaluation()->inputs.find("paya");
        QVERIFY(input->latency);
        QCOMPARE(input->latency->lower(last), 0.99);
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, start - QPoint(60, 0));
        QVERIFY(!it.curve()->isDragging());
        QCOMPARE(it.steps(), 1);
        QCOMPARE(it.open.document->undoStack()->text(0), QStringLiteral("Set latency of paya"));

        QTest::mousePress(it.curve(), Qt::LeftButton, {}, it.handle(1)); // at once another one
        QTest::mouseMove(it.curve(), it.handle(1) + QPoint(9, 0));
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, it.handle(1));
        QCOMPARE(it.steps(), 2);
        it.open.document->undoStack()->undo();
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.curve()->handles()[1].time, base::Duration(80ms));
    }

    void escapeGivesTheDragUp()
    {
        Editor it("latency: {quantiles: {p50: 0.02, p99: 0.08s}}, "); // as we would not write it
        const auto before = it.open.text();
        const auto start = it.handle(0);
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, start);
        QTest::mouseMove(it.curve(), start + QPoint(30, 4));
        QVERIFY(it.open.text() != before);
        QTest::keyClick(it.curve(), Qt::Key_Escape);
        QVERIFY(!it.curve()->isDragging());
        QCOMPARE(it.open.text(), before);
        QTest::mouseMove(it.curve(), start + QPoint(40, 4));
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, start + QPoint(40, 4));
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.open.document->undoStack()->count(), 0);
        QVERIFY(it.curve()->isVisible());
    }

    void knotsKeepTheirOrder()
    {
        Editor it(quantiles);
        const auto start = it.handle(0);
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, start);
        QTest::mouseMove(it.curve(), QPoint(it.curve()->width() + 50, start.y()));
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, start);
        QCOMPARE(it.steps(), 1);
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, it.handle(1));
        QTest::mouseMove(it.curve(), QPoint(-100, start.y()));
        const auto knots = std::get<journey::QuantileLatency>(*payaEvidence(it)).knots;
        QCOMPARE(knots[0].value, knots[1].value);
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, start);
    }

    void aLognormalIsDraggedByMedianAndP99()
    {
        Editor it("latency: {lognormal: {median: 20ms, p99: 80ms}}, ");
        QCOMPARE(it.curve()->handles().size(), std::size_t(2));
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, it.handle(0));
        QTest::mouseMove(it.curve(), QPoint(it.curve()->width() + 50, 10)); // never to p99 itself
        QTest::mouseRelease(it.curve(), Qt::LeftButton, {}, it.handle(0));
        const auto lognormal = std::get<journey::LognormalLatency>(*payaEvidence(it));
        QCOMPARE(lognormal.quantiles->median, base::Duration(80ms) - 1ns);
        QVERIFY(lognormal.sigma > 0);
        QVERIFY(!it.label("refusal")->isVisible());
    }

    void keysMoveAKnot()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        it.curve()->setFocus();
        QCOMPARE(it.curve()->currentHandle(), 0);
        QVERIFY(it.curve()->accessibleDescription().startsWith(QLatin1String("p50 20 ms")));
        QTest::keyClick(it.curve(), Qt::Key_Up);
        QCOMPARE(it.curve()->currentHandle(), 1);
        QVERIFY(it.curve()->accessibleDescription().startsWith(QLatin1String("p99 80 ms")));
        QTest::keyClick(it.curve(), Qt::Key_Right);
        QCOMPARE(p99(it), base::Duration(81ms));
        QTest::keyClick(it.curve(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(p99(it), base::Duration(91ms));
        QTest::keyClick(it.curve(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(p99(it), base::Duration(101ms));
        QTest::keyClick(it.curve(), Qt::Key_Right); // to the next round one
        QCOMPARE(p99(it), base::Duration(110ms));
        QTest::keyClick(it.curve(), Qt::Key_Left);
        QTest::keyClick(it.curve(), Qt::Key_Left);
        QCOMPARE(p99(it), base::Duration(99ms));
        QCOMPARE(it.steps(), 1); // keys that follow each other are one step
        QVERIFY(it.curve()->hasFocus());
        QTest::keyClick(it.curve(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(it.open.text(), before);
        QVERIFY(it.curve()->hasFocus());
    }

    void anotherFormKeepsWhatCanBeKept_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<int>("form");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char* name, const char* before, EvidenceForm form, const char* after) {
            QTest::newRow(name) << QByteArray(before) << static_cast<int>(form) << QByteArray(after);
        };
        row("lognormal to quantiles", "{lognormal: {median: 20ms, p99: 80ms}}", EvidenceForm::Quantiles,
            "{quantiles: {p50: 20ms, p90: 42.9ms, p95: 53.3ms, p99: 80ms, p999: 126ms}}");
        row("quantiles to lognormal", "{quantiles: {p50: 20ms, p95: 60ms, p99: 80ms, max: 1s}}",
            EvidenceForm::Lognormal, "{lognormal: {median: 20ms, p99: 80ms}}");
        row("constant to quantiles", "{constant: 20ms}", EvidenceForm::Quantiles,
            "{quantiles: {p50: 20ms, max: 20ms}}");
        row("quantiles to constant", "{quantiles: {p50: 20ms, p99: 80ms}}", EvidenceForm::Constant, "{constant: 20ms}");
        row("histogram to quantiles",
            "{histogram: [{le: 0.02, count: 500}, {le: 0.08, count: 990}, {le: +Inf, count: 1000}]}",
            EvidenceForm::Quantiles, "{quantiles: {p50: 20ms, p90: 69ms, p95: 75.1ms, p99: 80ms}}");
        row("to nothing", "{constant: 20ms}", EvidenceForm::None, "");
    }

    void anotherFormKeepsWhatCanBeKept()
    {
        QFETCH(QByteArray, before);
        QFETCH(int, form);
        QFETCH(QByteArray, after);
        Editor it("latency: " + before + ", ");
        const auto text = it.open.text();
        it.pick("latency", form);
        QVERIFY2(after.isEmpty() ? !it.paya().contains("latency") : it.paya().contains(QByteArray("latency: " + after)),
                 it.paya().constData());
        QCOMPARE(it.box("latency")->currentIndex(), form);
        QCOMPARE(it.steps(), 1);
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), text);
        QVERIFY(it.box("latency")->currentIndex() != form);
    }

    void aFormWithoutNumbersIsNoEditUntilTheyAreTyped()
    {
        Editor it;
        const auto before = it.open.text();
        it.pick("latency", static_cast<int>(EvidenceForm::Lognormal));
        QCOMPARE(it.open.text(), before);
        QVERIFY(it.label("pending")->isVisible());
        QCOMPARE(it.panel.focusWidget(), it.field("latency.lognormal.median")->lineEdit());
        it.type("latency.lognormal.median", "20 ms");
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.field("latency.lognormal.median")->lineEdit()->text(), QStringLiteral("20 ms"));
        it.field("latency.lognormal.p99")->lineEdit()->setFocus();
        QCOMPARE(it.field("latency.lognormal.median")->lineEdit()->text(), QStringLiteral("20 ms"));
        it.type("latency.lognormal.p99", "80ms");
        QVERIFY2(it.paya().contains("latency: {lognormal: {median: 20ms, p99: 80ms}}"), it.paya().constData());
        QVERIFY(!it.label("pending")->isVisible());
        QCOMPARE(it.steps(), 1);
        it.open.document->undoStack()->undo();
        QCOMPARE(it.open.text(), before);
    }

    void quantilesAreTypedAndEmptied()
    {
        Editor it(quantiles);
        it.type("latency.quantiles.p90", "50ms");
        QVERIFY(it.paya().contains("{p50: 20ms, p90: 50ms, p99: 80ms}"));
        QCOMPARE(it.curve()->handles().size(), std::size_t(3));
        it.type("latency.quantiles.max", "0.5s");
        QVERIFY(it.paya().contains("max: 500ms}") || it.paya().contains("max: 0.5s}"));
        QCOMPARE(it.curve()->handles().back().probability, 1.0);
        it.type("latency.quantiles.p90", "");
        QCOMPARE(it.curve()->handles().size(), std::size_t(3));
        QVERIFY(!it.paya().contains("p90"));
        it.type("latency.quantiles.max", "");
        it.type("latency.quantiles.p99", "");
        QVERIFY(it.paya().contains("{p50: 20ms}"));
        it.type("latency.quantiles.p50", ""); // the last one
        QVERIFY(!it.paya().contains("latency"));
        QVERIFY(it.field("latency.quantiles.p50")->isVisible()); // they stay to be typed again
        it.type("latency.quantiles.p95", "60ms");
        QVERIFY(it.paya().contains("latency: {quantiles: {p95: 60ms}}"));
    }

    void whatMakesNoDistributionIsRefusedInWords()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        it.type("latency.quantiles.p90", "10ms");
        QCOMPARE(it.open.text(), before);
        QVERIFY(it.field("latency.quantiles.p90")->hint().contains(QLatin1String("less than")));
        it.type("latency.quantiles.p90", "soon");
        QVERIFY(it.field("latency.quantiles.p90")->hint().contains(QLatin1String("Type a duration")));
        QCOMPARE(it.curve()->handles().size(), std::size_t(2)); // what holds is drawn
        QTest::keyClick(it.field("latency.quantiles.p90")->lineEdit(), Qt::Key_Escape);
        QVERIFY(it.field("latency.quantiles.p90")->hint().isEmpty());
    }

    void allFollowsWhileTyping()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        auto* edit = it.field("latency.quantiles.p99")->lineEdit();
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("120m"));
        QCOMPARE(it.open.text(), before); // no two hours on the way
        QTest::keyClicks(edit, QStringLiteral("s"));
        QVERIFY2(it.paya().contains("p99: 120ms"), it.paya().constData());
        QCOMPARE(edit->text(), QStringLiteral("120ms"));
        QCOMPARE(it.curve()->law()->lower(100ms), 0.5);
        QCOMPARE(it.curve()->law()->lower(120ms), 0.99);
        QTRY_VERIFY(isCurrent(*it.open.document));
        QCOMPARE(it.open.document->evaluation()->inputs.find("paya")->latency->lower(120ms), 0.99);
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("130ms"));
        QVERIFY(it.paya().contains("p99: 130ms"));
        QCOMPARE(it.steps(), 1);
        QTest::keyClick(edit, Qt::Key_Escape);
        QCOMPARE(it.open.text(), before);
        QCOMPARE(it.curve()->law()->lower(100ms), 0.99);
        QCOMPARE(it.steps(), 0); // there and back
    }

    void aTimeWithoutAUnitSaysHowItIsUnderstood()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        auto* field = it.field("latency.quantiles.p99");
        field->lineEdit()->setFocus();
        field->lineEdit()->selectAll();
        QTest::keyClicks(field->lineEdit(), QStringLiteral("40"));
        QCOMPARE(it.open.text(), before); // a unit may follow
        QCOMPARE(field->findChild<QLabel*>(QStringLiteral("understood"))->text(), QStringLiteral("= 40 s"));
        QTRY_COMPARE(p99(it), base::Duration(40s)); // none follows
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("40"));
        field->lineEdit()->selectAll();
        QTest::keyClicks(field->lineEdit(), QStringLiteral("30"));
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QCOMPARE(p99(it), base::Duration(30s));
        field->lineEdit()->selectAll();
        QTest::keyClicks(field->lineEdit(), QStringLiteral("20"));
        it.field("latency.quantiles.p50")->lineEdit()->setFocus();
        QCOMPARE(p99(it), base::Duration(20s));
        QCOMPARE(field->lineEdit()->text(), QStringLiteral("20s"));
    }

    void whatIsNoTimeYetChangesNothingQuietly()
    {
        Editor it(quantiles);
        const auto before = it.open.text();
        auto* field = it.field("latency.quantiles.p99");
        const auto ink = [field] { return field->lineEdit()->palette().color(QPalette::Text); };
        field->lineEdit()->setFocus();
        field->lineEdit()->selectAll();
        QTest::keyClicks(field->lineEdit(), QStringLiteral("90ms "));
        QCOMPARE(p99(it), base::Duration(90ms));
        QTest::keyClicks(field->lineEdit(), QStringLiteral("x"));
        QCOMPARE(it.open.text(), before); // 90ms is not meant any more
        QVERIFY(field->hint().contains(QLatin1String("Type a duration")));
        QCOMPARE(ink(), theme::text());
        QTest::keyClick(field->lineEdit(), Qt::Key_Return);
        QVERIFY(field->hint().contains(QLatin1String("Type a duration")));
        QCOMPARE(ink(), theme::bad());
        QTest::keyClick(field->lineEdit(), Qt::Key_Escape);
        QCOMPARE(ink(), theme::text());
        QCOMPARE(it.open.text(), before);
    }

    void theTimeToFailIsLiveToo()
    {
        Editor it(quantiles);
        it.pick("failure", 3);
        auto* edit = it.field("failure.constant")->lineEdit();
        edit->setFocus();
        QTest::keyClicks(edit, QStringLiteral("250ms"));
        QVERIFY2(it.paya().contains("failure: {constant: 250ms}"), it.paya().constData());
        QCOMPARE(it.steps(), 1);
    }

    void aQuantileOfItsOwnIsShownToo()
    {
        Editor it("latency: {quantiles: {p50: 20ms, p75: 30ms}}, ");
        QVERIFY(it.field("latency.quantiles.p75"));
        QVERIFY(it.field("latency.quantiles.p75")->isVisible());
        it.type("latency.quantiles.p75", "35ms");
        QVERIFY(it.paya().contains("p75: 35ms"));
    }

    void theTimeToFail()
    {
        Editor it(quantiles);
        it.pick("failure", 1);
        QVERIFY(it.paya().contains("failure: immediate"));
        it.pick("failure", 2);
        QVERIFY(it.paya().contains("failure: likeSuccess"));
        it.pick("failure", 3);
        QVERIFY(it.paya().contains("failure: likeSuccess")); // until the time is typed
        QVERIFY(it.field("failure.constant")->isVisible());
        it.type("failure.constant", "2s");
        QVERIFY(it.paya().contains("failure: {constant: 2s}"));
        it.pick("failure", 0);
        QVERIFY(!it.paya().contains("failure:"));
        QVERIFY(!it.field("failure.constant")->isVisible());
    }

    void aThresholdSloIsReadWithItsPlace()
    {
        Editor it;
        it.open.document->watchFile();
        it.open.folder.write(QStringLiteral("slo.yaml"), "apiVersion: openslo/v1\n"
                                                         "kind: SLO\n"
                                                         "metadata: {name: paya-latency}\n"
                                                         "spec:\n"
                                                         "  service: paya\n"
                                                         "  budgetingMethod: Occurrences\n"
                                                         "  objectives:\n"
                                                         "    - op: lte\n"
                                                         "      value: 0.2\n"
                                                         "      target: 0.99\n");
        QTRY_COMPARE(it.open.document->catalogue().find("paya-latency").size(), std::size_t(1));
        it.type("latencySLORef", "openslo:paya-latency");
        QVERIFY(it.paya().contains("latencySLORef: openslo:paya-latency"));
        QTRY_COMPARE(it.label("threshold")->text(), QStringLiteral("99 % of the calls take no longer than 200 ms."));
        QSignalSpy places(&it.panel, &InspectorPanel::placeRequested);
        for (auto* link : it.editor()->findChildren<parts::PlaceLink*>())
            QTest::mouseClick(link, Qt::LeftButton);
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][0].value<base::Place>().line, 10u);
        QTRY_VERIFY(it.curve()->law());
        QCOMPARE(it.curve()->law()->lower(200ms), 0.99);
        QVERIFY(it.curve()->handles().empty()); // it is not the journey's to change
        it.pick("latency", static_cast<int>(EvidenceForm::Quantiles));
        it.type("latency.quantiles.p50", "20ms");
        QVERIFY(it.label("threshold")->text().contains(QLatin1String("wins over it")));
    }

    void aProblemLeadsToItsField()
    {
        Editor it(quantiles);
        it.open.document->selection()->reveal(it.open.call("paya"), QStringLiteral("latency.max"));
        QCOMPARE(it.panel.focusWidget(), it.field("latency.quantiles.max")->lineEdit());
        it.open.document->selection()->reveal(it.open.call("paya"), QStringLiteral("failure"));
        QCOMPARE(it.panel.focusWidget(), it.box("failure"));
        it.open.document->selection()->reveal(it.open.call("payb"), QStringLiteral("latency.max"));
        QCOMPARE(it.panel.focusWidget(), it.box("latency")); // nothing is stated there yet
    }

    void severalHaveOneLine()
    {
        Editor it(quantiles);
        it.open.document->selection()->select(Selection{it.open.call("paya"), it.open.call("payb")});
        QVERIFY(!it.editor());
        it.type("latency", "median 20ms, p99 80ms");
        QCOMPARE(it.open.text().count("lognormal: {median: 20ms, p99: 80ms}"), 2);
        QCOMPARE(it.steps(), 1);
    }

    void whatCannotBeEditedIsShown()
    {
        Editor it(quantiles);
        it.open.document->setText(it.open.document->text() + "  - [");
        QVERIFY(!it.open.document->isEditable());
        const auto before = it.open.text();
        QTest::mousePress(it.curve(), Qt::LeftButton, {}, it.handle(1));
        QVERIFY(!it.curve()->isDragging());
        it.curve()->setFocus();
        QTest::keyClick(it.curve(), Qt::Key_Right);
        QCOMPARE(it.open.text(), before);
    }

    void theTimeAxisIsRemembered()
    {
        {
            Editor it(quantiles);
            auto* logarithmic = it.panel.findChild<QToolButton*>(QStringLiteral("logarithmic"));
            const auto before = it.handle(0);
            QTest::mouseClick(logarithmic, Qt::LeftButton);
            QVERIFY(it.handle(0) != before);
        }
        Editor again(quantiles);
        auto* logarithmic = again.panel.findChild<QToolButton*>(QStringLiteral("logarithmic"));
        QVERIFY(logarithmic->isChecked());
        const auto start = again.handle(1);
        QTest::mousePress(again.curve(), Qt::LeftButton, {}, start);
        QTest::mouseMove(again.curve(), start - QPoint(20, 0));
        QCOMPARE(again.handle(1).x(), start.x() - 20);
        QTest::mouseRelease(again.curve(), Qt::LeftButton, {}, start - QPoint(20, 0));
        QTest::mouseClick(logarithmic, Qt::LeftButton);
    }
};

QTEST_MAIN(TestCurveEditor)
#include "tst_curveeditor.moc"
