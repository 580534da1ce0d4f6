// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paneltools.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"
#include "widgets/editing/carried.h"
#include "widgets/editing/nodeselection.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QUndoStack>

namespace emac::tests {

/// A journey on the canvas of an active window, with what a hand does there as real events.
struct CanvasWindow
{
    explicit CanvasWindow(const QByteArray& text = CheckoutFolder::intentText()) : open(text)
    {
        view.resize(1200, 700);
        QSignalSpy drawn(&view, &widgets::JourneyView::drawn);
        view.show();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QVERIFY(!open.document->intent().journey.root || !drawn.isEmpty() || drawn.wait());
        view.setFocus();
    }

    OpenJourney open;
    widgets::JourneyView view{open.document.get(), open.document->selection(), &open.units};

    widgets::JourneyDocument& document() { return *open.document; }
    const journey::Journey& journey() const { return open.document->intent().journey; }
    widgets::JourneyScene& scene() { return *static_cast<widgets::JourneyScene*>(view.scene()); }
    QWidget* viewport() { return view.viewport(); }
    int steps() { return document().undoStack()->index(); }
    QString lastStep() { return document().undoStack()->undoText(); }

    QString tree() const
    {
        return journey().root ? QString::fromStdString(journey::expressionText(journey().root)) : QString();
    }
    journey::NodeId node(const QString& name) const
    {
        for (const auto& place : journey::nodePlaces(journey())) {
            if (QString::fromStdString(journey::displayName(*place.node)) == name)
                return place.node->id;
        }
        return {};
    }
    QString selected()
    {
        QStringList words;
        for (const auto& element : document().selection()->elements()) {
            const auto found = journey::findNode(journey(), element.node);
            words << (found ? widgets::nodeWords(*found) : QStringLiteral("@") + QString::fromStdString(element.name));
        }
        return words.join(u' ');
    }
    void select(const QString& names)
    {
        widgets::Selection selection;
        for (const auto& name : names.split(u' ', Qt::SkipEmptyParts))
            selection.push_back(journey::Element::ofNode(node(name)));
        document().selection()->select(selection);
    }
    /// What is drawn is the journey of the document.
    bool isDrawn()
    {
        bool all = true;
        bool any = false;
        for (const auto& place : journey::nodePlaces(journey())) {
            const bool page = place.parent == journey::NodeId{} && place.fragment.empty()
                              && journey::typeOf(*place.node) == journey::OperatorType::Series;
            all &= page || !place.fragment.empty() || scene().item(place.node->id) != nullptr;
            any = true;
        }
        return all && any;
    }

    QRectF box(const QString& name) { return scene().item(node(name))->box(); }
    /// That far across and down the node's box.
    QPoint at(const QString& name, double across = 0.5, double down = 0.5)
    {
        const auto it = box(name);
        return view.mapFromScene(it.topLeft() + QPointF(it.width() * across, it.height() * down));
    }
    /// Between two boxes that an arrow joins.
    QPoint between(const QString& a, const QString& b)
    {
        const auto& axes = scene().drawing().axes;
        return view.mapFromScene(QPointF((box(a).right() + box(b).left()) / 2, axes.at(node(b))));
    }
    /// On the page, below all.
    QPoint ground() { return view.mapFromScene(scene().contentRect().bottomLeft() + QPointF(120, 40)); }

    void press(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(viewport(), Qt::LeftButton, modifiers, at);
    }
    /// QTest::mouseMove knows no modifiers and no buttons.
    void move(QPoint to, Qt::KeyboardModifiers modifiers = {}, Qt::MouseButtons buttons = Qt::LeftButton)
    {
        QMouseEvent event(QEvent::MouseMove, to, viewport()->mapToGlobal(to), Qt::NoButton, buttons, modifiers);
        QCoreApplication::sendEvent(viewport(), &event);
    }
    void release(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(viewport(), Qt::LeftButton, modifiers, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        press(from);
        move((from + to) / 2, modifiers);
        move(to, modifiers);
        release(to, modifiers);
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(viewport(), Qt::LeftButton, modifiers, at);
    }

    /// A drag from a palette, as far as the point; @returns whether it is accepted there.
    bool dragOver(const QMimeData& data, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        QDragEnterEvent enter(to, Qt::CopyAction, &data, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(viewport(), &enter);
        QDragMoveEvent event(to, Qt::CopyAction, &data, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(viewport(), &event);
        return event.isAccepted();
    }
    bool drop(const QMimeData& data, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        dragOver(data, to, modifiers);
        QDropEvent event(to, Qt::CopyAction, &data, Qt::LeftButton, modifiers);
        QCoreApplication::sendEvent(viewport(), &event);
        return event.isAccepted();
    }

    /// What a gesture says that it will do; empty where it says nothing.
    QString words()
    {
        const auto* label = viewport()->findChild<QLabel*>(QStringLiteral("gestureWords"));
        return label->isVisible() ? label->text() : QString();
    }
    /// Null where no name is edited.
    QLineEdit* nameEditor() { return shown<QLineEdit>("nameInPlace"); }
    QLineEdit* quickAdd() { return shown<QLineEdit>("quickAddSearch"); }

    template<typename Widget>
    Widget* shown(const char* name)
    {
        for (auto* widget : viewport()->findChildren<Widget*>(QLatin1String(name))) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }
};

} // namespace emac::tests
