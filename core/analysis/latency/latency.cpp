// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/latency.h"

#include "core/analysis/latency/band.h"
#include "core/analysis/latency/envelope_law.h"
#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/independent_law.h"
#include "core/analysis/latency/separate_calls.h"
#include "core/analysis/latency/shared_fate_law.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace emac::analysis {

namespace {

NodeIndex nodeOf(const Plan& plan, std::optional<journey::NodeId> id)
{
    if (!id)
        return plan.root;
    const auto found = std::ranges::find(plan.nodes, *id, [](const PlanNode& node) { return node.expression->id; });
    return found == plan.nodes.end() ? noIndex : static_cast<NodeIndex>(found - plan.nodes.begin());
}

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

/// Forgets again what was remembered for one question alone.
class Lent
{
public:
    Lent(LatencyMemo& memo, bool lent) : m_memo(memo)
    {
        if (lent)
            m_memo.lend();
        else
            m_memo.begin();
    }
    ~Lent() { m_memo.discard(); }
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;

private:
    LatencyMemo& m_memo;
};

/// The least time at which S⁻ has got there is no later than this.
void limit(Percentile& percentile, double most)
{
    for (auto* value : {&percentile.lower, &percentile.nominal, &percentile.upper}) {
        if (*value || value == &percentile.upper)
            *value = std::min(value->value_or(most), most);
    }
}

/// S⁻ of any assumption is at least the envelope's.
void raise(LatencyBand& band, const LatencyBand& envelope)
{
    band.successLower = std::max(band.successLower, envelope.successLower);
    band.successUpper = std::max(band.successUpper, band.successLower);
    for (std::size_t i = 0; i < band.percentiles.size(); ++i) {
        if (const auto& most = envelope.percentiles[i].upper) // which is rounded
            limit(band.percentiles[i], *most * (1 + 1e-9));
    }
    for (std::size_t i = 0; i < band.deadlines.size(); ++i) {
        auto& deadline = band.deadlines[i];
        deadline.lower = std::max(deadline.lower, envelope.deadlines[i].lower);
        deadline.upper = std::max(deadline.upper, deadline.lower);
        if (deadline.nominal)
            deadline.nominal = std::max(*deadline.nominal, deadline.lower);
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
}

} // namespace

std::optional<LatencyAnalysis> analyseLatency(const journey::Journey& journey, const journey::Inputs& inputs,
                                              const LatencyOptions& options, const base::Watch& watch, Memo* memo)
{
    if (watch.expired())
        return std::nullopt;
    const Plan plan = makePlan(journey, inputs);
    const NodeIndex node = nodeOf(plan, options.node);
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
        scaled = ScaledCall{nodeOf(plan, options.scaled->call), options.scaled->factor};
    // At factor 1 it is the plain law, and what the next factors are compared with.
    const Lent lent(remembered, scaled && scaled->factor != 1);
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
            return std::make_shared<const OutcomeLaw>(scaledTo(*result, *separation));
        };
        law.independent = readBand(onGrid, grids, options);
        if (options.envelope) {
            std::optional<EnvelopeLaw::Scaled> scaledCall;
            if (scaled)
                scaledCall = EnvelopeLaw::Scaled{scaled->node, scaled->factor};
            law.envelope = EnvelopeLaw(plan, watch, scaledCall).band(node, options);
        }
        if (options.sharedFate) {
            const SharedFateGroups groups(plan);
            const auto reported = [&](const Grid& grid) {
                IndependentOutcomes outcomes(plan, recurrence, grid, remembered, watch, scaled);
                const auto shared = SharedFateOutcomes(plan, groups, outcomes, remembered).law(node);
                return std::make_shared<const OutcomeLaw>(cappedBy(*shared, *onGrid(grid), grid));
            };
            law.sharedFate = groups.isIndependent(node) ? law.independent : readBand(reported, grids, options);
            cap(*law.sharedFate, law.independent);
        }
        if (law.envelope) {
            raise(law.independent, *law.envelope);
            if (law.sharedFate)
                raise(*law.sharedFate, *law.envelope);
        }
    } catch (const IndependentOutcomes::Expired&) {
        return std::nullopt;
    } catch (const EnvelopeLaw::Expired&) {
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

std::optional<double> upperConfidence(const NodeLatency& law, std::size_t percentile)
{
    auto upper = law.independent.percentiles[percentile].upper;
    if (upper && law.sharedFate) {
        const auto other = law.sharedFate->percentiles[percentile].upper;
        upper = other ? std::optional(std::max(*upper, *other)) : std::nullopt;
    }
    return upper;
}

} // namespace emac::analysis
