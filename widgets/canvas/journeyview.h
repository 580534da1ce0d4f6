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

/// The drawn journey: pan (space or middle button), zoom (Ctrl+wheel at the pointer), fit, selection. Arrow keys move
/// the selection to the sibling, parent or first child, Home and End to the first and last step; with nothing selected
/// they scroll.
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

signals:
    void zoomChanged(double factor);
    /// The newest structure has been laid out and is shown.
    void drawn();
    /// A menu is wanted for the selection, which is what lies under the pointer.
    void menuRequested(const QPoint& globalPosition);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
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
