// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "widgets/common/availabilitydisplay.h"

#include <QString>
#include <QStringList>

#include <array>
#include <optional>

/// The availabilities that every node has, one for each assumption, and the one vocabulary that says what each of them
/// assumes: for the legend, for tool tips, for explanations.
namespace emac::widgets {

enum class Figure
{
    Pessimistic, ///< A⁻ with all inputs at their lower ends
    Optimistic, ///< A⁺ with all inputs at their upper ends
    CommonCause, ///< A* with the inputs at their nominal values
    Lowest, ///< E⁻ with all inputs at their lower ends
    Highest ///< E⁺ with all inputs at their upper ends
};
inline constexpr std::array allFigures{Figure::Pessimistic, Figure::Optimistic, Figure::CommonCause, Figure::Lowest,
                                       Figure::Highest};

/// As a failure probability; empty where the analysis has none.
std::optional<double> failureOf(const analysis::NodeAvailability& values, Figure figure);

/// An availability below is not stated (or nothing is known to succeed): A⁻ is 0, and A⁺ the best that is possible.
bool isOpen(const analysis::NodeAvailability& values);
/// And A⁺ is 1: nothing is known.
bool isUnknown(const analysis::NodeAvailability& values);

/// Of a row of numbers, for a tool tip and a screen reader: "A⁻ 99.251 %, A⁺ 99.747 %", "Envelope 99.25 % … 99.9 %",
/// "A* 99.4 %", "Fails in 0.00252 to 0.00749 of all tries". Null: there are no numbers (yet).
QStringList figureLines(const analysis::NodeAvailability* values, const AvailabilityDisplay& display);

/// "A⁻".
QString symbolOf(Figure figure);
/// "pessimistic shared fate".
QString nameOf(Figure figure);
/// "A⁻ pessimistic".
QString headingOf(Figure figure);
/// What it assumes, in one sentence that stands behind the symbol.
QString assumptionOf(Figure figure);
/// Which ends of the inputs it takes, what it guarantees and what it does not, in sentences.
QString guaranteeOf(Figure figure);
/// Of E⁻ and E⁺ together.
QString envelopeAssumption();
/// "outer bound": of an envelope that is not sharp.
QString outerBound();
/// What A⁺ does not bound, and why the distance of A⁻ and A⁺ is no confidence interval.
QString intervalCaution();

} // namespace emac::widgets
