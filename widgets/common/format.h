// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/duration.h"
#include "core/journey/element.h"
#include "core/journey/expression.h"

#include <QString>

/// Numbers and messages in the user's language.
namespace emac::widgets {

/// A failure probability with three significant digits: "0.00749", "7.49e-9".
QString unavailabilityText(double unavailability);

QString durationText(base::Duration duration);

/// The message in the user's language: "what; expected …; mend".
QString messageText(const base::Message& message);
/// Only what is wrong, and only how to mend it.
QString messageWhat(const base::Message& message);
QString messageMend(const base::Message& message);

/// "Race", "k of n", … as a heading.
QString operatorTitle(journey::OperatorType type);

} // namespace emac::widgets
