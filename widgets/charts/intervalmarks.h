// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "widgets/charts/ninesaxis.h"

#include <QColor>
#include <QPainter>

/// How the numbers of one element are drawn on an axis: in the chart, in the inspector's picture, in the legend.
namespace emac::widgets::marks {

/// Half the height of the ends of a bar, in pixels; the bar itself is as high as this.
inline constexpr double barHeight = 10;
inline constexpr double endWidth = 3;

/// Where the numbers lie in pixels, from left to right, clipped to the scale.
struct Places
{
    double worst = 0; ///< A⁻
    std::optional<double> best; ///< A⁺; not left of A⁻
    std::optional<double> commonCause;
    double lowest = 0; ///< E⁻
    double highest = 0; ///< E⁺
    bool worstClipped = false; ///< on the left
    bool bestClipped = false; ///< on the right
    bool worstCertain = false; ///< A⁻ clipped on the right
    bool isOpen = false; ///< an input below is not stated: A⁻ is nothing, and A⁺ the best that is possible
    bool isUnknown = false; ///< and A⁺ everything
    bool lowestClipped = false;
    bool highestClipped = false;
    bool sharp = true; ///< the envelope's

    /// A⁻ and A⁺ cannot be told apart.
    bool isPoint() const { return best && *best - worst < endWidth; }
    bool whiskerLeft() const { return lowest < worst - endWidth; }
    bool whiskerRight() const { return highest > best.value_or(worst) + endWidth; }
};

/// The scale's range stretched from `left` over `width` pixels.
double xOf(double unavailability, const nines::Scale& scale, double left, double width);
Places placesOf(const analysis::NodeAvailability& values, const nines::Scale& scale, double left, double width);

/// In colours, or all in grey where the numbers are stale.
void paint(QPainter& painter, const Places& places, double middle, double right, bool stale);

/// The parts, for the legend.
void paintEnd(QPainter& painter, double x, double middle, const QColor& colour);
/// A thin line with caps; dashed where it is no sharp bound, with an arrow where it goes on.
void paintWhisker(QPainter& painter, const Places& places, double middle, const QColor& colour);
/// The diamond of the common cause, on a thin stroke.
void paintTick(QPainter& painter, double x, double middle, const QColor& colour);
QColor whiskerColour();
QColor tickColour();

} // namespace emac::widgets::marks
