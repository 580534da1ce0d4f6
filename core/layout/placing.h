// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/placement.h"
#include "core/layout/block.h"

#include <map>
#include <optional>
#include <vector>

/// What hand-placed parts do to a block that is laid out: see layOut(). Nothing where no part is placed. O(parts ·
/// log).
namespace emac::layout {

using Offsets = std::map<journey::NodeId, journey::Offset>;

/// Of each part of a block, where it was put; empty where none was.
using Places = std::vector<std::optional<Point>>;
Places placesOf(const Block& block, const Offsets& offsets);

/// Where it is wanted, or at the least where it must be; sums of fractions may be off by a little.
double atLeast(double wanted, double least);

/// The parts of a frame that is a chain.
void placeSteps(Block& block, const Offsets& offsets, const Metrics& metrics);

/// Those of a frame that fans out.
void placeBranches(Block& block, const Offsets& offsets, const Metrics& metrics);

} // namespace emac::layout
