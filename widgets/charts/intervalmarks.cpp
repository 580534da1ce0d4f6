// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalmarks.h"

#include "widgets/common/figures.h"
#include "widgets/common/theme.h"

#include <QPolygonF>

#include <algorithm>

namespace emac::widgets::marks {

namespace {

constexpr double capHeight = 5;
constexpr double tickSize = 5;

void paintArrow(QPainter& painter, double x, double middle, double direction, double size, const QColor& colour)
{
    const QPointF corners[] = {{x + direction * size, middle}, {x, middle - size / 1.3}, {x, middle + size / 1.3}};
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(corners, 3);
}

void paintCap(QPainter& painter, double x, double middle, double direction, bool clipped, const QColor& colour)
{
    if (clipped) {
        paintArrow(painter, x, middle, direction, capHeight + 1, colour);
        return;
    }
    painter.setPen(QPen(colour, 1.5));
    painter.drawLine(QPointF(x, middle - capHeight), QPointF(x, middle + capHeight));
}

void paintBar(QPainter& painter, const Places& places, double middle, double right, bool stale)
{
    const auto pessimistic = stale ? theme::mutedText() : theme::pessimistic();
    const auto optimistic = stale ? theme::mutedText() : theme::optimistic();
    const auto both = stale ? theme::mutedText() : theme::text();
    const auto between = stale ? theme::border() : theme::interval();
    const bool point = places.isPoint();
    if (!places.best) {
        painter.setPen(QPen(between, 2, Qt::DotLine));
        painter.drawLine(QPointF(places.worst, middle), QPointF(right, middle));
    } else if (places.isOpen) {
        painter.setPen(QPen(between, 2, Qt::DotLine));
        painter.drawLine(QPointF(places.worst, middle), QPointF(*places.best, middle));
    } else if (!point) {
        painter.fillRect(QRectF(places.worst, middle - barHeight / 2, *places.best - places.worst, barHeight), between);
    }
    if (places.isUnknown)
        return;
    if (places.isOpen) {
        // It begins anywhere.
    } else if (places.worstClipped)
        paintArrow(painter, places.worst, middle, -1, barHeight, pessimistic);
    else if (places.worstCertain)
        paintArrow(painter, places.worst, middle, 1, barHeight, point ? both : pessimistic);
    else
        paintEnd(painter, places.worst, middle, point ? both : pessimistic);
    if (point || !places.best)
        return;
    if (places.bestClipped)
        paintArrow(painter, *places.best, middle, 1, barHeight, optimistic);
    else
        paintEnd(painter, *places.best, middle, optimistic);
}

} // namespace

double xOf(double unavailability, const nines::Scale& scale, double left, double width)
{
    const double at = std::clamp(nines::position(unavailability), scale.clipLow, scale.clipHigh);
    return left + (at - scale.range.from) / scale.range.span() * width;
}

Places placesOf(const analysis::NodeAvailability& values, const nines::Scale& scale, double left, double width)
{
    const auto x = [&](double q) { return xOf(q, scale, left, width); };
    const auto low = [&](double q) { return nines::position(q) < scale.clipLow; };
    const auto high = [&](double q) { return nines::position(q) > scale.clipHigh; };
    const auto& envelope = values.envelope.failure;
    Places places;
    places.worst = x(values.sharedFate.worst);
    places.worstClipped = low(values.sharedFate.worst);
    places.worstCertain = high(values.sharedFate.worst);
    if (values.independent) {
        places.best = std::max(x(values.independent->best), places.worst);
        places.bestClipped = high(values.independent->best);
    }
    if (values.commonCause)
        places.commonCause = x(*values.commonCause);
    places.lowest = x(envelope.worst);
    places.highest = x(envelope.best);
    places.lowestClipped = low(envelope.worst);
    places.highestClipped = high(envelope.best);
    places.isOpen = isOpen(values);
    places.isUnknown = isUnknown(values);
    places.sharp = values.envelope.sharp;
    return places;
}

void paint(QPainter& painter, const Places& places, double middle, double right, bool stale)
{
    paintWhisker(painter, places, middle, stale ? theme::border() : whiskerColour());
    paintBar(painter, places, middle, right, stale);
    if (places.commonCause)
        paintTick(painter, *places.commonCause, middle, stale ? theme::mutedText() : tickColour());
}

void paintEnd(QPainter& painter, double x, double middle, const QColor& colour)
{
    painter.fillRect(QRectF(x - endWidth / 2, middle - barHeight, endWidth, 2 * barHeight), colour);
}

void paintWhisker(QPainter& painter, const Places& places, double middle, const QColor& colour)
{
    // An arrow is longer than the line that it ends.
    const bool left = places.whiskerLeft() || (places.lowestClipped && !places.worstClipped);
    const bool right = places.whiskerRight() || (places.highestClipped && !places.bestClipped && !places.worstCertain);
    QPen pen(colour, 1.5);
    pen.setCapStyle(Qt::FlatCap);
    if (!places.sharp)
        pen.setDashPattern({3, 2});
    const double best = places.best.value_or(places.worst);
    if (left) {
        painter.setPen(pen);
        painter.drawLine(QPointF(places.worst, middle), QPointF(places.lowest, middle));
        paintCap(painter, places.lowest, middle, -1, places.lowestClipped, colour);
    }
    if (right) {
        painter.setPen(pen);
        painter.drawLine(QPointF(best, middle), QPointF(places.highest, middle));
        paintCap(painter, places.highest, middle, 1, places.highestClipped, colour);
    }
}

void paintTick(QPainter& painter, double x, double middle, const QColor& colour)
{
    painter.setPen(QPen(colour, 1));
    painter.drawLine(QPointF(x, middle - barHeight), QPointF(x, middle + barHeight));
    const QPolygonF diamond(
        {{x, middle - tickSize}, {x + tickSize, middle}, {x, middle + tickSize}, {x - tickSize, middle}});
    painter.setPen(QPen(theme::surface(), 1));
    painter.setBrush(colour);
    painter.drawPolygon(diamond);
}

QColor whiskerColour()
{
    return theme::mutedText();
}

QColor tickColour()
{
    return theme::commonCause();
}

} // namespace emac::widgets::marks
