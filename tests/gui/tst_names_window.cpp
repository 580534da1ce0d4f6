// SPDX-License-Identifier: GPL-3.0-or-later
// Adding by the actions of the window: one quick add, where the person works.
#include "core/journey/paths.h"
#include "tests/gui/testwindow.h"
#include "tests/widgets/checkoutfolder.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/palette/palettepanel.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSettings>
#include <QStandardPaths>
#include <QTreeView>
#include <QUndoStack>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;
using emac::tests::TestWindow;

namespace {

template<typename Widget>
Widget* shown(QWidget* in, const char* name)
{
    for (auto* widget : in->findChildren<Widget*>(QLatin1String(name))) {
        if (widget->isVisible())
            return widget;
    }
    return nullptr;
}

QLineEdit* quickAdd(QWidget* in)
{
    return shown<QLineEdit>(in, "quickAddSearch");
}

struct Journey
{
    Journey()
    {
        tab = w.open(folder.path());
        QVERIFY(QTest::qWaitForWindowActive(&w.window));
        QTRY_VERIFY(scene()->item(node("front")) != nullptr);
    }

    JourneyScene* scene() { return qobject_cast<JourneyScene*>(tab->view()->scene()); }
    journey::NodeId node(const std::string& name)
    {
        for (const auto& place : journey::nodePlaces(tab->document()->intent().journey)) {
            if (journey::displayName(*place.node) == name)
                return place.node->id;
        }
        return {};
    }
    void select(const std::string& name) { tab->selection()->select(journey::Element::ofNode(node(name))); }
    QString shape() { return QString::fromStdString(journey::expressionText(tab->document()->intent().journey.root)); }
    void give(QWidget* focus)
    {
        focus->setFocus();
        QTRY_VERIFY(focus->hasFocus());
    }
    QTreeView* tree() { return tab->outline()->findChild<QTreeView*>(); }

    CheckoutFolder folder;
    TestWindow w;
    workbench::JourneyTab* tab = nullptr;
};

} // namespace

class TestNamesWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-names"));
    }
    void init() { QSettings().clear(); }

    void insertAsksWhereThePersonWorks_data()
    {
        QTest::addColumn<bool>("inOutline");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<QString>("select");
        QTest::addColumn<QString>("shape");
        const auto row = [](const char* name, bool inOutline, Qt::KeyboardModifiers modifiers, const char* select,
                            const char* shape) {
            QTest::newRow(name) << inOutline << modifiers << QString::fromLatin1(select) << QString::fromLatin1(shape);
        };
        const auto* after = "Series(front, Retry(x), Parallel(cart, pricing), Race(paya, payb))";
        const auto* before = "Series(Retry(x), front, Parallel(cart, pricing), Race(paya, payb))";
        const auto* into = "Series(front, Parallel(cart, pricing), Race(paya, payb, Retry(x)))";
        row("after, on the drawing", false, {}, "front", after);
        row("after, in the outline", true, {}, "front", after);
        row("before, on the drawing", false, Qt::AltModifier, "front", before);
        row("before, in the outline", true, Qt::AltModifier, "front", before);
        row("into, on the drawing", false, Qt::ControlModifier | Qt::AltModifier, "payment", into);
        row("into, in the outline", true, Qt::ControlModifier | Qt::AltModifier, "payment", into);
    }
    void insertAsksWhereThePersonWorks()
    {
        QFETCH(bool, inOutline);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(QString, select);
        Journey it;
        QWidget* works = inOutline ? static_cast<QWidget*>(it.tree()) : it.tab->view();
        QWidget* place = inOutline ? static_cast<QWidget*>(it.tab->outline()) : it.tab->view();
        it.select(select.toStdString());
        it.give(works);
        QTest::keyClick(works, Qt::Key_Insert, modifiers);
        QVERIFY(quickAdd(place) != nullptr);
        QVERIFY(QApplication::activeModalWidget() == nullptr);
        QVERIFY(quickAdd(place)->hasFocus());
        QTest::keyClicks(quickAdd(place), QStringLiteral("retry"));
        QTest::keyClick(quickAdd(place), Qt::Key_Return);
        const auto* editor = inOutline ? "rename" : "nameInPlace";
        QTRY_VERIFY(shown<QLineEdit>(place, editor) != nullptr);
        QTRY_VERIFY(shown<QLineEdit>(place, editor)->hasFocus());
        QTest::keyClicks(shown<QLineEdit>(place, editor), QStringLiteral("x"));
        QTest::keyClick(shown<QLineEdit>(place, editor), Qt::Key_Return);
        QTEST(it.shape(), "shape");
        QTRY_VERIFY(works->hasFocus());
        QVERIFY(!it.tab->document()->intent().journey.components.find("retry"));
    }

    void theMenuAsksOnTheDrawing()
    {
        Journey it;
        it.select("front");
        it.give(it.tab->view());
        it.w.trigger("journey.insertAfter");
        QVERIFY(quickAdd(it.tab->view()) != nullptr);
        QTest::keyClicks(quickAdd(it.tab->view()), QStringLiteral("mail"));
        QTest::keyClick(quickAdd(it.tab->view()), Qt::Key_Return);
        QCOMPARE(it.shape(), QStringLiteral("Series(front, mail, Parallel(cart, pricing), Race(paya, payb))"));
        QCOMPARE(it.tab->document()->undoStack()->undoText(), QStringLiteral("Insert mail after front"));
    }

    void severalAreInsertedBehindTheLast()
    {
        Journey it;
        it.tab->selection()->select(
            {journey::Element::ofNode(it.node("paya")), journey::Element::ofNode(it.node("front"))});
        it.give(it.tab->view());
        QTest::keyClick(it.tab->view(), Qt::Key_Insert);
        QTest::keyClicks(quickAdd(it.tab->view()), QStringLiteral("mail"));
        QTest::keyClick(quickAdd(it.tab->view()), Qt::Key_Return);
        QCOMPARE(it.shape(), QStringLiteral("Series(front, Parallel(cart, pricing), Race(Series(paya, mail), payb))"));
    }

    void whatThePaletteAddsIsNamed()
    {
        Journey it;
        it.select("front");
        auto* palette = it.w.window.findChild<PalettePanel*>();
        palette->focusFilter();
        auto* filter = palette->findChild<QLineEdit*>();
        QTRY_VERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("fallback"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(it.shape(), QStringLiteral("Series(front, Fallback(service-1, service-2), Parallel(cart, pricing), "
                                            "Race(paya, payb))"));
        for (const auto* name : {"cache", "database"}) {
            QTRY_VERIFY(shown<QLineEdit>(it.tab->view(), "nameInPlace") != nullptr);
            auto* editor = shown<QLineEdit>(it.tab->view(), "nameInPlace");
            QTRY_VERIFY(editor->hasFocus());
            QVERIFY(editor->selectedText().startsWith(QStringLiteral("service-")));
            QTest::keyClicks(editor, QLatin1String(name));
            QTest::keyClick(editor, Qt::Key_Return);
        }
        QCOMPARE(it.shape(),
                 QStringLiteral("Series(front, Fallback(cache, database), Parallel(cart, pricing), Race(paya, payb))"));
    }

    void everyEditOfTheDrawingIsInTheOutline_data()
    {
        QTest::addColumn<QString>("select");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("action"); ///< of the menu, where there is no key
        QTest::addColumn<QString>("shape");
        const auto key = [](const char* name, const char* select, QKeyCombination key, const char* shape) {
            QTest::newRow(name) << QString::fromLatin1(select) << key.toCombined() << QString()
                                << QString::fromLatin1(shape);
        };
        const auto menu = [](const char* name, const char* select, const char* action, const char* shape) {
            QTest::newRow(name) << QString::fromLatin1(select) << 0 << QString::fromLatin1(action)
                                << QString::fromLatin1(shape);
        };
        key("delete", "cart", Qt::Key_Delete, "Series(front, Parallel(pricing), Race(paya, payb))");
        key("earlier", "pricing", Qt::ALT | Qt::Key_Up, "Series(front, Parallel(pricing, cart), Race(paya, payb))");
        key("later", "cart", Qt::ALT | Qt::Key_Down, "Series(front, Parallel(pricing, cart), Race(paya, payb))");
        key("into the frame before", "payment", Qt::ALT | Qt::Key_Right,
            "Series(front, Parallel(cart, pricing, Race(paya, payb)))");
        key("out of the frame", "payb", Qt::ALT | Qt::Key_Left,
            "Series(front, Parallel(cart, pricing), Race(paya), payb)");
        key("unwrap", "payment", Qt::CTRL | Qt::Key_U, "Series(front, Parallel(cart, pricing), paya, payb)");
        key("cut", "cart", Qt::CTRL | Qt::Key_X, "Series(front, Parallel(pricing), Race(paya, payb))");
        key("duplicate", "cart", Qt::CTRL | Qt::Key_D,
            "Series(front, Parallel(cart, cart, pricing), Race(paya, payb))");
        menu("wrap", "cart", "journey.wrap.retry", "Series(front, Parallel(Retry(cart), pricing), Race(paya, payb))");
        menu("change", "payment", "journey.change.fallback",
             "Series(front, Parallel(cart, pricing), Fallback(paya, payb))");
    }
    void everyEditOfTheDrawingIsInTheOutline()
    {
        QFETCH(QString, select);
        QFETCH(int, key);
        QFETCH(QString, action);
        Journey it;
        it.select(select.toStdString());
        it.give(it.tree());
        if (action.isEmpty()) {
            const auto combination = QKeyCombination::fromCombined(key);
            QTest::keyClick(it.tree(), combination.key(), combination.keyboardModifiers());
        } else {
            QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {1, 1}, it.tree()->mapToGlobal(QPoint(1, 1)));
            QCoreApplication::sendEvent(it.tree(), &byKey);
            auto* menu = it.w.window.findChild<QMenu*>(QStringLiteral("contextMenu"));
            QVERIFY(menu != nullptr);
            QAction* wanted = nullptr;
            for (auto* sub : menu->findChildren<QMenu*>()) {
                for (auto* one : sub->actions()) {
                    if (one->objectName() == action)
                        wanted = one;
                }
            }
            menu->close();
            QVERIFY(wanted != nullptr);
            wanted->trigger();
        }
        QTEST(it.shape(), "shape");
        QCOMPARE(it.tab->document()->undoStack()->count(), 1);
        QVERIFY(it.tree()->hasFocus());
        QTest::keyClick(it.tree(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(QByteArray::fromStdString(it.tab->document()->text()), CheckoutFolder::intentText());
    }
};

QTEST_MAIN(TestNamesWindow)
#include "tst_names_window.moc"
