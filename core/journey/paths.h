// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <string>
#include <vector>

namespace emac::journey {

/// One place of the written journey.
struct NodePlace
{
    ExpressionPtr node;
    NodeId parent{}; ///< 0 for the root and for a fragment's body
    std::string fragment; ///< the fragment that it belongs to; empty in the journey's own tree
    std::string path; ///< as in the document: "/steps/2/branches/0", "/fragments/NAME/branches/1"
    std::string key; ///< place key: the explicit id, else "series/race/paya#1"; unique in the journey
    int depth = 0; ///< operators above it
};

/// All nodes of the journey's own tree, parents before children, document order; then those of each fragment's body.
/// O(size · depth) for the text of the paths.
std::vector<NodePlace> nodePlaces(const Journey& journey);

/// The node with this id in the tree or in a fragment; null where there is none. O(size).
ExpressionPtr findNode(const Journey& journey, NodeId id);

/// What to call the node on a screen and in a report: its explicit id, else its component, fragment or operator word.
std::string displayName(const Expression& node);

/// "Series(front, Parallel(cart, pricing), Race(paya, payb))".
std::string expressionText(const ExpressionPtr& root);

} // namespace emac::journey
