// SPDX-License-Identifier: GPL-3.0-or-later
// Drawing in the whole window, by real events: what a person expects of a modelling tool and no smaller test shows.
#include "checkoutfolder.h"
#include "tests/gui/sketchwindow.h"
#include "widgets/document/documentfile.h"
#include "widgets/document/recovery.h"
#include "widgets/editing/carried.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QSettings>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolBar>
#include <QTreeView>

#include <clocale>
#include <locale>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::SketchWindow;
using journey::NodeId;
using journey::OperatorType;

namespace {

QString text(const char* it)
{
    return QString::fromUtf8(it);
}

QByteArray withFragment()
{
    auto intent = CheckoutFolder::intentText();
    intent.replace("      - ref: front\n", "      - use: entry\n");
    intent.replace("  components:\n", "  fragments:\n    entry: {type: retry, attempts: 2, body: {ref: front}}\n"
                                      "  components:\n");
    return intent;
}

/// The checkout, open and drawn.
struct Checkout : SketchWindow
{
    explicit Checkout(const QByteArray& intent = CheckoutFolder::intentText())
    {
        checkout.write(text("checkout.yaml"), intent);
        open(checkout.path());
        QVERIFY(isDrawn());
        view()->setFocus();
    }

    QString tree() { return SketchWindow::tree(); }
    int steps() { return document().undoStack()->index(); }
    void clickOn(const QString& name, Qt::KeyboardModifiers modifiers = {}, double across = 0.5, double down = 0.5)
    {
        QVERIFY(isDrawn());
        hand.click(canvas(), at(node(name), across, down), Qt::LeftButton, modifiers);
    }
    /// Waits until a node that was placed is drawn where it was put.
    bool stands(const QString& name)
    {
        return QTest::qWaitFor([&] {
            const auto id = node(name);
            const auto& placed = document().value().placement.nodes;
            const auto frame = scene().parentOf(id);
            const auto* in = scene().item(frame);
            const auto corner = in != nullptr ? in->box().topLeft() : QPointF();
            return placed.contains(id) && box(id).topLeft() == corner + QPointF(placed.at(id).x, placed.at(id).y);
        });
    }
    /// The header of a frame.
    void clickOnHeader(const QString& name) { clickOn(name, {}, 0.1, 0.04); }
    void drop(const Carried& carried, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        const auto data = mimeOf(carried);
        QDragEnterEvent enter(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(canvas(), &enter);
        QDragMoveEvent move(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(canvas(), &move);
        QDropEvent drop(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(canvas(), &drop);
    }
    QMenu* contextMenu()
    {
        auto* menu = window.findChild<QMenu*>(text("contextMenu"));
        return menu != nullptr && menu->isVisible() ? menu : nullptr;
    }
    /// Into the dialog that asks for a name, if one does.
    void answer(const QString& name)
    {
        if (name.isEmpty())
            return;
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        auto* dialog = QApplication::activeModalWidget();
        QTRY_VERIFY(QGuiApplication::focusWindow() == dialog->windowHandle());
        hand.type(name);
        hand.key(Qt::Key_Return);
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
    }
    QTreeView* outline() { return window.currentTab()->outline()->findChild<QTreeView*>(); }

    /// By keys alone.
    void walkOutlineTo(NodeId id)
    {
        hand.key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(hand.tabTo([this](const QWidget& widget) { return &widget == outline(); }, Qt::Key_Backtab));
        hand.key(Qt::Key_Home);
        for (int i = 0; i < 20 && selected() != id; ++i)
            hand.key(Qt::Key_Down);
        QCOMPARE(selected(), id);
    }
    /// A name, by a dialog or on the spot.
    bool isAsked()
    {
        const auto* field = QApplication::focusWidget();
        return QApplication::activeModalWidget() != nullptr
               || (field != nullptr && field->objectName() == text("quickAddSearch"));
    }

    CheckoutFolder checkout;
};

struct Shortcut
{
    Qt::Key key;
    Qt::KeyboardModifiers modifiers{};
};
using Shortcuts = QList<Shortcut>;

class DecimalComma : public std::numpunct<char>
{
    char do_decimal_point() const override { return ','; }
};

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

class TestDrawingWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(text("emac-tests-drawing-window"));
        QLocale::setDefault(QLocale::c());
    }
    void init()
    {
        QSettings().clear();
        QGuiApplication::clipboard()->clear();
    }

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

    void whatIsNotSavedIsKeptOutsideTheWorkingCopy()
    {
        Checkout w;
        const auto folder = QFileInfo(w.checkout.path()).path();
        const auto entries = [&folder] { return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden); };
        const auto before = entries();
        const auto copied = [&w] { return recovery::read(w.checkout.path()).has_value(); };
        w.clickOn(text("cart"));
        w.hand.key(Qt::Key_D, Qt::ControlModifier);
        QTRY_VERIFY(copied());
        QVERIFY(!recovery::fileOf(w.checkout.path()).startsWith(folder));
        QCOMPARE(recovery::read(w.checkout.path())->text, w.document().text());
        QCOMPARE(entries(), before);
        QCOMPARE(w.checkout.read(), CheckoutFolder::intentText());
        w.hand.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!copied());
        QCOMPARE(w.checkout.read(), QByteArray::fromStdString(w.document().text()));
        QCOMPARE(entries(), before);
    }

    void theSameBytesInAnyLocale()
    {
        QList<QByteArray> saved;
        const auto before = std::locale::global(std::locale::classic());
        for (const bool german : {false, true}) {
            if (german) { // the C++ locale always has a comma here, that of C where the machine has German
                std::locale::global(std::locale(std::locale::classic(), new DecimalComma));
                std::setlocale(LC_NUMERIC, "de_DE.UTF-8");
                QLocale::setDefault(QLocale(QLocale::German));
            }
            Checkout w;
            w.hand.key(Qt::Key_0, Qt::ControlModifier);
            w.clickOn(text("front"));
            w.hand.key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
            w.hand.key(Qt::Key_Return);
            QTRY_VERIFY(w.quickAdd() != nullptr);
            w.hand.type(text("stock"));
            w.hand.key(Qt::Key_Return);
            w.hand.key(Qt::Key_S, Qt::ControlModifier);
            QTRY_VERIFY(!w.document().isModified());
            QByteArray all;
            for (const auto& path : {w.checkout.path(), layoutPathOf(w.checkout.path())}) {
                QFile file(path);
                QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
                all += file.readAll();
            }
            saved << all;
        }
        std::locale::global(before);
        std::setlocale(LC_NUMERIC, "C");
        QLocale::setDefault(QLocale::c());
        QCOMPARE(saved[0], saved[1]);
        QVERIFY(saved[0].contains("stock") && saved[0].contains("JourneyLayout"));
    }

    void aFragmentIsOpenedEditedAndLeft()
    {
        Checkout w(withFragment());
        w.hand.doubleClick(w.canvas(), w.at(w.node(text("entry"))));
        QTRY_VERIFY(w.scene().item(w.node(text("front"))) != nullptr);
        QVERIFY(w.scene().item(w.node(text("payment"))) == nullptr);
        w.clickOn(text("front"));
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr);
        w.hand.type(text("session"));
        w.hand.key(Qt::Key_Return);
        QCOMPARE(QString::fromStdString(journey::expressionText(w.journey().fragment("entry"))),
                 text("Retry(Series(front, session))"));
        w.hand.key(Qt::Key_Escape); // the selection
        w.hand.key(Qt::Key_Escape); // the page
        QTRY_VERIFY(w.scene().item(w.node(text("payment"))) != nullptr);
        QCOMPARE(w.selected(), w.node(text("entry")));
    }

    void keysCopyFromOneWindowToAnother()
    {
        Checkout from;
        from.clickOnHeader(text("payment"));
        QCOMPARE(from.selected(), from.node(text("payment")));
        from.hand.key(Qt::Key_C, Qt::ControlModifier); // right after the click
        QVERIFY(QGuiApplication::clipboard()->text().contains(text("type: race")));

        Checkout to(withFragment());
        const auto race = to.node(text("payment"));
        to.clickOn(text("cart"));
        to.hand.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(to.tree(),
                 text("Series(Use(entry), Parallel(Series(cart, Race(paya, payb)), pricing), Race(paya, payb))"));
        QVERIFY(to.selected() != race && to.selected() != from.node(text("payment"))); // identities are new
        QVERIFY(!to.document().hasErrorsNow());
        QCOMPARE(to.steps(), 1);
        QVERIFY(!from.document().isModified());
    }

    void zoomByKeysAndItIsShown()
    {
        Checkout w;
        const auto shown = [&w] {
            const auto percent = text("%1 %").arg(qRound(w.view()->zoom() * 100));
            for (const auto* label : w.window.statusBar()->findChildren<QLabel*>()) {
                if (label->isVisible() && label->text().contains(percent))
                    return true;
            }
            return false;
        };
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(w.view()->zoom(), 1.0);
        QVERIFY(shown());
        w.hand.key(Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(w.view()->zoom() > 1);
        QVERIFY(shown());
        w.hand.key(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(w.view()->zoom(), 1.0);
        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_8, Qt::ControlModifier);
        const auto inSight = [&w] { return w.view()->mapToScene(w.canvas()->rect()).boundingRect(); };
        QVERIFY(inSight().contains(w.box(w.node(text("paya")))));
        const double close = w.view()->zoom();
        QVERIFY(close > 1);
        w.hand.key(Qt::Key_9, Qt::ControlModifier);
        QVERIFY(w.view()->zoom() < close);
        QVERIFY(inSight().contains(w.scene().contentRect()));
        QVERIFY(shown());
    }

    void layingOutIsAskedForAndUndone()
    {
        Checkout w;
        const auto automatic = w.scene().drawing().boxes;
        const auto placed = [&w] { return w.document().value().placement.nodes; };
        for (const auto* name : {"front", "paya"}) {
            const auto from = w.at(w.node(text(name)));
            w.hand.drag(w.canvas(), from, from + QPoint(text(name) == text("front") ? 6 : 30, 30));
            QVERIFY(w.stands(text(name)));
        }
        QCOMPARE(w.steps(), 2);
        QCOMPARE(placed().size(), std::size_t(2));
        const auto byHand = placed();

        // An edit elsewhere leaves them where they are, and lays nothing out unasked.
        w.clickOn(text("pricing"));
        w.hand.key(Qt::Key_Delete);
        QVERIFY(w.isDrawn());
        QCOMPARE(placed(), byHand);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);

        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(w.steps(), 3);
        QCOMPARE(placed().size(), std::size_t(1)); // the selection only
        QVERIFY(placed().contains(w.node(text("front"))));
        w.hand.key(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(w.steps(), 4);
        QVERIFY(placed().empty());
        QTRY_VERIFY(w.scene().drawing().boxes == automatic);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(placed(), byHand);
    }

    void whatIsNewStandsWhereItBelongs()
    {
        Checkout w;
        const auto from = w.at(w.node(text("front")));
        w.hand.drag(w.canvas(), from, from + QPoint(4, 40));
        QVERIFY(w.stands(text("front")));
        const auto front = w.box(w.node(text("front")));
        w.clickOn(text("front"));
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.quickAdd() != nullptr);
        w.hand.type(text("search"));
        w.hand.key(Qt::Key_Return);
        QVERIFY(w.isDrawn());
        const auto fresh = w.box(w.node(text("search")));
        QCOMPARE(w.box(w.node(text("front"))), front); // placed by hand: it stays
        QVERIFY(fresh.left() > front.right() && fresh.right() < w.box(w.node(text("parallel"))).left());
        QVERIFY(!w.document().value().placement.nodes.contains(w.node(text("search"))));
    }

    void theFirstDropSnaps()
    {
        Checkout w;
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        const auto place = w.scene().contentRect().bottomLeft() + QPointF(123, 61);
        const auto ground = [&w, place] { return w.view()->mapFromScene(place); };
        QVERIFY(w.canvas()->rect().contains(ground()));
        const auto offsetOf = [&w] { return w.document().value().placement.loose.front().at; };
        const Carried audit{Carried::Kind::Component, OperatorType::Call, text("audit"), {}};
        w.drop(audit, ground(), Qt::AltModifier); // just there
        QCOMPARE(w.document().value().placement.loose.size(), std::size_t(1));
        const auto free = offsetOf();
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(w.document().value().placement.loose.empty());
        QVERIFY(w.isDrawn());
        w.drop(audit, ground());
        const auto snapped = offsetOf();
        QVERIFY(snapped.x != free.x || snapped.y != free.y);
        QVERIFY(std::abs(snapped.x - free.x) <= 6 && std::abs(snapped.y - free.y) <= 6);
        QCOMPARE(w.steps(), 1);
    }

    void severalMoveAndSnapTogether()
    {
        Checkout w;
        w.hand.key(Qt::Key_0, Qt::ControlModifier);
        w.clickOn(text("paya"));
        w.clickOn(text("payb"), Qt::ControlModifier);
        const auto apart = w.box(w.node(text("payb"))).topLeft() - w.box(w.node(text("paya"))).topLeft();
        const auto from = w.at(w.node(text("paya")));
        w.hand.drag(w.canvas(), from, from + QPoint(21, 0));
        const auto& placed = w.document().value().placement.nodes;
        QCOMPARE(placed.size(), std::size_t(2));
        const auto a = placed.at(w.node(text("paya")));
        const auto b = placed.at(w.node(text("payb")));
        QCOMPARE(QPointF(b.x - a.x, b.y - a.y), apart);
        QCOMPARE(w.steps(), 1);
        w.hand.key(Qt::Key_Right, Qt::ControlModifier); // nudged together
        QCOMPARE(w.document().value().placement.nodes.at(w.node(text("payb"))).x, b.x + 8);
        QCOMPARE(w.document().value().placement.nodes.at(w.node(text("paya"))).x, a.x + 8);
        QCOMPARE(w.steps(), 2);
    }

    void framesCloseAndOpenByKeys()
    {
        Checkout w;
        w.clickOnHeader(text("payment"));
        w.hand.key(Qt::Key_BracketLeft, Qt::ControlModifier);
        QTRY_VERIFY(w.scene().item(w.node(text("paya"))) == nullptr);
        QVERIFY(w.scene().item(w.node(text("payment"))) != nullptr);
        QVERIFY(!w.document().isModified()); // only looked at otherwise
        w.hand.key(Qt::Key_BracketRight, Qt::ControlModifier);
        QTRY_VERIFY(w.scene().item(w.node(text("paya"))) != nullptr);
    }

    void theRubberBandSelectsWhatIsWrappedThen()
    {
        Checkout w;
        const auto band = w.box(w.node(text("cart"))).united(w.box(w.node(text("pricing")))).adjusted(-6, -6, 6, 6);
        // From the page's ground above all, down and across the frame.
        const auto all = w.box(w.node(text("parallel"))).adjusted(-14, -30, 14, 30);
        QVERIFY(all.contains(band));
        w.hand.drag(w.canvas(), w.view()->mapFromScene(all.topLeft()), w.view()->mapFromScene(all.bottomRight()));
        QVERIFY(w.document().selection()->elements().size() >= 3); // the frame and what it holds
        w.hand.click(w.canvas(), w.at(w.node(text("cart"))), Qt::RightButton);
        QTRY_VERIFY(w.contextMenu() != nullptr);
        QVERIFY(w.hand.choose(w.contextMenu(), text("journey.wrap.retry")));
        QCOMPARE(w.tree(), text("Series(front, Retry(Parallel(cart, pricing)), Race(paya, payb))"));
        QCOMPARE(w.steps(), 1);
    }

    void undoOfAGestureBringsTheSelectionBack()
    {
        Checkout w;
        w.clickOn(text("pricing"));
        const auto pricing = w.selected();
        w.hand.drag(w.canvas(), w.at(w.node(text("front"))), w.at(w.node(text("payb")), 0.8));
        QVERIFY(w.tree().contains(text("Series(payb, front)")));
        QCOMPARE(w.selected(), w.node(text("front")));
        const auto front = w.selected();
        w.clickOn(text("paya"));
        w.hand.key(Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(w.tree(), text("Series(front, Parallel(cart, pricing), Race(paya, payb))"));
        QVERIFY(w.selected() == front || w.selected() == pricing);
        QVERIFY(!w.window.isWindowModified());
        w.hand.key(Qt::Key_Y, Qt::ControlModifier);
        QCOMPARE(w.selected(), front);
    }
};

QTEST_MAIN(TestDrawingWindow)
#include "tst_drawingwindow.moc"
