// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/flowitems.h"

#include "widgets/canvas/glyphs.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

namespace emac::widgets {

namespace {

constexpr double headLength = 9;
constexpr double headHalf = 4.2;
constexpr double markReach = 18; ///< how far a mark goes beyond its centre, or its bar

QPointF point(const layout::Point& at)
{
    return {at.x, at.y};
}

double scaleOf(const QPainter& painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

} // namespace

ArrowItem::ArrowItem(Line line, const CanvasStyle& style) : m_line(std::move(line)), m_style(style)
{
    auto& points = m_line.points;
    m_bounds = QPolygonF(QList<QPointF>{point(points.front()), point(points.back())}).boundingRect();
    m_path.moveTo(point(points.front()));
    for (std::size_t i = 1; i + 2 < points.size(); i += 3) {
        auto end = point(points[i + 2]);
        if (m_line.head && i + 3 == points.size())
            end.rx() -= headLength - 2; // the line ends inside its head
        m_path.cubicTo(point(points[i]), point(points[i + 1]), end);
    }
    m_bounds = m_path.boundingRect().united(m_bounds).adjusted(-headHalf, -headHalf, headHalf, headHalf);
    if (!m_line.label.isEmpty()) {
        const double height = m_style.smallMetrics.height() * 2.5;
        m_bounds.adjust(-height, -height, height, height);
    }
}

QPainterPath ArrowItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(2 * headHalf);
    return stroker.createStroke(m_path);
}

void ArrowItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    QPen pen(canvas::flow(), canvas::lineWidth(scaleOf(*painter)), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (m_line.dashed)
        pen.setDashPattern({4, 3});
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    if (m_line.head) {
        const auto tip = point(m_line.points.back());
        const QPolygonF head{tip, tip + QPointF(-headLength, -headHalf), tip + QPointF(-headLength * 0.75, 0),
                             tip + QPointF(-headLength, headHalf)};
        painter->setPen(Qt::NoPen);
        painter->setBrush(canvas::flow().darker(115));
        painter->drawPolygon(head);
    }
    if (!m_line.label.isEmpty() && scaleOf(*painter) >= canvas::smallTextScale * 0.75)
        paintLabel(*painter);
}

void ArrowItem::paintLabel(QPainter& painter) const
{
    // On the straight end of the line, before the head.
    const auto& metrics = m_style.smallMetrics;
    const double width = std::max(metrics.horizontalAdvance(m_line.label) + 10, metrics.height() + 2);
    const double height = metrics.height() + 2;
    const QPointF end = point(m_line.points.back());
    const double right = end.x() - headLength - 4;
    const QRectF pill(right - width, end.y() - height / 2, width, height);
    painter.setFont(m_style.small);
    painter.setPen(QPen(canvas::tint(m_line.colour, 0.5), 1));
    painter.setBrush(theme::surface());
    painter.drawRoundedRect(pill, height / 2, height / 2);
    painter.setPen(m_line.colour.darker(115));
    painter.drawText(pill, Qt::AlignCenter, m_line.label);
    if (!m_line.caption.isEmpty()) {
        const QRectF above(right - m_style.layout.labelWidth, pill.top() - metrics.height() - 1,
                           m_style.layout.labelWidth, metrics.height());
        painter.setPen(theme::mutedText());
        painter.drawText(above, Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_line.caption, Qt::ElideMiddle, above.width()));
    }
}

MarkItem::MarkItem(Mark mark, const CanvasStyle& style) : m_mark(std::move(mark)), m_style(style) { }

QRectF MarkItem::boundingRect() const
{
    const QRectF around(m_mark.centre.x() - markReach, m_mark.centre.y() - markReach, 2 * markReach, 2 * markReach);
    if (m_mark.top >= m_mark.bottom)
        return around;
    return around.united(
        {around.left(), m_mark.top - markReach, around.width(), m_mark.bottom - m_mark.top + 2 * markReach});
}

void MarkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    const auto ink = theme::text();
    switch (m_mark.kind) {
    case Mark::Kind::Start:
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(m_mark.centre, 8, 8);
        break;
    case Mark::Kind::End:
        painter->setPen(QPen(ink, 1.8));
        painter->setBrush(theme::surface());
        painter->drawEllipse(m_mark.centre, 10, 10);
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(m_mark.centre, 5.5, 5.5);
        break;
    case Mark::Kind::Fork:
    case Mark::Kind::Join:
        paintFork(*painter);
        break;
    }
}

void MarkItem::paintFork(QPainter& painter) const
{
    using enum journey::OperatorType;
    const auto colour = theme::operatorColour(m_mark.type);
    const auto centre = m_mark.centre;
    const bool fork = m_mark.kind == Mark::Kind::Fork;
    painter.setPen(QPen(colour, 1.6));
    painter.setBrush(theme::surface());
    switch (m_mark.type) {
    case Parallel:
    case KofN:
        return paintBar(painter);
    case Branch: {
        const double reach = fork ? 12 : 8;
        if (fork)
            painter.setBrush(colour);
        painter.drawPolygon(QPolygonF{centre + QPointF(-reach, 0), centre + QPointF(0, -reach),
                                      centre + QPointF(reach, 0), centre + QPointF(0, reach)});
        return;
    }
    case Race:
        if (fork) {
            painter.setBrush(colour);
            painter.drawEllipse(centre, 6, 6);
        } else {
            painter.drawEllipse(centre, 15, 15);
            glyphs::paintFlag(painter, QRectF(centre.x() - 7.5, centre.y() - 8.5, 17, 17), colour);
        }
        return;
    default:
        painter.drawEllipse(centre, fork ? 6 : 5, fork ? 6 : 5);
    }
}

void MarkItem::paintBar(QPainter& painter) const
{
    const auto colour = canvas::soft(theme::operatorColour(m_mark.type));
    const bool all = m_mark.type == journey::OperatorType::Parallel;
    const double half = all ? 3 : 2.5;
    const QRectF bar(m_mark.centre.x() - half, m_mark.top - 14, 2 * half, m_mark.bottom - m_mark.top + 28);
    painter.setPen(QPen(colour, all ? 0 : 1.3));
    painter.setBrush(all ? colour : theme::surface());
    painter.drawRoundedRect(bar, half, half);
    if (m_mark.text.isEmpty())
        return;
    const QRectF pill(m_mark.centre.x() - 16, m_mark.centre.y() - 11, 32, 22);
    painter.setPen(QPen(colour, 1.3));
    painter.drawRoundedRect(pill, 11, 11);
    if (scaleOf(painter) < canvas::textScale * 2)
        return;
    auto font = m_style.small;
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colour.darker(120));
    painter.drawText(pill, Qt::AlignCenter, m_mark.text);
}

} // namespace emac::widgets
