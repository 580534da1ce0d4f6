// SPDX-License-Identifier: GPL-3.0-or-later
// Selecting several things on the canvas, and what is then done to all of them at once.
#include "canvaswindow.h"
#include "widgets/editing/editactions.h"

#include <QClipboard>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

QByteArray longJourney()
{
    auto text = tests::CheckoutFolder::intentText();
    text.replace("      - ref: front\n", "      - ref: front\n      - ref: cart\n      - ref: pricing\n");
    return text;
}

/// The canvas with the actions of a window.
struct EditedCanvas
{
    explicit EditedCanvas(const QByteArray& text = tests::CheckoutFolder::intentText())
        : canvas(text)
        , actions(&registry, &window)
    {
        QObject::connect(&actions, &EditActions::refused, [this](const QString& reason) { refusals << reason; });
        actions.setDocument(&canvas.document());
    }
    QAction* action(const char* id) const { return registry.action(QString::fromLatin1(id)); }
    void lay(const char* component, journey::Offset at)
    {
        auto placement = canvas.document().value().placement;
        placement.loose.push_back({component, at});
        QCOMPARE(canvas.document().apply(journey::AddComponent{journey::componentNamed(component)}, name("lay"), {},
                                         std::move(placement)),
                 QString());
        QTRY_VERIFY(!canvas.scene().looseBox(component).isEmpty());
    }

    CanvasWindow canvas;
    QWidget window;
    ActionRegistry registry;
    EditActions actions;
    QStringList refusals;
};

} // namespace

class TestCanvasSelection : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    void shiftWithArrowsExtends_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("keys"); ///< of "LRUDHE", lower case without Shift
        QTest::addColumn<QString>("selected"); ///< the last one is the current one
        const auto row = [](const char* from, const char* keys, const char* selected) {
            QTest::addRow("%s %s", from, keys) << name(from) << name(keys) << name(selected);
        };
        row("front", "R", "front cart");
        row("front", "RR", "front cart pricing");
        row("front", "RRL", "front cart");
        row("front", "RRLL", "front");
        row("pricing", "LLR", "pricing cart");
        row("front", "RRr", "Parallel");
        row("front", "E", "front cart pricing Parallel payment");
        row("payment", "H", "payment Parallel pricing cart front");
        row("front", "L", "front"); // there is nothing before it
        row("paya", "D", "paya payb");
        row("payb", "U", "payb paya");
        row("payment", "R", "payment");
    }
    void shiftWithArrowsExtends()
    {
        QFETCH(QString, from);
        QFETCH(QString, keys);
        CanvasWindow window(longJourney());
        window.select(from);
        for (const auto key : keys) {
            const QMap<QChar, Qt::Key> all{{u'L', Qt::Key_Left}, {u'R', Qt::Key_Right}, {u'U', Qt::Key_Up},
                                           {u'D', Qt::Key_Down}, {u'H', Qt::Key_Home},  {u'E', Qt::Key_End}};
            QTest::keyClick(&window.view, all[key.toUpper()], key.isUpper() ? Qt::ShiftModifier : Qt::NoModifier);
        }
        QTEST(window.selected(), "selected");
        QCOMPARE(window.scene().selectedNodes().size(), window.document().selection()->elements().size());
        QCOMPARE(window.steps(), 0);
    }

    /// As few elements as say it, what lies loose among them; the same by key and by menu.
    void selectAllIsAllOfThePage()
    {
        EditedCanvas it;
        it.lay("audit", {40, 400});
        const auto all = name("front Parallel payment @audit");
        QTest::keySequence(&it.canvas.view, QKeySequence::SelectAll);
        QCOMPARE(it.canvas.selected(), all);
        it.canvas.select({});
        it.action("edit.selectAll")->trigger();
        QCOMPARE(it.canvas.selected(), all);
        const auto steps = it.canvas.steps();
        it.action("edit.delete")->trigger();
        QCOMPARE(it.canvas.steps(), steps + 1);
        QCOMPARE(it.canvas.tree(), QString());
        QVERIFY(it.canvas.document().value().placement.loose.empty());
        it.canvas.document().undoStack()->undo();
        QCOMPARE(it.canvas.selected(), all);
    }

    void rubberBands_data()
    {
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("selected");
        QTest::newRow("alone") << static_cast<int>(Qt::NoModifier) << name("payment paya payb");
        QTest::newRow("Shift adds") << static_cast<int>(Qt::ShiftModifier) << name("front paya payment payb");
        QTest::newRow("Ctrl toggles") << static_cast<int>(Qt::ControlModifier) << name("front payment payb");
    }
    void rubberBands()
    {
        QFETCH(int, modifiers);
        QFETCH(QString, selected);
        const auto keys = static_cast<Qt::KeyboardModifiers>(modifiers);
        CanvasWindow window;
        window.select(name("front paya"));
        const auto frame = window.box(name("payment")).adjusted(-16, -16, 16, 16);
        const auto from = window.view.mapFromScene(frame.topLeft());
        const auto to = window.view.mapFromScene(frame.bottomRight());
        window.press(from, keys);
        window.move((from + to) / 2, keys);
        window.move(to, keys);
        window.move(to - QPoint(3, 3), keys);
        window.move(to, keys);
        window.release(to, keys);
        auto words = window.selected().split(u' ');
        auto wanted = selected.split(u' ');
        words.sort();
        wanted.sort();
        QCOMPARE(words, wanted);
        QCOMPARE(window.scene().selectedNodes().size(), static_cast<std::size_t>(wanted.size()));
        // And a click afterwards is a click.
        window.click(window.at(name("front")));
        QCOMPARE(window.selected(), name("front"));
    }

    void clicksToggle()
    {
        CanvasWindow window;
        for (const auto key : {Qt::ControlModifier, Qt::ShiftModifier}) {
            window.click(window.at(name("front")));
            window.click(window.at(name("paya")), key);
            QCOMPARE(window.selected(), name("front paya"));
            window.click(window.at(name("front")), key);
            QCOMPARE(window.selected(), name("paya"));
        }
    }

    void looseOnesAreSelectedTogether()
    {
        EditedCanvas it;
        it.lay("audit", {40, 400});
        it.lay("ledger", {300, 400});
        const auto at = [&](const char* component) {
            return it.canvas.view.mapFromScene(it.canvas.scene().looseBox(component).center());
        };
        it.canvas.view.fitAll();
        it.canvas.click(at("audit"));
        QCOMPARE(it.canvas.selected(), name("@audit"));
        it.canvas.click(at("ledger"), Qt::ControlModifier);
        QCOMPARE(it.canvas.selected(), name("@audit @ledger"));
        const auto steps = it.canvas.steps();

        // Dragged on the ground both move by as much; onto an arrow both are called.
        const auto before = it.canvas.document().value().placement.loose;
        it.canvas.press(at("ledger"));
        it.canvas.move(at("ledger") + QPoint(20, 10), Qt::AltModifier);
        it.canvas.move(at("ledger") + QPoint(40, 20), Qt::AltModifier);
        it.canvas.release(at("ledger") + QPoint(40, 20), Qt::AltModifier);
        const auto moved = it.canvas.document().value().placement.loose;
        QCOMPARE(it.canvas.steps(), steps + 1);
        QCOMPARE(it.canvas.selected(), name("@audit @ledger"));
        QVERIFY(moved[0].at.x > before[0].at.x + 10);
        QVERIFY(std::abs((moved[1].at.x - before[1].at.x) - (moved[0].at.x - before[0].at.x)) < 1e-6);
        it.canvas.document().undoStack()->undo();
        it.canvas.drag(at("audit"), it.canvas.between(name("parallel"), name("payment")));
        QCOMPARE(it.canvas.tree(), name("Series(front, Parallel(cart, pricing), audit, ledger, Race(paya, payb))"));
        QVERIFY(it.canvas.document().value().placement.loose.empty());
        QCOMPARE(it.canvas.steps(), steps + 1);
        it.canvas.document().undoStack()->undo();
        QTRY_VERIFY(!it.canvas.scene().looseBox("ledger").isEmpty());

        // A click on one of them is for that alone.
        QCOMPARE(it.canvas.selected(), name("@audit @ledger"));
        it.canvas.click(at("ledger"));
        QCOMPARE(it.canvas.selected(), name("@ledger"));
        it.canvas.click(at("audit"), Qt::ShiftModifier);

        it.action("edit.delete")->trigger();
        QCOMPARE(it.refusals, QStringList());
        QCOMPARE(it.canvas.steps(), steps + 1);
        QVERIFY(!it.canvas.journey().components.find("audit"));
        QVERIFY(!it.canvas.journey().components.find("ledger"));
        it.canvas.document().undoStack()->undo();
        QCOMPARE(it.canvas.selected(), name("@ledger @audit"));
    }

    /// A node that is placed takes the loose ones along; one that lands in the journey does not.
    void nodesTakeLooseOnesAlong()
    {
        EditedCanvas it;
        it.lay("audit", {40, 400});
        it.canvas.view.fitAll();
        const auto steps = it.canvas.steps();
        it.canvas.document().selection()->select(
            {journey::Element::component("audit"), journey::Element::ofNode(it.canvas.node(name("front")))});
        const auto looseAt = [&] { return it.canvas.document().value().placement.loose.front().at; };
        const auto before = looseAt();
        const auto corner = it.canvas.box(name("front")).topLeft();
        const auto from = it.canvas.at(name("front"));
        it.canvas.press(from);
        it.canvas.move(from + QPoint(10, 60), Qt::AltModifier);
        it.canvas.move(from + QPoint(30, 90), Qt::AltModifier);
        QCOMPARE(it.canvas.words(), name("place here"));
        it.canvas.release(from + QPoint(30, 90), Qt::AltModifier);
        QCOMPARE(it.canvas.steps(), steps + 1);
        const auto placed = it.canvas.document().value().placement.nodes.at(it.canvas.node(name("front")));
        QVERIFY(placed.x > corner.x() + 10);
        QCOMPARE(QPointF(looseAt().x - before.x, looseAt().y - before.y), QPointF(placed.x, placed.y) - corner);
        QCOMPARE(it.canvas.selected(), name("@audit front"));
        it.canvas.document().undoStack()->undo();
        QCOMPARE(looseAt(), before);
        QTRY_COMPARE(it.canvas.box(name("front")).topLeft(), corner);
        it.canvas.drag(it.canvas.at(name("front")), it.canvas.between(name("parallel"), name("payment")));
        QCOMPARE(it.canvas.tree(), name("Series(Parallel(cart, pricing), front, Race(paya, payb))"));
        QCOMPARE(looseAt(), before);
    }

    void oneStepForAll_data()
    {
        QTest::addColumn<QString>("selected");
        QTest::addColumn<QString>("action"); ///< empty: two nudges
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* selected, const char* action, const char* tree) {
            QTest::addRow("%s: %s", selected, action) << name(selected) << name(action) << name(tree);
        };
        row("cart pricing", "journey.wrap.race", "Series(front, Parallel(Race(cart, pricing)), Race(paya, payb))");
        row("front parallel", "journey.wrap.retry",
            "Series(Retry(Series(front, Parallel(cart, pricing))), Race(paya, payb))");
        row("parallel payment", "journey.change.fallback",
            "Series(front, Fallback(cart, pricing), Fallback(paya, payb))");
        row("parallel payment", "journey.change.race", "Series(front, Race(cart, pricing), Race(paya, payb))");
        row("cart payb", "edit.delete", "Series(front, Parallel(pricing), Race(paya))");
        row("cart payb", "edit.cut", "Series(front, Parallel(pricing), Race(paya))");
        row("front paya payb", "edit.delete", "Series(Parallel(cart, pricing))");
        row("cart payb", "edit.duplicate", "Series(front, Parallel(cart, pricing), Race(paya, payb, cart, payb))");
        row("cart payb", "", "Series(front, Parallel(cart, pricing), Race(paya, payb))");
    }
    void oneStepForAll()
    {
        QFETCH(QString, selected);
        QFETCH(QString, action);
        EditedCanvas it;
        it.canvas.select(selected);
        const auto text = it.canvas.document().text();
        if (action.isEmpty()) {
            QTest::keyClick(&it.canvas.view, Qt::Key_Right, Qt::ControlModifier);
            QTest::keyClick(&it.canvas.view, Qt::Key_Down, Qt::ControlModifier);
            QCOMPARE(it.canvas.document().value().placement.nodes.size(), std::size_t(2));
        } else {
            QVERIFY(it.registry.action(action)->isEnabled());
            it.registry.action(action)->trigger();
        }
        QTEST(it.canvas.tree(), "tree");
        QCOMPARE(it.refusals, QStringList());
        QCOMPARE(it.canvas.steps(), 1);
        it.canvas.document().undoStack()->undo();
        QCOMPARE(it.canvas.document().text(), text);
        QVERIFY(it.canvas.document().value().placement.empty());
        QCOMPARE(it.canvas.selected().toLower(), selected);
    }

    void copiesAll()
    {
        EditedCanvas it;
        it.canvas.select(name("cart payb"));
        it.action("edit.copy")->trigger();
        it.canvas.select(name("front"));
        it.action("edit.paste")->trigger();
        QCOMPARE(it.canvas.tree(), name("Series(front, cart, payb, Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(it.canvas.steps(), 1);
    }

    /// From two frames onto an arrow, and within a frame: in one step.
    void dragsAll()
    {
        CanvasWindow window;
        window.select(name("cart payb"));
        window.drag(window.at(name("cart")), window.between(name("parallel"), name("payment")));
        QCOMPARE(window.tree(), name("Series(front, Parallel(pricing), cart, payb, Race(paya))"));
        QCOMPARE(window.steps(), 1);
        QCOMPARE(window.selected(), name("cart payb"));
    }

    /// What lies in different frames cannot go into one together: it is off, and says why.
    void strangersCannotBeWrapped()
    {
        EditedCanvas it;
        it.canvas.select(name("front paya"));
        const auto* race = it.action("journey.wrap.race");
        QVERIFY(!race->isEnabled());
        QVERIFY2(race->toolTip().contains(name("same frame")), qPrintable(race->toolTip()));
        it.canvas.select(name("cart pricing"));
        QVERIFY(race->isEnabled());
        QCOMPARE(race->toolTip(), name("Wrap in Race"));
    }
};

QTEST_MAIN(TestCanvasSelection)
#include "tst_canvasselection.moc"
