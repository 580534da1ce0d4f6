// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/camera.h"
#include "widgets/canvas/collapsememory.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/canvas/gestures/canvasgestures.h"
#include "widgets/canvas/gestures/panning.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"

namespace emac::widgets {

struct JourneyView::Private
{
    JourneyView& view;
    JourneyDocument* document;
    SelectionModel* selection;
    const DisplayUnits* units;
    JourneyScene scene;
    CollapseMemory collapseMemory{document, &scene};
    Collapsing collapsing{&scene, selection};
    journey::Element revealing{}; ///< with the next drawing
    std::shared_ptr<LayoutThread> layoutThread = LayoutThread::shared();
    Camera camera{view, scene};
    bool layoutFailed = false;
    bool tooLarge = false;
    bool drawing = false; ///< the first drawing is on its way
    bool turned = false; ///< the next drawing is that of another page
    bool syncing = false; ///< the scene is being told the selection
    QString words{}; ///< over the drawing
    Panning panning{};
    std::optional<Selection> toggled{}; ///< by a rubber band: what was selected before it
    CanvasGestures gestures{view, scene, *document};

    Private(JourneyView& owner, JourneyDocument* journeyDocument, SelectionModel* selectionModel,
            const DisplayUnits* displayUnits)
        : view(owner)
        , document(journeyDocument)
        , selection(selectionModel)
        , units(displayUnits)
    {
    }

    void followJourney();
    void requestDrawing();
    void showWords();
    void receive(std::optional<layout::Drawing> drawing);
    void followNumbers();
    void followSelection();
    void tellSelection();
    void reveal(const journey::Element& element);
    template<typename Move>
    void moveCamera(const Move& move);
    void bringIntoSight();
    void showContent();
    bool moveSelection(Qt::Key key, bool extends);
    Selection extendedTo(journey::NodeId target) const;
    void toggleInBand();
    void showCursor();
    QString hint() const;
    QString notice() const;
    void selectAt(QPoint position);
};

/// Moves the camera, and says where its zoom has become another.
template<typename Move>
void JourneyView::Private::moveCamera(const Move& move)
{
    const auto before = camera.zoom();
    move(camera);
    if (camera.zoom() != before)
        emit view.zoomChanged(camera.zoom());
}

} // namespace emac::widgets
