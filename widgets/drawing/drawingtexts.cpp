// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/drawing/drawingtexts.h"

#include "core/journey/paths.h"
#include "widgets/canvas/glyphs.h"
#include "widgets/common/theme.h"
#include "widgets/panels/icons.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::drawing)
};

constexpr double mostHeading = 480; ///< of a fragment

/// Distances go with the type.
double unitOf(const QFont& body)
{
    constexpr double usualSize = 13;
    return theme::unit * body.pixelSize() / usualSize;
}

double wrappedHeight(const QFont& font, const QString& text, double width)
{
    constexpr double anyHeight = 1e5;
    return std::ceil(QFontMetricsF(font).boundingRect(QRectF(0, 0, width, anyHeight), Qt::TextWordWrap, text).height());
}

} // namespace

DrawingHeading::DrawingHeading(const DrawingSubject& subject, const QFont& body)
    : m_unit(unitOf(body))
    , m_title(subject.title)
    , m_words(subject.verdict)
    , m_titleFont(theme::font(body, theme::TextSize::Title, QFont::Bold))
    , m_wordFont(theme::font(body, theme::TextSize::Body, QFont::Bold))
    , m_numbersFont(theme::font(body, theme::TextSize::Heading, QFont::DemiBold))
    , m_reasonFont(body)
{
}

double DrawingHeading::pillHeight() const
{
    return std::ceil(QFontMetricsF(m_wordFont).height()) + m_unit;
}

double DrawingHeading::reasonHeight(double width) const
{
    return m_words.reason.isEmpty() ? 0 : m_unit + wrappedHeight(m_reasonFont, m_words.reason, width);
}

double DrawingHeading::height(double width) const
{
    return wrappedHeight(m_titleFont, m_title, width) + m_unit + pillHeight() + reasonHeight(width);
}

void DrawingHeading::paint(QPainter& painter, const QRectF& area) const
{
    auto line = area;
    line.setHeight(wrappedHeight(m_titleFont, m_title, area.width()));
    painter.setFont(m_titleFont);
    painter.setPen(theme::text());
    painter.drawText(line, Qt::TextWordWrap, m_title);

    line.moveTop(line.bottom() + m_unit);
    line.setHeight(pillHeight());
    line.setLeft(area.left() + paintVerdict(painter, line.topLeft()) + 1.5 * m_unit);
    painter.setFont(m_numbersFont);
    painter.setPen(theme::text());
    painter.drawText(line, Qt::AlignVCenter, m_words.numbers);

    if (m_words.reason.isEmpty())
        return;
    painter.setFont(m_reasonFont);
    painter.setPen(theme::mutedText());
    painter.drawText(QRectF(area.left(), line.bottom() + m_unit, area.width(), reasonHeight(area.width())),
                     Qt::TextWordWrap, m_words.reason);
}

double DrawingHeading::paintVerdict(QPainter& painter, QPointF at) const
{
    const auto colour = theme::verdictColour(m_words.verdict);
    const double side = pillHeight() - m_unit;
    const double text = QFontMetricsF(m_wordFont).horizontalAdvance(m_words.word);
    const QRectF pill(at.x(), at.y(), std::ceil(side + text + 2.5 * m_unit), pillHeight());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    icons::paintVerdict(painter, {pill.left() + m_unit / 2.0, pill.center().y() - side / 2, side, side},
                        m_words.verdict, Qt::white, colour);
    painter.setFont(m_wordFont);
    painter.setPen(Qt::white);
    painter.drawText(pill.adjusted(side + m_unit, 0, 0, 0), Qt::AlignVCenter, m_words.word);
    return pill.width();
}

FragmentHeading::FragmentHeading(const DrawingSubject& subject, const journey::Fragment& fragment,
                                 const CanvasStyle& style)
    : m_style(&style)
    , m_name(QString::fromStdString(fragment.name))
    , m_detail(usesText(subject, fragment.name))
{
    if (const auto numbers = fragmentNumbers(subject, fragment); !numbers.isEmpty())
        m_detail = Words::tr("%1 · %2").arg(m_detail, numbers);
}

double FragmentHeading::width() const
{
    return std::min(mostHeading, std::ceil(canvas::iconSize + m_style->nameMetrics.horizontalAdvance(m_name)
                                           + m_style->smallMetrics.horizontalAdvance(m_detail) + 3 * theme::unit));
}

double FragmentHeading::height() const
{
    return std::ceil(m_style->nameMetrics.height());
}

void FragmentHeading::paint(QPainter& painter, const QRectF& area) const
{
    const QRectF icon(area.left(), area.center().y() - canvas::iconSize / 2, canvas::iconSize, canvas::iconSize);
    glyphs::paintComponent(painter, icon, false, true, theme::operatorColour(journey::OperatorType::Use));
    auto line = area.adjusted(canvas::iconSize + theme::unit, 0, 0, 0);
    const double detail = m_style->smallMetrics.horizontalAdvance(m_detail);
    const auto name =
        m_style->nameMetrics.elidedText(m_name, Qt::ElideMiddle, line.width() - detail - 1.5 * theme::unit);
    painter.setFont(m_style->name);
    painter.setPen(theme::text());
    painter.drawText(line, Qt::AlignVCenter, name);
    line.setLeft(line.left() + m_style->nameMetrics.horizontalAdvance(name) + 1.5 * theme::unit);
    painter.setFont(m_style->small);
    painter.setPen(theme::mutedText());
    painter.drawText(line, Qt::AlignVCenter, m_detail);
}

DrawingLegend::DrawingLegend(const DrawingSubject& subject, const QFont& body)
    : m_unit(unitOf(body))
    , m_font(theme::font(body, theme::TextSize::Small))
{
    if (subject.numbers.analysis == nullptr || !subject.journey.root)
        return;
    const auto& display = subject.numbers.display;
    const auto quantity =
        display.unit == AvailabilityUnit::Percent ? Words::tr("availability") : displayName(display).toLower();
    m_entries.push_back({Sign::None,
                         {},
                         Words::tr("Numbers: %1 from A⁻, where what shares a failure domain fails together, to A⁺, "
                                   "where everything fails independently")
                             .arg(quantity)});
    if (subject.numbers.errorBudget)
        m_entries.push_back(
            {Sign::Heat, {}, Words::tr("Unavailability of a node by itself, against the error budget")});
    addSigns(subject);
}

void DrawingLegend::addSigns(const DrawingSubject& subject)
{
    Badges badges;
    bool external = false;
    for (const auto& place : journey::nodePlaces(subject.journey)) {
        const auto look = lookOf(*place.node, subject.journey, {}, subject.numbers);
        badges |= look.badges;
        external = external || look.external;
    }
    if (external)
        m_entries.push_back({Sign::External, {}, Words::tr("External dependency")});
    const auto explain = [&](Badge badge, const QString& text) {
        if (badges.testFlag(badge))
            m_entries.push_back({Sign::Badge, badge, text});
    };
    explain(Badge::Error, Words::tr("Error in the journey's file"));
    explain(Badge::Warning, Words::tr("Warning on the journey's file"));
    explain(Badge::NotStated, Words::tr("Availability not stated: taken as anything from 0 to 100 %"));
    explain(Badge::UnknownDomain, Words::tr("Failure domains unknown or in conflict"));
    explain(Badge::Overridden, Words::tr("A number in the journey overrides the SLO's target"));
}

double DrawingLegend::signWidth(const Entry& entry) const
{
    switch (entry.sign) {
    case Sign::None:
        return 0;
    case Sign::Heat:
        return 3 * m_unit + m_unit;
    case Sign::External:
    case Sign::Badge:
        break;
    }
    return 2 * m_unit + m_unit;
}

std::vector<QRectF> DrawingLegend::places(double width) const
{
    const double gap = 3 * m_unit;
    const QFontMetricsF metrics(m_font);
    const double least = std::max(2 * m_unit, std::ceil(metrics.height()));
    std::vector<QRectF> places;
    QPointF at;
    double lineHeight = 0;
    for (const auto& entry : m_entries) {
        const double sign = signWidth(entry);
        const double whole = std::min(width, sign + std::ceil(metrics.horizontalAdvance(entry.text)) + 1);
        if (at.x() > 0 && at.x() + whole > width) {
            at = {0, at.y() + lineHeight + m_unit / 2};
            lineHeight = 0;
        }
        const double height = std::max(least, wrappedHeight(m_font, entry.text, whole - sign));
        places.emplace_back(at.x(), at.y(), whole, height);
        lineHeight = std::max(lineHeight, height);
        at.rx() += whole + gap;
    }
    return places;
}

double DrawingLegend::height(double width) const
{
    double height = 0;
    for (const auto& place : places(width))
        height = std::max(height, place.bottom());
    return height;
}

void DrawingLegend::paint(QPainter& painter, const QRectF& area) const
{
    const auto places = this->places(area.width());
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const auto& entry = m_entries[i];
        const auto box = places[i].translated(area.topLeft());
        paintSign(painter, box, entry);
        painter.setFont(m_font);
        painter.setPen(theme::mutedText());
        painter.drawText(box.adjusted(signWidth(entry), 0, 0, 0), Qt::AlignVCenter | Qt::TextWordWrap, entry.text);
    }
}

void DrawingLegend::paintSign(QPainter& painter, const QRectF& box, const Entry& entry) const
{
    const double side = 2 * m_unit;
    const QRectF square(box.left(), box.center().y() - side / 2, side, side);
    switch (entry.sign) {
    case Sign::None:
        break;
    case Sign::Heat: {
        const double height = m_unit / 2;
        const QRectF track(box.left(), box.center().y() - height / 2, 3 * m_unit, height);
        painter.setPen(Qt::NoPen);
        painter.setBrush(canvas::tint(theme::border(), 0.6));
        painter.drawRoundedRect(track, height / 2, height / 2);
        painter.setBrush(canvas::heat(1));
        painter.drawRoundedRect(track.adjusted(0, 0, -track.width() / 3, 0), height / 2, height / 2);
        break;
    }
    case Sign::External:
        glyphs::paintComponent(painter, square, true, false, theme::operatorColour(journey::OperatorType::Call));
        break;
    case Sign::Badge:
        glyphs::paintBadge(painter, square, entry.badge);
        break;
    }
}

} // namespace emac::widgets
