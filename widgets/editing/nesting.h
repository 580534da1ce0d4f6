// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "widgets/document/selectionmodel.h"
#include "widgets/editing/nodeselection.h"

#include <QString>

#include <optional>

/// What indenting and outdenting lines of an outline does to a journey.
namespace emac::widgets {

struct Nesting
{
    journey::Edit edit;
    QString words; ///< of the undo step
    Selection select;
};

/// Siblings that stand side by side become the last children of the sibling before them. A call or a use holds
/// nothing: there, a new operator takes it and them, under which all must succeed as before: a series, or, among the
/// steps of a series, a parallel. Absent for the first sibling. O(size).
std::optional<Nesting> indenting(const journey::Journey& journey, const NodeSelection& selection);

/// Siblings leave their parent and stand behind it. What stands in the journey's (or a fragment's) outermost operator
/// becomes a step behind that, unless it is a step there already: then it is absent. O(size).
std::optional<Nesting> outdenting(const journey::Journey& journey, const NodeSelection& selection);

} // namespace emac::widgets
