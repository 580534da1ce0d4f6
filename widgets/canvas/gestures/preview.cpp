// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/preview.h"

#include "widgets/canvas/style.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace emac::widgets {

namespace {

constexpr double aboveAll = 1e6;
constexpr double margin = 12; ///< of pens and handles around their geometry

QPen cosmetic(const QColor& colour, double width, Qt::PenStyle style = Qt::SolidLine)
{
    QPen pen(colour, width, style);
    pen.setCosmetic(true);
    return pen;
}

void paintHandle(QPainter& painter, QPointF at)
{
    painter.setPen(cosmetic(theme::accent(), 1.5));
    painter.setBrush(theme::surface());
    painter.drawEllipse(at, handleRadius, handleRadius);
    constexpr double arm = handleRadius / 2;
    painter.drawLine(at - QPointF(arm, 0), at + QPointF(arm, 0));
    painter.drawLine(at - QPointF(0, arm), at + QPointF(0, arm));
}

QRectF boundsOf(const Preview& preview)
{
    QRectF all = preview.mark;
    for (const auto& ghost : preview.ghosts)
        all |= ghost;
    // A line has no area that a rectangle could unite with: the margin gives it some.
    const auto add = [&all](QPointF a, QPointF b) {
        all |= QRectF(a, b).normalized().adjusted(-margin, -margin, margin, margin);
    };
    for (const auto& guide : preview.guides)
        add(guide.p1(), guide.p2());
    if (preview.band)
        add(preview.band->p1(), preview.band->p2());
    for (const auto& handle : preview.handles)
        add(handle, handle);
    return all.isNull() ? all : all.adjusted(-margin, -margin, margin, margin);
}

} // namespace

PreviewItem::PreviewItem()
{
    setZValue(aboveAll);
    setAcceptedMouseButtons(Qt::NoButton);
}

void PreviewItem::show(Preview preview)
{
    if (preview == m_preview)
        return;
    prepareGeometryChange();
    m_preview = std::move(preview);
    m_bounds = boundsOf(m_preview);
    update();
}

void PreviewItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    const auto accent = theme::accent();
    painter->setPen(cosmetic(canvas::tint(accent, 0.8), 1, Qt::DashLine));
    painter->setBrush(canvas::tint(accent, 0.08));
    for (const auto& ghost : m_preview.ghosts)
        painter->drawRoundedRect(ghost, canvas::cardRadius, canvas::cardRadius);
    QRectF ghosts;
    for (const auto& ghost : m_preview.ghosts)
        ghosts |= ghost;
    const QFontMetricsF metrics(painter->font());
    if (ghosts.height() > metrics.height()) {
        painter->setPen(accent);
        painter->drawText(
            ghosts, Qt::AlignCenter,
            metrics.elidedText(m_preview.carried, Qt::ElideMiddle, ghosts.width() - 2 * canvas::cardPadding));
    }
    painter->setPen(cosmetic(canvas::tint(accent, 0.7), 1));
    for (const auto& guide : m_preview.guides)
        painter->drawLine(guide);
    if (m_preview.band) {
        painter->setPen(cosmetic(accent, 2, Qt::DashLine));
        painter->drawLine(*m_preview.band);
    }
    if (!m_preview.mark.isEmpty()) {
        const bool isBar = std::min(m_preview.mark.width(), m_preview.mark.height()) < canvas::cardRadius;
        painter->setPen(cosmetic(accent, isBar ? 0 : 3));
        painter->setBrush(isBar ? QBrush(accent) : QBrush(canvas::tint(accent, 0.18)));
        const double radius = isBar ? 3 : canvas::cardRadius;
        painter->drawRoundedRect(m_preview.mark, radius, radius);
    }
    for (const auto& handle : m_preview.handles)
        paintHandle(*painter, handle);
}

} // namespace emac::widgets
