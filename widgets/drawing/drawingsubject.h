// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/look.h"
#include "widgets/document/verdictwords.h"

namespace emac::widgets {

/// What a drawing for a file shows, as a value: nothing that happens to the document meanwhile reaches it.
struct DrawingSubject
{
    QString title;
    journey::Journey journey;
    journey::Placement placement; ///< what was put in its place by hand, and what lies loose
    std::shared_ptr<const Evaluation> evaluation; ///< what `numbers` points into; may be null
    CanvasNumbers numbers;
    VerdictWords verdict;
};

/// With the document's newest numbers, in this unit. @pre the document is readable
DrawingSubject subjectOf(const JourneyDocument& document, AvailabilityUnit unit);

/// "used 3×", of the fragment of this name.
QString usesText(const DrawingSubject& subject, const std::string& fragment);

/// A⁻ … A⁺ of the fragment alone; empty where they are not known.
QString fragmentNumbers(const DrawingSubject& subject, const journey::Fragment& fragment);

} // namespace emac::widgets
