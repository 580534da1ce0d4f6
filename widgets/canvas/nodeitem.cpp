// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/nodeitem.h"

#include "widgets/canvas/glyphs.h"
#include "widgets/canvas/tailmark.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionGraphicsItem>

#include <algorithm>

namespace emac::widgets {

namespace {

/// What is painted beyond the box: outline, badges, shadow.
constexpr double overhang = 10;
constexpr double shortDetail = 32; ///< pixels: ×3, 2 of 3

double scaleOf(const QPainter& painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform());
}

} // namespace

NodeItem::NodeItem(journey::NodeId id, const CanvasStyle& style) : m_id(id), m_style(style)
{
    setFlag(ItemIsSelectable);
    setAcceptHoverEvents(true);
}

bool NodeItem::setLook(const Look& look)
{
    if (look == m_look)
        return false;
    m_look = look;
    setToolTip(look.toolTip);
    update();
    return true;
}

void NodeItem::setBox(const QRectF& box, Motion motion)
{
    if (box == this->box() && !isGliding())
        return;
    const bool fresh = m_size.isEmpty();
    const auto from = fresh || motion == Motion::Jump ? box : shownBox();
    prepareGeometryChange();
    if (motion == Motion::Glide)
        beginGlide(fresh);
    else
        rest();
    m_from = from;
    m_size = box.size();
    setPos(box.topLeft());
    update();
}

void NodeItem::glided()
{
    if (!isGliding()) {
        prepareGeometryChange();
        m_from = box();
    }
    update();
}

QRectF NodeItem::disclosure() const
{
    return localDisclosure(m_size).translated(pos());
}

void NodeItem::setRelated(bool related)
{
    if (related != m_related)
        update();
    m_related = related;
}

QRectF NodeItem::boundingRect() const
{
    return QRectF(QPointF(), m_size)
        .united(m_from.translated(-pos()))
        .adjusted(-overhang, -overhang, overhang, overhang);
}

QPainterPath NodeItem::shape() const
{
    QPainterPath path;
    path.addRect(QRectF(QPointF(), m_size));
    return path;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* /*option*/, QWidget* /*widget*/)
{
    if (!isGliding())
        return paintContent(*painter);
    painter->save();
    painter->setOpacity(painter->opacity() * opacityShown());
    painter->translate(shownBox().topLeft() - pos());
    paintContent(*painter);
    painter->restore();
}

void NodeItem::paintDisclosure(QPainter& painter, bool open) const
{
    const auto square = localDisclosure(local().size());
    if (square.isEmpty())
        return;
    const auto centre = square.center();
    constexpr double reach = 3.6;
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_hovered ? theme::accent() : canvas::ink(theme::operatorColour(m_look.type)));
    painter.drawPolygon(open ? QPolygonF{centre + QPointF(-reach, -reach / 2), centre + QPointF(reach, -reach / 2),
                                         centre + QPointF(0, reach * 0.8)}
                             : QPolygonF{centre + QPointF(-reach / 2, -reach), centre + QPointF(reach * 0.8, 0),
                                         centre + QPointF(-reach / 2, reach)});
}

void NodeItem::paintOutline(QPainter& painter, double radius) const
{
    if (!isSelected() && !m_related && !m_hovered)
        return;
    // At least two pixels on the screen, however far away.
    const double width = std::clamp(2.0 / scaleOf(painter), 2.0, overhang / 2);
    const auto colour = isSelected() ? theme::accent() : canvas::tint(theme::accent(), m_related ? 0.6 : 0.35);
    painter.setPen(QPen(colour, width, m_related && !isSelected() ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(Qt::NoBrush);
    const double out = width / 2 + 1;
    if (isSelected()) { // a glow, so that the outline also tells itself from a frame of the same hue
        painter.setPen(QPen(canvas::tint(theme::accent(), 0.2), overhang - 1));
        painter.drawRoundedRect(local().adjusted(-out, -out, out, out), radius + out, radius + out);
        painter.setPen(QPen(colour, width));
    }
    painter.drawRoundedRect(local().adjusted(-out, -out, out, out), radius + out, radius + out);
}

void NodeItem::paintBadges(QPainter& painter, double right) const
{
    for (const auto badge : worstFirst) {
        if (!m_look.badges.testFlag(badge))
            continue;
        right -= canvas::badgeSize;
        const QRectF square(right, -canvas::badgeSize / 2, canvas::badgeSize, canvas::badgeSize);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme::surface());
        painter.drawEllipse(square.adjusted(-1, -1, 1, 1));
        glyphs::paintBadge(painter, square, badge);
        right -= 3;
    }
}

QColor NodeItem::numbersColour() const
{
    if (m_look.stale)
        return canvas::flow();
    if (m_look.badges.testFlag(Badge::NotStated))
        return theme::warning();
    return m_look.heat && *m_look.heat > 1 ? theme::bad() : theme::mutedText();
}

void NodeItem::hoverEnterEvent(QGraphicsSceneHoverEvent* event)
{
    m_hovered = true;
    update();
    QGraphicsItem::hoverEnterEvent(event);
}

void NodeItem::hoverLeaveEvent(QGraphicsSceneHoverEvent* event)
{
    m_hovered = false;
    update();
    QGraphicsItem::hoverLeaveEvent(event);
}

void CardItem::paintContent(QPainter& painter)
{
    const double scale = scaleOf(painter);
    paintGround(painter, scale);
    if (scale >= canvas::textScale / 2)
        paintHeat(painter, scale);
    if (scale >= canvas::textScale)
        paintText(painter, scale);
    if (scale >= canvas::smallTextScale / 2)
        paintBadges(painter, local().right() - 8);
    paintOutline(painter, canvas::cardRadius);
    if (look().tail && scale >= canvas::textScale / 2)
        paintTailMark(painter, local(), *look().tail, style(), scale);
}

void CardItem::paintGround(QPainter& painter, double scale) const
{
    const auto box = local();
    const double width = std::max(1.0, 0.8 / scale);
    const auto colour = theme::operatorColour(look().type);
    if (scale < canvas::textScale) { // thousands may be in sight, and nobody can see a corner
        painter.setPen(QPen(look().closed ? canvas::tint(colour, 0.6) : theme::border(), 0));
        painter.setBrush(theme::surface());
        painter.drawRect(box);
        if (look().closed)
            painter.fillRect(box, canvas::tint(colour, 0.15));
        return;
    }
    painter.setPen(Qt::NoPen);
    if (!look().loose) {
        painter.setBrush(canvas::tint(theme::text(), 0.05));
        painter.drawRoundedRect(box.translated(0, 2), canvas::cardRadius, canvas::cardRadius);
    }
    QPen edge(look().closed ? canvas::tint(colour, 0.6) : theme::border(), width);
    if (look().loose) {
        edge = QPen(theme::mutedText(), width);
        edge.setDashPattern({5, 4});
    }
    painter.setPen(edge);
    painter.setBrush(theme::surface());
    if (look().type == journey::OperatorType::Use || look().closed) // a sheet behind: there is more inside
        painter.drawRoundedRect(box.adjusted(5, -5, 5, -5), canvas::cardRadius, canvas::cardRadius);
    painter.drawRoundedRect(box, canvas::cardRadius, canvas::cardRadius);
    if (look().closed) {
        painter.setBrush(canvas::tint(colour, 0.075));
        painter.drawRoundedRect(box, canvas::cardRadius, canvas::cardRadius);
    }
}

QRectF CardItem::localDisclosure(const QSizeF& size) const
{
    if (!look().closed || !style().disclosure)
        return {};
    const double middle = (size.height() - 5 - style().smallMetrics.height()) / 2;
    return {canvas::cardPadding - 5, middle - 8, 16, 16};
}

void CardItem::paintIcon(QPainter& painter, const QRectF& square) const
{
    const auto colour = theme::operatorColour(look().type);
    if (look().closed)
        glyphs::paintOperator(painter, square, look().type, colour);
    else
        glyphs::paintComponent(painter, square, look().external, look().type == journey::OperatorType::Use, colour);
}

/// Its font's height, left of it the icon.
QRectF CardItem::localNameBox() const
{
    const double left = canvas::cardPadding + (look().closed ? style().disclosureWidth() : 0);
    const double textLeft = left + canvas::iconSize + canvas::cardPadding;
    const double width = local().width() - textLeft - canvas::cardPadding;
    const double top = (local().height() - 5 - style().nameMetrics.height() - style().smallMetrics.height() - 1) / 2;
    return {textLeft, top, width, style().nameMetrics.height()};
}

void CardItem::paintText(QPainter& painter, double scale) const
{
    if (look().closed)
        paintDisclosure(painter, false);
    if (scale < canvas::smallTextScale)
        return paintName(painter, canvas::smallTextScale / scale);
    const auto nameLine = localNameBox();
    const double width = nameLine.width();
    const QRectF numberLine(nameLine.left(), nameLine.bottom() + 1, width, style().smallMetrics.height());

    const double iconLeft = nameLine.left() - canvas::cardPadding - canvas::iconSize;
    paintIcon(painter, {iconLeft, nameLine.top() + 1, canvas::iconSize, canvas::iconSize});
    painter.setFont(style().name);
    painter.setPen(theme::text());
    painter.drawText(nameLine, Qt::AlignLeft | Qt::AlignVCenter,
                     style().nameMetrics.elidedText(look().title, Qt::ElideMiddle, width));
    painter.setFont(style().small);
    painter.setPen(theme::mutedText());
    if (!look().detail.isEmpty())
        painter.drawText(numberLine, Qt::AlignRight | Qt::AlignVCenter, look().detail);
    const double taken =
        look().detail.isEmpty() ? 0 : style().smallMetrics.horizontalAdvance(look().detail) + theme::unit;
    painter.setPen(numbersColour());
    painter.drawText(numberLine, Qt::AlignLeft | Qt::AlignVCenter,
                     style().smallMetrics.elidedText(look().numbers, Qt::ElideRight, width - taken));
}

/// From afar: the name alone, as large as the card allows, on two lines where it breaks well.
void CardItem::paintName(QPainter& painter, double wanted) const
{
    const auto box = local().adjusted(look().closed ? style().disclosureWidth() + 5 : 5, 0, -5, -9);
    for (double factor = std::min(wanted, 1.5);; factor -= 0.1) {
        const auto font = theme::scaled(style().name, std::max(factor, 1.0));
        const QFontMetricsF metrics(font);
        const auto wrapped = metrics.boundingRect(box, Qt::AlignCenter | Qt::TextWordWrap, look().title);
        if (factor > 1 && (wrapped.width() > box.width() || wrapped.height() > box.height()))
            continue;
        painter.setFont(font);
        painter.setPen(theme::text());
        const bool fits = wrapped.width() <= box.width() && wrapped.height() <= box.height();
        painter.drawText(box, Qt::AlignCenter | (fits ? Qt::TextWordWrap : 0),
                         fits ? look().title : metrics.elidedText(look().title, Qt::ElideMiddle, box.width()));
        return;
    }
}

void CardItem::paintHeat(QPainter& painter, double scale) const
{
    if (!look().heat)
        return;
    const double height = std::clamp(2 / scale, 3.0, 6.0);
    const QRectF track(canvas::cardPadding, local().bottom() - 6 - height, local().width() - 2 * canvas::cardPadding,
                       height);
    painter.setPen(Qt::NoPen);
    painter.setBrush(canvas::tint(theme::border(), 0.6));
    painter.drawRoundedRect(track, height / 2, height / 2);
    QRectF filled = track;
    filled.setWidth(std::max(track.height(), track.width() * std::min(1.0, *look().heat)));
    painter.setBrush(look().stale ? canvas::flow() : canvas::heat(*look().heat));
    painter.drawRoundedRect(filled, height / 2, height / 2);
}

void FrameItem::setFrame(const QRectF& box, const std::optional<layout::Drawing::Ports>& ports, Motion motion)
{
    const bool had = m_ports.has_value();
    const auto shown = had ? shownPorts() : Ports{};
    setBox(box, motion);
    std::optional<Ports> set;
    if (ports)
        set = Ports{QPointF(ports->fork.x, ports->fork.y) - pos(), QPointF(ports->join.x, ports->join.y) - pos()};
    const auto same = [](const Ports& a, const Ports& b) { return a.fork == b.fork && a.join == b.join; };
    if (set.has_value() == m_ports.has_value() && (!set || same(*set, *m_ports)) && !isGliding())
        return;
    m_ports = set;
    m_portsFrom = had || !set ? shown : *set;
    update();
}

QRectF FrameItem::localDisclosure(const QSizeF& /*size*/) const
{
    if (!style().disclosure)
        return {};
    return {canvas::cardPadding - 5, (style().layout.headerHeight - 16) / 2, 16, 16};
}

void FrameItem::paintContent(QPainter& painter)
{
    const double scale = scaleOf(painter);
    const auto box = local();
    const auto colour = theme::operatorColour(look().type);
    QPen edge(canvas::tint(colour, 0.45), std::max(1.2, 0.8 / scale));
    if (look().type == journey::OperatorType::Optional)
        edge.setDashPattern({5, 4});

    if (scale < canvas::textScale) {
        painter.setPen(QPen(canvas::tint(colour, 0.45), 0));
        painter.setBrush(theme::surface());
        painter.drawRect(box);
        painter.fillRect(QRectF(0, 0, box.width(), style().layout.headerHeight), canvas::tint(colour, 0.13));
        return paintOutline(painter, canvas::frameRadius);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::surface());
    painter.drawRoundedRect(box, canvas::frameRadius, canvas::frameRadius);
    painter.setBrush(canvas::tint(colour, 0.055));
    painter.drawRoundedRect(box, canvas::frameRadius, canvas::frameRadius);
    // No clipping here: an SVG file has none.
    painter.setBrush(canvas::tint(colour, 0.075));
    painter.drawPath(headerPath());
    if (look().heat) {
        const double share = box.width() * std::min(1.0, *look().heat);
        painter.fillRect(QRectF(0, style().layout.headerHeight - 2, share, 2),
                         canvas::tint(look().stale ? canvas::flow() : canvas::heat(*look().heat), 0.8));
    }
    painter.setPen(edge);
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, canvas::frameRadius, canvas::frameRadius);

    if (m_ports) {
        painter.setPen(QPen(canvas::flow(), canvas::lineWidth(scale)));
        const auto ports = shownPorts();
        painter.drawLine(QPointF(0, ports.fork.y()), ports.fork);
        painter.drawLine(ports.join, QPointF(box.right(), ports.join.y()));
    }
    if (scale >= canvas::textScale)
        paintHeader(painter, scale);
    if (scale >= canvas::smallTextScale / 2)
        paintBadges(painter, box.right() - canvas::frameRadius);
    paintOutline(painter, canvas::frameRadius);
}

/// Round above, straight below.
QPainterPath FrameItem::headerPath() const
{
    const double width = local().width();
    const double height = style().layout.headerHeight;
    const double across = 2 * canvas::frameRadius;
    QPainterPath path(QPointF(0, height));
    path.arcTo(QRectF(0, 0, across, across), 180, -90);
    path.arcTo(QRectF(width - across, 0, across, across), 90, -90);
    path.lineTo(width, height);
    path.closeSubpath();
    return path;
}

/// In the header, as wide as the layout reserves for it.
QRectF FrameItem::localNameBox() const
{
    const double left = canvas::cardPadding + style().disclosureWidth() + canvas::glyphSize + theme::unit;
    const double room = local().width() - canvas::cardPadding - left;
    return {left, 0, std::min(room, canvas::titleWidth), style().layout.headerHeight};
}

void FrameItem::paintHeader(QPainter& painter, double scale) const
{
    const auto colour = theme::operatorColour(look().type);
    const double height = style().layout.headerHeight;
    const double glyph = scale < canvas::smallTextScale ? height - 6 : canvas::glyphSize;
    const double left = canvas::cardPadding + style().disclosureWidth();
    paintDisclosure(painter, true);
    glyphs::paintOperator(painter, QRectF(left, (height - glyph) / 2, glyph, glyph), look().type, colour);
    QRectF line(left + glyph + theme::unit, 0, 0, height);
    line.setRight(local().right() - canvas::cardPadding);

    double right = line.right();
    const bool near = scale >= canvas::smallTextScale;
    if (near) {
        painter.setFont(style().small);
        painter.setPen(numbersColour());
        // The title keeps what the layout has reserved for it, and what is as short as ×3 stands beside it.
        double reserved = std::min(style().titleMetrics.horizontalAdvance(look().title), canvas::titleWidth);
        if (const double detail = style().smallMetrics.horizontalAdvance(look().detail); detail <= shortDetail)
            reserved += theme::unit + detail + 1;
        const auto numbers =
            style().smallMetrics.elidedText(look().numbers, Qt::ElideRight, line.width() - reserved - theme::unit);
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, numbers);
        right -= style().smallMetrics.horizontalAdvance(numbers) + theme::unit;
    }
    auto font = style().title;
    if (!near)
        font = theme::scaled(font, std::min(canvas::smallTextScale / scale, 1.5));
    const QFontMetricsF metrics(font);
    const auto title = metrics.elidedText(look().title, Qt::ElideMiddle, right - line.left());
    painter.setFont(font);
    painter.setPen(canvas::ink(colour));
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, title);
    line.setLeft(line.left() + metrics.horizontalAdvance(title) + theme::unit);
    line.setRight(right);
    if (near && !look().detail.isEmpty() && line.width() > 0) {
        painter.setFont(style().small);
        painter.setPen(canvas::tint(canvas::ink(colour), 0.85));
        painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                         style().smallMetrics.elidedText(look().detail, Qt::ElideMiddle, line.width()));
    }
}

} // namespace emac::widgets
