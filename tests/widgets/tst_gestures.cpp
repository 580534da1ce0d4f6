// SPDX-License-Identifier: GPL-3.0-or-later
// What the mouse does on the canvas, by real events.
#include "canvaswindow.h"

#include <QStandardPaths>
#include <QUrl>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

const auto checkout = QStringLiteral("Series(front, Parallel(cart, pricing), Race(paya, payb))");

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

QByteArray emptyJourney()
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: sketch}\nspec:\n"
           "  objectives:\n    availability: {window: 30d, target: 0.99}\n";
}

Carried component(const char* text)
{
    return {Carried::Kind::Component, journey::OperatorType::Call, name(text)};
}

Carried frame(journey::OperatorType type)
{
    return {Carried::Kind::Operator, type, {}};
}

} // namespace

class TestGestures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void dragging_data()
    {
        using Points = std::function<std::pair<QPoint, QPoint>(CanvasWindow&)>;
        QTest::addColumn<Points>("points");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("words"); ///< of the preview, and of the undo step
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* words, const char* tree, const Points& points,
                            Qt::KeyboardModifier modifier = Qt::NoModifier) {
            QTest::newRow(words) << points << static_cast<int>(modifier) << name(words) << name(tree);
        };
        row("front: after Parallel", "Series(Parallel(cart, pricing), front, Race(paya, payb))", [](CanvasWindow& w) {
            return std::pair(w.at(name("front")), w.between(name("parallel"), name("payment")));
        });
        row("front: as a branch of payment, before payb", "Series(Parallel(cart, pricing), Race(paya, front, payb))",
            [](CanvasWindow& w) {
                const auto gap = (w.box(name("paya")).bottom() + w.box(name("payb")).top()) / 2;
                return std::pair(w.at(name("front")),
                                 w.view.mapFromScene(QPointF(w.box(name("paya")).center().x(), gap)));
            });
        row("front: after cart", "Series(Parallel(Series(cart, front), pricing), Race(paya, payb))",
            [](CanvasWindow& w) { return std::pair(w.at(name("front")), w.at(name("cart"), 0.8)); });
        row("front: before cart", "Series(Parallel(Series(front, cart), pricing), Race(paya, payb))",
            [](CanvasWindow& w) { return std::pair(w.at(name("front")), w.at(name("cart"), 0.2)); });
        row(
            "front: race with cart", "Series(Parallel(Race(cart, front), pricing), Race(paya, payb))",
            [](CanvasWindow& w) { return std::pair(w.at(name("front")), w.at(name("cart"), 0.8)); }, Qt::ShiftModifier);
        row(
            "front: parallel with paya", "Series(Parallel(cart, pricing), Race(Parallel(paya, front), payb))",
            [](CanvasWindow& w) { return std::pair(w.at(name("front")), w.at(name("paya"), 0.8)); },
            Qt::ControlModifier);
        row("payb: before front", "Series(payb, front, Parallel(cart, pricing), Race(paya))",
            [](CanvasWindow& w) { return std::pair(w.at(name("payb")), w.at(name("front"), 0.2)); });
        row("payment: before front", "Series(Race(paya, payb), front, Parallel(cart, pricing))", [](CanvasWindow& w) {
            return std::pair(w.view.mapFromScene(w.box(name("payment")).topLeft() + QPointF(60, 10)),
                             w.at(name("front"), 0.2));
        });
    }

    void dragging()
    {
        using Points = std::function<std::pair<QPoint, QPoint>(CanvasWindow&)>;
        QFETCH(Points, points);
        QFETCH(int, modifiers);
        QFETCH(QString, words);
        QFETCH(QString, tree);
        const auto keys = static_cast<Qt::KeyboardModifiers>(modifiers);
        CanvasWindow window;
        const auto text = window.document().text();
        const auto [from, to] = points(window);
        const auto carried = words.section(QStringLiteral(": "), 0, 0);
        const auto landing = words.section(QStringLiteral(": "), 1);

        window.press(from);
        window.move((from + to) / 2);
        window.move(to, keys);
        // On a card it says what else there is.
        const bool onCard = landing.endsWith(name("cart")) || landing.endsWith(name("front"));
        QVERIFY2(onCard && keys == Qt::NoModifier ? window.words().startsWith(landing) : window.words() == landing,
                 qPrintable(window.words()));
        QCOMPARE(window.words().contains(name("Ctrl: parallel")), onCard && keys == Qt::NoModifier);
        QCOMPARE(window.steps(), 0);
        window.release(to, keys);
        QCOMPARE(window.tree(), tree);
        QCOMPARE(window.steps(), 1);
        QVERIFY(window.lastStep().contains(landing));
        QCOMPARE(window.selected(), carried == name("race") ? name("payment") : carried);
        QCOMPARE(window.words(), QString());
        window.document().undoStack()->undo();
        QCOMPARE(window.document().text(), text);
    }

    void escapeLeavesNoTrace()
    {
        CanvasWindow window;
        const auto before = window.document().revision();
        window.press(window.at(name("front")));
        window.move(window.at(name("cart"), 0.8));
        QVERIFY(!window.words().isEmpty());
        QTest::keyClick(&window.view, Qt::Key_Escape);
        QCOMPARE(window.words(), QString());
        window.move(window.at(name("cart"), 0.7));
        window.release(window.at(name("cart"), 0.7));
        QCOMPARE(window.tree(), checkout);
        QCOMPARE(window.document().revision(), before);
        QCOMPARE(window.steps(), 0);
        QVERIFY(!window.document().isModified());
        // And the next gesture is one again.
        window.drag(window.at(name("front")), window.at(name("cart"), 0.8));
        QCOMPARE(window.steps(), 1);
    }

    void aClickIsNoDrag()
    {
        CanvasWindow window;
        const auto at = window.at(name("front"));
        window.press(at);
        window.move(at + QPoint(QApplication::startDragDistance() - 2, 0));
        QCOMPARE(window.words(), QString());
        window.release(at + QPoint(QApplication::startDragDistance() - 2, 0));
        QCOMPARE(window.steps(), 0);
        QCOMPARE(window.selected(), name("front"));
    }

    void aSelectionIsDraggedTogether()
    {
        CanvasWindow window;
        window.select(name("front payb"));
        window.drag(window.at(name("payb")), window.at(name("cart"), 0.8));
        QCOMPARE(window.tree(), name("Series(Parallel(Series(cart, front, payb), pricing), Race(paya))"));
        QCOMPARE(window.steps(), 1);
        QCOMPARE(window.selected(), name("front payb"));
    }

    void emptyGroundOfItsFrameOnlyPlaces()
    {
        CanvasWindow window;
        window.view.setZoom(1);
        const auto text = window.document().text();
        const auto id = window.node(name("front"));
        const auto corner = window.box(name("front")).topLeft();
        const auto from = window.at(name("front"));
        window.press(from);
        window.move(from + QPoint(0, 100), Qt::AltModifier);
        window.move(from + QPoint(3, 203), Qt::AltModifier);
        QCOMPARE(window.words(), name("place here"));
        window.release(from + QPoint(3, 203), Qt::AltModifier);
        QCOMPARE(window.document().text(), text);
        QCOMPARE(window.steps(), 1);
        auto placed = window.document().value().placement.nodes.at(id);
        QCOMPARE(QPointF(placed.x, placed.y), corner + QPointF(3, 203)); // Alt: just there
        window.document().undoStack()->undo();
        QVERIFY(window.document().value().placement.empty());
        QTRY_VERIFY(window.isDrawn());

        window.drag(window.at(name("front")), window.at(name("front")) + QPoint(3, 203));
        placed = window.document().value().placement.nodes.at(id);
        QVERIFY(std::abs(placed.x - corner.x() - 3) <= 6);
        QVERIFY(placed.x == corner.x() || std::remainder(placed.x, 8) == 0 || placed.x != corner.x() + 3);
        QCOMPARE(window.steps(), 1);
    }

    void theGroundOfAFanPlacesToo()
    {
        CanvasWindow window;
        window.view.setZoom(1);
        const auto frame = window.box(name("payment")).topLeft();
        const auto corner = window.box(name("payb")).topLeft();
        const auto from = window.at(name("payb"));
        window.press(from);
        window.move(from + QPoint(10, 0), Qt::AltModifier);
        window.move(from + QPoint(14, 3), Qt::AltModifier);
        window.release(from + QPoint(14, 3), Qt::AltModifier);
        QCOMPARE(window.tree(), checkout);
        const auto placed = window.document().value().placement.nodes.at(window.node(name("payb")));
        QCOMPARE(QPointF(placed.x, placed.y), corner - frame + QPointF(14, 3));
    }

    void aNodeThatMovesOnLosesItsPlace()
    {
        CanvasWindow window;
        window.drag(window.at(name("front")), window.ground());
        QCOMPARE(window.document().value().placement.nodes.size(), std::size_t(1));
        QTRY_VERIFY(window.isDrawn());
        window.drag(window.at(name("front")), window.at(name("cart"), 0.8));
        QVERIFY(window.tree().contains(name("Series(cart, front)")));
        QVERIFY(window.document().value().placement.nodes.empty());
        window.document().undoStack()->undo();
        QCOMPARE(window.document().value().placement.nodes.size(), std::size_t(1));
    }

    void scrollsAtTheEdge()
    {
        CanvasWindow window;
        window.view.setZoom(1);
        const auto before = window.view.mapToScene(0, 0);
        const QPoint edge(3, 300);
        window.press(window.at(name("cart")));
        window.move(QPoint(400, 300));
        window.move(edge);
        QTRY_VERIFY(window.view.mapToScene(0, 0).x() < before.x() - 30);
        QTest::keyClick(&window.view, Qt::Key_Escape);
        const auto stopped = window.view.mapToScene(0, 0);
        QTest::qWait(100);
        QCOMPARE(window.view.mapToScene(0, 0), stopped);
        window.release(edge);
        QCOMPARE(window.steps(), 0);
    }

    void whatCannotBeEditedIsNotDragged()
    {
        CanvasWindow window;
        QCOMPARE(window.document().setText("apiVersion: [\n" + window.document().text()), QString());
        const int steps = window.steps();
        window.drag(window.at(name("front")), window.at(name("cart"), 0.8));
        QCOMPARE(window.steps(), steps);
        const auto data = mimeOf(component("cart"));
        QVERIFY(!window.dragOver(*data, window.at(name("cart"))));
        QTest::keyClick(&window.view, Qt::Key_Return);
        QVERIFY(window.quickAdd() == nullptr);
    }

    void fromThePalette_data()
    {
        QTest::addColumn<Carried>("carried");
        QTest::addColumn<QString>("onto");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("tree");
        QTest::newRow("a component") << component("cart") << name("front") << 0
                                     << name("Series(front, cart, Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("a race with one") << component("cart") << name("front") << static_cast<int>(Qt::ShiftModifier)
                                         << name(
                                                "Series(Race(front, cart), Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("an operator")
            << frame(journey::OperatorType::Retry) << name("front") << 0
            << name("Series(front, Retry(service-1), Parallel(cart, pricing), Race(paya, payb))");
        QTest::newRow("a new call") << component("") << name("payb") << 0
                                    << name("Series(front, Parallel(cart, pricing), Race(paya, Series(payb, "
                                            "service-1)))");
    }

    void fromThePalette()
    {
        QFETCH(Carried, carried);
        QFETCH(QString, onto);
        QFETCH(int, modifiers);
        CanvasWindow window;
        const auto data = mimeOf(carried);
        const auto keys = static_cast<Qt::KeyboardModifiers>(modifiers);
        QVERIFY(window.dragOver(*data, window.at(onto, 0.8), keys));
        QVERIFY(!window.words().isEmpty());
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(window.viewport(), &leave);
        QCOMPARE(window.words(), QString());
        QCOMPARE(window.steps(), 0);
        QVERIFY(window.drop(*data, window.at(onto, 0.8), keys));
        QTEST(window.tree(), "tree");
        QCOMPARE(window.steps(), 1);
        QVERIFY(!window.selected().isEmpty());
    }

    void otherDragsAreForTheWindow()
    {
        CanvasWindow window;
        QMimeData files;
        files.setUrls({QUrl::fromLocalFile(name("/somewhere.yaml"))});
        QVERIFY(!window.dragOver(files, window.at(name("front"))));
        QVERIFY(!window.drop(files, window.at(name("front"))));
        QCOMPARE(window.steps(), 0);
    }

    void theFirstCall()
    {
        CanvasWindow window(emptyJourney());
        const auto data = mimeOf(component(""));
        QVERIFY(window.drop(*data, {300, 300}));
        QVERIFY2(window.steps() == 1, qPrintable(window.words()));
        QCOMPARE(window.tree(), name("service-1"));
        QTRY_VERIFY(window.nameEditor() != nullptr); // as soon as it is drawn
        QVERIFY(window.nameEditor()->hasFocus());
        QCOMPARE(window.nameEditor()->selectedText(), name("service-1"));
        QTest::keyClicks(window.nameEditor(), name("gateway"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QCOMPARE(window.tree(), name("gateway"));
        QCOMPARE(window.steps(), 2);
        QVERIFY(window.view.hasFocus());
        QCOMPARE(window.selected(), name("gateway"));
    }

    void aFreshCallTakesTheNameOfAnother()
    {
        CanvasWindow window;
        const auto data = mimeOf(component(""));
        window.drop(*data, window.at(name("front"), 0.8));
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QTest::keyClicks(window.nameEditor(), name("cart"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QCOMPARE(window.tree(), name("Series(front, cart, Parallel(cart, pricing), Race(paya, payb))"));
        QVERIFY(!window.journey().components.find("service-1"));
    }

    void looseComponents()
    {
        CanvasWindow window;
        window.view.setZoom(1);
        window.view.fitAll();
        const auto before = window.document().text();
        const auto data = mimeOf(component("audit"));
        QVERIFY(window.dragOver(*data, window.ground()));
        QCOMPARE(window.words(), name("lay here, without a call"));
        QVERIFY(window.drop(*data, window.ground()));
        QCOMPARE(window.tree(), checkout);
        QCOMPARE(window.steps(), 1);
        QVERIFY(window.journey().components.find("audit"));
        const auto loose = window.document().value().placement.loose;
        QCOMPARE(loose.size(), std::size_t(1));
        QCOMPARE(loose.front().component, std::string("audit"));
        QCOMPARE(window.selected(), name("@audit"));
        QVERIFY(window.nameEditor() == nullptr); // it has a name

        // Elsewhere on the ground: the same one, there.
        QTRY_VERIFY(!window.scene().looseBox("audit").isEmpty());
        const auto from = window.view.mapFromScene(window.scene().looseBox("audit").center());
        window.drag(from, from + QPoint(40, 20));
        QCOMPARE(window.steps(), 2);
        QCOMPARE(window.document().value().placement.loose.size(), std::size_t(1));
        QVERIFY(window.document().value().placement.loose != loose);
        window.document().undoStack()->undo();

        // Onto a landing: a call, and loose no more, in one step.
        window.drag(from, window.at(name("front"), 0.8));
        QCOMPARE(window.tree(), name("Series(front, audit, Parallel(cart, pricing), Race(paya, payb))"));
        QVERIFY(window.document().value().placement.loose.empty());
        QCOMPARE(window.steps(), 2);
        window.document().undoStack()->undo();
        QCOMPARE(window.document().value().placement.loose, loose);
        window.document().undoStack()->undo();
        QCOMPARE(window.document().text(), before);
        QVERIFY(window.document().value().placement.empty());
    }

    void aNewLooseComponentIsNamed()
    {
        CanvasWindow window;
        window.drop(*mimeOf(component("")), window.ground());
        QTRY_VERIFY(window.nameEditor() != nullptr);
        QTest::keyClicks(window.nameEditor(), name("audit"));
        QTest::keyClick(window.nameEditor(), Qt::Key_Return);
        QCOMPARE(window.document().value().placement.loose.front().component, std::string("audit"));
        QVERIFY(window.journey().components.find("audit"));
        QCOMPARE(window.tree(), checkout);
    }

    void theToolPutsDownByClicks()
    {
        CanvasWindow window;
        PlacingTool tool;
        window.view.setPlacingTool(&tool);
        tool.set(component("cart"));
        QCOMPARE(window.viewport()->cursor().shape(), Qt::CrossCursor);
        window.move(window.at(name("front"), 0.8), {}, Qt::NoButton);
        QVERIFY2(window.words().startsWith(name("after front")), qPrintable(window.words()));
        window.click(window.at(name("front"), 0.8), Qt::ShiftModifier); // keeps the tool
        QCOMPARE(window.tree(), name("Series(front, cart, Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(tool.carried(), component("cart"));
        QTRY_VERIFY(window.isDrawn());
        window.click(window.at(name("payb"), 0.2));
        QCOMPARE(window.tree(), name("Series(front, cart, Parallel(cart, pricing), Race(paya, Series(cart, payb)))"));
        QVERIFY(!tool.carried());
        QVERIFY(window.viewport()->cursor().shape() != Qt::CrossCursor);
        QCOMPARE(window.steps(), 2);
        window.click(window.at(name("paya"), 0.2));
        QCOMPARE(window.steps(), 2);
        QCOMPARE(window.selected(), name("paya"));
    }

    void theToolIsDropped_data()
    {
        QTest::addColumn<bool>("key");
        QTest::newRow("by Esc") << true;
        QTest::newRow("by the right button") << false;
    }

    void theToolIsDropped()
    {
        QFETCH(bool, key);
        CanvasWindow window;
        PlacingTool tool;
        window.view.setPlacingTool(&tool);
        tool.set(frame(journey::OperatorType::Race));
        window.move(window.at(name("front"), 0.8), {}, Qt::NoButton);
        QSignalSpy menu(&window.view, &JourneyView::menuRequested);
        if (key) {
            QTest::keyClick(&window.view, Qt::Key_Escape);
        } else {
            const auto at = window.at(name("front"), 0.8);
            QTest::mouseClick(window.viewport(), Qt::RightButton, {}, at);
            QContextMenuEvent event(QContextMenuEvent::Mouse, at, window.viewport()->mapToGlobal(at));
            QCoreApplication::sendEvent(window.viewport(), &event);
        }
        QVERIFY(!tool.carried());
        QVERIFY(menu.isEmpty());
        QCOMPARE(window.words(), QString());
        QCOMPARE(window.steps(), 0);
    }

    void aDragEndsWhereItsReleaseIsLost()
    {
        CanvasWindow window;
        const auto to = window.between(name("parallel"), name("payment"));
        window.press(window.at(name("front")));
        window.move(to);
        QVERIFY(!window.words().isEmpty());
        window.move(to + QPoint(2, 0), {}, Qt::NoButton); // a dialog has taken the release
        QCOMPARE(window.words(), name("add after Parallel")); // the handle there
        window.click(to);
        QCOMPARE(window.steps(), 0);
        QCOMPARE(window.tree(), checkout);
    }

    void anotherButtonEndsWhatIsPulled()
    {
        CanvasWindow window;
        window.select(name("front"));
        const auto handle = window.at(name("front"), 1, 0.5);
        window.move(handle, {}, Qt::NoButton);
        for (const bool lost : {false, true}) {
            window.press(handle);
            window.move(handle + QPoint(30, 60));
            QTest::mousePress(window.viewport(), Qt::MiddleButton, {}, handle);
            if (!lost)
                window.release(handle + QPoint(30, 60));
            QTest::mouseRelease(window.viewport(), Qt::MiddleButton, {}, handle);
            window.click(window.ground());
            QVERIFY(window.quickAdd() == nullptr);
        }
        QCOMPARE(window.steps(), 0);
    }

    void modifiersShowAtOnceWhatTheyDo()
    {
        CanvasWindow window;
        const auto to = window.at(name("cart"), 0.8);
        window.press(window.at(name("front")));
        window.move(to);
        const auto words = window.words();
        QTest::keyPress(&window.view, Qt::Key_Shift);
        QVERIFY(window.words() != words);
        QVERIFY(window.words().contains(name("race")));
        QTest::keyRelease(&window.view, Qt::Key_Shift, Qt::ShiftModifier);
        QCOMPARE(window.words(), words);
        QTest::keyClick(&window.view, Qt::Key_Escape);
        window.release(to);
        QCOMPARE(window.steps(), 0);
    }

    void rubberBandAdds()
    {
        CanvasWindow window;
        window.select(name("front"));
        const auto frame = window.box(name("payment")).adjusted(-16, -16, 16, 16);
        const auto from = window.view.mapFromScene(frame.topLeft());
        const auto to = window.view.mapFromScene(frame.bottomRight());
        window.press(from, Qt::ShiftModifier);
        window.move((from + to) / 2, Qt::ShiftModifier);
        window.move(to, Qt::ShiftModifier);
        window.release(to, Qt::ShiftModifier);
        QCOMPARE(window.selected(), name("front payment paya payb"));
        window.click(window.ground());
        QCOMPARE(window.selected(), QString());
        QCOMPARE(window.steps(), 0);
    }
};

QTEST_MAIN(TestGestures)
#include "tst_gestures.moc"
