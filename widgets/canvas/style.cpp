// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/style.h"

#include "widgets/common/availabilitydisplay.h"
#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

/// About as many stay legible side by side, with their numbers, between the docks of a window 1600 wide.
constexpr int cardsInRow = 7;

/// The width of a range of two of such figures, in the unit that takes most.
double widestRange(const QFontMetricsF& metrics, double worst, double best)
{
    double widest = 0;
    for (const auto unit : {AvailabilityUnit::Percent, AvailabilityUnit::Nines, AvailabilityUnit::Downtime}) {
        const AvailabilityDisplay display{unit, standardWindow, true};
        widest = std::max(widest, metrics.horizontalAdvance(shortRange(worst, best, display)));
    }
    return widest;
}

} // namespace

CanvasStyle::CanvasStyle(const QFont& bodyFont)
    : body(bodyFont)
    , name(theme::font(body, theme::TextSize::Heading, QFont::DemiBold))
    , title(theme::font(body, theme::TextSize::Body, QFont::DemiBold))
    , small(theme::font(body, theme::TextSize::Small))
    , nameMetrics(name)
    , titleMetrics(title)
    , smallMetrics(small)
{
    layout.headerHeight = std::ceil(titleMetrics.height()) + 14;
    layout.padding = 2 * theme::unit;
    layout.stepGap = 5 * theme::unit;
    layout.branchGap = 2.5 * theme::unit;
    layout.portWidth = 28;
    layout.labelWidth = std::ceil(smallMetrics.horizontalAdvance(QStringLiteral("00.0 – 00.0 %"))) + theme::unit;
    // Room for a range of two of five figures (on a card), or seven (on a frame, which mostly is wider anyway), so that
    // neither a changed number nor a changed unit needs a new layout.
    m_usualOnCard = widestRange(smallMetrics, 7.4855e-3, 2.5229e-3);
    m_usualOnFrame = widestRange(smallMetrics, 7.4855e-5, 2.5229e-5);
    layout.rowWidth = cardsInRow * (sizeOf({}).width + layout.stepGap);
}

double CanvasStyle::cardHeight() const
{
    return std::ceil(nameMetrics.height() + smallMetrics.height()) + 24;
}

layout::Size CanvasStyle::sizeOf(const Look& look) const
{
    using enum journey::OperatorType;
    const double shown = smallMetrics.horizontalAdvance(look.numbers);
    if (look.type == Call || look.type == Use || look.closed) {
        const double numbers = std::max(shown, m_usualOnCard)
                               + (look.detail.isEmpty() ? 0 : smallMetrics.horizontalAdvance(look.detail) + 12);
        const double sign = canvas::iconSize + (look.closed ? disclosureWidth() : 0);
        // In steps, so that boxes stand in columns. A long name is cut, the numbers are not.
        const auto width = [sign](double text) { return std::ceil((text + 3 * canvas::cardPadding + sign) / 24) * 24; };
        const double named = std::clamp(width(nameMetrics.horizontalAdvance(look.title)), 144.0, 264.0);
        return {std::max(named, width(numbers)), cardHeight()};
    }
    const double title = std::min(titleMetrics.horizontalAdvance(look.title), canvas::titleWidth);
    const double detail = look.detail.isEmpty() ? 0 : smallMetrics.horizontalAdvance(look.detail) + theme::unit;
    const double width = canvas::cardPadding * 2 + disclosureWidth() + canvas::glyphSize + theme::unit + title + detail
                         + 2 * theme::unit + std::max(shown, m_usualOnFrame);
    return {std::ceil(width), 0};
}

namespace canvas {

QColor flow()
{
    return QColor(0x8a, 0x96, 0xa8);
}

double lineWidth(double scale)
{
    return std::max(1.6, 1.05 / scale);
}

QColor soft(const QColor& colour)
{
    const auto mixed = [](int channel) { return (channel * 7 + 255 * 3) / 10; };
    return {mixed(colour.red()), mixed(colour.green()), mixed(colour.blue())};
}

QColor ink(const QColor& colour)
{
    return theme::isDark() ? colour : colour.darker(125); // the hues of the dark palette are light
}

QColor tint(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

QColor heat(double share)
{
    constexpr double all = 1 + 1e-9; // a target met exactly is met
    return share > all ? theme::bad() : share > 0.5 ? theme::warning() : theme::interval();
}

} // namespace canvas

} // namespace emac::widgets
