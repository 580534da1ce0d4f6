// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvasnumbers.h"

namespace emac::widgets {

CanvasNumbers numbersOf(const JourneyDocument& document, AvailabilityUnit unit)
{
    CanvasNumbers numbers;
    if (const auto evaluation = document.evaluation()) {
        numbers.analysis = &evaluation->analysis;
        numbers.inputs = &evaluation->inputs;
        numbers.revision = evaluation->revision;
    }
    if (const auto& objective = document.intent().objectives.availability)
        numbers.errorBudget = objective->target.failure();
    numbers.tail = document.tailWork()->result();
    numbers.tailStale = document.tailWork()->isStale();
    numbers.problems = document.problems();
    numbers.stale = document.isStale();
    numbers.display = displayOf(unit, document.intent().objectives);
    return numbers;
}

} // namespace emac::widgets
