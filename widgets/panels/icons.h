// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"
#include "core/governance/decision.h"

#include <QColor>
#include <QIcon>
#include <QRectF>

#include <optional>

class QPainter;

/// Small signs drawn as strokes of one width, so that no meaning rests on colour alone.
namespace emac::widgets::icons {

/// A tick, an exclamation mark, a cross, or a dash where there is no verdict, in a circle that fills the rectangle.
/// `ground` fills the circle, `stroke` draws the sign.
void paintVerdict(QPainter& painter, const QRectF& rectangle, std::optional<governance::Verdict> verdict,
                  const QColor& ground, const QColor& stroke);

/// Octagon with a cross, triangle with an exclamation mark, circle with an i.
QIcon severity(base::Severity severity);

QIcon verdict(std::optional<governance::Verdict> verdict);

} // namespace emac::widgets::icons
