// SPDX-License-Identifier: GPL-3.0-or-later
// What keys do on the canvas, and what is typed on it: adding, renaming, nudging.
#include "canvaswindow.h"
#include "widgets/common/theme.h"

#include <QListWidget>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

QByteArray emptyJourney()
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\nspec:\n"
           "  objectives:\n    availability: {window: 30d, target: 0.99}\n";
}

QByteArray withFragment()
{
    auto text = tests::CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - use: entry\n");
    text.replace("  components:\n", "  fragments:\n    entry: {ref: front}\n  components:\n");
    return text;
}

/// Into the search of the quick add, as the next keys after the one that opened it.
void type(CanvasWindow& window, const char* what)
{
    auto* search = window.quickAdd();
    QVERIFY(search != nullptr);
    QVERIFY(search->hasFocus());
    QTest::keyClicks(search, name(what));
    QTest::keyClick(search, Qt::Key_Return);
}

} // namespace

class TestCanvasKeys : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void aJourneyIsTypedByKeyboard()
    {
        CanvasWindow window(emptyJourney());
        for (const auto* step : {"gateway", "cart", "payment", "mail"}) {
            QTest::keyClick(&window.view, Qt::Key_Return);
            type(window, step);
            QVERIFY(window.view.hasFocus());
            QCOMPARE(window.selected(), name(step));
        }
        QCOMPARE(window.tree(), name("Series(gateway, cart, payment, mail)"));
        QCOMPARE(window.steps(), 4);
        QTRY_VERIFY(window.isDrawn());
        QTest::keyClick(&window.view, Qt::Key_Return, Qt::ShiftModifier);
        type(window, "audit");
        QCOMPARE(window.tree(), name("Series(gateway, cart, payment, audit, mail)"));
        while (window.document().undoStack()->canUndo())
            window.document().undoStack()->undo();
        QCOMPARE(window.document().text(), emptyJourney().toStdString());
    }

    void endBeforeTheFirstCallIsDrawn()
    {
        CanvasWindow window(emptyJourney());
        QTest::keyClick(&window.view, Qt::Key_Return);
        type(window, "gateway");
        QTest::keyClick(&window.view, Qt::Key_End);
        QTRY_VERIFY(window.isDrawn());
        QTest::keyClick(&window.view, Qt::Key_End);
        QCOMPARE(window.selected(), name("gateway"));
    }

    void aNameIsMadeAnEditBeforeSaving()
    {
        CanvasWindow window;
        window.view.commitPending(); // nothing is typed
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("gateway"));
        window.view.commitPending();
        QVERIFY(window.journey().components.find("gateway"));
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.steps(), 1);
    }

    void whatIsCalledOtherwiseMeanwhileIsNotRenamed()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("gateway"));
        QCOMPARE(window.document().apply(journey::SetCall{window.node(name("front")), "pricing"}, name("other")),
                 QString());
        const auto tree = window.tree();
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QVERIFY(window.nameEditor() != nullptr); // it says why, and waits
        QCOMPARE(window.tree(), tree);
        QVERIFY(!window.journey().components.find("gateway"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Escape);
        QCOMPARE(window.steps(), 1);
    }

    void whatIsOffered_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* typed, const char* first, const char* tree) {
            QTest::newRow(typed) << name(typed) << QString::fromUtf8(first) << name(tree);
        };
        row("pricing", "pricing", "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, pricing)))");
        row("pri", "New component “pri”", "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, pri)))");
        row("ricin", "New component “ricin”",
            "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, ricin)))");
        row("use en", "use entry", "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, Use(entry))))");
        row("retry", "Retry",
            "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, Retry(service-1))))");
        row("wrap payb in ti", "wrap payb in timeout",
            "Series(Use(entry), Parallel(cart, pricing), Race(paya, Timeout(payb)))");
    }

    void whatIsOffered()
    {
        QFETCH(QString, typed);
        CanvasWindow window(withFragment());
        window.select(name("payb"));
        QTest::keyClick(&window.view, Qt::Key_Enter);
        QVERIFY(window.quickAdd() != nullptr);
        QTest::keyClicks(window.quickAdd(), typed);
        const auto* list = window.shown<QListWidget>("quickAddList");
        QTEST(list->item(0)->text(), "first");
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QTEST(window.tree(), "tree");
        QCOMPARE(window.steps(), 1);
        QVERIFY(window.quickAdd() == nullptr);
    }

    void theListIsWalkedWithArrows()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("pay")); // a new one, then paya, payb
        QTest::keyClick(window.quickAdd(), Qt::Key_Down);
        QTest::keyClick(window.quickAdd(), Qt::Key_Down);
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QCOMPARE(window.tree(), name("Series(front, payb, Parallel(cart, pricing), Race(paya, payb))"));
    }

    void whatIsRefusedIsSaid()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        window.quickAdd()->setText(QString(1000, u'x'));
        QTest::keyClick(window.quickAdd(), Qt::Key_Return);
        QVERIFY(window.quickAdd() != nullptr);
        QVERIFY(!window.shown<QLabel>("refusal")->text().isEmpty());
        QCOMPARE(window.steps(), 0);
        QTest::keyClick(window.quickAdd(), Qt::Key_Escape);
        QVERIFY(window.quickAdd() == nullptr);
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.steps(), 0);
        QCOMPARE(window.selected(), name("front"));
    }

    void clickingElsewhereGivesUp()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QTest::keyClicks(window.quickAdd(), name("pay"));
        window.view.setFocus();
        QVERIFY(window.quickAdd() == nullptr);
        QCOMPARE(window.steps(), 0);
    }

    void handlesAdd_data()
    {
        QTest::addColumn<QString>("on");
        QTest::addColumn<bool>("pull");
        QTest::addColumn<QString>("tree");
        QTest::newRow("after") << name("after") << false
                               << name("Series(front, x, Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("before") << name("before") << false
                                << name("Series(x, front, Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("pulled") << name("after") << true
                                << name("Series(front, x, Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("on an arrow") << name("arrow") << false
                                     << name("Series(front, Parallel(cart, pricing), x, Race(paya, payb))");
    }

    void handlesAdd()
    {
        QFETCH(QString, on);
        QFETCH(bool, pull);
        CanvasWindow window;
        const auto& axes = window.scene().drawing().axes;
        const auto front = window.box(name("front"));
        const double axis = axes.at(window.node(name("front")));
        QPoint handle = window.between(name("parallel"), name("payment"));
        if (on != name("arrow"))
            handle = window.view.mapFromScene(QPointF(on == name("after") ? front.right() : front.left(), axis));
        window.move(handle, {}, Qt::NoButton);
        window.press(handle);
        const auto to = pull ? handle + QPoint(60, 120) : handle;
        if (pull) {
            window.move(to);
            QCOMPARE(window.words(), name("add after front"));
        }
        window.release(to);
        QCOMPARE(window.words(), QString());
        type(window, "x");
        QTEST(window.tree(), "tree");
        QCOMPARE(window.steps(), 1);
        QCOMPARE(window.selected(), name("x"));
    }

    void escapeLetsGoOfAHandle()
    {
        CanvasWindow window;
        const auto handle = window.at(name("front"), 1);
        window.move(handle, {}, Qt::NoButton);
        window.press(handle);
        window.move(handle + QPoint(50, 80));
        QTest::keyClick(&window.view, Qt::Key_Escape);
        window.release(handle + QPoint(50, 80));
        QVERIFY(window.quickAdd() == nullptr);
        QCOMPARE(window.words(), QString());
    }

    void renaming_data()
    {
        QTest::addColumn<QString>("node");
        QTest::addColumn<bool>("key");
        QTest::addColumn<QString>("initial");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("step"); ///< empty: none
        QTest::newRow("a component by F2")
            << name("cart") << true << name("cart") << name("basket") << name("Rename component cart to basket");
        QTest::newRow("a component by a double click")
            << name("cart") << false << name("cart") << name("basket") << name("Rename component cart to basket");
        QTest::newRow("a fragment") << name("entry") << true << name("entry") << name("door")
                                    << name("Rename fragment entry to door");
        QTest::newRow("an operator") << name("payment") << true << name("payment") << name("pay")
                                     << name("Rename payment to pay");
        QTest::newRow("an operator without a name")
            << name("parallel") << false << QString() << name("both") << name("Rename Parallel to both");
        QTest::newRow("nothing changed") << name("cart") << true << name("cart") << name("cart") << QString();
    }

    void renaming()
    {
        QFETCH(QString, node);
        QFETCH(bool, key);
        QFETCH(QString, typed);
        QFETCH(QString, step);
        CanvasWindow window(withFragment());
        const auto id = window.node(node);
        if (key) {
            window.select(node);
            QTest::keyClick(&window.view, Qt::Key_F2);
        } else {
            const auto at = window.view.mapFromScene(window.box(node).topLeft() + QPointF(30, 14));
            QTest::mouseDClick(window.viewport(), Qt::LeftButton, {}, at);
        }
        auto* editor = window.nameEditor();
        QVERIFY(editor != nullptr);
        QVERIFY(editor->hasFocus());
        QTEST(editor->text(), "initial");
        QVERIFY(window.viewport()->rect().contains(editor->geometry()));
        editor->selectAll();
        QTest::keyClicks(editor, typed);
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(window.nameEditor() == nullptr);
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.lastStep(), step);
        QCOMPARE(window.node(typed), id);
    }

    void theActionOfTheWindowGivesWay()
    {
        CanvasWindow window;
        QAction rename;
        rename.setShortcut(Qt::Key_F2);
        window.view.addAction(&rename);
        QSignalSpy triggered(&rename, &QAction::triggered);
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QVERIFY(window.nameEditor() != nullptr);
        QVERIFY(triggered.isEmpty());
        QTest::keyClick(window.nameEditor(), Qt::Key_Escape);
        window.select({});
        QTest::keyClick(&window.view, Qt::Key_F2); // the journey, say
        QCOMPARE(triggered.size(), 1);
    }

    void renamingIsGivenUp()
    {
        CanvasWindow window;
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("basket"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Escape);
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.steps(), 0);
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.selected(), name("cart"));
    }

    void losingTheFocusCommits()
    {
        CanvasWindow window;
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("basket"));
        window.click(window.ground());
        QVERIFY(window.nameEditor() == nullptr);
        QVERIFY(window.node(name("basket")) != journey::NodeId{});
        QCOMPARE(window.steps(), 1);
    }

    void aRefusedNameStaysOpen()
    {
        CanvasWindow window;
        QSignalSpy refused(&window.view, &JourneyView::refused);
        window.select(name("cart"));
        QTest::keyClick(&window.view, Qt::Key_F2);
        QTest::keyClicks(window.nameEditor(), name("paya"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QCOMPARE(refused.size(), 1);
        QVERIFY(window.nameEditor() != nullptr);
        QVERIFY(!window.words().isEmpty());
        auto* said = window.viewport()->findChild<QLabel*>(name("gestureWords"));
        QCOMPARE(said->palette().color(QPalette::WindowText), theme::bad());
        const auto image = said->grab().toImage();
        bool red = false;
        for (int x = 0; x < image.width() && !red; ++x) {
            for (int y = 0; y < image.height() && !red; ++y)
                red = image.pixelColor(x, y).red() > 2 * image.pixelColor(x, y).green();
        }
        QVERIFY(red);
        QCOMPARE(window.nameEditor()->accessibleDescription(), refused.front().front().toString());
        window.view.setFocus(); // what cannot be is given up where the focus goes
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.steps(), 0);
    }

    void undoUnderTheEditorGivesItUp()
    {
        CanvasWindow window;
        window.select(name("front"));
        QTest::keyClick(&window.view, Qt::Key_Return);
        type(window, "x");
        QTRY_VERIFY(window.isDrawn());
        QTest::keyClick(&window.view, Qt::Key_F2);
        QVERIFY(window.nameEditor() != nullptr);
        window.document().undoStack()->undo();
        QVERIFY(window.nameEditor() == nullptr);
        QCOMPARE(window.steps(), 0);
    }

    void nudging()
    {
        CanvasWindow window;
        const auto corner = window.box(name("paya")).topLeft() - window.box(name("payment")).topLeft();
        const auto id = window.node(name("paya"));
        window.select(name("paya"));
        const auto offset = [&] {
            const auto at = window.document().value().placement.nodes.at(id);
            return QPointF(at.x, at.y);
        };
        QTest::keyClick(&window.view, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(offset(), corner + QPointF(8, 0));
        QTest::keyClick(&window.view, Qt::Key_Down, Qt::ControlModifier);
        QTest::keyClick(&window.view, Qt::Key_Left, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(&window.view, Qt::Key_Up, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(offset(), corner + QPointF(7, 7));
        QCOMPARE(window.steps(), 1); // they follow each other within a second
        QCOMPARE(window.selected(), name("paya"));
        window.document().undoStack()->undo();
        QVERIFY(window.document().value().placement.empty());
    }

    void thereAndBackIsNothing()
    {
        CanvasWindow window;
        window.select(name("paya pricing"));
        QTest::keyClick(&window.view, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(window.document().value().placement.nodes.size(), std::size_t(2));
        window.select({});
        QTest::keyClick(&window.view, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(window.steps(), 1); // nothing is selected, nothing is nudged
    }
};

QTEST_MAIN(TestCanvasKeys)
#include "tst_canvaskeys.moc"
