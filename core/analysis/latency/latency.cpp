// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/latency.h"

#include "core/analysis/latency/band_curves.h"
#include "core/analysis/latency/envelope/envelope_law.h"
#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/independent_outcomes.h"
#include "core/analysis/latency/grid/read_band.h"
#include "core/analysis/latency/grid/shared_fate_outcomes.h"
#include "core/analysis/latency/separate_calls.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>

namespace emac::analysis {

namespace {

/// "0.52 %"
std::string percent(double part)
{
    const auto hundredths = static_cast<std::int64_t>(std::ceil(part * 1e4 - 1e-9));
    const auto cents = std::to_string(hundredths % 100);
    return std::to_string(hundredths / 100)
           + (hundredths % 100 == 0 ? ""
              : cents.size() == 1   ? ".0" + cents
                                    : "." + cents)
           + " %";
}

/// Begins an analysis; forgets again what was remembered for one question alone.
class MemoUse
{
public:
    MemoUse(LatencyMemo& memo, bool isWhole, bool scratch) : m_memo(memo)
    {
        if (scratch)
            m_memo.beginScratch();
        else
            m_memo.begin(isWhole);
    }
    ~MemoUse() { m_memo.discardScratch(); }
    MemoUse(const MemoUse&) = delete;
    MemoUse& operator=(const MemoUse&) = delete;

private:
    LatencyMemo& m_memo;
};

/// What the envelope is sure to have reached is reached here, too: where that is before the law's own lower end, its
/// lower bound has overtaken the law, at a time that is known to be in its band alone.
void limit(Percentile& percentile, const Percentile& envelope)
{
    if (!envelope.upper)
        return;
    const double most = *envelope.upper * (1 + 1e-12); // it is rounded
    percentile.upper = std::min(percentile.upper.value_or(most), most);
    if (percentile.nominal)
        percentile.nominal = std::min(*percentile.nominal, most);
    if (percentile.lower && *percentile.lower > most)
        percentile.lower = envelope.lower;
}

/// S⁻ of any assumption is at least the envelope's.
void raise(LatencyBand& band, const LatencyBand& envelope)
{
    constexpr double rounding = 1e-12; // of probabilities
    const bool isMore = band.successLower < envelope.successLower - rounding;
    band.successLower = std::max(band.successLower, envelope.successLower);
    band.successUpper = std::max(std::min(band.successUpper, envelope.successUpper), band.successLower);
    for (std::size_t i = 0; i < band.percentiles.size(); ++i) {
        if (isMore) { // parts of more successes, which the envelope alone says when are reached
            band.percentiles[i] = envelope.percentiles[i];
            continue;
        }
        limit(band.percentiles[i], envelope.percentiles[i]);
        auto& percentile = band.percentiles[i];
        if (const auto& least = envelope.percentiles[i].lower; least && percentile.lower)
            percentile.lower = std::min(std::max(*percentile.lower, *least * (1 - 1e-12)),
                                        percentile.upper.value_or(std::numeric_limits<double>::infinity()));
        if (percentile.nominal && percentile.lower)
            percentile.nominal = std::max(*percentile.nominal, *percentile.lower);
    }
    for (std::size_t i = 0; i < band.deadlines.size(); ++i) {
        auto& deadline = band.deadlines[i];
        deadline.lower = std::max(deadline.lower, envelope.deadlines[i].lower);
        deadline.upper = std::max(std::min(deadline.upper, envelope.deadlines[i].upper), deadline.lower);
        if (deadline.nominal)
            deadline.nominal = std::clamp(*deadline.nominal, deadline.lower, deadline.upper);
    }
    if (!envelope.lower.empty()) {
        for (auto* curve : {&band.lower, &band.nominal, &band.upper}) {
            if (!curve->empty())
                *curve = largerOf(*curve, envelope.lower, curve == &band.upper ? End::Best : End::Worst);
        }
        if (!band.upper.empty() && !envelope.upper.empty())
            band.upper = smallerOf(band.upper, envelope.upper, End::Best);
        fitCurves(band,
                  std::max({band.lower.size(), band.upper.size(), envelope.lower.size(), 2 * band.percentiles.size()}));
    }
}

/// A⁻ ≤ A⁺, also where the two are read with different rounding.
void cap(LatencyBand& sharedFate, const LatencyBand& independent)
{
    sharedFate.successLower = std::min(sharedFate.successLower, independent.successLower);
    for (std::size_t i = 0; i < sharedFate.deadlines.size(); ++i) {
        auto& deadline = sharedFate.deadlines[i];
        deadline.lower = std::min(deadline.lower, independent.deadlines[i].lower);
    }
    // The same part of a curve that lies below is reached later; of fewer successes it may be reached sooner.
    for (std::size_t i = 0; i < sharedFate.percentiles.size(); ++i) {
        const auto& first = independent.percentiles[i];
        auto& percentile = sharedFate.percentiles[i];
        if (percentile.upper && sharedFate.successUpper >= independent.successUpper)
            percentile.upper = first.upper ? std::optional(std::max(*percentile.upper, *first.upper)) : std::nullopt;
        if (percentile.lower && first.lower && sharedFate.successLower >= independent.successLower)
            percentile.lower = std::max(*percentile.lower, *first.lower);
    }
    if (!sharedFate.lower.empty() && !independent.lower.empty())
        sharedFate.lower = smallerOf(sharedFate.lower, independent.lower, End::Worst);
}

} // namespace

std::optional<LatencyAnalysis> analyseLatency(const journey::Journey& journey, const journey::Inputs& inputs,
                                              const LatencyOptions& options, const base::Watch& watch, Memo* memo)
{
    if (watch.expired())
        return std::nullopt;
    const Plan plan = makePlan(journey, inputs);
    const NodeIndex node = options.node ? plan.find(*options.node) : plan.root;
    LatencyAnalysis analysis;
    if (node == noIndex)
        return analysis;
    const auto evidence = latencyEvidence(plan, node);
    analysis.lacking = evidence.lacking;
    analysis.openTails = evidence.openTails;
    if (!evidence.complete)
        return analysis;

    Memo onlyThis;
    Memo& known = memo != nullptr ? *memo : onlyThis;
    auto& remembered = known.latency();
    std::optional<ScaledCall> scaled;
    if (options.scaled)
        scaled = ScaledCall{plan.find(options.scaled->call), options.scaled->factor};
    // At factor 1 it is the plain law, and what the next factors are compared with.
    const MemoUse use(remembered, !options.node, scaled && scaled->factor != 1);
    const Recurrence recurrence(plan);
    const GridChoice grids(plan, node, scaled.has_value());
    NodeLatency law;
    std::optional<SeparationFactors> separation;
    try {
        const auto onGrid = [&](const Grid& grid) {
            IndependentOutcomes outcomes(plan, recurrence, grid, remembered, watch, scaled);
            auto result = outcomes.law(node);
            if (!outcomes.isApproximate())
                return result;
            law.approximate = true;
            if (!separation)
                separation = separationFactors(plan, node, known.availability(), watch);
            if (!separation)
                throw LawExpired();
            return std::make_shared<const OutcomeLaw>(scaledTo(*result, *separation));
        };
        const auto sharedFate = [&](const SharedFateGroups& groups) {
            IndependentOutcomes anywhere(plan, recurrence, {}, remembered, watch, scaled);
            GroupLaws groupLaws(plan, groups, anywhere, remembered);
            const auto reported = [&](const Grid& grid) {
                auto outcomes = anywhere.onGrid(grid);
                auto shared = SharedFateOutcomes(plan, groups, outcomes, remembered, groupLaws).law(node);
                if (groups.isBelowIndependent(node))
                    return shared;
                return std::make_shared<const OutcomeLaw>(cappedBy(*shared, *onGrid(grid), grid));
            };
            return readBand(reported, GridChoice(plan, node, scaled.has_value(), groups), options);
        };
        law.independent = readBand(onGrid, grids, options);
        if (options.envelope) {
            known.envelope().begin();
            law.envelope = EnvelopeLaw(plan, known.envelope(), watch, scaled).band(node, options);
        }
        if (options.sharedFate) {
            const SharedFateGroups groups(plan);
            law.sharedFate = groups.isIndependent(node) ? law.independent : sharedFate(groups);
            cap(*law.sharedFate, law.independent);
        }
        for (auto* band :
             {&law.independent, law.sharedFate ? &*law.sharedFate : nullptr, law.envelope ? &*law.envelope : nullptr}) {
            if (band != nullptr)
                fitCurves(*band, options.curvePoints);
        }
        if (law.envelope)
            addEnvelope(law, std::move(*law.envelope));
    } catch (const LawExpired&) {
        return std::nullopt;
    }
    const auto element = options.node ? journey::Element::ofNode(*options.node) : journey::Element::journey();
    if (law.approximate)
        analysis.notes.push_back({{base::Code::LatencyApproximate, {std::to_string(mostMixedComponents)}}, element});
    if (law.independent.numericWidth > mostNumericWidth)
        analysis.notes.push_back(
            {{base::Code::LatencyCoarse, {percent(law.independent.numericWidth), percent(mostNumericWidth)}}, element});
    analysis.law = std::move(law);
    return analysis;
}

void addEnvelope(NodeLatency& law, LatencyBand envelope)
{
    raise(law.independent, envelope);
    if (law.sharedFate)
        raise(*law.sharedFate, envelope);
    law.envelope = std::move(envelope);
}

std::optional<std::size_t> percentileIndex(std::string_view name)
{
    const auto* const found = std::ranges::find(percentileNames, name);
    return found == percentileNames.end() ? std::nullopt
                                          : std::optional(static_cast<std::size_t>(found - percentileNames.begin()));
}

std::optional<double> upperPercentile(const NodeLatency& law, std::size_t percentile)
{
    auto upper = law.independent.percentiles[percentile].upper;
    if (upper && law.sharedFate) {
        const auto other = law.sharedFate->percentiles[percentile].upper;
        upper = other ? std::optional(std::max(*upper, *other)) : std::nullopt;
    }
    return upper;
}

} // namespace emac::analysis
