// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/glyphs.h"

#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace emac::widgets::glyphs {

namespace {

/// Glyphs are drawn in a square of this size, and scaled.
constexpr double grid = 16;

/// Maps the grid onto the square while it lives, with a round pen.
class Sketch
{
public:
    Sketch(QPainter& painter, const QRectF& square, const QColor& colour, double width = 1.5) : m_painter(painter)
    {
        painter.save();
        painter.translate(square.topLeft());
        painter.scale(square.width() / grid, square.height() / grid);
        painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
    }
    ~Sketch() { m_painter.restore(); }
    Q_DISABLE_COPY_MOVE(Sketch)

private:
    QPainter& m_painter;
};

void fillDot(QPainter& painter, QPointF centre, double radius, const QColor& colour)
{
    painter.save();
    painter.setBrush(colour);
    painter.drawEllipse(centre, radius, radius);
    painter.restore();
}

void head(QPainter& painter, QPointF tip, QPointF back, QPointF side)
{
    painter.drawPolyline(QPolygonF{tip + back + side, tip, tip + back - side});
}

void paintParallel(QPainter& painter)
{
    for (const double y : {3.5, 8.0, 12.5})
        painter.drawLine(QPointF(4, y), QPointF(12, y));
    auto pen = painter.pen();
    pen.setWidthF(2.6);
    painter.setPen(pen);
    painter.drawLine(QPointF(2.5, 2), QPointF(2.5, 14));
    painter.drawLine(QPointF(13.5, 2), QPointF(13.5, 14));
}

void paintRetry(QPainter& painter)
{
    QPainterPath path;
    path.arcMoveTo(QRectF(2.5, 2.5, 11, 11), 40);
    path.arcTo(QRectF(2.5, 2.5, 11, 11), 40, 290);
    painter.drawPath(path);
    painter.drawPolyline(QPolygonF{QPointF(13.2, 1.2), QPointF(12.6, 5.0), QPointF(8.8, 4.4)});
}

void paintFallback(QPainter& painter)
{
    painter.drawLine(QPointF(1.5, 4), QPointF(14, 4));
    head(painter, {14.2, 4}, {-2.8, 0}, {0, 2.4});
    QPainterPath path(QPointF(4.5, 4));
    path.lineTo(4.5, 9.5);
    path.quadTo(4.5, 12.3, 7.3, 12.3);
    path.lineTo(14, 12.3);
    painter.drawPath(path);
    head(painter, {14.2, 12.3}, {-2.8, 0}, {0, 2.4});
}

void paintClock(QPainter& painter)
{
    painter.drawEllipse(QPointF(8, 8.8), 5.8, 5.8);
    painter.drawPolyline(QPolygonF{QPointF(8, 5.4), QPointF(8, 8.8), QPointF(10.4, 10.2)});
    painter.drawLine(QPointF(6.4, 1.2), QPointF(9.6, 1.2));
}

void paintBranch(QPainter& painter)
{
    painter.drawPolygon(QPolygonF{QPointF(1.5, 8), QPointF(5.5, 4), QPointF(9.5, 8), QPointF(5.5, 12)});
    painter.drawPolyline(QPolygonF{QPointF(7.6, 5.6), QPointF(10.4, 2.8), QPointF(14.4, 2.8)});
    painter.drawPolyline(QPolygonF{QPointF(7.6, 10.4), QPointF(10.4, 13.2), QPointF(14.4, 13.2)});
}

void paintSeries(QPainter& painter, const QColor& colour)
{
    fillDot(painter, {2.5, 8}, 1.4, colour);
    painter.drawLine(QPointF(5, 8), QPointF(13.6, 8));
    head(painter, {14, 8}, {-3.4, 0}, {0, 3});
}

void paintDashedBox(QPainter& painter)
{
    auto pen = painter.pen();
    pen.setDashPattern({1.6, 1.9});
    painter.setPen(pen);
    painter.drawRoundedRect(QRectF(1.8, 3.2, 12.4, 9.6), 2.4, 2.4);
}

} // namespace

void paintFlag(QPainter& painter, const QRectF& square, const QColor& colour)
{
    const Sketch sketch(painter, square, colour);
    painter.drawLine(QPointF(2.6, 1.8), QPointF(2.6, 14.6));
    const QRectF cloth(2.6, 1.8, 11.4, 7.6);
    const double width = cloth.width() / 4;
    const double height = cloth.height() / 3;
    painter.setPen(Qt::NoPen);
    for (int row = 0; row < 3; ++row) {
        for (int column = row % 2; column < 4; column += 2)
            painter.fillRect(QRectF(cloth.x() + column * width, cloth.y() + row * height, width, height), colour);
    }
    painter.setPen(QPen(colour, 0.9));
    painter.drawRect(cloth);
}

void paintOperator(QPainter& painter, const QRectF& square, journey::OperatorType type, const QColor& colour)
{
    using enum journey::OperatorType;
    if (type == Race)
        return paintFlag(painter, square, colour);
    if (type == Call || type == Use)
        return paintComponent(painter, square, false, type == Use, colour);
    const Sketch sketch(painter, square, colour);
    switch (type) {
    case Parallel:
        return paintParallel(painter);
    case KofN:
        fillDot(painter, {8, 3.6}, 2.3, colour);
        fillDot(painter, {3.6, 11.6}, 2.3, colour);
        return painter.drawEllipse(QPointF(12.4, 11.6), 2.3, 2.3);
    case Branch:
        return paintBranch(painter);
    case Retry:
        return paintRetry(painter);
    case Fallback:
        return paintFallback(painter);
    case Timeout:
        return paintClock(painter);
    case Optional:
        return paintDashedBox(painter);
    default:
        return paintSeries(painter, colour);
    }
}

void paintComponent(QPainter& painter, const QRectF& square, bool external, bool fragment, const QColor& colour)
{
    const Sketch sketch(painter, square, colour, 1.4);
    if (fragment) { // sheets, one upon another
        painter.drawRoundedRect(QRectF(2, 5.4, 9.2, 8.6), 1.8, 1.8);
        painter.drawPolyline(QPolygonF{QPointF(5, 2.4), QPointF(12.4, 2.4), QPointF(14, 4), QPointF(14, 11)});
    } else if (external) { // a box that is left
        painter.drawPolyline(
            QPolygonF{QPointF(7, 3.4), QPointF(2.6, 3.4), QPointF(2.6, 13.4), QPointF(12.6, 13.4), QPointF(12.6, 9)});
        painter.drawLine(QPointF(7.4, 8.6), QPointF(13.6, 2.4));
        painter.drawPolyline(QPolygonF{QPointF(9.6, 2.2), QPointF(13.8, 2.2), QPointF(13.8, 6.4)});
    } else { // a rack of two
        for (const double y : {2.4, 8.8}) {
            painter.drawRoundedRect(QRectF(2, y, 12, 4.8), 1.6, 1.6);
            fillDot(painter, {4.8, y + 2.4}, 0.5, colour);
            painter.drawLine(QPointF(8.6, y + 2.4), QPointF(11.4, y + 2.4));
        }
    }
}

void paintBadge(QPainter& painter, const QRectF& square, Badge badge)
{
    const auto ground = badge == Badge::Error        ? theme::bad()
                        : badge == Badge::Overridden ? theme::mutedText()
                                                     : theme::warning();
    const Sketch sketch(painter, square, theme::surface(), 1.7);
    painter.setBrush(ground);
    painter.drawEllipse(QPointF(8, 8), 7.4, 7.4);
    painter.setBrush(Qt::NoBrush);
    switch (badge) {
    case Badge::Overridden: // a pencil's stroke
        painter.drawLine(QPointF(5.2, 10.8), QPointF(10.4, 5.6));
        painter.drawLine(QPointF(9.2, 11), QPointF(11.2, 11));
        break;
    case Badge::UnknownDomain: { // a question mark
        QPainterPath path(QPointF(5.9, 6.3));
        path.cubicTo(5.9, 3.2, 10.3, 3.4, 10.1, 6.1);
        path.cubicTo(10, 7.7, 8, 7.7, 8, 9.3);
        painter.drawPath(path);
        painter.drawPoint(QPointF(8, 11.9));
        break;
    }
    case Badge::NotStated: // empty
        painter.drawEllipse(QPointF(8, 8), 3, 3);
        painter.drawLine(QPointF(5.2, 10.8), QPointF(10.8, 5.2));
        break;
    case Badge::Warning:
    case Badge::Error:
        painter.drawLine(QPointF(8, 4.4), QPointF(8, 8.8));
        painter.drawPoint(QPointF(8, 11.6));
        break;
    }
}

} // namespace emac::widgets::glyphs
