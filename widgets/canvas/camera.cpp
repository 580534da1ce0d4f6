// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/camera.h"

#include "widgets/common/theme.h"

#include <QScrollBar>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double fitMargin = 4 * theme::unit;
constexpr double wholeZoom = 0.45; ///< a journey that fits only at less is opened as wide as the window
constexpr double legibleZoom = 0.25; ///< and never at less than this
constexpr double largestFit = 1.4; ///< a small journey is not blown up beyond this

} // namespace

void Camera::zoomAt(QPointF anchor, double factor)
{
    const double zoom = std::clamp(factor, minimumZoom, maximumZoom);
    const auto fixed = m_view.viewportTransform().inverted().map(anchor);
    m_view.setTransform(QTransform::fromScale(zoom, zoom));
    reachAround();
    panBy(-(m_view.viewportTransform().map(fixed) - anchor).toPoint());
}

void Camera::centreOn(QPointF scenePoint)
{
    const auto shift = m_view.viewportTransform().map(scenePoint) - QRectF(m_view.viewport()->rect()).center();
    panBy(-shift.toPoint());
}

QPointF Camera::corner() const
{
    return m_view.viewportTransform().inverted().map(QPointF());
}

void Camera::keepCorner(QPointF corner)
{
    panBy(-m_view.viewportTransform().map(corner).toPoint());
}

void Camera::panBy(QPoint delta)
{
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() - delta.x());
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() - delta.y());
}

void Camera::fit(const QRectF& rect)
{
    if (rect.isEmpty())
        return;
    const auto room = QSizeF(m_view.viewport()->size()) - QSizeF(2 * fitMargin, 2 * fitMargin);
    zoomAt({}, std::min({room.width() / rect.width(), room.height() / rect.height(), largestFit}));
    centreOn(rect.center());
}

void Camera::followContent()
{
    const auto content = m_scene.contentRect();
    fit(content);
    if (follow == Follow::All || zoom() >= wholeZoom)
        return;
    // Its beginning: the rows as wide as the window, or what of them can be read.
    const double wide = (m_view.viewport()->width() - 2 * fitMargin) / content.width();
    zoomAt({}, std::clamp(wide, legibleZoom, 1.0));
    const double halfWidth = (m_view.viewport()->width() / 2.0 - fitMargin) / zoom();
    const double halfHeight = (m_view.viewport()->height() / 2.0 - fitMargin) / zoom();
    centreOn({content.left() + halfWidth, std::min(content.center().y(), content.top() + halfHeight)});
}

void Camera::reachAround()
{
    const double width = m_view.viewport()->width() / zoom();
    const double height = m_view.viewport()->height() / zoom();
    m_view.setSceneRect(m_scene.contentRect().adjusted(-width, -height, width, height));
}

} // namespace emac::widgets
