// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "widgets/document/selectionmodel.h"

#include <QString>

#include <functional>
#include <optional>

namespace emac::widgets {

/// What renaming an element means: of a call its component in all its calls, of a use its fragment in all its uses, of
/// an operator its id.
struct Renaming
{
    QString current; ///< the name as it is; empty where there is none
    bool mayBeEmpty = false; ///< the empty text removes the name
    std::function<journey::Edit(const QString& to)> edit;
    std::function<QString(const QString& to)> words; ///< of the undo step
    std::function<std::optional<Selection>(const QString& to)> select; ///< what the step selects, where it must
};

/// Absent where the element does not exist or has no name. The journey's own for Kind::Journey.
std::optional<Renaming> renamingOf(const journey::Intent& intent, const journey::Element& element);

} // namespace emac::widgets
