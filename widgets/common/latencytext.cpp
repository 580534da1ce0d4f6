// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/latencytext.h"

#include "core/spec/vocabulary.h"
#include "widgets/common/format.h"
#include "widgets/common/typedvalue.h"

#include <QLocale>
#include <QMap>
#include <QRegularExpression>

#include <cmath>

namespace emac::widgets {

namespace {

using journey::ConstantLatency;
using journey::LognormalLatency;
using journey::QuantileLatency;

QString exact(base::Duration duration)
{
    return QString::fromStdString(base::toString(duration));
}

struct Part
{
    QString word;
    QString value;
};

/// The parts between the commas; empty where one is not a word with a value.
QList<Part> partsOf(const QString& text)
{
    static const QRegularExpression form(QStringLiteral("^([a-z][a-z0-9.]*)\\s+(\\S.*)$"));
    QList<Part> parts;
    for (const auto& piece : text.split(u',')) {
        const auto match = form.match(piece.trimmed());
        if (!match.hasMatch())
            return {};
        parts.append({match.captured(1), match.captured(2)});
    }
    return parts;
}

std::optional<journey::LatencyEvidence> lognormalOf(const Part& first, const Part& second)
{
    if (first.word == QLatin1String("median") && second.word == QLatin1String("p99")) {
        const auto median = typedDuration(first.value);
        const auto p99 = typedDuration(second.value);
        if (median && p99)
            return lognormalBy(*median, *p99);
    } else if (first.word == QLatin1String("mu") && second.word == QLatin1String("sigma")) {
        const auto mu = typedNumber(first.value);
        const auto sigma = typedNumber(second.value);
        if (mu && sigma)
            return LognormalLatency{*mu, *sigma, std::nullopt};
    }
    return std::nullopt;
}

} // namespace

QString quantileName(const base::Ratio& probability)
{
    auto percent = exactPercent(probability);
    percent.replace(QLocale().decimalPoint(), QStringLiteral("."));
    return QStringLiteral("p") + percent.remove(QRegularExpression(QStringLiteral("[\\s%]")));
}

std::optional<base::Ratio> quantileNamed(const QString& name)
{
    const auto text = spec::quantileProbability(name.toStdString());
    const auto probability = text ? base::Decimal::parse(*text) : std::nullopt;
    return probability ? std::optional(base::Ratio(*probability)) : std::nullopt;
}

journey::LognormalLatency lognormalBy(base::Duration median, base::Duration p99)
{
    constexpr double standardNormal99 = 2.3263478740408408;
    LognormalLatency result;
    result.quantiles = LognormalLatency::Quantiles{median, p99};
    if (median.count() > 0 && p99 > median) {
        result.mu = std::log(base::seconds(median));
        result.sigma = (std::log(base::seconds(p99)) - result.mu) / standardNormal99;
    }
    return result;
}

QString latencyText(const journey::LatencyEvidence& evidence)
{
    if (const auto* constant = std::get_if<ConstantLatency>(&evidence))
        return exact(constant->value);
    if (const auto* lognormal = std::get_if<LognormalLatency>(&evidence)) {
        if (const auto& quantiles = lognormal->quantiles)
            return QStringLiteral("median %1, p99 %2").arg(exact(quantiles->median), exact(quantiles->p99));
        return QStringLiteral("mu %1, sigma %2")
            .arg(QString::number(lognormal->mu, 'g', QLocale::FloatingPointShortest),
                 QString::number(lognormal->sigma, 'g', QLocale::FloatingPointShortest));
    }
    const auto* quantiles = std::get_if<QuantileLatency>(&evidence);
    if (quantiles == nullptr)
        return {};
    QStringList parts;
    for (const auto& knot : quantiles->knots)
        parts << quantileName(knot.probability) + u' ' + exact(knot.value);
    if (quantiles->max)
        parts << QStringLiteral("max ") + exact(*quantiles->max);
    return parts.join(QStringLiteral(", "));
}

std::optional<journey::LatencyEvidence> typedLatency(const QString& text)
{
    if (const auto constant = typedDuration(text))
        return ConstantLatency{*constant};
    const auto parts = partsOf(text.trimmed().toLower());
    if (parts.size() == 2) {
        if (auto lognormal = lognormalOf(parts[0], parts[1]))
            return lognormal;
    }
    QuantileLatency quantiles;
    for (const auto& part : parts) {
        const auto value = typedDuration(part.value);
        const auto probability = quantileNamed(part.word);
        if (!value || quantiles.max || (!probability && part.word != QLatin1String("max")))
            return std::nullopt;
        if (probability)
            quantiles.knots.push_back({*probability, *value});
        else
            quantiles.max = value;
    }
    if (quantiles.knots.empty())
        return std::nullopt;
    return quantiles;
}

} // namespace emac::widgets
