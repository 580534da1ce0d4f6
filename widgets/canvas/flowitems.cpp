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

/// The same curve of so many points, or of more: its last part is halved until there are as many.
void lengthen(std::vector<layout::Point>& points, std::size_t count)
{
    const auto middle = [](layout::Point a, layout::Point b) {
        return layout::Point{(a.x + b.x) / 2, (a.y + b.y) / 2};
    };
    while (points.size() < count) {
        const auto* last = &points[points.size() - 4];
        const auto first = middle(last[0], last[1]);
        const auto second = middle(last[1], last[2]);
        const auto third = middle(last[2], last[3]);
        const auto left = middle(first, second);
        const auto right = middle(second, third);
        const auto end = last[3];
        points.resize(points.size() - 3);
        points.insert(points.end(), {first, left, middle(left, right), right, third, end});
    }
}

/// Without so much of its end.
QPainterPath pathOf(const std::vector<layout::Point>& points, double cut)
{
    QPainterPath path(point(points.front()));
    for (std::size_t i = 1; i + 2 < points.size(); i += 3) {
        auto end = point(points[i + 2]);
        if (i + 3 == points.size())
            end.rx() -= cut; // the line ends inside its head
        path.cubicTo(point(points[i]), point(points[i + 1]), end);
    }
    return path;
}

} // namespace

void ArrowItem::setLine(Line line, Motion motion)
{
    if (line == m_line && !isGliding())
        return;
    const bool fresh = m_shown.empty();
    auto from = fresh || motion == Motion::Jump ? line.points : m_shown;
    prepareGeometryChange();
    m_line = std::move(line);
    m_to = m_line.points;
    lengthen(from, m_to.size());
    lengthen(m_to, from.size());
    if (motion == Motion::Glide)
        beginGlide(fresh);
    else
        rest();
    m_from = std::move(from);
    m_bounds = boundsOf(m_line.points) | boundsOf(m_from);
    makePath();
    update();
}

void ArrowItem::glided()
{
    if (!isGliding()) {
        prepareGeometryChange();
        m_bounds = boundsOf(m_line.points);
    }
    makePath();
    update();
}

void ArrowItem::makePath()
{
    m_shown = isGliding() ? m_to : m_line.points;
    for (std::size_t i = 0; isGliding() && i < m_shown.size(); ++i)
        m_shown[i] = {between(m_from[i].x, m_to[i].x), between(m_from[i].y, m_to[i].y)};
    m_path = pathOf(m_shown, m_line.head ? headLength - 2 : 0);
}

QRectF ArrowItem::boundsOf(const std::vector<layout::Point>& points) const
{
    auto bounds = pathOf(points, 0).controlPointRect().adjusted(-headHalf, -headHalf, headHalf, headHalf);
    if (!m_line.label.isEmpty()) {
        const double height = m_style.smallMetrics.height() * 2.5;
        bounds.adjust(-height, -height, height, height);
    }
    return bounds;
}

QPainterPath ArrowItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(2 * headHalf);
    return stroker.createStroke(pathOf(m_line.points, 0));
}

void ArrowItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    if (scaleOf(*painter) < canvas::textScale) { // from afar: thousands may be in sight
        painter->setPen(QPen(canvas::flow(), 0));
        painter->setBrush(Qt::NoBrush);
        if (m_shown.front().y == m_shown.back().y && m_shown.size() == 4)
            painter->drawLine(point(m_shown.front()), point(m_shown.back()));
        else
            painter->drawPath(m_path);
        return;
    }
    const double opacity = painter->opacity();
    painter->setOpacity(opacity * opacityShown());
    QPen pen(canvas::flow(), canvas::lineWidth(scaleOf(*painter)), Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (m_line.dashed)
        pen.setDashPattern({4, 3});
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    if (m_line.head) {
        const auto tip = point(m_shown.back());
        const QPolygonF head{tip, tip + QPointF(-headLength, -headHalf), tip + QPointF(-headLength * 0.75, 0),
                             tip + QPointF(-headLength, headHalf)};
        painter->setPen(Qt::NoPen);
        painter->setBrush(canvas::flow().darker(115));
        painter->drawPolygon(head);
    }
    if (!m_line.label.isEmpty() && scaleOf(*painter) >= canvas::smallTextScale * 0.75)
        paintLabel(*painter);
    painter->setOpacity(opacity);
}

void ArrowItem::paintLabel(QPainter& painter) const
{
    // On the straight end of the line, before the head.
    const auto& metrics = m_style.smallMetrics;
    const double width = std::max(metrics.horizontalAdvance(m_line.label) + 10, metrics.height() + 2);
    const double height = metrics.height() + 2;
    const QPointF end = point(m_shown.back());
    const double right = end.x() - headLength - 4;
    const QRectF pill(right - width, end.y() - height / 2, width, height);
    painter.setFont(m_style.small);
    painter.setPen(QPen(canvas::tint(m_line.colour, 0.5), 1));
    painter.setBrush(theme::surface());
    painter.drawRoundedRect(pill, height / 2, height / 2);
    painter.setPen(canvas::ink(m_line.colour));
    painter.drawText(pill, Qt::AlignCenter, m_line.label);
    if (!m_line.caption.isEmpty()) {
        const QRectF above(right - m_style.layout.labelWidth, pill.top() - metrics.height() - 1,
                           m_style.layout.labelWidth, metrics.height());
        painter.setPen(theme::mutedText());
        painter.drawText(above, Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(m_line.caption, Qt::ElideMiddle, above.width()));
    }
}

void MarkItem::setMark(Mark mark, Motion motion)
{
    if (mark == m_mark && !m_fresh && !isGliding())
        return;
    auto from = m_fresh || motion == Motion::Jump ? mark : shown();
    prepareGeometryChange();
    if (motion == Motion::Glide)
        beginGlide(m_fresh);
    else
        rest();
    m_fresh = false;
    m_from = std::move(from);
    m_mark = std::move(mark);
    update();
}

void MarkItem::glided()
{
    if (!isGliding()) {
        prepareGeometryChange();
        m_from = m_mark;
    }
    update();
}

MarkItem::Mark MarkItem::shown() const
{
    auto mark = m_mark;
    mark.centre = between(m_from.centre, m_mark.centre);
    mark.top = between(m_from.top, m_mark.top);
    mark.bottom = between(m_from.bottom, m_mark.bottom);
    return mark;
}

QRectF MarkItem::boundingRect() const
{
    return boundsOf(m_mark) | boundsOf(m_from);
}

QRectF MarkItem::boundsOf(const Mark& mark)
{
    const QRectF around(mark.centre.x() - markReach, mark.centre.y() - markReach, 2 * markReach, 2 * markReach);
    if (mark.top >= mark.bottom)
        return around;
    return around.united({around.left(), mark.top - markReach, around.width(), mark.bottom - mark.top + 2 * markReach});
}

void MarkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    const auto ink = theme::text();
    const auto mark = shown();
    const bool ofFrame = mark.kind == Mark::Kind::Fork || mark.kind == Mark::Kind::Join;
    if (ofFrame && scaleOf(*painter) < canvas::textScale / 2)
        return; // less than a pixel
    const double opacity = painter->opacity();
    painter->setOpacity(opacity * opacityShown());
    switch (mark.kind) {
    case Mark::Kind::Start:
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(mark.centre, 8, 8);
        break;
    case Mark::Kind::End:
        painter->setPen(QPen(ink, 1.8));
        painter->setBrush(theme::surface());
        painter->drawEllipse(mark.centre, 10, 10);
        painter->setPen(Qt::NoPen);
        painter->setBrush(ink);
        painter->drawEllipse(mark.centre, 5.5, 5.5);
        break;
    case Mark::Kind::Fork:
    case Mark::Kind::Join:
        paintFork(*painter, mark);
        break;
    }
    painter->setOpacity(opacity);
}

void MarkItem::paintFork(QPainter& painter, const Mark& mark) const
{
    using enum journey::OperatorType;
    const auto colour = theme::operatorColour(mark.type);
    const auto centre = mark.centre;
    const bool fork = mark.kind == Mark::Kind::Fork;
    painter.setPen(QPen(colour, 1.6));
    painter.setBrush(theme::surface());
    switch (mark.type) {
    case Parallel:
    case KofN:
        return paintBar(painter, mark);
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

void MarkItem::paintBar(QPainter& painter, const Mark& mark) const
{
    const auto colour = canvas::soft(theme::operatorColour(mark.type));
    const bool all = mark.type == journey::OperatorType::Parallel;
    const double half = all ? 3 : 2.5;
    const QRectF bar(mark.centre.x() - half, mark.top - 14, 2 * half, mark.bottom - mark.top + 28);
    painter.setPen(QPen(colour, all ? 0 : 1.3));
    painter.setBrush(all ? colour : theme::surface());
    painter.drawRoundedRect(bar, half, half);
    if (mark.text.isEmpty())
        return;
    const QRectF pill(mark.centre.x() - 16, mark.centre.y() - 11, 32, 22);
    painter.setPen(QPen(colour, 1.3));
    painter.drawRoundedRect(pill, 11, 11);
    if (scaleOf(painter) < canvas::textScale * 2)
        return;
    auto font = m_style.small;
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(canvas::ink(colour));
    painter.drawText(pill, Qt::AlignCenter, mark.text);
}

} // namespace emac::widgets
