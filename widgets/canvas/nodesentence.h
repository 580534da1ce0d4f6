// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/journey/expression.h"
#include "widgets/common/availabilitydisplay.h"

#include <QString>

/// A node in words, for those who hear the journey instead of seeing it.
namespace emac::widgets {

/// What its place in the parent gives it, beside the title: "30 %" of a choice, with its label where it has one;
/// "try 2" of a fallback's child; else empty.
QString roleOf(const journey::Expression* parent, std::size_t index);

/// "step 2 of 3 of series", "choice 1 of 2 of branch, 30 %", "try 2 of 2 of fallback", "body of retry". Empty where
/// the parent is null.
QString placeWords(const journey::Expression* parent, std::size_t index);

/// "payment, race, step 3 of 3 of series, A⁻ 99.1 % to A⁺ 99.9 %". Parent and values may be null; a null value of an
/// analysed node is left out.
QString nodeSentence(const journey::Expression& node, const journey::Expression* parent, std::size_t index,
                     const analysis::NodeAvailability* values, const AvailabilityDisplay& display);

} // namespace emac::widgets
