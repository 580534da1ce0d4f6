// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/journey/expression.h"

#include <QString>

#include <optional>

/// Values as people type and read them: point or comma, with or without spaces.
namespace emac::widgets {

/// A number in [0, 1]; a percentage in [0 %, 100 %], of which those above 1 need no sign; or at most 15 nines:
/// "0.999", "99,9 %", "99.9", "3 nines". So "1" is all, 100 %, and one per cent is "1 %". Empty for anything else.
std::optional<base::Ratio> typedRatio(const QString& text);

/// A probability, or two with "…", dots, or a dash between; a unit of the second is also that of the first: "20 % … 30
/// %", "1 - 5 %", "0.2..0.3". Which of the two is greater is not looked at.
std::optional<journey::ProbabilityRange> typedRange(const QString& text);

/// How a typed ratio is understood, to be shown while it is typed: "= 99.9 %". Empty where the text says just that, and
/// where it is no ratio.
QString understoodRatio(const QString& text);

/// The same for a probability or a range of it.
QString understoodRange(const QString& text);

/// "20 ms", "1,5s"; not negative; empty for anything else.
std::optional<base::Duration> typedDuration(const QString& text);

/// How a time without a unit is understood: "= 40 s". Empty where the text names a unit, and where it is none.
QString understoodDuration(const QString& text);

/// Whether a time that is being typed is likely to go on: it has no unit yet, or its m may become ms.
bool isDurationBegun(const QString& text);

/// A finite number, as the user's language writes it or with a decimal point; empty for anything else.
std::optional<double> typedNumber(const QString& text);

/// A whole number from 1 on; empty for anything else.
std::optional<int> typedCount(const QString& text);

/// In per cent, exactly, with the user's decimal point: "99.95 %". Reads back by typedRatio().
QString exactPercent(const base::Ratio& ratio);

/// The same for both ends of a range.
QString exactPercent(const journey::ProbabilityRange& range);

/// The text with the number moved by `steps` units of its last written digit, kept within 0 and 1 (100 %); what is read
/// as per cent gets the sign. Nines, and a text that is no ratio, stay as they are.
QString steppedRatio(const QString& text, int steps);

/// The availability of a failure probability, exact where that is a double read from a short decimal.
base::Ratio availabilityOf(double unavailability);

} // namespace emac::widgets
