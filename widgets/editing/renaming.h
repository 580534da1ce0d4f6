// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "widgets/document/journeydocument.h"
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

/// Why nobody would call a component so, in the user's language: what no file may hold, and what has no letter, which
/// was meant for another field. Empty where it is a name.
QString componentNameRefusal(const QString& name);

/// An element is being named, by someone who may take their time.
struct Naming
{
    journey::Element element{};
    QString from{}; ///< the name that was shown when it began
    /// It has just been made with a name of no meaning: the name of another component calls that one instead.
    bool fresh = false;
};
/// Absent where the element has no name.
std::optional<Naming> namingOf(const journey::Intent& intent, const journey::Element& element, bool fresh = false);

/// Why the name would be refused just now, in the user's language; empty where it would not. O(size).
QString refusalOf(const journey::Intent& intent, const Naming& naming, const QString& to);

/// Names the element as one undo step; the name that it had when it began changes nothing. @returns why it is refused,
/// else an empty text.
QString rename(JourneyDocument& document, const Naming& naming, const QString& to);

} // namespace emac::widgets
