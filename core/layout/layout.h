// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/journey/placement.h"

#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <vector>

/// Positions for a drawn journey: journey + box sizes -> boxes, frames and arrows. Units are those of the sizes
/// (pixels), x to the right, y down.
namespace emac::layout {

struct Size
{
    double width = 0;
    double height = 0;
    bool operator==(const Size&) const = default;
};
struct Point
{
    double x = 0;
    double y = 0;
    bool operator==(const Point&) const = default;
};
struct Rect
{
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool operator==(const Rect&) const = default;
};

/// What the drawing tells the layout. The same for all frames.
struct Metrics
{
    double headerHeight = 26; ///< of a frame, above its content
    double padding = 16; ///< between a frame's edge and its content
    double stepGap = 44; ///< between the steps of a series, room for an arrow
    double branchGap = 16; ///< between branches, vertically
    double portWidth =
        30; ///< of the fork and join marks left and right in a frame that fans out, of the start and end mark
    double labelWidth = 56; ///< straight room before each choice of a branch, for its probability
    /// The steps of a root series that would reach further than this begin another row; an arrow leads from each row
    /// back to the beginning of the next. 0: always one row.
    double rowWidth = 0;
    /// Not 0: unless a step of the page was placed by hand, rows are as few instead as keep the drawing within this
    /// width, or `aspect` times its height, whichever is larger, and about equally long.
    double mostWidth = 0;
    double aspect = 0;
};

/// What people have done to the automatic layout.
struct Arrangement
{
    /// Of hand-placed nodes; from the top left corner of the frame, on the page from the origin. Others are ignored.
    std::map<journey::NodeId, journey::Offset> offsets;
    std::set<journey::NodeId> closed; ///< operators drawn as one box, of the size that BoxSize says
};

/// An arrow or a fork line. Those of a fork end at its mark's centre, or, where the operator starts all at once
/// (parallel, k of n), level on its bar; the mark is painted over them.
struct Arrow
{
    journey::NodeId frame{}; ///< whose frame it lies in; 0: the page around a root that is no series
    journey::NodeId from{}; ///< 0: the frame's fork or left edge (or the start of the journey)
    journey::NodeId to{}; ///< 0: the frame's join or right edge (or the end of the journey)
    std::vector<Point> path; ///< a cubic Bézier: 1 + 3·n points
};

struct Drawing
{
    std::unordered_map<journey::NodeId, Rect> boxes; ///< of every node: call and use boxes, and frames
    /// Of every box: the height at which arrows enter and leave it. Steps of a series share it, within their row.
    std::unordered_map<journey::NodeId, double> axes;
    std::vector<Arrow> arrows;
    /// In a frame that fans out: the centres of its fork and join marks.
    struct Ports
    {
        Point fork;
        Point join;
    };
    std::unordered_map<journey::NodeId, Ports> ports;
    Point start; ///< of the journey's start mark
    Point end;
    Rect bounds; ///< of everything; begins at the origin, or above it where a step of the page was put there
};

/// The size of the box of a call or use; of an operator, the least size of its frame (the width of its header).
using BoxSize = std::function<Size(const journey::Expression&)>;

/// Lays each frame out alone, innermost first, with Graphviz' dot, as a flat graph of fixed-size boxes. Branches read
/// top to bottom in document order; steps left to right. Deterministic. A root that is a series has no frame of its
/// own. Graphviz is not thread-safe: calls from several threads wait for each other.
///
/// Hand-placed nodes stay where they were put, as far as the order of reading and the gaps allow: a step is right of
/// the one before, or the first of the next row, a branch below the one before and clear of the marks and labels. The
/// others stand where they would without, or as much further as they must; the frame grows. So no arrow can cross a
/// foreign box.
/// O(nodes · log), see columns.h. @returns an empty Drawing for an empty journey.
/// @throws std::runtime_error where Graphviz lacks its dot plugin.
Drawing layOut(const journey::ExpressionPtr& root, const BoxSize& boxSize, const Metrics& metrics = {},
               const Arrangement& arrangement = {});

} // namespace emac::layout
