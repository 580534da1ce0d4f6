// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/placing.h"

namespace emac::layout {

/// The steps of the page, which stand on one axis between its marks, in rows no longer than this (0: in one row),
/// filled one after the other: so a step more or less changes nothing in the rows before it. A step is never broken,
/// so that a long one can make the page wider.
///
/// A hand-placed step stands where it was put: in the row, right of the step before it, which can make the row longer
/// than others; or where it was put left of there and below the row, as the first of the next. Those of the first row
/// may stand above the page's origin; other rows lie wholly below the one before.
/// O(steps · log). @pre the page has steps
Block inRows(const Block& page, double rowWidth, const Offsets& offsets, const Metrics& metrics);

/// In as few rows as keep within `mostWidth` and `aspect` of the metrics, and those no longer than they need to be.
/// O(steps). @pre the page has steps
Block inFittingRows(const Block& page, const Metrics& metrics);

} // namespace emac::layout
