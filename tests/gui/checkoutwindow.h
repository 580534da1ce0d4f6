// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkoutfolder.h"
#include "tests/gui/sketchwindow.h"
#include "widgets/editing/carried.h"

#include <QTreeView>

namespace emac::tests {

inline QString text(const char* it)
{
    return QString::fromUtf8(it);
}

inline QByteArray withFragment()
{
    auto intent = CheckoutFolder::intentText();
    intent.replace("      - ref: front\n", "      - use: entry\n");
    intent.replace("  components:\n", "  fragments:\n    entry: {type: retry, attempts: 2, body: {ref: front}}\n"
                                      "  components:\n");
    return intent;
}

/// The checkout, open and drawn.
struct CheckoutWindow : SketchWindow
{
    explicit CheckoutWindow(const QByteArray& intent = CheckoutFolder::intentText())
    {
        checkout.write(text("checkout.yaml"), intent);
        open(checkout.path());
        QVERIFY(isDrawn());
        view()->setFocus();
    }

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
    void drop(const widgets::Carried& carried, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        const auto data = widgets::mimeOf(carried);
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
    void walkOutlineTo(journey::NodeId id)
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

} // namespace emac::tests
