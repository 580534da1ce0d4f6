// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/evidenceforms.h"

#include "core/spec/latency_laws.h"
#include "widgets/common/latencytext.h"
#include "widgets/common/timetext.h"
#include "widgets/common/typedvalue.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

using journey::ConstantLatency;
using journey::LatencyEvidence;
using journey::LatencyLaw;
using journey::LognormalLatency;
using journey::QuantileLatency;

constexpr int keptDigits = 3;
constexpr double half = 0.5;
constexpr double tail = 0.99;

QString maxName()
{
    return QStringLiteral("max");
}

base::Ratio ratio(const char* text)
{
    return base::Ratio(base::Decimal::parse(text).value_or(base::Decimal()));
}

/// Stated, or as the nominal curve has it.
std::optional<base::Duration> quantileOf(const LatencyEvidence& evidence, const LatencyLaw* law, double probability)
{
    if (const auto* quantiles = std::get_if<QuantileLatency>(&evidence)) {
        const auto stated = std::ranges::find(quantiles->knots, probability, [](const QuantileLatency::Knot& knot) {
            return knot.probability.success();
        });
        if (stated != quantiles->knots.end())
            return stated->value;
    }
    if (const auto* lognormal = std::get_if<LognormalLatency>(&evidence);
        lognormal != nullptr && lognormal->quantiles) {
        if (probability == half)
            return lognormal->quantiles->median;
        if (probability == tail)
            return lognormal->quantiles->p99;
    }
    if (const auto* constant = std::get_if<ConstantLatency>(&evidence))
        return constant->value;
    const auto found = law != nullptr ? nominalQuantile(*law, probability) : std::nullopt;
    return found ? std::optional(rounded(*found, keptDigits)) : std::nullopt;
}

std::optional<LatencyEvidence> lognormalFrom(const LatencyEvidence& evidence, const LatencyLaw* law)
{
    const auto middle = quantileOf(evidence, law, half);
    const auto late = quantileOf(evidence, law, tail);
    if (!middle || !late || middle->count() <= 0 || *late <= *middle)
        return std::nullopt;
    return lognormalBy(*middle, *late);
}

std::optional<LatencyEvidence> parametersFrom(const LatencyEvidence& evidence, const LatencyLaw* law)
{
    auto lognormal = lognormalFrom(evidence, law);
    if (lognormal)
        std::get<LognormalLatency>(*lognormal).quantiles.reset();
    return lognormal;
}

std::optional<LatencyEvidence> quantilesFrom(const LatencyEvidence& evidence, const LatencyLaw* law)
{
    QuantileLatency result;
    if (const auto* constant = std::get_if<ConstantLatency>(&evidence)) {
        result.knots = {{usualQuantiles().front(), constant->value}};
        result.max = constant->value;
        return result;
    }
    for (const auto& probability : usualQuantiles()) {
        if (const auto value = quantileOf(evidence, law, probability.success()))
            result.knots.push_back(
                {probability, result.knots.empty() ? *value : std::max(*value, result.knots.back().value)});
    }
    return result.knots.empty() ? std::nullopt : std::optional<LatencyEvidence>(std::move(result));
}

} // namespace

EvidenceForm formOf(const std::optional<LatencyEvidence>& evidence)
{
    if (!evidence)
        return EvidenceForm::None;
    if (std::holds_alternative<ConstantLatency>(*evidence))
        return EvidenceForm::Constant;
    if (const auto* lognormal = std::get_if<LognormalLatency>(&*evidence))
        return lognormal->quantiles ? EvidenceForm::Lognormal : EvidenceForm::LognormalParameters;
    if (std::holds_alternative<QuantileLatency>(*evidence))
        return EvidenceForm::Quantiles;
    return std::holds_alternative<journey::HistogramLatency>(*evidence) ? EvidenceForm::Histogram
                                                                        : EvidenceForm::Samples;
}

const std::vector<base::Ratio>& usualQuantiles()
{
    static const std::vector<base::Ratio> usual{ratio("0.5"), ratio("0.9"), ratio("0.95"), ratio("0.99"),
                                                ratio("0.999")};
    return usual;
}

std::optional<base::Duration> nominalQuantile(const LatencyLaw& law, double probability)
{
    using Count = base::Duration::rep;
    constexpr Count latest = Count{1} << 58; // nine years
    if (law.nominal(base::Duration(latest)) < probability)
        return std::nullopt;
    Count below = -1;
    Count reached = latest;
    while (reached - below > 1) {
        const Count middle = below + (reached - below) / 2;
        (law.nominal(base::Duration(middle)) < probability ? below : reached) = middle;
    }
    return base::Duration(reached);
}

base::Duration rounded(base::Duration time, int digits)
{
    base::Duration::rep unit = 1;
    const auto most = static_cast<base::Duration::rep>(std::llround(std::pow(10, digits)));
    while (time.count() / unit >= most)
        unit *= 10;
    return base::Duration((time.count() + unit / 2) / unit * unit);
}

std::optional<LatencyEvidence> converted(const LatencyEvidence& evidence, const LatencyLaw* law, EvidenceForm form)
{
    if (formOf(evidence) == form)
        return evidence;
    switch (form) {
    case EvidenceForm::Constant: {
        const auto value = quantileOf(evidence, law, half);
        return value ? std::optional<LatencyEvidence>(ConstantLatency{*value}) : std::nullopt;
    }
    case EvidenceForm::Lognormal:
        return lognormalFrom(evidence, law);
    case EvidenceForm::LognormalParameters:
        return parametersFrom(evidence, law);
    case EvidenceForm::Quantiles:
        return quantilesFrom(evidence, law);
    case EvidenceForm::None:
    case EvidenceForm::Histogram:
    case EvidenceForm::Samples:
        break;
    }
    return std::nullopt;
}

journey::LatencyLawPtr lawOfTyped(const LatencyEvidence& evidence)
{
    if (const auto* constant = std::get_if<ConstantLatency>(&evidence))
        return spec::latencyLaw(*constant);
    if (const auto* lognormal = std::get_if<LognormalLatency>(&evidence)) {
        const bool sound = std::isfinite(lognormal->mu) && std::isfinite(lognormal->sigma) && lognormal->sigma > 0;
        return sound ? journey::LatencyLawPtr(spec::latencyLaw(*lognormal)) : journey::LatencyLawPtr();
    }
    if (const auto* quantiles = std::get_if<QuantileLatency>(&evidence)) {
        auto times = quantiles->knots;
        if (quantiles->max)
            times.push_back({{}, *quantiles->max});
        const bool sound = !times.empty() && std::ranges::is_sorted(times, {}, &QuantileLatency::Knot::value);
        return sound ? journey::LatencyLawPtr(spec::latencyLaw(*quantiles)) : journey::LatencyLawPtr();
    }
    constexpr double alpha = 0.05;
    const auto* histogram = std::get_if<journey::HistogramLatency>(&evidence);
    const bool sound = histogram != nullptr && !histogram->buckets.empty() && histogram->buckets.back().count > 0;
    return sound ? journey::LatencyLawPtr(spec::latencyLaw(*histogram, alpha)) : journey::LatencyLawPtr();
}

QString histogramWords(const journey::HistogramLatency& histogram)
{
    double last = 0;
    for (const auto& bucket : histogram.buckets) {
        if (std::isfinite(bucket.upperBound))
            last = bucket.upperBound;
    }
    return QCoreApplication::translate("emac::latency", "%1 buckets up to %2, %3 calls")
        .arg(QLocale().toString(static_cast<qulonglong>(histogram.buckets.size())), timeText(std::max(last, 0.0)),
             QLocale().toString(histogram.buckets.empty() ? 0.0 : histogram.buckets.back().count, 'g', 9));
}

EvidenceTexts textsOf(const std::optional<LatencyEvidence>& evidence)
{
    EvidenceTexts texts;
    const auto set = [&texts](const QString& name, base::Duration value) {
        texts[name] = QString::fromStdString(base::toString(value));
    };
    const auto number = [](double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); };
    if (!evidence)
        return texts;
    if (const auto* constant = std::get_if<ConstantLatency>(&*evidence)) {
        set(QStringLiteral("constant"), constant->value);
    } else if (const auto* lognormal = std::get_if<LognormalLatency>(&*evidence)) {
        if (lognormal->quantiles) {
            set(QStringLiteral("median"), lognormal->quantiles->median);
            set(QStringLiteral("p99"), lognormal->quantiles->p99);
        } else {
            texts[QStringLiteral("mu")] = number(lognormal->mu);
            texts[QStringLiteral("sigma")] = number(lognormal->sigma);
        }
    } else if (const auto* quantiles = std::get_if<QuantileLatency>(&*evidence)) {
        for (const auto& knot : quantiles->knots)
            set(quantileName(knot.probability), knot.value);
        if (quantiles->max)
            set(maxName(), *quantiles->max);
    } else if (const auto* samples = std::get_if<journey::SampledLatency>(&*evidence)) {
        texts[QStringLiteral("samples")] = QString::fromStdString(samples->path);
    }
    return texts;
}

std::optional<LatencyEvidence> evidenceOf(EvidenceForm form, const EvidenceTexts& texts)
{
    const auto text = [&texts](const char* name) {
        const auto found = texts.find(QLatin1String(name));
        return found == texts.end() ? QString() : found->second;
    };
    switch (form) {
    case EvidenceForm::Constant: {
        const auto value = typedDuration(text("constant"));
        return value ? std::optional<LatencyEvidence>(ConstantLatency{*value}) : std::nullopt;
    }
    case EvidenceForm::Lognormal: {
        const auto middle = typedDuration(text("median"));
        const auto late = typedDuration(text("p99"));
        return middle && late ? std::optional<LatencyEvidence>(lognormalBy(*middle, *late)) : std::nullopt;
    }
    case EvidenceForm::LognormalParameters: {
        const auto mu = typedNumber(text("mu"));
        const auto sigma = typedNumber(text("sigma"));
        return mu && sigma ? std::optional<LatencyEvidence>(LognormalLatency{*mu, *sigma, std::nullopt}) : std::nullopt;
    }
    case EvidenceForm::Quantiles: {
        QuantileLatency quantiles;
        for (const auto& [name, value] : texts) {
            const auto time = typedDuration(value);
            const auto probability = quantileNamed(name);
            if (!time || (!probability && name != maxName()))
                return std::nullopt;
            if (probability)
                quantiles.knots.push_back({*probability, *time});
            else
                quantiles.max = time;
        }
        std::ranges::sort(quantiles.knots, {}, [](const auto& knot) { return knot.probability.success(); });
        return texts.empty() ? std::nullopt : std::optional<LatencyEvidence>(std::move(quantiles));
    }
    case EvidenceForm::Samples: {
        const auto path = text("samples").trimmed();
        return path.isEmpty() ? std::nullopt
                              : std::optional<LatencyEvidence>(journey::SampledLatency{path.toStdString()});
    }
    case EvidenceForm::None:
    case EvidenceForm::Histogram:
        break;
    }
    return std::nullopt;
}

} // namespace emac::widgets
