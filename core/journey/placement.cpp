// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/placement.h"

#include "core/journey/structure.h"

#include <algorithm>

namespace emac::journey {

namespace {

using Frames = std::map<NodeId, NodeId>;

void addFrames(const ExpressionPtr& node, NodeId frame, Frames& frames)
{
    frames.emplace(node->id, frame);
    forEachChild(*node, [&](const auto& child) { addFrames(child, node->id, frames); });
}

void addPage(const ExpressionPtr& root, Frames& frames)
{
    if (!root)
        return;
    addFrames(root, {}, frames);
    if (typeOf(*root) == OperatorType::Series)
        forEachChild(*root, [&](const auto& step) { frames.insert_or_assign(step->id, NodeId{}); });
}

Frames framesOf(const Journey& journey)
{
    Frames frames;
    addPage(journey.root, frames);
    for (const auto& fragment : journey.fragments)
        addPage(fragment.body, frames);
    return frames;
}

} // namespace

std::optional<NodeId> frameOf(const Journey& journey, NodeId node)
{
    const auto place = locate(journey, node);
    if (!place)
        return std::nullopt;
    if (!place->parent)
        return NodeId{};
    const bool onPage = typeOf(*place->parent) == OperatorType::Series && !locate(journey, place->parent->id)->parent;
    return onPage ? NodeId{} : place->parent->id;
}

Placement stillPlaced(Placement placement, const Journey& before, const Journey& after)
{
    if (!placement.nodes.empty()) {
        const auto old = framesOf(before);
        const auto now = framesOf(after);
        std::erase_if(placement.nodes, [&](const auto& entry) {
            const auto was = old.find(entry.first);
            const auto is = now.find(entry.first);
            return is != now.end() && was != old.end() && was->second != is->second;
        });
    }
    std::erase_if(placement.loose, [&](const LooseComponent& loose) {
        const bool removed = before.components.find(loose.component) && !after.components.find(loose.component);
        return removed || callsOf(after, loose.component) > 0;
    });
    return placement;
}

} // namespace emac::journey
