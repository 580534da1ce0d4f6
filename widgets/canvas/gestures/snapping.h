// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineF>
#include <QPointF>
#include <QRectF>

#include <vector>

namespace emac::widgets {

/// Where something that is moved comes to rest.
struct Snapped
{
    QPointF shift; ///< to add to where it is
    std::vector<QLineF> guides; ///< along what it is aligned with
};

/// Edges and centres of `moving` to those of the siblings, each way where one is within `reach`; else its top left
/// corner to a grid of 8 pixels from the origin. A group is snapped as one: by its bounds. O(siblings).
Snapped snapped(const QRectF& moving, const std::vector<QRectF>& siblings, QPointF origin, double reach);

} // namespace emac::widgets
