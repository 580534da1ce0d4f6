// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/placement.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/canvas/gestures/preview.h"
#include "widgets/document/journeydocument.h"
#include "widgets/editing/carried.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::widgets {

class JourneyScene;

/// The page that the scene shows.
DrawnPage drawnPage(JourneyDocument& document, const JourneyScene& scene, double reach);

/// The nodes among the selected elements that are drawn, without those that lie in another one of them.
std::vector<journey::NodeId> selectedNodes(JourneyDocument& document, const JourneyScene& scene);

/// Something that is carried over the canvas, by a drag, from a palette or with the placing tool: told where it is, it
/// says what would happen there; put down, it does so as one undo step. It is for the journey as it was when it was
/// taken up.
class Carrying
{
public:
    /// What is taken up where `grabbed` is, in scene coordinates. Absent where there is nothing to carry.
    static std::optional<Carrying> ofNodes(JourneyDocument& document, const JourneyScene& scene,
                                           const std::vector<journey::NodeId>& nodes, QPointF grabbed);
    static std::optional<Carrying> ofItem(JourneyDocument& document, const JourneyScene& scene, const Carried& item);
    static std::optional<Carrying> ofLoose(JourneyDocument& document, const JourneyScene& scene,
                                           const std::vector<journey::LooseComponent>& loose, QPointF grabbed);

    /// Loose components that move as the nodes do, where those are only placed on the page.
    void takeAlong(const std::vector<journey::LooseComponent>& loose);

    struct Manner
    {
        OnNode onNode = OnNode::Series;
        bool snaps = true;
        double reach = 12; ///< in scene units
        double pixel = 1; ///< of the screen, in scene units
    };
    void aim(QPointF point, const Manner& manner);
    const Preview& preview() const { return m_preview; }
    /// Another manner of landing on a node would do something else here.
    bool isOnCard() const { return m_place.onCard; }

    struct Outcome
    {
        QString refusal; ///< in the user's language
        /// Calls, or a loose component, that are new and want a name.
        std::vector<journey::Element> unnamed{};
        bool done = false;
    };
    /// Puts it down where it was aimed at last; nothing happens where nothing can.
    Outcome drop();

private:
    Carrying(JourneyDocument& document, const JourneyScene& scene, journey::Cargo cargo, QString words,
             std::vector<QRectF> boxes, QPointF grabbed);

    std::vector<QRectF> siblings(journey::NodeId frame) const;
    QPointF originOf(journey::NodeId frame) const;
    bool isCarried(journey::NodeId id) const;
    void settleGhosts();
    Outcome land();
    Outcome place();
    Outcome placeNodes();
    Outcome placeLoose();
    std::vector<std::string> called() const; ///< where all that is carried are calls; else empty

    JourneyDocument* m_document;
    const JourneyScene* m_scene;
    journey::Cargo m_cargo;
    QString m_words; ///< what is carried
    std::vector<journey::Element> m_unnamed; ///< calls of new components, whose names are not the person's own
    std::vector<QRectF> m_boxes; ///< where it was taken up
    std::vector<journey::LooseComponent> m_along;
    QPointF m_grabbed;
    LandingPlace m_place;
    Preview m_preview;
    std::vector<journey::Offset> m_offsets; ///< of placed nodes, in their frame
};

} // namespace emac::widgets
