// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/look.h"
#include "widgets/document/journeydocument.h"

namespace emac::widgets {

/// What the canvas shows of the document's newest numbers and problems. It points into the document's evaluation.
/// O(size + diagnostics · log). @pre the document is readable
CanvasNumbers numbersOf(const JourneyDocument& document, AvailabilityUnit unit = AvailabilityUnit::Percent);

} // namespace emac::widgets
