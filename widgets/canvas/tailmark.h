// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/look.h"
#include "widgets/canvas/style.h"

#include <QRectF>

class QPainter;

namespace emac::widgets {

/// What a card adds to a percentile: a bar with its text, filled as far as the share goes; from afar the bar alone. It
/// hangs at the card's lower edge, at most nine pixels below it, clear of the heat of the budget.
void paintTailMark(QPainter& painter, const QRectF& card, const TailPart& tail, const CanvasStyle& style, double scale);

} // namespace emac::widgets
