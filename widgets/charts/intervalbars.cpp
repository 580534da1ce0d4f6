// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalbars.h"

#include "widgets/common/format.h"
#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace emac::widgets {

namespace {

constexpr double tallestRow = 5 * theme::unit;
constexpr double barHeight = 1.25 * theme::unit;
constexpr double endWidth = 3;
constexpr double gap = theme::unit;
constexpr double indent = 1.5 * theme::unit;

QFont labelFont(const IntervalRow& row)
{
    return theme::font(theme::TextSize::Body, row.depth < 2 ? QFont::DemiBold : QFont::Normal);
}

QFont valueFont()
{
    return theme::numberFont(theme::TextSize::Body);
}

double width(const QFont& font, const QString& text)
{
    return QFontMetricsF(font).horizontalAdvance(text);
}

QColor mixed(const QColor& colour, const QColor& ground, double share)
{
    const auto channel = [share](int a, int b) { return qRound(a * share + b * (1 - share)); };
    return QColor(channel(colour.red(), ground.red()), channel(colour.green(), ground.green()),
                  channel(colour.blue(), ground.blue()));
}

QString notComputed()
{
    return QCoreApplication::translate("emac::chart", "A⁺ not computed");
}

bool samePoint(const IntervalRow& row)
{
    return row.best && availabilityText(*row.best) == availabilityText(row.worst);
}

QString bestText(const IntervalRow& row)
{
    return row.best ? availabilityText(*row.best) : notComputed();
}

} // namespace

IntervalBars::IntervalBars(QGraphicsItem* parent) : QGraphicsItem(parent)
{
    setZValue(100);
}

void IntervalBars::show(const IntervalContent& content, const nines::Scale& scale, const QRectF& plot, int first,
                        int visible)
{
    prepareGeometryChange();
    m_content = content;
    m_scale = scale;
    m_plot = plot;
    m_first = first;
    m_visible = visible;
    update();
}

void IntervalBars::setHovered(int row)
{
    if (row == m_hovered)
        return;
    m_hovered = row;
    update();
}

double IntervalBars::labelColumn(const std::vector<IntervalRow>& rows, double most)
{
    double widest = 0;
    for (const auto& row : rows)
        widest = std::max(widest, width(labelFont(row), row.label) + (row.depth == 2 ? indent : 0));
    return std::min(widest, most);
}

double IntervalBars::worstTextWidth(const IntervalRow& row)
{
    return !row.known || samePoint(row) ? endWidth : width(valueFont(), availabilityText(row.worst)) + gap + endWidth;
}

double IntervalBars::bestTextWidth(const IntervalRow& row)
{
    return row.known ? width(valueFont(), bestText(row)) + gap + endWidth : endWidth;
}

double IntervalBars::rowHeight() const
{
    return m_visible > 0 ? std::min(tallestRow, m_plot.height() / m_visible) : tallestRow;
}

QRectF IntervalBars::rowRectangle(int row) const
{
    const int place = row - m_first;
    if (place < 0 || place >= m_visible)
        return {};
    const auto height = rowHeight();
    return {gap, m_plot.top() + place * height, m_plot.right() - gap, height};
}

QRectF IntervalBars::boundingRect() const
{
    return {0, 0, m_plot.right() + 4 * theme::unit, m_plot.bottom() + theme::unit};
}

double IntervalBars::xOf(double unavailability) const
{
    const double at = std::clamp(nines::position(unavailability), m_scale.clipLow, m_scale.clipHigh);
    return m_plot.left() + (at - m_scale.range.from) / m_scale.range.span() * m_plot.width();
}

void IntervalBars::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    if (m_content.rows.empty() || m_plot.width() <= 0)
        return;
    painter->setRenderHint(QPainter::Antialiasing);
    const int last = std::min(m_first + m_visible, static_cast<int>(m_content.rows.size()));
    for (int row = m_first; row < last; ++row)
        paintRow(*painter, row);
    paintObjective(*painter);
}

void IntervalBars::paintRow(QPainter& painter, int index) const
{
    const auto& row = m_content.rows[static_cast<std::size_t>(index)];
    const auto area = rowRectangle(index);
    const bool stale = m_content.stale;
    auto ground = theme::surface();
    if (index == m_hovered || (row.element == m_content.selected && row.depth > 0)) {
        const double share = index == m_hovered ? 0.12 : 0.08;
        auto tint = theme::accent();
        tint.setAlphaF(static_cast<float>(share));
        painter.setPen(Qt::NoPen);
        painter.setBrush(tint);
        painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), theme::unit / 2.0, theme::unit / 2.0);
        ground = mixed(theme::accent(), ground, share);
    }

    painter.setFont(labelFont(row));
    painter.setPen(stale ? theme::mutedText() : theme::text());
    const double left = area.left() + (row.depth == 2 ? indent : 0);
    const double room = m_plot.left() - gap - left;
    painter.drawText(QRectF(left, area.top(), room, area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(labelFont(row)).elidedText(row.label, Qt::ElideRight, room));
    if (!row.known)
        return;

    const auto pessimistic = stale ? theme::mutedText() : theme::pessimistic();
    const auto optimistic = stale ? theme::mutedText() : theme::optimistic();
    const auto between = stale ? theme::border() : theme::interval();
    const double middle = area.center().y();
    const double worst = xOf(row.worst);
    const double best = row.best ? std::max(xOf(*row.best), worst) : worst;
    const bool point = samePoint(row) || (row.best && best - worst < endWidth);
    const auto end = [&](double x, const QColor& colour) {
        painter.fillRect(QRectF(x - endWidth / 2, middle - barHeight, endWidth, 2 * barHeight), colour);
    };
    const auto arrow = [&](double x, double direction, const QColor& colour) {
        const QPointF tip(x + direction * barHeight, middle);
        const QPointF corners[] = {tip, {x, middle - barHeight / 1.3}, {x, middle + barHeight / 1.3}};
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawPolygon(corners, 3);
    };
    if (!point && row.best)
        painter.fillRect(QRectF(worst, middle - barHeight / 2, best - worst, barHeight), between);
    if (!row.best) {
        painter.setPen(QPen(between, 2, Qt::DotLine));
        painter.drawLine(QPointF(worst, middle), QPointF(m_plot.right(), middle));
    }
    const bool clippedLow = nines::position(row.worst) < m_scale.clipLow;
    const bool clippedHigh = row.best && nines::position(*row.best) > m_scale.clipHigh;
    if (clippedLow)
        arrow(worst, -1, pessimistic);
    else if (point && clippedHigh)
        arrow(worst, 1, stale ? pessimistic : theme::text());
    else
        end(worst, point && !stale ? theme::text() : pessimistic);
    if (!point && row.best)
        clippedHigh ? arrow(best, 1, optimistic) : end(best, optimistic);

    painter.setFont(valueFont());
    const double tall = QFontMetricsF(valueFont()).height();
    const auto value = [&](double left, const QString& text, const QColor& ink) {
        const QRectF box(left, middle - tall / 2, width(valueFont(), text), tall);
        painter.fillRect(box.adjusted(-2, 0, 2, 0), ground); // grid and objective do not cross the text
        painter.setPen(ink);
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, text);
    };
    if (!samePoint(row)) {
        const auto text = availabilityText(row.worst);
        value(worst - gap - (clippedLow ? barHeight : endWidth) - width(valueFont(), text), text, pessimistic);
    }
    value(best + gap + (clippedHigh ? barHeight : endWidth), bestText(row),
          stale || !row.best ? theme::mutedText()
          : samePoint(row)   ? theme::text()
                             : optimistic);
}

void IntervalBars::paintObjective(QPainter& painter) const
{
    if (!m_content.objective)
        return;
    const auto font = theme::font(theme::TextSize::Small, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double x = xOf(*m_content.objective);
    const double wide = metrics.horizontalAdvance(m_content.objectiveLabel);
    const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, m_plot.right() - wide));
    painter.setFont(font);
    painter.setPen(m_content.stale ? theme::mutedText() : theme::objective());
    painter.drawText(QPointF(left, m_plot.top() - metrics.descent() - 2), m_content.objectiveLabel);
}

} // namespace emac::widgets
