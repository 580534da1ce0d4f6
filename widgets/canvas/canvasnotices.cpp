// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/canvasnotices.h"

#include "widgets/common/theme.h"

#include <QPainter>

namespace emac::widgets {

void CanvasNotices::paint(QPainter& painter, const QRect& viewport) const
{
    if (!hint.isEmpty()) {
        painter.setFont(theme::font(theme::TextSize::Heading));
        painter.setPen(theme::mutedText());
        painter.drawText(viewport, Qt::AlignCenter | Qt::TextWordWrap, hint);
    }
    if (!notice.isEmpty()) {
        const auto room = viewport.adjusted(2 * theme::unit, theme::unit, -2 * theme::unit, 0);
        painter.setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
        const auto text = painter.boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, notice);
        painter.fillRect(QRect(0, 0, viewport.width(), text.height() + 2 * theme::unit), theme::surface());
        painter.setPen(theme::bad());
        painter.drawText(text, Qt::AlignHCenter | Qt::TextWordWrap, notice);
    }
}

} // namespace emac::widgets
