// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalbars.h"

#include "widgets/common/theme.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <functional>

namespace emac::widgets {

namespace {

constexpr double tallestRow = 5 * theme::unit;
constexpr double gap = theme::unit;
constexpr double indent = 1.5 * theme::unit;
constexpr std::size_t mostMeasured = 100;

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

bool samePoint(const IntervalRow& row, const AvailabilityDisplay& display)
{
    return row.best() && shortAvailability(*row.best(), display) == shortAvailability(row.worst(), display);
}

QString bestText(const IntervalRow& row, const AvailabilityDisplay& display)
{
    if (!row.best())
        return notComputed();
    if (isUnknown(*row.values))
        return QCoreApplication::translate("emac::chart", "not known");
    const auto text = shortAvailability(*row.best(), display);
    return isOpen(*row.values) ? QCoreApplication::translate("emac::chart", "at most %1").arg(text) : text;
}

/// From the mark at an end of the bar to its text.
double distanceOf(bool arrow)
{
    return gap + (arrow ? marks::barHeight : marks::endWidth);
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

void IntervalBars::setHovered(int row, std::optional<Figure> figure)
{
    if (row == m_hovered && figure == m_hoveredFigure)
        return;
    m_hovered = row;
    m_hoveredFigure = figure;
    update();
}

double IntervalBars::labelColumn(const std::vector<IntervalRow>& rows, double most)
{
    // Measuring takes a while: of many rows only the longest labels, with room for others of as many letters.
    std::vector<const IntervalRow*> longest(rows.size());
    std::ranges::transform(rows, longest.begin(), [](const IntervalRow& row) { return &row; });
    const auto measured = std::min(longest.size(), mostMeasured);
    std::ranges::partial_sort(longest, longest.begin() + static_cast<std::ptrdiff_t>(measured), std::greater(),
                              [](const IntervalRow* row) { return row->label.size(); });
    double widest = 0;
    for (std::size_t i = 0; i < measured; ++i) {
        const auto& row = *longest[i];
        widest = std::max(widest, width(labelFont(row), row.label) + (row.depth == 2 ? indent : 0));
    }
    return std::min(widest + (measured < rows.size() ? theme::unit : 0), most);
}

double IntervalBars::worstTextWidth(const IntervalRow& row, const AvailabilityDisplay& display)
{
    return !row.values || samePoint(row, display) || isOpen(*row.values)
               ? marks::endWidth
               : width(valueFont(), shortAvailability(row.worst(), display)) + gap + marks::endWidth;
}

double IntervalBars::bestTextWidth(const IntervalRow& row, const AvailabilityDisplay& display)
{
    return row.values ? width(valueFont(), bestText(row, display)) + gap + marks::endWidth : marks::endWidth;
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

marks::Places IntervalBars::placesOf(const IntervalRow& row) const
{
    return marks::placesOf(*row.values, m_scale, m_plot.left(), m_plot.width());
}

/// A text rests on the whisker that runs below it; else it stands beside the bar.
IntervalBars::Value IntervalBars::worstValue(int index, const marks::Places& places) const
{
    const auto& row = m_content.rows[static_cast<std::size_t>(index)];
    if (samePoint(row, m_content.display) || places.isOpen)
        return {};
    const auto text = shortAvailability(row.worst(), m_content.display);
    const double tall = QFontMetricsF(valueFont()).height();
    const double wide = width(valueFont(), text);
    const double middle = middleOf(index);
    return {text,
            {places.worst - distanceOf(places.worstClipped) - wide,
             places.whiskerLeft() ? middle - tall - 1 : middle - tall / 2, wide, tall}};
}

IntervalBars::Value IntervalBars::bestValue(int index, const marks::Places& places) const
{
    const auto& row = m_content.rows[static_cast<std::size_t>(index)];
    const auto text = bestText(row, m_content.display);
    const double tall = QFontMetricsF(valueFont()).height();
    const double middle = middleOf(index);
    return {text,
            {places.best.value_or(places.worst) + distanceOf(places.bestClipped || places.worstCertain),
             places.whiskerRight() ? middle - tall - 1 : middle - tall / 2, width(valueFont(), text), tall}};
}

QRectF IntervalBars::figureRectangle(int index, Figure figure) const
{
    if (rowRectangle(index).isEmpty())
        return {};
    const auto& row = m_content.rows[static_cast<std::size_t>(index)];
    if (!row.values)
        return {};
    const auto places = placesOf(row);
    const double middle = middleOf(index);
    const auto line = [middle](double from, double to) {
        return QRectF(from, middle - marks::barHeight / 2, to - from, marks::barHeight).adjusted(-4, 0, 4, 0);
    };
    const double best = places.best.value_or(places.worst);
    switch (figure) {
    case Figure::Pessimistic: {
        const auto value = worstValue(index, places);
        return value.text.isEmpty() ? bestValue(index, places).box : value.box;
    }
    case Figure::Optimistic:
        return row.best() && !samePoint(row, m_content.display) ? bestValue(index, places).box : QRectF();
    case Figure::CommonCause:
        return places.commonCause ? line(*places.commonCause, *places.commonCause) : QRectF();
    case Figure::Lowest:
        return places.whiskerLeft() ? line(places.lowest, places.worst - marks::endWidth - 4) : QRectF();
    case Figure::Highest:
        break;
    }
    return places.whiskerRight() ? line(best + marks::endWidth + 4, places.highest) : QRectF();
}

std::optional<Figure> IntervalBars::figureAt(int row, const QPointF& point) const
{
    for (const auto figure : allFigures) {
        if (figureRectangle(row, figure).contains(point))
            return figure;
    }
    return std::nullopt;
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
    if (!row.values)
        return;
    const auto places = placesOf(row);
    const auto worst = worstValue(index, places);
    const auto best = bestValue(index, places);
    for (const auto& value : {worst, best}) { // grid and objective do not cross the texts
        if (!value.text.isEmpty())
            painter.fillRect(value.box.adjusted(-2, 0, 2, 0), ground);
    }
    marks::paint(painter, places, middleOf(index), m_plot.right(), stale);
    const bool same = samePoint(row, m_content.display);
    paintValue(painter, index, worst, Figure::Pessimistic, theme::pessimistic());
    paintValue(painter, index, best, same ? Figure::Pessimistic : Figure::Optimistic,
               !row.best() || places.isUnknown ? theme::mutedText()
               : same                          ? theme::text()
                                               : theme::optimistic());
}

void IntervalBars::paintValue(QPainter& painter, int row, const Value& value, Figure figure, const QColor& ink) const
{
    if (value.text.isEmpty())
        return;
    auto font = valueFont();
    font.setUnderline(row == m_hovered && figure == m_hoveredFigure);
    painter.setFont(font);
    painter.setPen(m_content.stale ? theme::mutedText() : ink);
    painter.drawText(value.box, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, value.text);
}

void IntervalBars::paintObjective(QPainter& painter) const
{
    if (!m_content.objective)
        return;
    const auto font = theme::font(theme::TextSize::Small, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const double x = marks::xOf(*m_content.objective, m_scale, m_plot.left(), m_plot.width());
    const double wide = metrics.horizontalAdvance(m_content.objectiveLabel);
    const double left = std::clamp(x - wide / 2, 0.0, std::max(0.0, m_plot.right() - wide));
    painter.setFont(font);
    painter.setPen(m_content.stale ? theme::mutedText() : theme::objective());
    painter.drawText(QPointF(left, m_plot.top() - metrics.descent() - 2), m_content.objectiveLabel);
}

} // namespace emac::widgets
