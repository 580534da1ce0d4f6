// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/timetext.h"

#include <QCoreApplication>
#include <QLocale>

#include <array>
#include <cmath>

namespace emac::widgets {

namespace {

constexpr int figures = 3;

struct Unit
{
    double seconds;
    const char* symbol;
};
/// Times below the first limit of a unit read in it.
constexpr std::array units{Unit{1e-6, "µs"}, Unit{1e-3, "ms"}, Unit{1, "s"}};

const Unit& unitOf(double seconds)
{
    if (seconds <= 0)
        return units.back();
    for (const auto& unit : units) {
        if (seconds < 999.5 * unit.seconds)
            return unit;
    }
    return units.back();
}

/// The value with so many decimals at most.
QString decimalText(double value, int decimals, base::Rounding rounding)
{
    // Rounding only what is left behind the figures that doubles hold, else 0.3 / 0.001 would round up to 301.
    const double scale = std::pow(10.0, decimals);
    const double scaled = value * scale;
    const double near = std::round(scaled);
    double rounded = near;
    if (std::abs(scaled - near) > 1e-9 * scaled) {
        if (rounding == base::Rounding::Down)
            rounded = std::floor(scaled);
        else if (rounding == base::Rounding::Up)
            rounded = std::ceil(scaled);
    }
    auto locale = QLocale();
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    auto text = locale.toString(rounded / scale, 'f', decimals);
    const auto point = locale.decimalPoint();
    if (text.contains(point)) {
        while (text.endsWith(locale.zeroDigit()))
            text.chop(1);
        if (text.endsWith(point))
            text.chop(point.size());
    }
    return text;
}

/// Behind the point, so that three figures stand.
int decimalsOf(double value)
{
    return std::max(0, figures - 1 - static_cast<int>(std::floor(std::log10(value))));
}

QString numberText(double seconds, const Unit& unit, base::Rounding rounding)
{
    const double value = seconds / unit.seconds;
    return value > 0 ? decimalText(value, decimalsOf(value), rounding) : QLocale().toString(0);
}

QString withUnit(const QString& number, const Unit& unit)
{
    return number + u' ' + QString::fromUtf8(unit.symbol);
}

} // namespace

QString timeText(double seconds, base::Rounding rounding)
{
    const auto& unit = unitOf(seconds);
    return withUnit(numberText(seconds, unit, rounding), unit);
}

QString timeOrUnbounded(const std::optional<double>& seconds, base::Rounding rounding)
{
    return seconds ? timeText(*seconds, rounding) : QCoreApplication::translate("emac::format", "unbounded");
}

QString timeRange(const std::optional<double>& lower, const std::optional<double>& upper)
{
    const auto from = timeOrUnbounded(lower, base::Rounding::Down);
    const auto to = timeOrUnbounded(upper, base::Rounding::Up);
    if (from == to)
        return from;
    const auto range = QCoreApplication::translate("emac::format", "%1 … %2");
    if (!lower || !upper)
        return range.arg(from, to);
    const auto& unit = unitOf(*upper);
    const auto start = numberText(*lower, unit, base::Rounding::Down);
    // In one unit where that leaves the lower end its figures.
    return *lower >= unit.seconds / 10 ? range.arg(start, to) : range.arg(from, to);
}

QString percentileName(std::size_t percentile)
{
    return u'p' + QLocale().toString(analysis::reportedPercentiles[percentile] * 100, 'g', 4);
}

namespace {

constexpr int mostDecimals = 9;

QString percentNumber(double probability, base::Rounding rounding)
{
    const double rarer = std::min(probability, 1 - probability) * 100;
    return decimalText(probability * 100, rarer > 0 ? std::min(decimalsOf(rarer), mostDecimals) : 0, rounding);
}

} // namespace

QString probabilityText(double probability, base::Rounding rounding)
{
    return QCoreApplication::translate("emac::format", "%1 %").arg(percentNumber(probability, rounding));
}

QString probabilityRange(double lower, double upper)
{
    const auto from = percentNumber(lower, base::Rounding::Down);
    const auto to = percentNumber(upper, base::Rounding::Up);
    const auto range = from == to ? from : QCoreApplication::translate("emac::format", "%1 … %2").arg(from, to);
    return QCoreApplication::translate("emac::format", "%1 %").arg(range);
}

} // namespace emac::widgets
