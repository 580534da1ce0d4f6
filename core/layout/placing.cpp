// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/placing.h"

#include <algorithm>
#include <cmath>

namespace emac::layout {

namespace {

/// An arrow that enters at another height than its box needs some way for it, up to a gap of steps.
double bendRoom(double height, double otherHeight, const Metrics& metrics)
{
    return std::clamp(std::abs(height - otherHeight), 0.0, std::max(0.0, metrics.stepGap - metrics.padding));
}

/// Puts the steps in their places. @param left the least left edge of the first, @param top of all
void placeChain(Block& block, const Places& places, double left, double top, const Metrics& metrics)
{
    double before = 0; // where the part before would end without
    for (std::size_t i = 0; i < block.parts.size(); ++i) {
        const auto natural = block.corners[i];
        const auto wanted = places[i].value_or(natural);
        // dot rounds, so that its own gaps can be a little less.
        const double gap = std::min(metrics.stepGap, natural.x - before);
        const double least = i == 0 ? left : block.corners[i - 1].x + block.parts[i - 1].width + gap;
        before = natural.x + block.parts[i].width;
        block.corners[i] = {atLeast(wanted.x, least), atLeast(wanted.y, top)};
    }
}

double lowest(const Block& block)
{
    double bottom = 0;
    for (std::size_t i = 0; i < block.parts.size(); ++i)
        bottom = std::max(bottom, block.corners[i].y + block.parts[i].height);
    return bottom;
}

} // namespace

double atLeast(double wanted, double least)
{
    constexpr double slack = 1e-6;
    return wanted < least - slack ? least : wanted;
}

Places placesOf(const Block& block, const Offsets& offsets)
{
    Places places(block.parts.size());
    bool any = false;
    for (std::size_t i = 0; i < block.parts.size(); ++i) {
        const auto found = offsets.find(block.parts[i].node->id);
        if (found == offsets.end())
            continue;
        places[i] = Point{found->second.x, found->second.y};
        any = true;
    }
    return any ? places : Places();
}

void placeSteps(Block& block, const Offsets& offsets, const Metrics& metrics)
{
    const auto places = placesOf(block, offsets);
    if (places.empty())
        return;
    const double top = metrics.headerHeight + metrics.padding;
    double left = std::min(metrics.padding, block.corners.front().x);
    if (places.front())
        left += bendRoom(atLeast(places.front()->y, top) + block.parts.front().axis, block.axis, metrics);
    placeChain(block, places, left, top, metrics);
    const double axis = block.corners.back().y + block.parts.back().axis;
    const double right = block.corners.back().x + block.parts.back().width + bendRoom(axis, block.axis, metrics);
    block.width = std::max(block.width, right + metrics.padding);
    block.height = std::max(block.height, lowest(block) + metrics.padding);
}

void placeBranches(Block& block, const Offsets& offsets, const Metrics& metrics)
{
    const auto places = placesOf(block, offsets);
    if (places.empty())
        return;
    double top = block.corners.front().y;
    double rejoin = block.rejoin;
    for (std::size_t i = 0; i < block.parts.size(); ++i) {
        const auto wanted = places[i].value_or(block.corners[i]);
        block.corners[i] = {places[i] ? atLeast(wanted.x, block.left) : wanted.x, atLeast(wanted.y, top)};
        top = block.corners[i].y + block.parts[i].height + metrics.branchGap;
        rejoin = std::max(rejoin, block.corners[i].x + block.parts[i].width);
    }
    block.join.x += rejoin - block.rejoin;
    block.rejoin = rejoin;
    block.width = std::max(block.width, block.join.x + metrics.portWidth / 2 + metrics.padding);
    block.height = std::max(block.height, lowest(block) + metrics.padding);
}

} // namespace emac::layout
