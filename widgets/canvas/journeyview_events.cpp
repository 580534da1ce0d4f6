// SPDX-License-Identifier: GPL-3.0-or-later
// The events of the view: panning and zooming are its own, editing is the gestures'.
#include "widgets/canvas/canvasnotices.h"
#include "widgets/canvas/journeyview_p.h"
#include "widgets/common/theme.h"
#include "widgets/editing/nodeselection.h"

#include <QContextMenuEvent>
#include <QDragMoveEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <cmath>

namespace emac::widgets {

namespace {

constexpr double wheelStep = 1.0015; ///< for an eighth of a degree

/// Shift adds to the selection as Ctrl does.
QMouseEvent adding(const QMouseEvent& event)
{
    const auto modifiers =
        event.modifiers() & Qt::ShiftModifier ? event.modifiers() | Qt::ControlModifier : event.modifiers();
    return {event.type(),    event.position(), event.scenePosition(), event.globalPosition(), event.button(),
            event.buttons(), modifiers,        event.pointingDevice()};
}

} // namespace

void JourneyView::wheelEvent(QWheelEvent* event)
{
    d->camera.follow = Camera::Follow::Nothing;
    const auto turn = event->angleDelta();
    if (event->modifiers() & Qt::ControlModifier) {
        d->moveCamera(
            [&](Camera& camera) { camera.zoomAt(event->position(), zoom() * std::pow(wheelStep, turn.y())); });
    } else {
        auto delta = event->pixelDelta().isNull() ? turn / 2 : event->pixelDelta();
        d->camera.panBy(event->modifiers() & Qt::ShiftModifier ? delta.transposed() : delta);
    }
    event->accept();
    d->gestures.followView(event->modifiers());
}

void JourneyView::mousePressEvent(QMouseEvent* event)
{
    const bool pans = event->button() == Qt::LeftButton || !d->gestures.isBusy();
    if ((pans && d->panning.press(*event)) || d->gestures.press(event)) {
        d->showCursor();
        event->accept();
        return;
    }
    if (event->button() == Qt::RightButton) {
        d->selectAt(event->position().toPoint());
        event->accept();
        return;
    }
    auto pressed = adding(*event);
    const bool toggles = event->button() == Qt::LeftButton && event->modifiers() == Qt::ControlModifier;
    d->toggled = toggles ? std::optional(d->selection->elements()) : std::nullopt;
    QGraphicsView::mousePressEvent(&pressed);
    // A component selected elsewhere is no selected item here: empty ground clears it as well.
    const bool adds = (pressed.modifiers() & Qt::ControlModifier) != 0;
    if (event->button() == Qt::LeftButton && !adds && d->scene.selectedItems().isEmpty())
        d->selection->clear();
}

void JourneyView::mouseMoveEvent(QMouseEvent* event)
{
    if (const auto by = d->panning.move(*event)) {
        d->camera.follow = Camera::Follow::Nothing;
        d->camera.panBy(*by);
    } else if (!d->gestures.move(event)) {
        auto moved = adding(*event);
        const bool toggles = d->toggled && !rubberBandRect().isNull();
        d->syncing = toggles;
        QGraphicsView::mouseMoveEvent(&moved);
        d->syncing = false;
        if (toggles || (d->toggled && !rubberBandRect().isNull()))
            d->toggleInBand();
    }
}

void JourneyView::mouseReleaseEvent(QMouseEvent* event)
{
    if (d->panning.release(*event)) {
        d->showCursor();
        return;
    }
    if (d->gestures.release(event))
        return;
    d->toggled.reset();
    auto released = adding(*event);
    QGraphicsView::mouseReleaseEvent(&released);
}

void JourneyView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (!d->gestures.doubleClick(event))
        mousePressEvent(event);
}

void JourneyView::leaveEvent(QEvent* event)
{
    d->gestures.pointerLeft();
    QGraphicsView::leaveEvent(event);
}

void JourneyView::dragEnterEvent(QDragEnterEvent* event)
{
    dragMoveEvent(event);
}

void JourneyView::dragMoveEvent(QDragMoveEvent* event)
{
    // Anything else, a file say, is for the window.
    if (d->gestures.dragMoved(event->mimeData(), event->position().toPoint(), event->modifiers())) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    } else {
        event->ignore();
    }
}

void JourneyView::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    d->gestures.dragLeft();
}

void JourneyView::dropEvent(QDropEvent* event)
{
    if (d->gestures.dropped(event->mimeData(), event->position().toPoint(), event->modifiers())) {
        event->setDropAction(Qt::CopyAction);
        event->accept();
    } else {
        event->ignore();
    }
}

bool JourneyView::viewportEvent(QEvent* event)
{
    // A handle says what it adds itself; what lies beneath is not meant.
    if (event->type() == QEvent::ToolTip && d->gestures.isOverHandle(static_cast<QHelpEvent*>(event)->pos())) {
        event->ignore();
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

bool JourneyView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && d->gestures.wantsKey(static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    return QGraphicsView::event(event);
}

namespace {

/// Of Shift, Ctrl and Alt themselves; none for other keys.
Qt::KeyboardModifier modifierOf(const QKeyEvent& event)
{
    switch (event.key()) {
    case Qt::Key_Shift:
        return Qt::ShiftModifier;
    case Qt::Key_Control:
        return Qt::ControlModifier;
    case Qt::Key_Alt:
        return Qt::AltModifier;
    default:
        return Qt::NoModifier;
    }
}

} // namespace

void JourneyView::keyPressEvent(QKeyEvent* event)
{
    if (const auto modifier = modifierOf(*event); modifier != Qt::NoModifier)
        d->gestures.followView(event->modifiers() | modifier);
    if (event->matches(QKeySequence::SelectAll)) {
        d->selection->select(wholePage(*d->document));
        return;
    }
    if (d->gestures.key(event))
        return;
    switch (event->key()) {
    case Qt::Key_Space:
        if (!event->isAutoRepeat())
            d->panning.setSpaceDown(true);
        d->showCursor();
        return;
    case Qt::Key_Escape:
        d->selection->clear();
        return;
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        if (d->moveSelection(static_cast<Qt::Key>(event->key()), event->modifiers() & Qt::ShiftModifier))
            return;
        d->camera.follow = Camera::Follow::Nothing;
        break;
    default:
        break;
    }
    QGraphicsView::keyPressEvent(event);
}

void JourneyView::keyReleaseEvent(QKeyEvent* event)
{
    if (const auto modifier = modifierOf(*event); modifier != Qt::NoModifier)
        d->gestures.followView(event->modifiers() & ~Qt::KeyboardModifiers(modifier));
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        d->panning.setSpaceDown(false);
        d->showCursor();
        return;
    }
    QGraphicsView::keyReleaseEvent(event);
}

void JourneyView::focusOutEvent(QFocusEvent* event)
{
    d->panning.setSpaceDown(false);
    d->showCursor();
    QGraphicsView::focusOutEvent(event);
}

void JourneyView::contextMenuEvent(QContextMenuEvent* event)
{
    if (event->reason() == QContextMenuEvent::Mouse && d->gestures.claimMenu())
        return;
    auto at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        d->selectAt(event->pos());
    } else if (const auto* item = d->scene.item(d->selection->current().node)) {
        ensureVisible(item->box(), 3 * theme::unit, 3 * theme::unit);
        at = viewport()->mapToGlobal(mapFromScene(item->box().center()));
    }
    event->accept();
    emit menuRequested(at);
}

void JourneyView::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (d->camera.follow != Camera::Follow::Nothing)
        d->showContent();
    else
        d->camera.reachAround();
}

void JourneyView::drawForeground(QPainter* painter, const QRectF& /*rect*/)
{
    painter->save();
    painter->resetTransform();
    CanvasNotices{d->hint(), d->notice()}.paint(*painter, viewport()->rect());
    painter->restore();
}

} // namespace emac::widgets
