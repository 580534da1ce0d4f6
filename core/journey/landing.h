// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Putting nodes down somewhere in a journey, as a drag, a paste or a quick add does: what is carried, and where it
/// lands, make one edit.
namespace emac::journey {

/// What is carried: new nodes, with what they need of which the journey has none, or nodes of the journey itself.
struct Cargo
{
    std::vector<ExpressionPtr> nodes; ///< at least one
    std::vector<Component> components{}; ///< new ones, declared first
    std::vector<Fragment> fragments{}; ///< new ones
    bool moves = false; ///< the nodes are the journey's own and leave their place
};

/// A call of the component; of a new one, "service-1" say, where the name is empty; where the journey has none of this
/// name, of a new one of this name.
Cargo newCall(const Journey& journey, std::string component = {});
/// @pre the journey has the fragment
Cargo newUse(std::string fragment);
/// An operator over as many calls of new components as it makes sense with: one under retry, timeout and optional,
/// else two. @pre neither call nor use
Cargo newOperator(const Journey& journey, OperatorType type);
/// Nodes of the journey, to be moved. Empty where one does not exist.
std::optional<Cargo> moved(const Journey& journey, const std::vector<NodeId>& ids);

/// The journey's own tree where that is empty, or a new fragment.
struct OnEmptyGround
{
    std::string fragment{}; ///< empty: the journey's own tree
    bool operator==(const OnEmptyGround&) const = default;
};

/// A step before or after a node: of the series that it stands in (or is), else the two become a series.
struct Beside
{
    NodeId node;
    Side side;
    bool operator==(const Beside&) const = default;
};

/// A child of an operator, before its child of this index; childCount() is behind the last.
struct Into
{
    NodeId parent;
    std::size_t index;
    bool operator==(const Into&) const = default;
};

/// A sibling of a node under a new operator in the node's place, behind it.
struct Together
{
    NodeId node;
    OperatorType type; ///< one of several children
    bool operator==(const Together&) const = default;
};

using Landing = std::variant<OnEmptyGround, Beside, Into, Together>;

/// The same place in the one form that all landings there have: beside a step of a series, or a series, is into that.
/// O(size).
Landing settled(const Journey& journey, const Landing& landing);

/// The edit that puts the cargo down there. Absent where that would change nothing, and where a moved node would land
/// in or beside itself. O(size).
std::optional<Edit> puttingDown(const Journey& journey, const Cargo& cargo, const Landing& landing);

/// Nodes put into a new operator. One alone under an operator of several gets company: a call of a new component.
struct Wrapping
{
    Edit edit;
    NodeId wrapper;
    std::optional<NodeId> placeholder{}; ///< that call, which wants a name
};
/// @pre one node, or several with the same parent; the type neither call nor use. O(components)
Wrapping wrapping(const Journey& journey, const std::vector<NodeId>& ids, OperatorType type);

/// A component of which only the name is stated.
Component componentNamed(std::string name);

} // namespace emac::journey
