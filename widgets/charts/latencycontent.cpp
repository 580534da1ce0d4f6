// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/latencycontent.h"

#include "widgets/common/timetext.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

using analysis::LatencyBand;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(emac::latency)
};

constexpr double leastNines = 1.5;
constexpr double mostNines = 8;
constexpr double roomAbove = 0.35; ///< nines
constexpr double roomRight = 1.06;
/// The envelope widens the axis only where its marked percentile is not farther than this.
constexpr double envelopeReach = 2.5;
constexpr double leastShown = 0.002; ///< of the successes: where a logarithmic axis begins
constexpr double mostDecades = 5;

void addTime(std::vector<double>& times, const std::optional<double>& seconds)
{
    if (seconds)
        times.push_back(*seconds);
}

/// Percentiles up to the marked one and p99, and where the curve ends when that is unbounded.
void addTimes(std::vector<double>& times, const LatencyBand& band, std::size_t marked)
{
    const auto last = std::min(band.percentiles.size(), std::max<std::size_t>(marked, 3) + 1);
    for (std::size_t i = 0; i < last; ++i) {
        const auto& percentile = band.percentiles[i];
        for (const auto& end : {percentile.lower, percentile.nominal, percentile.upper})
            addTime(times, end);
        if (!percentile.upper && !band.lower.empty())
            times.push_back(band.lower.back().seconds);
    }
}

/// Where the curve leaves the ground.
std::optional<double> startOf(const analysis::Curve& curve)
{
    if (curve.empty())
        return std::nullopt;
    const double least = leastShown * curve.back().probability;
    const auto found = std::ranges::find_if(curve, [&](const auto& point) {
        return point.probability >= least && point.probability > 0 && point.seconds > 0;
    });
    return found == curve.end() ? std::nullopt : std::optional(found->seconds);
}

/// The next of some round numbers, so that the axis stands still while values move a little.
double roundedUp(double value)
{
    const double decade = std::pow(10.0, std::floor(std::log10(value)));
    for (const double step : {1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0}) {
        if (value <= step * decade)
            return step * decade;
    }
    return 10 * decade;
}

timeaxis::Range timeRangeOf(const LatencyContent& content)
{
    std::vector<double> times;
    std::vector<double> starts;
    const auto add = [&](const LatencyBand& band) {
        addTimes(times, band, content.percentile);
        addTime(starts, startOf(band.upper));
    };
    if (content.journey) {
        add(content.journey->independent);
        if (content.journey->sharedFate)
            add(*content.journey->sharedFate);
    }
    if (content.accepted)
        add(content.accepted->band);
    // The picture of the journey stays while one node after the other is selected.
    if (content.selected && !content.journey)
        add(content.selected->band);
    else if (content.selected && content.time == timeaxis::Scale::Logarithmic)
        addTime(starts, startOf(content.selected->band.upper));
    if (content.percentileObjective)
        times.push_back(content.percentileObjective->threshold);
    if (content.deadlineObjective)
        times.push_back(content.deadlineObjective->limit);
    double most = times.empty() ? 0 : std::ranges::max(times);
    if (content.journey && content.journey->envelope
        && content.percentile < content.journey->envelope->percentiles.size()) {
        const auto& farthest = content.journey->envelope->percentiles[content.percentile].upper;
        if (farthest && *farthest <= envelopeReach * most)
            most = std::max(most, *farthest);
    }
    if (most <= 0)
        most = 1;
    if (content.time == timeaxis::Scale::Linear)
        return {0, roundedUp(most * roomRight)};
    double least = starts.empty() ? most / 100 : std::ranges::min(starts);
    least = std::clamp(least, most * std::pow(10.0, -mostDecades), most / 10);
    return {std::floor(std::log10(least) * 10) / 10, std::ceil(std::log10(most * roomRight) * 10) / 10};
}

timeaxis::Range probabilityRangeOf(const LatencyContent& content)
{
    if (content.probability == LatencyContent::Probability::Linear)
        return {0, 1.12}; // with room for the mark of a percentile near 1
    double top = leastNines;
    const auto add = [&](double probability) {
        const double at = nines::position(1 - probability);
        if (std::isfinite(at))
            top = std::max(top, at + roomAbove);
    };
    const auto addBand = [&](const LatencyBand& band) {
        for (const double success : {band.successLower, band.successUpper}) {
            add(success);
            add(success * analysis::reportedPercentiles[content.percentile]);
        }
    };
    if (content.journey) {
        addBand(content.journey->independent);
        if (content.journey->sharedFate)
            addBand(*content.journey->sharedFate);
    }
    if (content.accepted)
        add(content.accepted->band.successLower);
    if (content.selected && !content.journey)
        add(content.selected->band.successLower);
    if (content.deadlineObjective)
        add(content.deadlineObjective->target);
    return {0, std::min(std::ceil(top * 4) / 4, mostNines)};
}

QString bandText(const LatencyBand& band, double seconds)
{
    const double lower = valueAt(band.lower, seconds);
    const double upper = valueAt(band.upper, seconds);
    const auto range = probabilityRange(lower, upper);
    if (band.nominal.empty() || lower == upper)
        return range;
    return Words::tr("%1, nominal %2").arg(range, probabilityText(valueAt(band.nominal, seconds)));
}

QString percentileText(const LatencyBand& band, std::size_t index)
{
    const auto& percentile = band.percentiles[index];
    const auto range = timeRange(percentile.lower, percentile.upper);
    return percentile.nominal && percentile.lower != percentile.upper
               ? Words::tr("%1, nominal %2").arg(range, timeText(*percentile.nominal))
               : range;
}

} // namespace

double valueAt(const analysis::Curve& curve, double seconds)
{
    const auto after = std::ranges::upper_bound(curve, seconds, {}, &analysis::CurvePoint::seconds);
    return after == curve.begin() ? 0 : std::prev(after)->probability;
}

std::vector<ReadoutLine> readoutAt(const LatencyContent& content, double seconds)
{
    std::vector<ReadoutLine> lines;
    const auto add = [&](LawCurve curve, const QString& name, const LatencyBand& band) {
        lines.push_back({curve, name, bandText(band, seconds)});
    };
    if (content.journey) {
        add(LawCurve::Independent, Words::tr("independent"), content.journey->independent);
        if (content.journey->sharedFate)
            add(LawCurve::SharedFate, Words::tr("shared fate"), *content.journey->sharedFate);
        if (content.journey->envelope)
            add(LawCurve::Envelope, Words::tr("envelope"), *content.journey->envelope);
    }
    if (content.selected)
        add(LawCurve::Selected, content.selected->name, content.selected->band);
    if (content.accepted)
        add(LawCurve::Accepted, content.accepted->name, content.accepted->band);
    return lines;
}

QString latencySummary(const LatencyContent& content)
{
    QStringList sentences;
    if (content.journey) {
        const auto name = percentileName(content.percentile);
        QStringList parts;
        const auto add = [&](const QString& assumption, const LatencyBand& band) {
            if (content.percentile < band.percentiles.size())
                parts << Words::tr("%1 %2").arg(assumption, percentileText(band, content.percentile));
        };
        add(Words::tr("independent"), content.journey->independent);
        if (content.journey->sharedFate)
            add(Words::tr("shared fate"), *content.journey->sharedFate);
        if (content.journey->envelope)
            add(Words::tr("envelope"), *content.journey->envelope);
        sentences << Words::tr("%1 of successful journeys: %2.").arg(name, parts.join(Words::tr("; ")));
    }
    if (content.selected && content.percentile < content.selected->band.percentiles.size()) {
        sentences << Words::tr("%1 of %2 alone: %3.")
                         .arg(percentileName(content.percentile), content.selected->name,
                              percentileText(content.selected->band, content.percentile));
    }
    if (const auto& objective = content.percentileObjective)
        sentences << Words::tr("The objective is a %1 of at most %2.")
                         .arg(percentileName(objective->percentile), timeText(objective->threshold));
    if (const auto& objective = content.deadlineObjective)
        sentences << Words::tr("The objective is success within %1 with %2.")
                         .arg(timeText(objective->limit), probabilityText(objective->target));
    return sentences.join(u' ');
}

LatencyView viewOf(const LatencyContent& content)
{
    return {timeRangeOf(content), probabilityRangeOf(content)};
}

} // namespace emac::widgets
