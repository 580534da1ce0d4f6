// SPDX-License-Identifier: GPL-3.0-or-later
// A journey drawn from nothing by mouse: the keys are for names and numbers only.
#include "app/workbench/newjourney.h"
#include "tests/gui/sketchwindow.h"
#include "widgets/palette/palettepanel.h"

#include <QListView>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QToolBar>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::SketchWindow;
using journey::NodeId;
using journey::OperatorType;

namespace {

constexpr int unasked = 200; ///< ms in which a name is asked for of its own accord
constexpr double legible = 0.5; ///< zoom at which cards can be read

/// What a hand with a mouse does.
class Mouse
{
public:
    /// A place in the viewport, as things stand when it is asked for.
    using Point = std::function<QPoint()>;

    explicit Mouse(SketchWindow& window) : w(window) { }

    int fits = 0; ///< what was wanted was not in sight
    int turns = 0; ///< of the wheel, as it was too small

    /// A new journey, from the start page.
    void begin(const QString& name)
    {
        if (QTest::currentTestFailed())
            return;
        w.hand.click(w.window.findChild<QPushButton*>(QStringLiteral("newButton")));
        QTRY_VERIFY(QApplication::activeModalWidget() != nullptr);
        auto* dialog = QApplication::activeModalWidget();
        const auto field = [dialog](const char* it) { return dialog->findChild<QLineEdit*>(QLatin1String(it)); };
        QTRY_VERIFY(QGuiApplication::focusWindow() == dialog->windowHandle());
        w.hand.click(field("name"));
        w.hand.type(name);
        replaceText(field("folder"), w.folder.path());
        QSignalSpy opened(&w.window, &workbench::MainWindow::tabOpened);
        w.hand.click(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok));
        QTRY_COMPARE(opened.size(), 1);
        QTRY_VERIFY(QApplication::activeModalWidget() == nullptr);
        QCOMPARE(w.hand.focused(), w.window.windowHandle());
    }

    /// A row of the palette, pulled there.
    void pull(const QString& row, const Point& where, Qt::KeyboardModifiers modifiers = {})
    {
        if (QTest::currentTestFailed())
            return;
        giveUpNames();
        const auto to = inSight(where);
        ++w.hand.drags;
        const auto index = rowOf(row);
        QVERIFY2(index.isValid(), qPrintable(row));
        const std::unique_ptr<QMimeData> data(palette()->model()->mimeData({index}));
        QDragEnterEvent enter(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(w.canvas(), &enter);
        QVERIFY(enter.isAccepted());
        QDragMoveEvent move(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(w.canvas(), &move);
        QDropEvent drop(to, Qt::CopyAction, data.get(), Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(w.canvas(), &drop);
        QVERIFY(drop.isAccepted());
        QVERIFY(w.isDrawn());
    }
    /// A click on a row of the palette, and one where it is to be.
    void put(const QString& row, const Point& where)
    {
        if (QTest::currentTestFailed())
            return;
        const auto index = rowOf(row);
        QVERIFY2(index.isValid(), qPrintable(row));
        palette()->scrollTo(index);
        w.hand.click(palette()->viewport(), palette()->visualRect(index).center());
        w.hand.click(w.canvas(), inSight(where));
        QVERIFY(w.isDrawn());
    }
    /// The name that is asked for.
    void answer(const QString& name)
    {
        if (QTest::currentTestFailed())
            return;
        QTRY_VERIFY(w.nameEditor() != nullptr && w.nameEditor()->hasFocus());
        w.hand.type(name);
        w.hand.key(Qt::Key_Return);
        QTRY_VERIFY(w.nameEditor() == nullptr || w.nameEditor()->text() != name);
        QVERIFY(w.isDrawn());
    }
    void rename(NodeId id, const QString& name, double down = 0.5)
    {
        if (QTest::currentTestFailed())
            return;
        giveUpNames();
        QVERIFY(w.isDrawn());
        w.hand.doubleClick(w.canvas(), inSight([&] { return w.at(id, 0.5, down); }));
        answer(name);
    }
    /// The calls of an operator, as they are asked for or one by one.
    void name(NodeId frame, const QStringList& names)
    {
        if (QTest::currentTestFailed())
            return;
        const auto found = journey::findNode(w.journey(), frame);
        QVERIFY(found);
        const bool asked = QTest::qWaitFor([this] { return w.nameEditor() != nullptr; }, unasked);
        std::size_t i = 0;
        for (const auto& child : journey::children(*found)) {
            const auto& name = names[static_cast<qsizetype>(i++)];
            asked ? answer(name) : rename(child->id, name);
        }
        QCOMPARE(w.childNames(frame), names);
    }
    /// By the handle behind the node, and the list that it opens.
    void addBehind(NodeId id, const QString& what)
    {
        if (QTest::currentTestFailed())
            return;
        giveUpNames();
        QVERIFY(w.isDrawn());
        const QPointF handle(w.box(id).right(), w.scene().drawing().axes.at(id));
        const auto at = inSight([&] { return w.view()->mapFromScene(handle); });
        // From far away nothing is offered: nearer, by Ctrl and the wheel.
        for (int i = 0; i < 20 && w.view()->zoom() < legible; ++i) {
            ++turns;
            w.hand.turn(w.canvas(), at, 120, Qt::ControlModifier);
        }
        const auto near = w.view()->mapFromScene(handle);
        w.hand.hover(w.canvas(), near - QPoint(20, 0));
        w.hand.click(w.canvas(), near);
        QTRY_VERIFY(w.quickAdd() != nullptr && w.quickAdd()->hasFocus());
        w.hand.type(what);
        auto* list = w.shown<QListWidget>("quickAddList");
        QVERIFY(list->count() > 0);
        w.hand.click(list->viewport(), list->visualItemRect(list->item(0)).center());
        QTRY_VERIFY(w.quickAdd() == nullptr);
        QVERIFY(w.isDrawn());
    }
    void chooseAt(NodeId id, const QString& action)
    {
        if (QTest::currentTestFailed())
            return;
        giveUpNames();
        QVERIFY(w.isDrawn());
        w.hand.click(w.canvas(), inSight([&] { return w.at(id); }), Qt::RightButton);
        QPointer<QMenu> menu;
        QTRY_VERIFY((menu = w.window.findChild<QMenu*>(QStringLiteral("contextMenu"))) && menu->isVisible());
        QVERIFY2(w.hand.choose(menu, action), qPrintable(action));
        QTRY_VERIFY(menu.isNull() || !menu->isVisible());
        QVERIFY(w.isDrawn());
    }
    void select(NodeId id, double down = 0.5)
    {
        if (QTest::currentTestFailed())
            return;
        giveUpNames();
        QVERIFY(w.isDrawn());
        w.hand.click(w.canvas(), inSight([&] { return w.at(id, 0.5, down); }));
        QCOMPARE(w.selected(), id);
    }
    void set(const QString& field, const QString& value)
    {
        if (QTest::currentTestFailed())
            return;
        QLineEdit* found = nullptr;
        QTRY_VERIFY((found = fieldOf(field)) != nullptr);
        w.hand.doubleClick(found, found->rect().center());
        replaceText(found, value);
        w.hand.key(Qt::Key_Return);
    }
    /// A tool of the tool bar, as long as it can be clicked and says so many times.
    void clickTool(const QString& action, int times)
    {
        if (QTest::currentTestFailed())
            return;
        auto* bar = w.window.findChild<QToolBar*>();
        auto* tool = bar->widgetForAction(w.window.actions()->action(action));
        for (int i = 0; i < times; ++i)
            w.hand.click(tool);
    }

private:
    /// The place, brought into sight by a click on Fit where it is not.
    QPoint inSight(const Point& where)
    {
        if (!w.canvas()->rect().adjusted(8, 8, -8, -8).contains(where())) {
            ++fits;
            clickTool(QStringLiteral("view.zoomFit"), 1);
        }
        return where();
    }
    QListView* palette() { return w.window.findChild<PalettePanel*>()->findChild<QListView*>(); }
    QModelIndex rowOf(const QString& title)
    {
        const auto* model = palette()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const auto index = model->index(row, 0);
            if (index.data().toString() == title && (index.flags() & Qt::ItemIsDragEnabled))
                return index;
        }
        return {};
    }
    QLineEdit* fieldOf(const QString& name)
    {
        for (auto* field : w.window.currentTab()->inspector()->findChildren<QLineEdit*>()) {
            if (field->isVisible() && field->accessibleName() == name)
                return field;
        }
        return nullptr;
    }
    /// Names that are asked for unasked are given later.
    void giveUpNames()
    {
        if (QTest::currentTestFailed())
            return;
        for (int i = 0; i < 4 && w.nameEditor() != nullptr; ++i)
            w.hand.key(Qt::Key_Escape);
    }
    void replaceText(QLineEdit* field, const QString& text)
    {
        if (QTest::currentTestFailed())
            return;
        w.hand.click(field);
        QTRY_VERIFY(field->hasFocus());
        w.hand.key(Qt::Key_A, Qt::ControlModifier);
        w.hand.type(text);
        QCOMPARE(field->text(), text);
    }

    SketchWindow& w;
};

} // namespace

class TestTrialMouse : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-trial-mouse"));
        QLocale::setDefault(QLocale::c());
    }
    void init() { QSettings().clear(); }

    void theGivenJourney()
    {
        SketchWindow w;
        Mouse mouse(w);
        const auto text = [](const char* it) { return QString::fromLatin1(it); };
        mouse.begin(text("sign-up"));
        const auto file = text("emac.sign-up.yaml");
        const auto empty = w.saved(file);

        mouse.pull(text("New call"), [&w] { return w.canvas()->rect().center(); });
        mouse.answer(text("gateway"));
        mouse.put(text("Parallel"),
                  [&w] { return w.at(w.node(QStringLiteral("gateway")), 0.8); }); // on its right half: behind it
        mouse.name(w.node(OperatorType::Parallel), {text("profile"), text("consent")});
        mouse.addBehind(w.node(OperatorType::Parallel), text("race"));
        mouse.name(w.node(OperatorType::Race), {text("mail-a"), text("mail-b")});
        mouse.addBehind(w.node(OperatorType::Race), text("ledger"));
        mouse.chooseAt(w.node(text("ledger")), text("journey.wrap.retry"));
        mouse.select(w.node(OperatorType::Retry), 0.05);
        mouse.set(text("Attempts"), text("3"));
        mouse.pull(text("Fallback"), [&w] { return w.behindAll(); });
        mouse.name(w.node(OperatorType::Fallback), {text("cache"), text("database")});
        mouse.put(text("Branch"), [&w] { return w.lastArrow(w.node(OperatorType::Fallback)); });
        mouse.name(w.node(OperatorType::Branch), {text("free-plan"), text("tax")});
        // On its right half: the two become a series.
        mouse.pull(text("New call"), [&w] { return w.at(w.node(QStringLiteral("tax")), 0.8); });
        mouse.answer(text("payment"));
        mouse.rename(w.node(OperatorType::Series), text("paid-plan"), 0.05);
        mouse.select(w.node(OperatorType::Branch), 0.05);
        mouse.set(text("Probability of free-plan"), text("80 %"));
        mouse.addBehind(w.node(OperatorType::Branch), text("audit"));
        mouse.chooseAt(w.node(text("audit")), text("journey.wrap.optional"));
        for (const auto& [call, value] :
             {std::pair("gateway", "99.99 %"), {"ledger", "99.9 %"}, {"cache", "99 %"}, {"database", "99.95 %"}}) {
            mouse.select(w.node(text(call)));
            mouse.set(text("Availability of ") + text(call), text(value));
        }
        QCOMPARE(w.tree(),
                 text("Series(gateway, Parallel(profile, consent), Race(mail-a, mail-b), Retry(ledger), "
                      "Fallback(cache, database), Branch(free-plan, Series(tax, payment)), Optional(audit))"));

        w.hand.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!w.document().isModified());
        const auto saved = w.saved(file);
        QCOMPARE(tests::canonical(saved), tests::canonical(tests::signUp()));
        const int steps = w.document().undoStack()->index();
        qInfo("%d clicks (%d of them on Fit), %d turns of the wheel, %d drags, %d keys for names and numbers, %d undo "
              "steps",
              w.hand.clicks, mouse.fits, mouse.turns, w.hand.drags, w.hand.keys, steps);
        mouse.clickTool(text("edit.undo"), steps);
        QCOMPARE(QByteArray::fromStdString(w.document().text()), empty);
        mouse.clickTool(text("edit.redo"), steps);
        QCOMPARE(QByteArray::fromStdString(w.document().text()), saved);
        QVERIFY(!w.document().isModified());
    }
};

QTEST_MAIN(TestTrialMouse)
#include "tst_trial_mouse.moc"
