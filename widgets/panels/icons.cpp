// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/icons.h"

#include "widgets/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

#include <numbers>

namespace emac::widgets::icons {

namespace {

constexpr double grid = 16; ///< all signs are designed on a square of this many units
constexpr double strokeWidth = 1.8;

enum class Sign
{
    Tick,
    Exclamation,
    Cross,
    Dash,
    Letter
};

QPainterPath signPath(Sign sign)
{
    QPainterPath path;
    switch (sign) {
    case Sign::Tick:
        path.moveTo(4.6, 8.4);
        path.lineTo(7.1, 10.9);
        path.lineTo(11.6, 5.6);
        break;
    case Sign::Exclamation:
        path.moveTo(8, 4.3);
        path.lineTo(8, 8.9);
        path.moveTo(8, 11.7);
        path.lineTo(8, 11.75);
        break;
    case Sign::Cross:
        path.moveTo(5.4, 5.4);
        path.lineTo(10.6, 10.6);
        path.moveTo(10.6, 5.4);
        path.lineTo(5.4, 10.6);
        break;
    case Sign::Dash:
        path.moveTo(4.8, 8);
        path.lineTo(11.2, 8);
        break;
    case Sign::Letter:
        path.moveTo(8, 4.3);
        path.lineTo(8, 4.35);
        path.moveTo(8, 7.3);
        path.lineTo(8, 11.7);
        break;
    }
    return path;
}

QPainterPath octagon()
{
    QPolygonF corners;
    for (int i = 0; i < 8; ++i) {
        const double angle = std::numbers::pi / 8 * (2 * i + 1);
        corners << QPointF(8 + 7.4 * std::cos(angle), 8 + 7.4 * std::sin(angle));
    }
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

QPainterPath triangle()
{
    QPainterPath path;
    path.moveTo(8, 1.2);
    path.lineTo(15.4, 14.4);
    path.lineTo(0.6, 14.4);
    path.closeSubpath();
    return path;
}

QPainterPath disc()
{
    QPainterPath path;
    path.addEllipse(QPointF(8, 8), 7.3, 7.3);
    return path;
}

void paint(QPainter& painter, const QRectF& rectangle, const QPainterPath& shape, const QPainterPath& sign,
           const QColor& ground, const QColor& stroke)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(rectangle.topLeft());
    painter.scale(rectangle.width() / grid, rectangle.height() / grid);
    painter.fillPath(shape, ground);
    painter.strokePath(sign, QPen(stroke, strokeWidth, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.restore();
}

/// Pixmaps for one and two device pixels a pixel, at the sizes that lists and menus ask for.
template<typename Draw>
QIcon rendered(const Draw& draw)
{
    QIcon icon;
    for (const int size : {16, 24, 32, 48}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        draw(painter, QRectF(0, 0, size, size));
        painter.end();
        icon.addPixmap(pixmap);
        icon.addPixmap(pixmap, QIcon::Selected); // not tinted
    }
    return icon;
}

Sign verdictSign(std::optional<governance::Verdict> verdict)
{
    if (!verdict)
        return Sign::Dash;
    switch (*verdict) {
    case governance::Verdict::Pass:
        return Sign::Tick;
    case governance::Verdict::Review:
        return Sign::Exclamation;
    case governance::Verdict::Fail:
        break;
    }
    return Sign::Cross;
}

} // namespace

void paintVerdict(QPainter& painter, const QRectF& rectangle, std::optional<governance::Verdict> verdict,
                  const QColor& ground, const QColor& stroke)
{
    paint(painter, rectangle, disc(), signPath(verdictSign(verdict)), ground, stroke);
}

QIcon severity(base::Severity severity)
{
    return rendered([severity](QPainter& painter, const QRectF& rectangle) {
        switch (severity) {
        case base::Severity::Error:
            paint(painter, rectangle, octagon(), signPath(Sign::Cross), theme::bad(), Qt::white);
            break;
        case base::Severity::Warning:
            paint(painter, rectangle, triangle(), signPath(Sign::Exclamation).translated(0, 1.2), theme::warning(),
                  Qt::white);
            break;
        case base::Severity::Note:
            paint(painter, rectangle, disc(), signPath(Sign::Letter), theme::optimistic(), Qt::white);
            break;
        }
    });
}

QIcon verdict(std::optional<governance::Verdict> verdict)
{
    return rendered([verdict](QPainter& painter, const QRectF& rectangle) {
        paintVerdict(painter, rectangle, verdict, theme::verdictColour(verdict), Qt::white);
    });
}

} // namespace emac::widgets::icons
