// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/canvas/accessiblecanvas.h"
#include "widgets/canvas/journeyscene.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using emac::tests::isCurrent;
using emac::tests::OpenJourney;

namespace {

struct Canvas
{
    Canvas()
        : view(std::make_unique<JourneyView>(open.document.get(), open.document->selection(), &open.units))
        , canvas(new AccessibleCanvas(view.get(), open.document.get(), open.document->selection(), &open.units))
    {
        view->resize(900, 400);
        view->show();
        view->activateWindow();
        if (!QTest::qWaitForWindowActive(view.get()))
            qFatal("the window does not become active");
        if (!drawn(7) || !QTest::qWaitFor([this] { return isCurrent(*open.document); }))
            qFatal("the journey is not drawn, or has no numbers: %d nodes", static_cast<int>(canvas->nodes().size()));
        view->setFocus();
        if (!view->hasFocus())
            qFatal("the canvas does not take the focus");
    }

    bool drawn(std::size_t nodes) const
    {
        return QTest::qWaitFor([this, nodes] { return canvas->nodes().size() == nodes; });
    }
    QAccessibleInterface* list() const { return QAccessible::queryAccessibleInterface(view.get()); }
    QStringList names() const
    {
        QStringList names;
        for (int i = 0; i < list()->childCount(); ++i)
            names << list()->child(i)->text(QAccessible::Name);
        return names;
    }

    OpenJourney open;
    std::unique_ptr<JourneyView> view;
    AccessibleCanvas* canvas;
};

} // namespace

class TestAccessibleCanvas : public QObject
{
    Q_OBJECT

private slots:
    void init() { QLocale::setDefault(QLocale::c()); }

    void isAListOfTheNodes()
    {
        const Canvas it;
        QCOMPARE(it.list()->role(), QAccessible::List);
        const QStringList expected{
            QStringLiteral("front, call, step 1 of 3 of series, A⁻ 99.9500 % to A⁺ 99.9500 %"),
            QStringLiteral("Parallel, step 2 of 3 of series, A⁻ 99.800 % to A⁺ 99.800 %"),
            QStringLiteral("cart, call, branch 1 of 2 of parallel, A⁻ 99.900 % to A⁺ 99.900 %"),
            QStringLiteral("pricing, call, branch 2 of 2 of parallel, A⁻ 99.900 % to A⁺ 99.900 %"),
            QStringLiteral("payment, race, step 3 of 3 of series, A⁻ 99.500 % to A⁺ 99.99750 %"),
            QStringLiteral("paya, call, branch 1 of 2 of race payment, A⁻ 99.500 % to A⁺ 99.500 %"),
            QStringLiteral("payb, call, branch 2 of 2 of race payment, A⁻ 99.500 % to A⁺ 99.500 %")};
        QCOMPARE(it.names(), expected);
    }

    void anItemKnowsItsPlace()
    {
        const Canvas it;
        auto* list = it.list();
        for (int i = 0; i < list->childCount(); ++i) {
            auto* item = list->child(i);
            QVERIFY(item->isValid());
            QCOMPARE(item->role(), QAccessible::ListItem);
            QCOMPARE(item->parent(), list);
            QCOMPARE(list->indexOfChild(item), i);
            QCOMPARE(item->childCount(), 0);
            QVERIFY(!item->rect().isEmpty());
            QVERIFY(!item->text(QAccessible::Description).isEmpty());
        }
        QCOMPARE(list->child(-1), nullptr);
        QCOMPARE(list->child(7), nullptr);
        auto* cart = list->child(2);
        QCOMPARE(list->childAt(cart->rect().center().x(), cart->rect().center().y()), cart);
    }

    void theFocusFollowsTheSelection()
    {
        const Canvas it;
        QSignalSpy announced(it.canvas, &AccessibleCanvas::announced);
        it.open.document->selection()->select(it.open.call("cart"));
        QCOMPARE(announced.size(), 1);
        QCOMPARE(announced[0][0].value<journey::Element>(), it.open.call("cart"));
        auto* cart = it.list()->child(2);
        QCOMPARE(it.list()->focusChild(), cart);
        QVERIFY(cart->state().focused && cart->state().selected);
        QTest::keyClick(it.view.get(), Qt::Key_Down);
        QCOMPARE(announced.size(), 2);
        QCOMPARE(it.list()->focusChild(), it.list()->child(3));
        QVERIFY(!cart->state().selected && !cart->state().focused);
        it.view->clearFocus(); // what is selected elsewhere does not take the reader away
        it.open.document->selection()->select(it.open.call("front"));
        QCOMPARE(announced.size(), 2);
        QCOMPARE(it.list()->focusChild(), nullptr);
    }

    void anItemCanBeSelected()
    {
        const Canvas it;
        auto* action = it.list()->child(3)->actionInterface();
        QVERIFY(action != nullptr);
        QVERIFY(action->actionNames().contains(QAccessibleActionInterface::pressAction()));
        action->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(it.open.document->selection()->current(), it.open.call("pricing"));
    }

    void followsEditsAndKeepsNoIds()
    {
        Canvas it;
        auto* list = it.list();
        QList<QAccessible::Id> ids;
        for (int i = 0; i < list->childCount(); ++i)
            ids << QAccessible::uniqueId(list->child(i));
        QCOMPARE(it.canvas->madeItems(), std::size_t{7});
        auto* document = it.open.document.get();
        QCOMPARE(document->apply(journey::RemoveNodes{{it.open.node(journey::OperatorType::Race).node}},
                                 QStringLiteral("remove")),
                 QString());
        QVERIFY(it.drawn(4));
        QCOMPARE(it.canvas->madeItems(), std::size_t{4});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(QAccessible::uniqueId(list->child(i)), ids[i]);
        for (int i = 4; i < 7; ++i)
            QCOMPARE(QAccessible::accessibleInterface(ids[i]), nullptr);
        for (int round = 0; round < 20; ++round) {
            document->undoStack()->undo();
            QVERIFY(it.drawn(7));
            QCOMPARE(it.names().size(), 7);
            document->undoStack()->redo();
            QVERIFY(it.drawn(4));
            QCOMPARE(it.canvas->madeItems(), std::size_t{4});
        }
        it.view.reset();
        for (const auto id : std::as_const(ids))
            QCOMPARE(QAccessible::accessibleInterface(id), nullptr);
    }
};

QTEST_MAIN(TestAccessibleCanvas)
#include "tst_accessiblecanvas.moc"
