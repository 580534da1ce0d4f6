// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/nudge.h"

#include "widgets/canvas/gestures/carrying.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/editing/nodeselection.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

namespace {

journey::Offset shifted(journey::Offset offset, QPointF by)
{
    constexpr double farthest = journey::Placement::farthest;
    return {std::clamp(offset.x + by.x(), -farthest, farthest), std::clamp(offset.y + by.y(), -farthest, farthest)};
}

} // namespace

QString nudge(JourneyDocument& document, const JourneyScene& scene, QPointF by)
{
    auto placement = document.value().placement;
    std::string target = "nudge";
    for (const auto id : selectedNodes(document, scene)) {
        const auto frame = journey::frameOf(document.intent().journey, id);
        const auto* frameItem = frame ? scene.item(*frame) : nullptr;
        const auto at =
            scene.item(id)->box().topLeft() - (frameItem != nullptr ? frameItem->box().topLeft() : QPointF());
        // Where the last nudge has put it: the drawing may not have followed yet.
        const auto placed = placement.nodes.try_emplace(id, journey::Offset{at.x(), at.y()}).first;
        placed->second = shifted(placed->second, by);
        target += ' ' + std::to_string(static_cast<std::uint64_t>(id));
    }
    for (auto& loose : placement.loose) {
        if (!document.selection()->contains(journey::Element::component(loose.component)))
            continue;
        loose.at = shifted(loose.at, by);
        target += " @" + loose.component;
    }
    return document.setPlacement(std::move(placement),
                                 QCoreApplication::translate("emac::widgets::Nudge", "Shift on the canvas"), target);
}

} // namespace emac::widgets
