// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/displayunits.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QGraphicsView>

#include <memory>

namespace emac::widgets {

class Collapsing;
class JourneyScene;
class PlacingTool;

/// The drawn journey: pan (space or middle button), zoom (Ctrl+wheel at the pointer), fit, selection. Arrow keys move
/// the selection to the sibling, parent or first child, Home and End to the first and last step, and with Shift add
/// that; with nothing selected they scroll. A rubber band with Shift adds to the selection, with Ctrl it toggles.
///
/// It is edited in place. Nodes are dragged, and palette items dropped, onto arrows, into frames, onto cards (before or
/// after; with Shift a race, with Ctrl parallel); on empty ground of their frame they are only placed, aligned unless
/// Alt is down. Enter adds a step after the selected node, Shift+Enter before it, as do the handles beside cards and on
/// arrows; F2 and a double click rename; Ctrl with an arrow key shifts by 8 pixels, with Shift too by 1. Esc ends a
/// gesture. Tab is the window's.
class JourneyView : public QGraphicsView
{
    Q_OBJECT
public:
    JourneyView(JourneyDocument* document, SelectionModel* selection, const DisplayUnits* units,
                QWidget* parent = nullptr);
    ~JourneyView() override;

    Collapsing* collapsing(); ///< of the operators in this view

    double zoom() const; ///< 1 is 100 %
    void setZoom(double factor);
    void zoomIn();
    void zoomOut();
    /// The whole journey; followed when the window changes its size, until the user zooms or pans.
    void fitAll();
    void fitSelection();
    /// What a click puts down. Esc and a right click empty it, and so does the click unless Shift is down. Null: none.
    void setPlacingTool(PlacingTool* tool);
    /// Makes a name that is being typed an edit, where it is accepted.
    void commitPending();
    /// The same, as undo and redo need it: what is refused is given up. @returns false in that case
    bool settlePending();
    /// Says beside what is selected, for a while, why something was not done; refused() tells of it too.
    void sayRefusal(const QString& reason);
    /// Names calls that have just been made.
    void nameAll(const std::vector<journey::Element>& elements);

signals:
    void zoomChanged(double factor);
    /// The newest structure has been laid out and is shown.
    void drawn();
    /// A menu is wanted for the selection, which is what lies under the pointer.
    void menuRequested(const QPoint& globalPosition);
    /// A gesture was refused; nothing has changed. It has been shown on the canvas for a while.
    void refused(const QString& reason);
    /// A use was clicked twice: its fragment is wanted.
    void openRequested(const emac::journey::Element& use);

protected:
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace emac::widgets
