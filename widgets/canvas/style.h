// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/layout.h"
#include "widgets/canvas/look.h"

#include <QApplication>
#include <QColor>
#include <QFont>
#include <QFontMetricsF>

namespace emac::widgets {

/// Fonts and measures of the canvas, made once for a scene: the items paint with them, and the layout is told the same.
struct CanvasStyle
{
    explicit CanvasStyle(const QFont& bodyFont = QApplication::font());

    QFont body; ///< what the other sizes are steps of
    QFont name; ///< of a component
    QFont title; ///< of a frame
    QFont small; ///< numbers and details
    QFontMetricsF nameMetrics;
    QFontMetricsF titleMetrics;
    QFontMetricsF smallMetrics;
    layout::Metrics layout;
    bool disclosure = true; ///< operators have a triangle that closes and opens them

    /// The box of a card; of a frame the least size that its header needs.
    layout::Size sizeOf(const Look& look) const;

    double cardHeight() const;
    double disclosureWidth() const { return disclosure ? 15 : 0; } ///< kept free for the triangle

private:
    double m_usualOnCard = 0; ///< the width of numbers of usual length
    double m_usualOnFrame = 0;
};

namespace canvas {

inline constexpr double cardRadius = 9;
inline constexpr double frameRadius = 12;
inline constexpr double cardPadding = 11;
inline constexpr double iconSize = 18;
inline constexpr double glyphSize = 16;
inline constexpr double badgeSize = 17;
inline constexpr double titleWidth = 240; ///< at most kept free for a frame's title

/// Below these scales small text, and all text, would only be dust.
inline constexpr double smallTextScale = 0.55;
inline constexpr double textScale = 0.14;

/// The colour of arrows and marks of the flow.
QColor flow();
/// Of the flow's lines: never less than a pixel on the screen.
double lineWidth(double scale);
/// `colour` with some white: for large solid marks.
QColor soft(const QColor& colour);
/// Of a text or a sign in this hue: strong enough to be read on the surface.
QColor ink(const QColor& colour);
/// `colour` at this opacity.
QColor tint(QColor colour, double opacity);
/// Calm, warning from half of the error budget, bad beyond all of it.
QColor heat(double share);

} // namespace canvas

} // namespace emac::widgets
