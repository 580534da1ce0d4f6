// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/focusring.h"
#include "app/workbench/journeytab.h"
#include "app/workbench/keyspage.h"
#include "app/workbench/mainwindow.h"
#include "app/workbench/recentfiles.h"
#include "app/workbench/startpage.h"
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "tests/gui/testwindow.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/valuefield.h"

#include <QAbstractScrollArea>
#include <QDockWidget>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeView>
#include <QTreeWidget>
#include <QUndoStack>

#include <algorithm>
#include <functional>

using namespace emac;
using namespace emac::workbench;
using emac::tests::CheckoutFolder;
using emac::tests::setCart;
using emac::widgets::ValueField;

namespace {

/// The window with the checkout drawn, and cart selected on the drawing.
struct Window : tests::TestWindow
{
    Window()
    {
        tab = open(folder.path());
        [&] {
            QVERIFY(QTest::qWaitForWindowActive(&window));
            const auto& intent = tab->document()->intent();
            const auto* scene = qobject_cast<widgets::JourneyScene*>(tab->view()->scene());
            cart = journey::nodePlaces(intent.journey)[3].node->id;
            QTRY_VERIFY(scene->item(cart) != nullptr);
            QTRY_VERIFY(tab->document()->evaluation() != nullptr);
        }();
        tab->selection()->select(journey::Element::ofNode(cart));
        tab->view()->setFocus();
    }

    QDockWidget* dock(const char* name) { return window.findChild<QDockWidget*>(QLatin1String(name)); }
    QWidget* focus() const { return QApplication::focusWidget(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(focus(), key, modifiers); }
    /// The name of the dock that has the focus; "drawing" where that has it.
    QString where()
    {
        if (focus() == tab->view())
            return QStringLiteral("drawing");
        for (auto* candidate : window.findChildren<QDockWidget*>()) {
            if (candidate->isAncestorOf(focus()))
                return candidate->objectName();
        }
        return {};
    }

    const CheckoutFolder folder;
    JourneyTab* tab = nullptr;
    journey::NodeId cart;
};

using Enter = std::function<QWidget*(Window&)>;

QWidget* inDock(Window& w, const char* dock, QWidget* field)
{
    w.dock(dock)->raise();
    [field] { QTRY_VERIFY(field->isVisible()); }();
    return field;
}

QWidget* nameOnTheDrawing(Window& w)
{
    QTest::keyClick(w.tab->view(), Qt::Key_F2);
    return w.tab->view()->viewport()->findChild<QWidget*>(QStringLiteral("nameInPlace"));
}

QWidget* quickAdd(Window& w)
{
    QTest::keyClick(w.tab->view(), Qt::Key_Return);
    return w.tab->view()->viewport()->findChild<QWidget*>(QStringLiteral("quickAddSearch"));
}

QWidget* valueField(Window& w)
{
    return w.tab->inspector()->findChild<ValueField*>(QStringLiteral("availability"))->lineEdit();
}

/// What is typed in fields of every kind.
const QList<std::pair<const char*, Enter>>& fields()
{
    static const QList<std::pair<const char*, Enter>> all{
        {"name on the drawing", nameOnTheDrawing},
        {"quick add", quickAdd},
        {"inspector", valueField},
        {"notes", [](Window& w) { return w.tab->inspector()->findChild<widgets::NotesField*>()->textEdit(); }},
        {"palette", [](Window& w) { return w.dock("palette")->findChild<QLineEdit*>(); }},
        {"outline", [](Window& w) { return w.tab->outline()->findChild<QLineEdit*>(); }},
        {"source", [](Window& w) { return inDock(w, "source", w.tab->source()->findChild<QPlainTextEdit*>()); }},
    };
    return all;
}

/// Whether the action acts on what is selected.
bool isOnSelection(const QString& id)
{
    static const QStringList ofWindow{QStringLiteral("edit.undo"), QStringLiteral("edit.redo"),
                                      QStringLiteral("edit.find"), QStringLiteral("edit.findNext"),
                                      QStringLiteral("edit.findPrevious")};
    return (id.startsWith(QLatin1String("edit.")) && !ofWindow.contains(id)) || id.startsWith(QLatin1String("journey."))
           || id.startsWith(QLatin1String("view.collapse")) || id.startsWith(QLatin1String("view.expand"));
}

} // namespace

class TestKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("emac-workbench-tests"));
        QStandardPaths::setTestModeEnabled(true);
    }
    void init() { QSettings().clear(); }

    void noActionActsBehindWhoTypes_data()
    {
        QTest::addColumn<int>("field");
        for (int i = 0; i < fields().size(); ++i)
            QTest::newRow(fields()[i].first) << i;
    }
    void noActionActsBehindWhoTypes()
    {
        QFETCH(int, field);
        Window w;
        auto* typed = fields()[field].second(w);
        QVERIFY(typed != nullptr);
        typed->setFocus();
        QTRY_VERIFY(typed->hasFocus());
        int keys = 0;
        for (auto* action : w.window.actions()->actions()) {
            if (!isOnSelection(action->objectName()))
                continue;
            for (const auto& shortcut : action->shortcuts()) {
                QSignalSpy triggered(action, &QAction::triggered);
                const auto key = shortcut[0];
                QTest::keyClick(typed, key.key(), key.keyboardModifiers());
                QVERIFY2(triggered.isEmpty(), qPrintable(action->objectName()));
                QVERIFY2(typed->hasFocus(), qPrintable(action->objectName()));
                ++keys;
            }
        }
        QVERIFY(keys >= 20);
        if (typed != w.tab->source()->findChild<QPlainTextEdit*>())
            QCOMPARE(QByteArray::fromStdString(w.tab->document()->text()), CheckoutFolder::intentText());
    }

    void theSameKeysActOnTheDrawing()
    {
        Window w;
        w.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(w.tab->document()->undoStack()->count(), 1);
    }

    void undoIsTheFieldsThenTheJourneys_data()
    {
        QTest::addColumn<int>("field");
        for (int i = 0; i < fields().size(); ++i) {
            // The others give way to the journey's at once.
            if (QByteArrayList{"quick add", "palette"}.contains(fields()[i].first))
                QTest::newRow(fields()[i].first) << i;
        }
    }
    void undoIsTheFieldsThenTheJourneys()
    {
        QFETCH(int, field);
        Window w;
        QCOMPARE(setCart(w.tab, "0.9"), QString());
        auto* typed = fields()[field].second(w);
        QVERIFY(typed != nullptr);
        typed->setFocus();
        QTRY_VERIFY(typed->hasFocus());
        QTest::keyClicks(typed, QStringLiteral("pa"));
        QTest::keyClick(typed, Qt::Key_Z, Qt::ControlModifier);
        const auto* line = qobject_cast<QLineEdit*>(typed);
        const auto* text = qobject_cast<QPlainTextEdit*>(typed);
        QCOMPARE(line != nullptr ? line->text() : text->toPlainText(), QString());
        QVERIFY(w.tab->document()->isModified());
        QTest::keyClick(typed, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!w.tab->document()->isModified());
    }

    void undoWhileANameIsTyped_data()
    {
        QTest::addColumn<bool>("inOutline");
        QTest::newRow("on the drawing") << false;
        QTest::newRow("in the outline") << true;
    }
    void undoWhileANameIsTyped()
    {
        QFETCH(bool, inOutline);
        Window w;
        QCOMPARE(setCart(w.tab, "0.9"), QString());
        QWidget* name = nullptr;
        if (inOutline) {
            auto* tree = w.tab->outline()->findChild<QTreeView*>();
            tree->setFocus();
            QTRY_VERIFY(tree->hasFocus());
            QTest::keyClick(tree, Qt::Key_F2);
            QTRY_VERIFY(tree->viewport()->findChild<QLineEdit*>() != nullptr);
            name = tree->viewport()->findChild<QLineEdit*>();
        } else {
            name = nameOnTheDrawing(w);
        }
        QTRY_VERIFY(name->hasFocus());
        QTest::keyClick(name, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!w.tab->document()->isModified());
        QTRY_VERIFY(w.focus() != nullptr);
    }

    void f6LeadsAroundThePanels()
    {
        Window w;
        QStringList seen;
        do {
            seen << w.where();
            w.press(Qt::Key_F6);
        } while (w.where() != QStringLiteral("drawing") && seen.size() < 10);
        const QStringList ring{QStringLiteral("drawing"), QStringLiteral("outline"), QStringLiteral("palette"),
                               QStringLiteral("inspector"), QStringLiteral("availability")};
        QCOMPARE(seen, ring);
        for (auto i = ring.size() - 1; i >= 0; --i) {
            w.press(Qt::Key_F6, Qt::ShiftModifier);
            QCOMPARE(w.where(), ring[i]);
        }
        w.dock("palette")->hide();
        w.dock("source")->raise();
        QTRY_VERIFY(w.tab->source()->isVisible());
        for (const auto* name : {"outline", "inspector", "source", "drawing"}) {
            w.press(Qt::Key_F6);
            QCOMPARE(w.where(), QLatin1String(name));
            QVERIFY(qstrcmp(name, "inspector") != 0 || qobject_cast<QLineEdit*>(w.focus()) != nullptr);
        }
    }

    void escReturnsFromEveryPanel()
    {
        Window w;
        const auto cart = w.tab->selection()->current();
        for (auto* dock : w.window.findChildren<QDockWidget*>()) {
            dock->show();
            dock->raise();
            QTRY_VERIFY(!dock->visibleRegion().isEmpty());
            for (int steps = 12; w.where() != dock->objectName() && steps > 0; --steps)
                w.press(Qt::Key_F6);
            QCOMPARE(w.where(), dock->objectName());
            w.press(Qt::Key_Escape);
            QVERIFY2(w.focus() == w.tab->view(), qPrintable(dock->objectName()));
            QCOMPARE(w.tab->selection()->current(), cart);
        }
    }

    void f4LeadsToTheFirstFieldAndEscBack()
    {
        Window w;
        w.dock("inspector")->hide();
        w.press(Qt::Key_F4);
        auto* number = w.tab->inspector()->findChild<ValueField*>(QStringLiteral("availability"))->lineEdit();
        QTRY_COMPARE(w.focus(), number);
        QTest::keyClicks(number, QStringLiteral("99.99"));
        QCOMPARE(number->text(), QStringLiteral("99.99"));
        w.press(Qt::Key_Escape); // what is typed
        QCOMPARE(number->text(), QStringLiteral("99.9 %"));
        QCOMPARE(w.focus(), number);
        w.press(Qt::Key_Escape);
        QCOMPARE(w.where(), QStringLiteral("drawing"));
        QCOMPARE(QByteArray::fromStdString(w.tab->document()->text()), CheckoutFolder::intentText());
    }

    void f1ListsEveryKeyOnce()
    {
        Window w;
        w.press(Qt::Key_F1);
        auto* page = w.window.findChild<KeysPage*>();
        QVERIFY(page != nullptr);
        QVERIFY(QTest::qWaitForWindowActive(page));
        auto* table = page->findChild<QTreeWidget*>();
        QStringList listed;
        int gestures = 0;
        QVERIFY(table->topLevelItemCount() <= 5);
        for (int group = 0; group < table->topLevelItemCount(); ++group) {
            for (int row = 0; row < table->topLevelItem(group)->childCount(); ++row) {
                const auto* item = table->topLevelItem(group)->child(row);
                const auto id = item->data(0, Qt::UserRole).toString();
                QVERIFY(!item->text(0).isEmpty());
                QVERIFY2(!id.isEmpty() || !item->text(1).isEmpty(), qPrintable(item->text(0)));
                if (id.isEmpty())
                    ++gestures;
                else
                    listed << id;
            }
        }
        QStringList wanted;
        for (const auto* action : w.window.actions()->actions())
            wanted << action->objectName();
        std::ranges::sort(listed);
        std::ranges::sort(wanted);
        QCOMPARE(listed, wanted);
        QVERIFY(gestures >= 15);

        auto* search = page->findChild<QLineEdit*>();
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("ctrl+d"));
        int shown = 0;
        for (int group = 0; group < table->topLevelItemCount(); ++group) {
            for (int row = 0; row < table->topLevelItem(group)->childCount(); ++row)
                shown += !table->topLevelItem(group)->isHidden() && !table->topLevelItem(group)->child(row)->isHidden();
        }
        QCOMPARE(shown, 1);

        // Its shortcut is changed by keys: refused where another action has it, else it works at once.
        auto* duplicate = w.window.actions()->action(QStringLiteral("edit.duplicate"));
        const auto rows = table->findItems(QStringLiteral("Ctrl+D"), Qt::MatchExactly | Qt::MatchRecursive, 1);
        QCOMPARE(rows.size(), 1);
        table->setCurrentItem(rows.front());
        auto* keys = page->findChild<QKeySequenceEdit*>();
        const auto press = [&](Qt::Key key) {
            keys->setFocus();
            QTest::keyClick(keys, key, Qt::ControlModifier);
            QSignalSpy finished(keys, &QKeySequenceEdit::editingFinished);
            QVERIFY(finished.wait());
        };
        press(Qt::Key_S);
        const auto* refusal = page->findChild<QLabel*>(QStringLiteral("refusal"));
        QVERIFY(refusal->isVisible() && refusal->text().contains(QStringLiteral("Save")));
        QCOMPARE(duplicate->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_D));
        press(Qt::Key_J);
        QVERIFY(!refusal->isVisible());
        QCOMPARE(duplicate->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_J));
        QCOMPARE(rows.front()->text(1), QStringLiteral("Ctrl+J"));
        QTest::mouseClick(page->findChild<QPushButton*>(QStringLiteral("resetShortcut")), Qt::LeftButton);
        QCOMPARE(duplicate->shortcut(), QKeySequence(Qt::CTRL | Qt::Key_D));
        search->setFocus();
        QTest::keyClick(search, Qt::Key_Escape);
        QTRY_VERIFY(!page->isVisible());
    }

    void theFocusIsAlwaysSeen()
    {
        const CheckoutFolder folder;
        recentfiles::add(folder.path());
        tests::TestWindow start;
        QVERIFY(QTest::qWaitForWindowActive(&start.window));
        checkFocusShows(start.window, *start.window.findChild<StartPage*>(), 4);
        if (QTest::currentTestFailed())
            return;
        Window w;
        for (const auto* ring : w.window.findChildren<FocusRing*>())
            QVERIFY(!ring->isVisible()); // nobody has pressed a key yet
        for (auto* dock : w.window.findChildren<QDockWidget*>()) {
            dock->show();
            dock->raise();
            QTRY_VERIFY(!dock->visibleRegion().isEmpty());
            checkFocusShows(w.window, *dock, 0);
        }
        checkFocusShows(w.window, *w.tab->verdict(), 1);
        checkFocusShows(w.window, *w.tab->view(), 1);
        w.dock("inspector")->raise();
        QTRY_VERIFY(!valueField(w)->visibleRegion().isEmpty());
        checkFocusShows(w.window, *w.dock("inspector"), 5);
    }

private:
    void checkFocusShows(QWidget& window, QWidget& panel, int least)
    {
        auto all = panel.findChildren<QWidget*>();
        all.append(&panel);
        int seen = 0;
        for (auto* widget : all) {
            const auto* area = qobject_cast<QAbstractScrollArea*>(widget);
            const auto* shown = area != nullptr ? area->viewport() : widget; // which covers it
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible() || !widget->isEnabled()
                || widget->focusProxy() != nullptr || shown->visibleRegion().isEmpty())
                continue;
            widget->clearFocus();
            QTest::keyClick(&window, Qt::Key_Shift); // somebody works with keys
            widget->setFocus(Qt::TabFocusReason);
            QTRY_VERIFY(widget->hasFocus());
            const QRect place(widget->mapTo(&window, QPoint()), widget->size());
            const auto with = window.grab(place).toImage();
            widget->clearFocus();
            const auto without = window.grab(place).toImage();
            QVERIFY2(with != without, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' '
                                                 + widget->objectName() + u' ' + widget->accessibleName()));
            ++seen;
        }
        QVERIFY2(seen >= least, panel.metaObject()->className());
    }
};

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
