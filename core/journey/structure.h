// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/validity.h"

#include <string_view>
#include <vector>

/// Questions about the trees of a journey, and what is wrong with them as a whole.
namespace emac::journey {

/// Where a node is.
struct Located
{
    ExpressionPtr node;
    ExpressionPtr parent; ///< null for a root and for a fragment's body
    std::size_t index = 0; ///< among the parent's children
};

/// Empty where there is no such node. O(size).
std::optional<Located> locate(const Journey& journey, NodeId id);

/// Those of the nodes that do not lie in another one of them, in document order. Empty where one does not exist.
/// O(size + ids).
std::vector<Located> selection(const Journey& journey, const std::vector<NodeId>& ids);

/// The same where they lie side by side: one node, or several with the same parent. Else the reason.
struct Siblings
{
    std::vector<Located> nodes;
    Fault fault;
};
Siblings siblings(const Journey& journey, const std::vector<NodeId>& ids);

/// Calls visit(node) for every node of the tree, then of the fragments.
template<typename Visit>
void forEachNode(const Journey& journey, const Visit& visit)
{
    forEachNode(journey.root, visit);
    for (const auto& fragment : journey.fragments)
        forEachNode(fragment.body, visit);
}

/// How many calls there are of the component. O(size).
std::size_t callsOf(const Journey& journey, std::string_view component);

/// How many uses there are of the fragment. O(size).
std::size_t usesOf(const Journey& journey, std::string_view fragment);

/// Whether some node has this explicit id. O(size).
bool hasNodeName(const Journey& journey, std::string_view name);

/// Too many nodes, nested too deep, or fragments in a cycle. O(size).
Fault structureFault(const Journey& journey);

/// Why these trees cannot be put into the journey: they are not new or not complete, their values, names, components
/// or fragments are not right. O(size of both).
Fault insertionFault(const Journey& journey, const std::vector<ExpressionPtr>& trees);

} // namespace emac::journey
