// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/placement.h"
#include "core/layout/block.h"

#include <map>

/// What hand-placed parts do to a block that is laid out: see layOut(). Nothing where no part is placed. O(parts ·
/// log).
namespace emac::layout {

using Offsets = std::map<journey::NodeId, journey::Offset>;

/// The parts of a frame that is a chain.
void placeSteps(Block& block, const Offsets& offsets, const Metrics& metrics);

/// Those of a frame that fans out.
void placeBranches(Block& block, const Offsets& offsets, const Metrics& metrics);

/// Those of the page: they may also stand above its origin. Sets its `top` and `left`.
void placePageSteps(Block& page, const Offsets& offsets, const Metrics& metrics);

} // namespace emac::layout
