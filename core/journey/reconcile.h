// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <unordered_map>

namespace emac::journey {

/// A freshly read intent that continues an older one.
struct Reconciled
{
    Intent intent; ///< the fresh one, with NodeIds, versions and subtrees of the old one
    std::unordered_map<NodeId, NodeId> handedOver; ///< NodeId of the fresh intent -> NodeId of the old one
};

/// Hands the identities of `old` to `fresh`, which was read anew, so that selection, positions and memo survive an edit
/// of the text. Nodes are matched by explicit id; then by equal content, larger subtrees first, at the same place key
/// before others; then by place key and operator; last among what is left over below matched parents, in order, by
/// operator. What equals its match is the old subtree itself, the same pointer; what differs keeps the NodeId of its
/// match and gets a new version. No NodeId is handed over twice. Components of equal content stay the same pointer.
/// @pre NodeIds are unique within each intent, and over both, unless they are the same one
/// O(n log n) for n nodes and the text of their place keys.
Reconciled reconcile(const Intent& old, const Intent& fresh);

} // namespace emac::journey
