// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace emac::journey {

/// Identity of an expression node: unique in the process, kept by every edit and move, new on copy, never written.
/// 0 is "no node".
enum class NodeId : std::uint64_t
{
};

/// A counter value never used twice.
using Version = std::uint64_t;

NodeId newNodeId();
Version newVersion();

/// What a message, a selection or a place in the text speaks of.
struct Element
{
    enum class Kind
    {
        None,
        Journey,
        Node,
        Component,
        DomainRule,
        Fragment,
        Objective
    };

    Kind kind = Kind::None;
    NodeId node{}; ///< of a Node
    std::string
        name; ///< of a Component, DomainRule or Fragment; of an Objective: "availability", "latency", "deadline"

    static Element none() { return {}; }
    static Element journey() { return {Kind::Journey, {}, {}}; }
    static Element ofNode(NodeId id) { return {Kind::Node, id, {}}; }
    static Element component(std::string name) { return {Kind::Component, {}, std::move(name)}; }
    static Element domainRule(std::string name) { return {Kind::DomainRule, {}, std::move(name)}; }
    static Element fragment(std::string name) { return {Kind::Fragment, {}, std::move(name)}; }
    static Element objective(std::string name) { return {Kind::Objective, {}, std::move(name)}; }

    auto operator<=>(const Element&) const = default;
};

/// A message about an element: a note of the analysis, a reason of the decision.
struct Note
{
    base::Message message;
    Element element;

    bool operator==(const Note&) const = default;
};
using Notes = std::vector<Note>;

} // namespace emac::journey
