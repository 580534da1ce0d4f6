// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"

#include <QString>

/// The availability of a component, typed where its call stands.
namespace emac::widgets {

/// It is written in the journey, or nowhere: what an SLO or observations give is not typed over, but overridden in the
/// inspector.
bool isAvailabilityTypable(const JourneyDocument& document, const std::string& component);

/// As it is written, in per cent; empty where it is not stated in the journey.
QString statedAvailability(const JourneyDocument& document, const std::string& component);

/// Why the text is none, in the user's language; empty where it is, and for the empty text.
QString availabilityRefusal(const QString& text);

/// Sets it as one undo step; the empty text removes it, and one that means the same changes nothing. @returns why it is
/// refused, else an empty text.
QString setTypedAvailability(JourneyDocument& document, const std::string& component, const QString& text);

} // namespace emac::widgets
