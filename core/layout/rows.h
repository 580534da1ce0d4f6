// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/block.h"

namespace emac::layout {

/// The page, whose steps stand on one axis, in rows: as few as keep within the metrics, and those no longer than they
/// need to be. A step is never broken, so that a long one can make the page wider. A hand-placed step keeps its
/// distance from the one before it in its row, and from the row's axis.
/// O(steps). @pre the page has steps
Block inRows(const Block& page, const Metrics& metrics);

} // namespace emac::layout
