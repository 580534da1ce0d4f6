// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"

#include <map>
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

} // namespace emac::journey
