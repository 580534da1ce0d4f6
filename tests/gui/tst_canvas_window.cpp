// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas and the actions of its window: what is named, taken back and refused there.
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "testwindow.h"
#include "widgets/canvas/journeyscene.h"

#include <QLabel>
#include <QLineEdit>
#include <QStandardPaths>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

struct Canvas : tests::TestWindow
{
    CheckoutFolder folder;
    workbench::JourneyTab* tab = open(folder.path());
    JourneyView* view = tab->view();

    Canvas()
    {
        [this] { QVERIFY(QTest::qWaitForWindowActive(&window)); }();
        [this] { QTRY_VERIFY(item("front") != nullptr); }();
        view->setFocus();
    }
    ~Canvas() { prompts->answer = Prompts::Answer::Discard; }
    Q_DISABLE_COPY_MOVE(Canvas)

    JourneyDocument& document() const { return *tab->document(); }
    journey::NodeId node(const char* name) const
    {
        for (const auto& place : journey::nodePlaces(document().intent().journey)) {
            if (journey::displayName(*place.node) == name)
                return place.node->id;
        }
        return {};
    }
    const NodeItem* item(const char* name) const
    {
        return static_cast<const JourneyScene*>(view->scene())->item(node(name));
    }
    void select(std::initializer_list<const char*> names)
    {
        Selection selection;
        for (const auto* name : names)
            selection.push_back(journey::Element::ofNode(node(name)));
        tab->selection()->select(selection);
    }
    QString tree() const { return QString::fromStdString(journey::expressionText(document().intent().journey.root)); }
    int steps() const { return document().undoStack()->index(); }
    QLineEdit* nameEditor() const
    {
        for (auto* edit : view->viewport()->findChildren<QLineEdit*>(QStringLiteral("nameInPlace"))) {
            if (edit->isVisible())
                return edit;
        }
        return nullptr;
    }
    QLabel* words() const { return view->viewport()->findChild<QLabel*>(QStringLiteral("gestureWords")); }
    /// As a hand does: on the tool bar, which takes no focus.
    void clickUndo()
    {
        auto* action = window.actions()->action(QStringLiteral("edit.undo"));
        auto* button = qobject_cast<QToolButton*>(window.findChild<QToolBar*>()->widgetForAction(action));
        QVERIFY(button != nullptr);
        QTest::mouseClick(button, Qt::LeftButton);
    }
};

const auto checkout = QStringLiteral("Series(front, Parallel(cart, pricing), Race(paya, payb))");

} // namespace

class TestCanvasWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    /// The company that a lone node gets in a fallback is named where it stands.
    void wrappingOneNodeAsksForAName()
    {
        Canvas it;
        it.select({"front"});
        it.trigger("journey.wrap.fallback");
        QCOMPARE(it.tree(), QStringLiteral("Series(Fallback(front, service-1), Parallel(cart, pricing), "
                                           "Race(paya, payb))"));
        QCOMPARE(it.steps(), 1);
        QTRY_VERIFY(it.nameEditor() != nullptr);
        QVERIFY(it.nameEditor()->hasFocus());
        QCOMPARE(it.nameEditor()->selectedText(), QStringLiteral("service-1"));
        QTest::keyClicks(it.nameEditor(), QStringLiteral("static-page"));
        QTest::keyClick(it.nameEditor(), Qt::Key_Return);
        QCOMPARE(it.tree(), QStringLiteral("Series(Fallback(front, static-page), Parallel(cart, pricing), "
                                           "Race(paya, payb))"));
        QVERIFY(it.view->hasFocus());
    }

    /// What is being typed is the last thing that was done: it becomes a step, and undo takes that back.
    void undoTakesBackTheNameBeingTyped_data()
    {
        QTest::addColumn<bool>("button");
        QTest::newRow("the tool bar's button") << true;
        QTest::newRow("the menu's item") << false;
    }
    void undoTakesBackTheNameBeingTyped()
    {
        QFETCH(bool, button);
        Canvas it;
        QCOMPARE(tests::setCart(it.tab, "0.9"), QString());
        const auto text = it.document().text();
        it.select({"front"});
        QTest::keyClick(it.view, Qt::Key_F2);
        QVERIFY(it.nameEditor() != nullptr);
        QTest::keyClicks(it.nameEditor(), QStringLiteral("gateway"));
        if (button)
            it.clickUndo();
        else
            it.trigger("edit.undo");
        QVERIFY(it.nameEditor() == nullptr);
        QCOMPARE(QString::fromStdString(it.document().text()), QString::fromStdString(text));
        QCOMPARE(it.steps(), 1);
        QVERIFY(it.document().undoStack()->redoText().contains(QStringLiteral("gateway")));
        it.trigger("edit.redo");
        QVERIFY(it.node("gateway") != journey::NodeId{});
    }

    /// A name that is refused is all that there is to take back.
    void undoGivesUpANameThatIsRefused()
    {
        Canvas it;
        QCOMPARE(tests::setCart(it.tab, "0.9"), QString());
        it.select({"front"});
        QTest::keyClick(it.view, Qt::Key_F2);
        QTest::keyClicks(it.nameEditor(), QStringLiteral("cart"));
        it.clickUndo();
        QVERIFY(it.nameEditor() == nullptr);
        QCOMPARE(it.steps(), 1);
        QCOMPARE(it.tree(), checkout);
        it.clickUndo();
        QCOMPARE(it.steps(), 0);
    }

    /// Near what is selected, and not for ever.
    void aRefusalByKeyIsSaidBesideTheSelection()
    {
        Canvas it;
        it.select({"cart"});
        const auto before = it.document().text();
        it.trigger("journey.removeComponent"); // it is called
        QCOMPARE(it.document().text(), before);
        QVERIFY(it.words()->isVisible());
        QVERIFY(it.words()->text().contains(QStringLiteral("cart")));
        QCOMPARE(it.window.statusBar()->currentMessage(), it.words()->text());
        const auto card = it.view->mapFromScene(it.item("cart")->box()).boundingRect();
        QVERIFY(it.words()->geometry().adjusted(-40, -40, 40, 40).intersects(card));
        QTRY_VERIFY_WITH_TIMEOUT(!it.words()->isVisible(), 7000);
    }
};

QTEST_MAIN(TestCanvasWindow)
#include "tst_canvas_window.moc"
