// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/landing.h"
#include "core/layout/layout.h"

#include <QPointF>
#include <QRectF>
#include <QString>

#include <optional>
#include <vector>

/// Which place in the drawing a point means. Pure functions of journey, drawing and point.
namespace emac::widgets {

/// The page that is looked at. The drawing may be of an earlier journey: what it lacks is not there.
struct DrawnPage
{
    const journey::Journey& journey;
    const journey::ExpressionPtr& root; ///< the journey's, or the body of the fragment that is shown
    const layout::Drawing& drawing;
    bool isJourney = true; ///< not a fragment: components may lie loose on it
    double reach = 12; ///< how near is near, in units of the drawing
};

/// What the point means for the cargo.
struct LandingPlace
{
    std::optional<journey::Landing> landing{}; ///< absent: nothing would be edited here
    QRectF mark{}; ///< where it is shown: a bar, or where it surrounds a box, an outline
    /// Without a landing: the nodes may be put down here without an edit, on empty ground of their own frame; what
    /// calls a component, on the page's.
    bool placing = false;
    journey::NodeId frame{}; ///< of that ground; 0: the page
    bool onCard = false; ///< another OnNode would give another landing
    bool far = false; ///< it lands on the nearest arrow, which the point is not near to
};

/// How a node that is hit takes what is dropped on it.
enum class OnNode
{
    Series, ///< before or after, by the half that is hit
    Race,
    Parallel
};

/// On a card: beside or together with it. On an arrow: there. On a frame's ground: a child of it. Nodes that are moved
/// are not there to be hit. O(size).
LandingPlace landingAt(const DrawnPage& page, QPointF point, const journey::Cargo& cargo,
                       OnNode onNode = OnNode::Series);

/// A place where something can be added, as offered near the point or around the selected node.
struct AddHandle
{
    QPointF at;
    journey::Landing landing;
};
/// Before and after the node under the point and the selected one; on the arrow near the point. Of several that would
/// add in the same place, or stand on each other, only the first. O(size).
std::vector<AddHandle> addHandles(const DrawnPage& page, QPointF point, journey::NodeId selected);

/// The frame that all of the nodes stand in; 0: the page. Absent where there are several. O(size · nodes).
std::optional<journey::NodeId> commonFrame(const journey::Journey& journey, const journey::Cargo& cargo);

/// "after payment", "race with payment", "as a branch of race, before cart".
QString landingWords(const journey::Journey& journey, const journey::Landing& landing);
/// The same of what is put down there; what is far is said as a place of the page, and what is left behind as well:
/// "to the end of the journey, out of payment".
QString landingWords(const DrawnPage& page, const LandingPlace& place, const journey::Cargo& cargo);

} // namespace emac::widgets
