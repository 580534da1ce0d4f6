// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/journeyscene.h"

#include <QGraphicsView>

namespace emac::widgets {

/// Which part of the scene a view shows, and how large. Zoom factors: 1 is 100 %.
class Camera
{
public:
    static constexpr double minimumZoom = 0.05;
    static constexpr double maximumZoom = 4;

    /// What a resized window keeps in sight, until the user zooms or pans.
    enum class Follow
    {
        Nothing,
        Beginning, ///< the whole content, or where that would be too small to read, its upper left end
        All
    };
    Follow follow = Follow::Beginning;

    Camera(QGraphicsView& view, const JourneyScene& scene) : m_view(view), m_scene(scene) { }

    double zoom() const { return m_view.transform().m11(); }
    /// The point of the scene that is at this point of the window stays there. The factor is clamped to its range.
    void zoomAt(QPointF anchor, double factor);
    void centreOn(QPointF scenePoint);
    QPointF corner() const; ///< of the window, in the scene
    void keepCorner(QPointF corner); ///< brings it back to where it was, to the pixel
    void panBy(QPoint delta);
    void fit(const QRectF& rect); ///< of the scene; nothing where it is empty
    /// Shows as much of the content as `follow` asks for.
    void followContent();
    /// The scene reaches so far around its content that any point of it can be brought anywhere in the window.
    void reachAround();

private:
    QGraphicsView& m_view;
    const JourneyScene& m_scene;
};

} // namespace emac::widgets
