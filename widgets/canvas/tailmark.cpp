// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/tailmark.h"

#include "widgets/common/theme.h"

#include <QPainter>

#include <algorithm>

namespace emac::widgets {

void paintTailMark(QPainter& painter, const QRectF& card, const TailPart& tail, const CanvasStyle& style, double scale)
{
    constexpr double above = 4;
    constexpr double below = 9;
    constexpr double padding = 6;
    constexpr double radius = 3;
    const bool near = scale >= canvas::smallTextScale;
    const auto colour = tail.stale ? canvas::flow() : theme::tail();
    const double room = card.width() - 2 * canvas::cardPadding;
    const double width = near ? std::min(room, style.smallMetrics.horizontalAdvance(tail.text) + 2 * padding) : room;
    const QRectF bar(card.right() - canvas::cardPadding - width, card.bottom() - above, width, above + below);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::surface());
    painter.drawRoundedRect(bar, radius, radius);
    auto filled = bar;
    filled.setWidth(bar.width() * std::clamp(tail.share, 0.0, 1.0));
    painter.setBrush(canvas::tint(colour, near ? 0.28 : 0.8));
    painter.drawRoundedRect(filled, radius, radius);
    painter.setPen(QPen(canvas::tint(colour, 0.6), std::max(1.0, 0.8 / scale)));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(bar, radius, radius);
    if (!near)
        return;
    painter.setFont(style.small);
    painter.setPen(tail.stale ? theme::mutedText() : theme::text());
    painter.drawText(bar, Qt::AlignCenter, style.smallMetrics.elidedText(tail.text, Qt::ElideRight, bar.width()));
}

} // namespace emac::widgets
