// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/governance/decision.h"
#include "core/journey/expression.h"

#include <QColor>
#include <QFont>

#include <optional>

/// One type scale, one spacing unit, one restrained palette with meaning.
namespace emac::widgets::theme {

/// Gives the application the style, the palette and, where it is installed, the typeface that all pictures are made
/// for. The palette is dark where that of the platform is.
/// @pre the QApplication exists
void apply();

/// The application's palette is a dark one: all colours below follow it, but on paper.
bool isDark();

/// While one lives, all colours below are those of paper, whatever the palette: for what is drawn into files.
class OnPaper
{
public:
    OnPaper();
    ~OnPaper();
    Q_DISABLE_COPY_MOVE(OnPaper)
};

/// All distances are multiples of this, in pixels.
inline constexpr int unit = 8;

enum class TextSize
{
    Small,
    Body,
    Heading,
    Title
};
/// The application's font at a step of the scale: Body is the platform's size, the others 0.85, 1.2 and 1.5 of it.
QFont font(TextSize size, QFont::Weight weight = QFont::Normal);
/// The same steps from another body size.
QFont font(const QFont& body, TextSize size, QFont::Weight weight = QFont::Normal);
/// Larger or smaller, whether its size is in points or in pixels.
QFont scaled(QFont font, double factor);
/// The same for numbers. Figures are as wide as the face makes them: Qt 6.4 cannot ask for equal widths.
QFont numberFont(TextSize size, QFont::Weight weight = QFont::Normal);

// Meaning.
QColor optimistic(); ///< A⁺ and what belongs to it
QColor pessimistic(); ///< A⁻ and what belongs to it
QColor commonCause(); ///< A*
QColor interval(); ///< what lies between the two
QColor tail(); ///< what a part adds to a percentile
QColor objective(); ///< the line that must be met
QColor good();
QColor warning();
QColor bad();
QColor accent(); ///< selection and focus

// Ground.
QColor canvas();
QColor surface();
QColor border();
QColor text();
QColor mutedText();

/// The operator's own hue; a frame is drawn in tints of it.
QColor operatorColour(journey::OperatorType type);

QColor verdictColour(std::optional<governance::Verdict> verdict);

} // namespace emac::widgets::theme
