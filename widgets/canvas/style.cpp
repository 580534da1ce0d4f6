// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/style.h"

#include "widgets/common/availabilitydisplay.h"
#include "widgets/common/theme.h"

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

/// Room for a range of two numbers of five figures, so that neither a changed number nor a changed unit needs a new
/// layout.
double numbersWidth(const QFontMetricsF& metrics)
{
    double widest = 0;
    for (const auto unit : {AvailabilityUnit::Percent, AvailabilityUnit::Nines, AvailabilityUnit::Downtime}) {
        const auto range = shortRange(0.0074855, 0.0025229, {unit, standardWindow, true});
        widest = std::max(widest, metrics.horizontalAdvance(range));
    }
    return widest;
}

} // namespace

CanvasStyle::CanvasStyle()
    : name(theme::font(theme::TextSize::Heading, QFont::DemiBold))
    , title(theme::font(theme::TextSize::Body, QFont::DemiBold))
    , small(theme::numberFont(theme::TextSize::Small))
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
}

double CanvasStyle::cardHeight() const
{
    return std::ceil(nameMetrics.height() + smallMetrics.height()) + 24;
}

layout::Size CanvasStyle::sizeOf(const Look& look) const
{
    using enum journey::OperatorType;
    if (look.type == Call || look.type == Use) {
        const double text = std::max(nameMetrics.horizontalAdvance(look.title),
                                     numbersWidth(smallMetrics)
                                         + (look.type == Use ? smallMetrics.horizontalAdvance(look.detail) + 12 : 0));
        const double width = text + 3 * canvas::cardPadding + canvas::iconSize;
        // In steps, so that boxes stand in columns.
        return {std::clamp(std::ceil(width / 24) * 24, 144.0, 264.0), cardHeight()};
    }
    const double title = std::min(titleMetrics.horizontalAdvance(look.title), canvas::titleWidth);
    const double detail = look.detail.isEmpty() ? 0 : smallMetrics.horizontalAdvance(look.detail) + theme::unit;
    const double width = canvas::cardPadding * 2 + canvas::glyphSize + theme::unit + title + detail + 2 * theme::unit
                         + numbersWidth(smallMetrics);
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
