// SPDX-License-Identifier: GPL-3.0-or-later
// Every edit of the structure, from the canvas by its menu and from the outline by keys alone.
#include "tests/gui/checkoutwindow.h"

#include <QContextMenuEvent>
#include <QSettings>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::text;
using emac::tests::withFragment;
using journey::OperatorType;
using Checkout = emac::tests::CheckoutWindow;

namespace {

struct Shortcut
{
    Qt::Key key;
    Qt::KeyboardModifiers modifiers{};
};
using Shortcuts = QList<Shortcut>;

/// To the action in the menu or the menus below it, with arrow keys.
bool walkTo(tests::Hand& hand, QMenu* menu, const QString& id)
{
    const auto holds = [&id](const auto& self, const QMenu& in) -> bool {
        return std::ranges::any_of(in.actions(), [&](const QAction* action) {
            return action->objectName() == id || (action->menu() != nullptr && self(self, *action->menu()));
        });
    };
    for (int i = 0; i < 40; ++i) {
        const auto* active = menu->activeAction();
        if (active != nullptr && active->objectName() == id) {
            hand.key(Qt::Key_Return);
            return true;
        }
        if (active != nullptr && active->menu() != nullptr && holds(holds, *active->menu())) {
            hand.key(Qt::Key_Right);
            auto* below = active->menu();
            return QTest::qWaitFor([below] { return below->isVisible(); }) && walkTo(hand, below, id);
        }
        hand.key(Qt::Key_Down);
    }
    return false;
}

} // namespace

class TestStructureWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("emac-tests-structure-window"));
        QLocale::setDefault(QLocale::c());
    }
    void init() { QSettings().clear(); }

    void structure_data()
    {
        QTest::addColumn<QStringList>("select");
        QTest::addColumn<QString>("action");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* select, const char* action, const char* name, const char* tree) {
            QTest::addRow("%s %s", action, select)
                << text(select).split(u' ') << text(action) << text(name) << text(tree);
        };
        row("cart", "journey.wrap.retry", "", "Series(Use(entry), Parallel(Retry(cart), pricing), Race(paya, payb))");
        row("cart", "journey.wrap.timeout", "",
            "Series(Use(entry), Parallel(Timeout(cart), pricing), Race(paya, payb))");
        row("cart", "journey.wrap.optional", "",
            "Series(Use(entry), Parallel(Optional(cart), pricing), Race(paya, payb))");
        row("cart pricing", "journey.wrap.race", "",
            "Series(Use(entry), Parallel(Race(cart, pricing)), "
            "Race(paya, payb))");
        row("cart pricing", "journey.wrap.fallback", "",
            "Series(Use(entry), Parallel(Fallback(cart, pricing)), "
            "Race(paya, payb))");
        row("cart pricing", "journey.wrap.kofn", "",
            "Series(Use(entry), Parallel(KofN(1; cart, pricing)), "
            "Race(paya, payb))");
        row("paya payb", "journey.wrap.parallel", "",
            "Series(Use(entry), Parallel(cart, pricing), Race(Parallel(paya, payb)))");
        row("parallel", "journey.unwrap", "", "Series(Use(entry), cart, pricing, Race(paya, payb))");
        row("payment", "journey.change.fallback", "",
            "Series(Use(entry), Parallel(cart, pricing), "
            "Fallback(paya, payb))");
        row("payment", "journey.change.branch", "", "Series(Use(entry), Parallel(cart, pricing), Branch(paya, payb))");
        row("payment", "journey.extract", "pay", "Series(Use(entry), Parallel(cart, pricing), Use(pay))");
        row("entry", "journey.inline", "", "Series(Retry(front), Parallel(cart, pricing), Race(paya, payb))");
        row("cart", "edit.delete", "", "Series(Use(entry), Parallel(pricing), Race(paya, payb))");
        row("parallel", "edit.delete", "", "Series(Use(entry), Race(paya, payb))"); // the series heals
    }

    /// A click on each of them and the menu that a right click opens; or the outline, by keys alone.
    void structure()
    {
        QFETCH(const QStringList, select);
        QFETCH(const QString, action);
        QFETCH(const QString, name);
        for (const bool byKeys : {false, true}) {
            Checkout w(withFragment());
            const auto before = w.document().text();
            if (byKeys) {
                w.walkOutlineTo(w.node(select.first()));
                for (qsizetype i = 1; i < select.size(); ++i)
                    w.hand.key(Qt::Key_Down, Qt::ShiftModifier);
                QContextMenuEvent menuKey(QContextMenuEvent::Keyboard, {}, w.outline()->mapToGlobal(QPoint()));
                QCoreApplication::sendEvent(w.outline(), &menuKey);
                QTRY_VERIFY(w.contextMenu() != nullptr);
                QVERIFY(walkTo(w.hand, w.contextMenu(), action));
            } else {
                for (const auto& one : select)
                    w.clickOn(one, one == select.first() ? Qt::NoModifier : Qt::ControlModifier,
                              w.childNames(w.node(one)).isEmpty() ? 0.5 : 0.1,
                              w.childNames(w.node(one)).isEmpty() ? 0.5 : 0.04);
                const auto frame = !w.childNames(w.node(select.last())).isEmpty();
                w.hand.click(w.canvas(), w.at(w.node(select.last()), frame ? 0.1 : 0.5, frame ? 0.04 : 0.5),
                             Qt::RightButton);
                QTRY_VERIFY(w.contextMenu() != nullptr);
                QVERIFY(w.hand.choose(w.contextMenu(), action));
            }
            w.answer(name);
            QTEST(w.tree(), "tree");
            QCOMPARE(w.steps(), 1);
            w.hand.key(Qt::Key_Escape); // what asks for a name of its own accord
            while (w.document().undoStack()->canUndo())
                w.hand.key(Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(w.document().text(), before);
            QVERIFY(!w.window.isWindowModified());
        }
    }

    void theOutlineDoesTheRest_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<Shortcuts>("keys");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("tree");
        const auto row = [](const char* what, const char* select, const Shortcuts& keys, const char* name,
                            const char* tree) {
            QTest::newRow(what) << text(select) << keys << text(name) << text(tree);
        };
        constexpr auto ctrl = Qt::ControlModifier;
        constexpr auto alt = Qt::AltModifier;
        row("duplicate", "cart", {{Qt::Key_D, ctrl}}, "",
            "Series(Use(entry), Parallel(cart, cart, pricing), Race(paya, payb))");
        row("cut", "cart", {{Qt::Key_X, ctrl}}, "", "Series(Use(entry), Parallel(pricing), Race(paya, payb))");
        row("copy and paste", "paya", {{Qt::Key_C, ctrl}, {Qt::Key_Down}, {Qt::Key_V, ctrl}}, "",
            "Series(Use(entry), Parallel(cart, pricing), Race(paya, Series(payb, paya)))");
        row("a step behind", "cart", {{Qt::Key_Return}}, "stock",
            "Series(Use(entry), Parallel(Series(cart, stock), pricing), Race(paya, payb))");
        row("a step before", "cart", {{Qt::Key_Insert, alt}}, "stock",
            "Series(Use(entry), Parallel(Series(stock, cart), pricing), Race(paya, payb))");
        row("a child", "payment", {{Qt::Key_Return, ctrl}}, "payc",
            "Series(Use(entry), Parallel(cart, pricing), Race(paya, payb, payc))");
        row("later", "paya", {{Qt::Key_Down, alt}}, "",
            "Series(Use(entry), Parallel(cart, pricing), Race(payb, paya))");
        row("out of its frame", "pricing", {{Qt::Key_Left, alt}}, "",
            "Series(Use(entry), Parallel(cart), pricing, Race(paya, payb))");
        row("into the frame before it", "payment", {{Qt::Key_Right, alt}}, "",
            "Series(Use(entry), Parallel(cart, pricing, Race(paya, payb)))");
    }

    void theOutlineDoesTheRest()
    {
        QFETCH(const QString, select);
        QFETCH(const Shortcuts, keys);
        QFETCH(const QString, name);
        Checkout w(withFragment());
        const auto before = w.document().text();
        w.walkOutlineTo(w.node(select));
        for (const auto& [key, modifiers] : keys)
            w.hand.key(key, modifiers);
        if (!name.isEmpty()) {
            QTRY_VERIFY(w.isAsked());
            w.hand.type(name);
            w.hand.key(Qt::Key_Return);
            QTRY_VERIFY(!w.isAsked());
        }
        QTEST(w.tree(), "tree");
        QCOMPARE(w.steps(), 1);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.document().text(), before);
        QVERIFY(!w.window.isWindowModified());
    }

    void whatDissolvesIsNotSelectedAnyMore()
    {
        Checkout w;
        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr);
        w.hand.type(text("stock"));
        w.hand.key(Qt::Key_Return);
        QCOMPARE(w.tree(), text("Series(front, Parallel(cart, pricing), Race(Series(paya, stock), payb))"));
        const auto series = w.node(OperatorType::Series);
        w.walkOutlineTo(series);
        // Onto the row of the page's own series: the steps of the one become steps of the other.
        auto* tree = w.outline();
        const std::unique_ptr<QMimeData> data(tree->model()->mimeData(tree->selectionModel()->selectedRows()));
        const auto row =
            tree->indexAt(tree->visualRect(tree->model()->index(0, 0, tree->model()->index(0, 0))).center());
        const auto to = tree->visualRect(row).center();
        QDragEnterEvent enter(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree->viewport(), &enter);
        QDragMoveEvent move(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree->viewport(), &move);
        QDropEvent drop(to, Qt::MoveAction, data.get(), Qt::LeftButton, {});
        QCoreApplication::sendEvent(tree->viewport(), &drop);
        QCOMPARE(w.steps(), 2);
        QCOMPARE(w.tree(), text("Series(front, Parallel(cart, pricing), Race(payb), paya, stock)"));
        QVERIFY(!w.document().selection()->contains(journey::Element::ofNode(series)));
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.selected(), series);
    }

    void aFragmentIsOpenedFromTheOutline()
    {
        Checkout w(withFragment());
        w.walkOutlineTo(w.node(text("entry")));
        QContextMenuEvent menuKey(QContextMenuEvent::Keyboard, {}, w.outline()->mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(w.outline(), &menuKey);
        QTRY_VERIFY(w.contextMenu() != nullptr);
        QVERIFY(walkTo(w.hand, w.contextMenu(), text("journey.openFragment")));
        QTRY_VERIFY(w.scene().item(w.node(text("front"))) != nullptr);
        QVERIFY(w.scene().item(w.node(text("payment"))) == nullptr);
        QCOMPARE(w.steps(), 0);
    }
};

QTEST_MAIN(TestStructureWindow)
#include "tst_structurewindow.moc"
