// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/typedvalue.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace emac::widgets {

namespace {

/// Without spaces, with a decimal point.
std::string plain(QString text)
{
    text.replace(QLatin1Char(','), QLatin1Char('.'));
    text.replace(QChar(0x2212), QLatin1Char('-'));
    text.removeIf([](QChar c) { return c.isSpace(); });
    return text.toStdString();
}

QString localised(QString number)
{
    return number.replace(QLatin1Char('.'), QLocale().decimalPoint());
}

QString percentSign(const QString& number)
{
    return QCoreApplication::translate("emac::format", "%1 %").arg(number);
}

} // namespace

std::optional<base::Ratio> typedRatio(const QString& text)
{
    const auto decimal = base::Decimal::parse(plain(text));
    if (!decimal)
        return std::nullopt;
    const base::Ratio ratio(*decimal);
    return ratio.withinUnit() ? std::optional(ratio) : std::nullopt;
}

std::optional<base::Duration> typedDuration(const QString& text)
{
    const auto duration = base::parseDuration(plain(text));
    return duration && *duration >= base::Duration(0) ? duration : std::nullopt;
}

std::optional<int> typedCount(const QString& text)
{
    bool ok = false;
    const int count = QString::fromStdString(plain(text)).toInt(&ok);
    return ok && count >= 1 ? std::optional(count) : std::nullopt;
}

QString exactPercent(const base::Ratio& ratio)
{
    auto text = ratio.decimal().toString();
    const auto e = text.find('e');
    const int exponent = e == std::string::npos ? 0 : std::stoi(text.substr(e + 1));
    const auto hundredfold = base::Decimal::parse(text.substr(0, e) + "e" + std::to_string(exponent + 2));
    return percentSign(localised(QString::fromStdString((hundredfold ? *hundredfold : base::Decimal()).toString())));
}

QString steppedRatio(const QString& text, int steps)
{
    const auto typed = plain(text);
    const bool percent = !typed.empty() && typed.back() == '%';
    const auto number = percent ? typed.substr(0, typed.size() - 1) : typed;
    const auto value = base::Decimal::parse(number);
    if (!typedRatio(text) || !value)
        return text;
    const auto point = number.find('.');
    const auto written = point == std::string::npos ? std::size_t(0) : number.size() - point - 1;
    const auto decimals = std::max<std::size_t>(written, percent ? 0 : 2);
    if (decimals > 14)
        return text;
    std::int64_t unit = 1;
    for (std::size_t i = 0; i < decimals; ++i)
        unit *= 10;
    const auto whole = value->wholeMultiple(unit);
    if (!whole)
        return text;
    const auto stepped = std::clamp<std::int64_t>(*whole + steps, 0, unit * (percent ? 100 : 1));
    auto digits = std::to_string(stepped);
    if (decimals > 0) {
        if (digits.size() <= decimals)
            digits.insert(0, decimals + 1 - digits.size(), '0');
        digits.insert(digits.size() - decimals, 1, '.');
    }
    const auto shown = localised(QString::fromStdString(digits));
    return percent ? percentSign(shown) : shown;
}

base::Ratio availabilityOf(double unavailability)
{
    return base::Ratio(base::Decimal::fromDouble(unavailability).complement());
}

} // namespace emac::widgets
