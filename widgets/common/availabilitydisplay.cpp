// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/availabilitydisplay.h"

#include "widgets/common/typedvalue.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace emac::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::format)
};

/// Numbers that are short decimals must not lose their last digit to rounding noise.
constexpr double noise = 1e-9;

QString percentText(double unavailability)
{
    if (unavailability <= 0)
        return Words::tr("100 %");
    if (unavailability >= 1)
        return Words::tr("0 %");
    // Three significant digits of q in per cent, but at least one decimal.
    const int magnitude = static_cast<int>(std::floor(std::log10(unavailability * 100)));
    const int decimals = std::max(1, 2 - magnitude);
    if (decimals > 9)
        return Words::tr("100 % − %1 %").arg(QLocale().toString(unavailability * 100, 'g', 3));
    const double scale = std::pow(10.0, decimals);
    const double down = std::floor((100 - unavailability * 100) * scale * (1 + 4e-16) + 1e-6) / scale;
    return Words::tr("%1 %").arg(QLocale().toString(down, 'f', decimals));
}

QString ninesText(double unavailability)
{
    if (unavailability <= 0)
        return QStringLiteral("∞");
    const double nines = std::max(0.0, -std::log10(unavailability));
    return QLocale().toString(std::floor(nines * 100 + noise) / 100, 'f', 2);
}

/// Of each window once.
QString windowText(base::Duration window)
{
    return downtimeText(base::seconds(window));
}

QString withUnit(const QString& text, const AvailabilityDisplay& display)
{
    switch (display.unit) {
    case AvailabilityUnit::Percent:
        break;
    case AvailabilityUnit::Nines:
        return Words::tr("%1 nines").arg(text);
    case AvailabilityUnit::Downtime:
        return Words::tr("%1 / %2").arg(text, windowText(display.window));
    }
    return text;
}

QString rangeText(double worst, double best, const AvailabilityDisplay& display)
{
    const auto low = shortAvailability(worst, display);
    const auto high = shortAvailability(best, display);
    return low == high ? low : Words::tr("%1 … %2").arg(low, high);
}

double rounded(double value, Rounding rounding)
{
    return rounding == Rounding::Up ? std::ceil(value * (1 - noise)) : std::floor(value * (1 + noise));
}

/// "25.9 s": three figures in the largest unit that has a whole figure.
QString shortTime(double seconds, Rounding rounding)
{
    struct Unit
    {
        double seconds;
        double most; ///< this many are the next unit
        QString name;
    };
    const std::array units{Unit{1e-9, 1000, Words::tr("%1 ns")}, Unit{1e-6, 1000, Words::tr("%1 µs")},
                           Unit{1e-3, 1000, Words::tr("%1 ms")}, Unit{1, 60, Words::tr("%1 s")}};
    for (const auto& unit : units) {
        const double value = seconds / unit.seconds;
        if (value < 1 && &unit == units.data())
            return rounding == Rounding::Up ? Words::tr("below 1 ns") : unit.name.arg(0);
        const int decimals = std::clamp(2 - static_cast<int>(std::floor(std::log10(value))), 0, 2);
        const double scale = std::pow(10.0, decimals);
        const double shown = rounded(value * scale, rounding) / scale;
        if (shown < unit.most)
            return unit.name.arg(QLocale().toString(shown, 'f', shown == std::floor(shown) ? 0 : decimals));
    }
    return {};
}

/// Which arguments of a message are availabilities.
struct Arguments
{
    base::Code code;
    std::vector<std::size_t> computed;
    std::vector<std::size_t> stated;
};

const std::vector<Arguments>& messagesWithAvailabilities()
{
    using enum base::Code;
    static const std::vector<Arguments> list{
        {InlineOverridesTarget, {}, {0, 2}}, {OwnPartAboveOne, {}, {1, 3}},    {CommonCauseOwnPart, {}, {1, 3}},
        {DecisionMissed, {1}, {2}},          {DecisionMetInPart, {1, 2}, {3}}, {DecisionMet, {1}, {2}},
    };
    return list;
}

} // namespace

AvailabilityDisplay displayOf(AvailabilityUnit unit, const journey::Objectives& objectives)
{
    const auto& objective = objectives.availability;
    if (!objective || objective->window.count() <= 0)
        return {unit, standardWindow, false};
    return {unit, objective->window, true};
}

QString displayName(const AvailabilityDisplay& display)
{
    switch (display.unit) {
    case AvailabilityUnit::Percent:
        return Words::tr("Per cent");
    case AvailabilityUnit::Nines:
        return Words::tr("Nines");
    case AvailabilityUnit::Downtime:
        break;
    }
    const auto window = windowText(display.window);
    return display.windowStated ? Words::tr("Downtime in %1").arg(window)
                                : Words::tr("Downtime in %1 (assumed)").arg(window);
}

QString shortAvailability(double unavailability, const AvailabilityDisplay& display)
{
    switch (display.unit) {
    case AvailabilityUnit::Percent:
        break;
    case AvailabilityUnit::Nines:
        return ninesText(unavailability);
    case AvailabilityUnit::Downtime:
        return downtimeText(std::clamp(unavailability, 0.0, 1.0) * base::seconds(display.window));
    }
    return percentText(unavailability);
}

QString availabilityText(double unavailability, const AvailabilityDisplay& display)
{
    return withUnit(shortAvailability(unavailability, display), display);
}

QString availabilityRange(double worst, double best, const AvailabilityDisplay& display)
{
    return withUnit(rangeText(worst, best, display), display);
}

QString shortRange(double worst, double best, const AvailabilityDisplay& display)
{
    const auto text = rangeText(worst, best, display);
    return display.unit == AvailabilityUnit::Nines ? withUnit(text, display) : text;
}

QString exactAvailability(const base::Ratio& ratio, const AvailabilityDisplay& display)
{
    return display.unit == AvailabilityUnit::Percent ? exactPercent(ratio) : availabilityText(ratio.failure(), display);
}

QString shortfallText(double shortfall, double target, const AvailabilityDisplay& display, Rounding rounding)
{
    switch (display.unit) {
    case AvailabilityUnit::Percent:
        break;
    case AvailabilityUnit::Nines: {
        const double missing = std::log10((target + shortfall) / target);
        return Words::tr("%1 nines").arg(QLocale().toString(rounded(missing * 100, rounding) / 100, 'f', 2));
    }
    case AvailabilityUnit::Downtime:
        return withUnit(downtimeText(shortfall * base::seconds(display.window), rounding), display);
    }
    return Words::tr("%1 percentage points").arg(QLocale().toString(shortfall * 100, 'g', 3));
}

QString downtimeText(double seconds, Rounding rounding)
{
    if (seconds <= 0)
        return Words::tr("0 s");
    if (seconds < 60) {
        if (const auto text = shortTime(seconds, rounding); !text.isEmpty())
            return text;
    }
    struct Pair
    {
        double small; ///< seconds
        int ratio; ///< small units in a large one
        double below; ///< small units that are too many
        QString large;
        QString both;
    };
    const std::array pairs{
        Pair{1, 60, 3600, Words::tr("%1 min"), Words::tr("%1 min %2 s")},
        Pair{60, 60, 1440, Words::tr("%1 h"), Words::tr("%1 h %2 min")},
        Pair{3600, 24, std::numeric_limits<double>::infinity(), Words::tr("%1 d"), Words::tr("%1 d %2 h")},
    };
    const auto fits = [&](const Pair& pair) { return rounded(seconds / pair.small, rounding) < pair.below; };
    const auto& pair = *std::ranges::find_if(pairs, fits);
    const auto count = static_cast<qlonglong>(rounded(seconds / pair.small, rounding));
    const auto whole = QLocale().toString(count / pair.ratio);
    return count % pair.ratio == 0 ? pair.large.arg(whole) : pair.both.arg(whole).arg(count % pair.ratio);
}

base::Message inDisplay(const base::Message& message, const AvailabilityDisplay& display)
{
    const auto& list = messagesWithAvailabilities();
    const auto found = std::ranges::find(list, message.code, &Arguments::code);
    if (found == list.end())
        return message;
    auto result = message;
    // "At most" of an availability would be at least of its downtime: sentences keep the per cent.
    auto spoken = display;
    if (display.unit == AvailabilityUnit::Downtime)
        spoken.unit = AvailabilityUnit::Percent;
    const auto replace = [&](const std::vector<std::size_t>& indices, const auto& words) {
        for (const auto index : indices) {
            if (index >= result.arguments.size())
                continue;
            const auto decimal = base::Decimal::parse(result.arguments[index]);
            if (decimal && base::Ratio(*decimal).withinUnit())
                result.arguments[index] = words(base::Ratio(*decimal)).toStdString();
        }
    };
    replace(found->computed, [&](const base::Ratio& ratio) { return availabilityText(ratio.failure(), spoken); });
    replace(found->stated, [&](const base::Ratio& ratio) { return exactAvailability(ratio, spoken); });
    if (message.code == base::Code::DecisionMissed && message.arguments.size() > 3) {
        const auto target = base::Decimal::parse(message.arguments[2]);
        const auto shortfall = base::Decimal::parse(message.arguments[3]);
        if (target && shortfall)
            result.arguments[3] =
                shortfallText(shortfall->toDouble(), base::Ratio(*target).failure(), display, Rounding::Down)
                    .toStdString();
    }
    return result;
}

} // namespace emac::widgets
