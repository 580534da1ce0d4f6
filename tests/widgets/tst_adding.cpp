// SPDX-License-Identifier: GPL-3.0-or-later
// The quick add of the canvas, and the naming of what it and the palette put down.
#include "canvaswindow.h"
#include "core/spec/read.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/document/pages.h"

#include <QListWidget>
#include <QStandardPaths>
#include <QWheelEvent>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromUtf8(text);
}

QByteArray withFragment()
{
    auto text = tests::CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {ref: front}\n  components:\n");
    return text;
}

QListWidget* list(CanvasWindow& window)
{
    return window.shown<QListWidget>("quickAddList");
}

QString refusal(CanvasWindow& window)
{
    const auto* label = window.shown<QLabel>("refusal");
    return label == nullptr ? QString() : label->text();
}

/// Types the name in the editor that is open, and ends with the key.
void answer(CanvasWindow& window, const char* typed, Qt::Key key = Qt::Key_Return)
{
    QVERIFY(window.nameEditor() != nullptr);
    QVERIFY(window.nameEditor()->hasFocus());
    QTest::keyClicks(window.nameEditor(), name(typed));
    QTest::keyClick(window.nameEditor(), key);
}

const auto checkout = "Series(front, Parallel(cart, pricing), Race(paya, payb))";

} // namespace

class TestAdding : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void enterAloneAddsNothing()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QVERIFY(window.quickAdd() != nullptr);
        QCOMPARE(list(window)->currentRow(), -1);
        QCOMPARE(refusal(window), QString());
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QVERIFY(window.quickAdd() != nullptr);
        QVERIFY(!refusal(window).isEmpty());
        QCOMPARE(window.quickAdd()->accessibleDescription(), refusal(window));
        QCOMPARE(window.tree(), name(checkout));
        QTest::keyClicks(window.quickAdd(), name("x"));
        QCOMPARE(refusal(window), QString());
        QTest::keyClick(window.quickAdd(), Qt::Key_Backspace);
        QCOMPARE(list(window)->currentRow(), -1);
        QTest::keyClick(window.quickAdd(), Qt::Key_Down); // now it is chosen
        QCOMPARE(list(window)->currentRow(), 0);
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QVERIFY(window.quickAdd() == nullptr);
        QCOMPARE(window.steps(), 1);
    }

    void offersWhatThePaletteOffers()
    {
        CanvasWindow window(withFragment());
        window.select(name("payb"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QStringList offered;
        for (int row = 0; row < list(window)->count(); ++row) {
            offered << list(window)->item(row)->text();
            QVERIFY2(!list(window)->item(row)->icon().isNull(), qPrintable(offered.back()));
        }
        const auto calls = QStringList{name("front"), name("cart"), name("pricing"), name("paya"), name("payb")};
        QCOMPARE(offered.mid(0, 9),
                 (QStringList{name("Series"), name("Parallel"), name("Race"), name("k of n"), name("Branch"),
                              name("Retry"), name("Timeout"), name("Fallback"), name("Optional")}));
        QCOMPARE(offered.mid(9, 5), calls);
        QCOMPARE(offered.mid(14, 3),
                 (QStringList{name("use entry"), name("wrap payb in parallel"), name("wrap payb in race")}));
        QCOMPARE(window.shown<QLabel>("quickAddTitle")->text(), name("Add after payb"));
    }

    void theFirstOffer_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        const auto row = [](const char* typed, const char* first) {
            QTest::newRow(typed) << name(typed) << name(first);
        };
        row("retry", "Retry"); // though a component is called so
        row("RETRY", "Retry");
        row("kofn", "k of n");
        row("k of n", "k of n");
        row("ret", "Retry");
        row("retry-mail", "New component “retry-mail”");
        row("Front", "front");
        row("pri", "New component “pri”"); // and not the beginning of another one's name
        row("entry", "use entry");
        row("wrap", "wrap paya in parallel");
    }
    void theFirstOffer()
    {
        QFETCH(QString, typed);
        auto text = withFragment();
        text.replace("  components:\n", "  components:\n    retry: {}\n");
        CanvasWindow window(text);
        window.select(name("paya"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), typed);
        QTEST(list(window)->item(0)->text(), "first");
        QCOMPARE(list(window)->currentRow(), 0);
    }

    void whatIsNoNameIsNotOffered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::newRow("a number") << name("0.999");
        QTest::newRow("per cent") << name("99.9 %");
        QTest::newRow("dots") << name("…");
        QTest::newRow("turned around") << name("pay\u202Etset");
        QTest::newRow("two lines") << name("pay\u2028ment");
        QTest::newRow("unseen") << name("pay\u200Bment");
        QTest::newRow("too long") << QString(300, u'x');
    }
    void whatIsNoNameIsNotOffered()
    {
        QFETCH(QString, typed);
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        window.quickAdd()->setText(typed);
        QCOMPARE(list(window)->count(), 0);
        QVERIFY(!refusal(window).isEmpty());
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QVERIFY(window.quickAdd() != nullptr);
        QVERIFY(!refusal(window).isEmpty());
        QCOMPARE(window.steps(), 0);
        QCOMPARE(window.quickAdd()->accessibleDescription(), refusal(window));
    }

    void namesOfAnyScriptWillDo_data()
    {
        QTest::addColumn<QString>("typed");
        for (const auto* typed : {"x", "cart 2", "2-cart", "カート", "сервис", "عربة"})
            QTest::newRow(typed) << name(typed);
    }
    void namesOfAnyScriptWillDo()
    {
        QFETCH(QString, typed);
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        window.quickAdd()->setText(typed);
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QVERIFY(window.journey().components.find(typed.toStdString()));
        QCOMPARE(window.steps(), 1);
    }

    void aJourneyIsDrawnFromNothing_data()
    {
        QTest::addColumn<QByteArray>("spec");
        const auto row = [](const char* name, const char* spec) { QTest::newRow(name) << QByteArray(spec); };
        row("an empty spec", "spec: {}\n");
        row("an empty spec in lines", "spec: {\n  }\n");
        row("an empty spec with a note", "spec: {} # to be drawn\n");
        row("a spec of nothing", "spec:\n");
        row("no spec", "");
        row("no components", "spec:\n  components: {}\n");
        row("components of nothing", "spec:\n  components:\n");
        row("no tree", "spec:\n  operator:\n  components: {}\n");
        row("objectives alone", "spec:\n  objectives:\n    availability: {window: 30d, target: 0.99}\n");
        row("all in one line", "spec: {objectives: {availability: {window: 30d, target: 0.99}}}\n");
    }
    void aJourneyIsDrawnFromNothing()
    {
        QFETCH(QByteArray, spec);
        CanvasWindow window("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\n" + spec);
        const auto before = window.document().text();
        QVERIFY(window.document().isEditable());
        for (const auto* step : {"gateway", "mail"}) {
            QTest::keyClick(&window.view, Qt::Key_Return);
            QVERIFY(window.quickAdd() != nullptr);
            QTest::keyClicks(window.quickAdd(), name(step));
            QTest::keyClick(window.quickAdd(), Qt::Key_Return);
            QVERIFY2(window.quickAdd() == nullptr, qPrintable(refusal(window)));
        }
        QCOMPARE(window.tree(), name("Series(gateway, mail)"));
        const auto again = spec::readIntent(window.document().text(), "again");
        QVERIFY(again.value.has_value());
        QCOMPARE(QString::fromStdString(journey::expressionText(again.value->intent.journey.root)), window.tree());
        window.document().undoStack()->undo();
        window.document().undoStack()->undo();
        QCOMPARE(window.document().text(), before);
    }

    void placeholdersAreNamedOneAfterTheOther_data()
    {
        QTest::addColumn<QString>("by");
        for (const auto* by : {"quick add", "drop", "tool"})
            QTest::newRow(by) << name(by);
    }
    void placeholdersAreNamedOneAfterTheOther()
    {
        QFETCH(QString, by);
        CanvasWindow window;
        const Carried race{Carried::Kind::Operator, journey::OperatorType::Race, {}};
        PlacingTool tool;
        if (by == name("quick add")) {
            window.select(name("front"));
            QTest::keyClick(&window.view, Qt::Key_Return);
            QTest::keyClicks(window.quickAdd(), name("race"));
            QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        } else if (by == name("drop")) {
            QVERIFY(window.drop(*mimeOf(race), window.at(name("front"), 0.8)));
        } else {
            window.view.setPlacingTool(&tool);
            tool.set(race);
            window.click(window.at(name("front"), 0.8));
        }
        QCOMPARE(window.tree(),
                 name("Series(front, Race(service-1, service-2), Parallel(cart, pricing), Race(paya, payb))"));
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QCOMPARE(window.nameEditor()->selectedText(), name("service-1"));
        answer(window, "mail-a");
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QCOMPARE(window.nameEditor()->selectedText(), name("service-2"));
        answer(window, "paya"); // another one's name calls that
        QVERIFY(window.nameEditor() == nullptr);
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.tree(), name("Series(front, Race(mail-a, paya), Parallel(cart, pricing), Race(paya, payb))"));
        QVERIFY(!window.journey().components.find("service-2"));
        QCOMPARE(window.steps(), 3);
        QCOMPARE(window.selected(), name("Race"));
        while (window.document().undoStack()->canUndo())
            window.document().undoStack()->undo();
        QCOMPARE(window.tree(), name(checkout));
    }

    void escapeStopsTheNaming()
    {
        CanvasWindow window;
        window.drop(*mimeOf({Carried::Kind::Operator, journey::OperatorType::Parallel, {}}),
                    window.at(name("front"), 0.8));
        QTRY_VERIFY(window.nameEditor() != nullptr);
        answer(window, "x", Qt::Key_Escape);
        QTest::qWait(50);
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.steps(), 1);
        QVERIFY(window.view.hasFocus());
        QTRY_VERIFY(window.isDrawn());
        QVERIFY(window.nameEditor() == nullptr);
    }

    void aNameThatIsKeptGoesOn()
    {
        CanvasWindow window;
        window.drop(*mimeOf({Carried::Kind::Operator, journey::OperatorType::Parallel, {}}),
                    window.at(name("front"), 0.8));
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QCOMPARE(window.nameEditor()->text(), name("service-2"));
        window.document().undoStack()->undo(); // what is being named has gone
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.tree(), name(checkout));
    }

    void aSeriesAmongStepsIsItsSteps()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("series"));
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QCOMPARE(window.selected(), name("service-1 service-2"));
        QTRY_VERIFY(window.nameEditor() != nullptr);
        answer(window, "x");
        QTRY_VERIFY(window.nameEditor() != nullptr);
        answer(window, "y");
        QCOMPARE(window.tree(), name("Series(front, x, y, Parallel(cart, pricing), Race(paya, payb))"));
    }

    void wrapsWhatWasSelectedWhenItOpened()
    {
        CanvasWindow window;
        window.select(name("paya"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        window.select(name("front"));
        QTest::keyClicks(window.quickAdd(), name("wrap paya in retry"));
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QCOMPARE(window.tree(), name("Series(front, Parallel(cart, pricing), Race(Retry(paya), payb))"));
    }

    /// One node gets company, which is to be named; a series is not offered around it.
    void wrapsOneNodeWithCompany()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("wrap front in"));
        QVERIFY(!list(window)->findItems(name("wrap front in fallback"), Qt::MatchExactly).isEmpty());
        QVERIFY(list(window)->findItems(name("wrap front in series"), Qt::MatchExactly).isEmpty());
        QTest::keyClicks(window.quickAdd(), name(" fallback"));
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QTRY_VERIFY(window.nameEditor() != nullptr);
        answer(window, "cache");
        QCOMPARE(window.tree(), name("Series(Fallback(front, cache), Parallel(cart, pricing), Race(paya, payb))"));
    }

    /// An operator that is closed while its calls are being named: what is typed counts, and nothing is asked later.
    void whatIsClosedOverIsNotNamed()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("race"));
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QTest::keyClicks(window.nameEditor(), name("first"));
        window.view.collapsing()->collapseAll();
        QTRY_VERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.tree(),
                 name("Series(front, Race(first, service-2), Parallel(cart, pricing), Race(paya, payb))"));
        window.view.collapsing()->expandAll();
        QTest::qWait(100);
        QVERIFY(window.nameEditor() == nullptr);
    }

    void whatHasGoneIsNotAddedTo()
    {
        CanvasWindow window;
        const auto paya = window.node(name("paya"));
        for (const auto* typed : {"x", "wrap paya in retry"}) {
            window.select(name("paya"));
            QTest::keyClick(&window.view, Qt::Key_Return);
            QTest::keyClicks(window.quickAdd(), name(typed));
            QCOMPARE(window.document().apply(journey::RemoveNodes{{paya}}, name("other")), QString());
            QTest::keyClick(window.quickAdd(), Qt::Key_Return);
            QVERIFY(window.quickAdd() != nullptr);
            QCOMPARE(refusal(window), name("The journey has changed meanwhile."));
            QTest::keyClick(window.quickAdd(), Qt::Key_Escape);
            window.document().undoStack()->undo();
            QTRY_VERIFY(window.isDrawn());
        }
    }

    void turningThePageEndsWhatIsTyped()
    {
        CanvasWindow window(withFragment());
        window.select(name("entry"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("mail"));
        openFragment(*window.document().selection(), "entry");
        QVERIFY(window.quickAdd() == nullptr);
        QCOMPARE(window.steps(), 0);
        const auto front = window.node(name("front"));
        QTRY_VERIFY(window.scene().item(front) != nullptr);
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("gateway"));
        leaveFragment(window.document(), *window.document().selection());
        QVERIFY(window.nameEditor() == nullptr);
        QVERIFY(window.journey().components.find("gateway")); // nothing typed is lost
    }

    void theEditorStandsOverTheName_data()
    {
        QTest::addColumn<QString>("node");
        QTest::newRow("card") << name("cart");
        QTest::newRow("frame") << name("payment");
    }
    void theEditorStandsOverTheName()
    {
        QFETCH(QString, node);
        CanvasWindow window;
        window.view.setZoom(1);
        window.select(node);
        QTest::keyClick(&window.view, Qt::Key_F2);
        const auto card = window.view.mapFromScene(window.box(node)).boundingRect();
        const auto editor = window.nameEditor()->geometry();
        QVERIFY(card.adjusted(-8, -8, 8, 8).intersects(editor));
        QVERIFY(editor.height() <= window.nameEditor()->sizeHint().height());
        QVERIFY(editor.left() > card.left()); // the sign stays in sight
        QVERIFY(editor.bottom() < card.bottom() - 8); // and so do the numbers
    }

    void theEditorFollowsTheView()
    {
        CanvasWindow window;
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("bas"));
        const auto astray = [&window] {
            const auto card = window.view.mapFromScene(window.box(name("cart"))).boundingRect();
            return (window.nameEditor()->geometry().center().y() - card.center().y()) / card.height()
                   + std::abs(window.nameEditor()->geometry().left() - card.left()) / std::max(1, card.width());
        };
        QCOMPARE(astray(), 0);
        window.view.zoomIn();
        QCOMPARE(astray(), 0);
        window.view.setZoom(0.5);
        QCOMPARE(astray(), 0);
        for (const auto modifiers : {Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier}) {
            const QPoint at(300, 300);
            const auto before = window.nameEditor()->geometry();
            QWheelEvent wheel(at, window.viewport()->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, modifiers,
                              Qt::NoScrollPhase, false);
            QCoreApplication::sendEvent(window.viewport(), &wheel);
            QVERIFY(window.nameEditor()->geometry() != before);
            QCOMPARE(astray(), 0);
        }
        // And the drawing, when something else moves.
        QCOMPARE(window.document().apply(journey::InsertBeside{window.node(name("front")), journey::Side::After,
                                                               journey::makeExpression(journey::Call{"payb"})},
                                         name("other")),
                 QString());
        const auto before = window.box(name("cart"));
        QTRY_VERIFY(window.box(name("cart")) != before);
        QCOMPARE(astray(), 0);
        QCOMPARE(window.nameEditor()->text(), name("bas"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QVERIFY(window.journey().components.find("bas"));
    }

    void whatWouldBeRefusedIsSaidAsItIsTyped()
    {
        CanvasWindow window;
        QSignalSpy refused(&window.view, &JourneyView::refused);
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("pay"));
        QCOMPARE(window.words(), QString());
        QTest::keyClicks(window.nameEditor(), name("a"));
        QVERIFY(window.words().contains(name("paya")));
        QCOMPARE(window.nameEditor()->accessibleDescription(), window.words());
        QTest::keyClicks(window.nameEditor(), name("x"));
        QCOMPARE(window.words(), QString());
        window.nameEditor()->selectAll();
        QTest::keyClicks(window.nameEditor(), name("9"));
        QVERIFY(!window.words().isEmpty());
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QVERIFY(window.nameEditor() != nullptr);
        QCOMPARE(refused.size(), 1);
        QTest::keyClick(window.nameEditor(), Qt::Key_Escape);
        QCOMPARE(window.words(), QString());
        QCOMPARE(window.steps(), 0);
    }

    void twoViewsNameOneNode()
    {
        CanvasWindow window;
        JourneyView other(&window.document(), window.document().selection(), &window.open.units);
        QSignalSpy drawn(&other, &JourneyView::drawn);
        QSignalSpy refused(&other, &JourneyView::refused);
        other.resize(800, 600);
        other.show();
        QVERIFY(drawn.wait());
        window.select(name("cart"));
        QTest::keyClick(&other, Qt::Key_F2);
        auto* second = other.viewport()->findChild<QLineEdit*>(name("nameInPlace"));
        QVERIFY(second != nullptr);
        QTest::keyClicks(second, name("kart"));
        window.view.activateWindow();
        QTRY_VERIFY(window.view.isActiveWindow());
        QTest::keyClick(&window.view, Qt::Key_F2);
        answer(window, "basket");
        QVERIFY(window.journey().components.find("basket"));
        QTest::keyClick(second, Qt::Key_Return);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(refused.front().front().toString(), name("It is called “basket” now; Esc shows it."));
        QVERIFY(window.journey().components.find("basket"));
        QCOMPARE(window.steps(), 1);
        // Nothing typed, nothing changed.
        QTest::keyClick(second, Qt::Key_Escape);
        QCOMPARE(window.steps(), 1);
    }
};

QTEST_MAIN(TestAdding)
#include "tst_adding.moc"
