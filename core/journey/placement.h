// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

/// Where people put things on the canvas. It is no part of the intent: a file of its own keeps it.
namespace emac::journey {

/// Pixels at 100 %, from the top left corner of the frame that the thing stands in; y grows downwards.
/// Finite, within ±Placement::farthest.
struct Offset
{
    double x = 0;
    double y = 0;
    bool operator==(const Offset&) const = default;
};

/// A component that lies on the canvas without being called.
struct LooseComponent
{
    std::string component;
    Offset at;
    bool operator==(const LooseComponent&) const = default;
};

/// Hand-placed nodes and loose components; everything else is placed by the automatic layout. An immutable value.
struct Placement
{
    static constexpr double farthest = 1e6;

    std::map<NodeId, Offset> nodes;
    std::vector<LooseComponent> loose; ///< each component once
    /// By place key: entries of the file that match no node of the journey now. They are kept, so that a node that
    /// comes back finds its place.
    std::map<std::string, Offset> unmatched;

    bool empty() const { return nodes.empty() && loose.empty() && unmatched.empty(); }
    bool operator==(const Placement&) const = default;
};

/// The frame in whose coordinates the node is placed: its parent; 0: the page, which a series that is no step of
/// anything is itself. Absent where there is no such node. O(size).
std::optional<NodeId> frameOf(const Journey& journey, NodeId node);

/// What of the placement still holds after an edit: an offset says nothing in another frame, and a component that is
/// called, or was removed, is not loose any more. O(size), less where nothing is placed.
Placement stillPlaced(Placement placement, const Journey& before, const Journey& after);

} // namespace emac::journey
