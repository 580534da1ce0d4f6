// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/typedvalue.h"

#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

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

/// Whether the text is a number above 1, and so one in per cent, without its sign.
bool isBarePercent(const std::string& typed)
{
    const auto number = base::Decimal::parse(typed);
    return number && typed.back() != '%' && *base::Decimal::parse("1") < *number;
}

/// What is shown of a text that means what reads like this.
QString understood(const QString& text, const QString& shown)
{
    return plain(text) == plain(shown) ? QString() : QCoreApplication::translate("emac::format", "= %1").arg(shown);
}

/// "3nines". As many as are whole are exact; between them the unavailability has three digits.
std::optional<base::Ratio> typedNines(const std::string& typed)
{
    static const QRegularExpression form(QStringLiteral("^(\\d+(?:\\.\\d+)?)(.+)$"));
    const auto match = form.match(QString::fromStdString(typed));
    const auto word = match.captured(2).toLower();
    if (word != QStringLiteral("nines") && word != QStringLiteral("nine")
        && word != QCoreApplication::translate("emac::format", "nines", "3 nines are 99.9 %").toLower())
        return std::nullopt;
    constexpr double most = 15;
    const double count = match.captured(1).toDouble();
    if (count > most)
        return std::nullopt;
    constexpr int digits = 3;
    const auto failure = base::Decimal::parse(QString::number(std::pow(10, -count), 'g', digits).toStdString());
    return failure ? std::optional(base::Ratio(failure->complement())) : std::nullopt;
}

} // namespace

std::optional<base::Ratio> typedRatio(const QString& text)
{
    const auto typed = plain(text);
    if (const auto nines = typedNines(typed))
        return nines;
    const auto decimal = base::Decimal::parse(isBarePercent(typed) ? typed + '%' : typed);
    if (!decimal)
        return std::nullopt;
    const base::Ratio ratio(*decimal);
    return ratio.withinUnit() ? std::optional(ratio) : std::nullopt;
}

QString understoodRatio(const QString& text)
{
    const auto ratio = typedRatio(text);
    if (!ratio)
        return {};
    return understood(text, exactPercent(*ratio));
}

std::optional<journey::ProbabilityRange> typedRange(const QString& text)
{
    if (const auto number = typedRatio(text))
        return journey::ProbabilityRange(*number);
    static const QRegularExpression between(QStringLiteral("\\s*(?:…|\\.\\.\\.?|–|-)\\s*"));
    auto ends = text.split(between);
    if (ends.size() != 2)
        return std::nullopt;
    const auto second = plain(ends[1]);
    const bool percent = !second.empty() && (second.back() == '%' || isBarePercent(second));
    if (percent && base::Decimal::parse(plain(ends[0]) + '%'))
        ends[0] += u'%';
    const auto lower = typedRatio(ends[0]);
    const auto upper = typedRatio(ends[1]);
    return lower && upper ? std::optional(journey::ProbabilityRange(*lower, *upper)) : std::nullopt;
}

QString understoodRange(const QString& text)
{
    const auto range = typedRange(text);
    return range ? understood(text, exactPercent(*range)) : QString();
}

std::optional<base::Duration> typedDuration(const QString& text)
{
    const auto duration = base::parseDuration(plain(text));
    return duration && *duration >= base::Duration(0) ? duration : std::nullopt;
}

QString understoodDuration(const QString& text)
{
    const auto duration = typedDuration(text);
    const bool isNumber = duration && base::Decimal::parse(plain(text)).has_value();
    if (!isNumber)
        return {};
    static const QRegularExpression unit(QStringLiteral("([a-z]+)$"));
    const auto shown = durationText(*duration).replace(unit, QStringLiteral(" \\1"));
    return QCoreApplication::translate("emac::format", "= %1").arg(localised(shown));
}

bool isDurationBegun(const QString& text)
{
    const auto typed = plain(text);
    return typed.empty() || base::Decimal::parse(typed).has_value() || (typed.back() == 'm' && typedDuration(text));
}

std::optional<double> typedNumber(const QString& text)
{
    bool ok = false;
    const double number = QLocale().toDouble(text.trimmed(), &ok);
    if (ok && std::isfinite(number))
        return number;
    const double plain = text.trimmed().toDouble(&ok);
    return ok && std::isfinite(plain) ? std::optional(plain) : std::nullopt;
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

QString exactPercent(const journey::ProbabilityRange& range)
{
    return range.isNumber() ? exactPercent(range.lower)
                            : QCoreApplication::translate("emac::format", "%1 … %2")
                                  .arg(exactPercent(range.lower), exactPercent(range.upper));
}

QString steppedRatio(const QString& text, int steps)
{
    const auto typed = plain(text);
    const bool sign = !typed.empty() && typed.back() == '%';
    const bool percent = sign || isBarePercent(typed);
    const auto number = sign ? typed.substr(0, typed.size() - 1) : typed;
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
