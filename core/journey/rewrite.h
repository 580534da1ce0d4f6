// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// The one way in which edits change trees.
namespace emac::journey {

/// All that an edit changes in the trees of a journey. It is done in one pass: each spine is rebuilt once, and what is
/// not on one is shared.
struct Rewrite
{
    /// Nodes to stand before the child of this index.
    struct Insertion
    {
        std::size_t index = 0;
        std::vector<ExpressionPtr> nodes;
        std::string label; ///< of the choice, under a branch
    };

    std::unordered_map<NodeId, std::vector<ExpressionPtr>> replacements; ///< what stands in a node's place: none, some
    std::unordered_map<NodeId, Insertion> insertions; ///< by parent
    /// The replaced choice that gets the probabilities of the choices that go; without it the largest one does.
    std::optional<NodeId> heir;
};

/// The journey with the changes, healed as edits.h says. Fragments of which nothing is left go. O(size).
Journey rewritten(const Journey& journey, const Rewrite& rewrite);

/// The list with the steps of each series in place of it.
std::vector<ExpressionPtr> flattened(const std::vector<ExpressionPtr>& list);

/// The only one of the list, else a series of them: the first series among them, with the others as further steps, or
/// a new one. @pre the list is not empty
ExpressionPtr oneOf(std::vector<ExpressionPtr> list);

/// An operator of this type with default parameters over these, as Wrap makes it. @pre the list is not empty, the type
/// neither call nor use; two at least for a fallback
Operator operatorOver(OperatorType type, std::vector<ExpressionPtr> list);

} // namespace emac::journey
