// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "core/analysis/availability/availability_memo.h"
#include "core/analysis/availability/common_cause.h"
#include "core/analysis/availability/envelope.h"
#include "core/analysis/availability/events.h"
#include "core/analysis/availability/independent.h"
#include "core/analysis/availability/plan.h"
#include "core/analysis/availability/shared_fate.h"
#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/recurrence.h"
#include "core/analysis/latency/timeout_effects.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// The two ends in their order: a branch takes the probabilities that are worst for itself, and where components of it
/// are called elsewhere too, these can be the better ones for the whole.
Unavailability ordered(double best, double worst)
{
    return {std::min(best, worst), std::max(best, worst)};
}

/// S⁻ is at least the envelope's lower bound and at most the independent S, at both ends.
Unavailability clamped(Unavailability sharedFate, const ByEnd<double>& most,
                       const std::optional<Unavailability>& independent)
{
    sharedFate.best = std::min(sharedFate.best, most[End::Best]);
    sharedFate.worst = std::min(sharedFate.worst, most[End::Worst]);
    if (independent) {
        sharedFate.best = std::max(sharedFate.best, independent->best);
        sharedFate.worst = std::max(sharedFate.worst, independent->worst);
    }
    return sharedFate;
}

NodeAvailability nodeAvailability(NodeIndex node, const IndependentResult& independent, const SharedFate& shared,
                                  const EnvelopeResult& bounds, const std::optional<CommonCauseResult>& causes)
{
    NodeAvailability result;
    if (independent.known[node] != 0) {
        result.independent =
            ordered(independent.marginals.of(node, End::Best), independent.marginals.of(node, End::Worst));
    }
    ByEnd<double> most;
    for (const End end : bothEnds)
        most[end] = bounds.most[end][node];
    result.envelope = {{bounds.least[End::Best][node], most[End::Worst]}, bounds.sharp[node] != 0};
    result.sharedFate = clamped(ordered(shared.marginals.of(node, End::Best), shared.marginals.of(node, End::Worst)),
                                most, result.independent);
    if (causes)
        result.commonCause = causes->failure[node];
    result.sharesFate = shared.sharesFate[node] != 0;
    result.domainsUnknown = shared.domainsUnknown[node] != 0;
    return result;
}

/// Notes with the position of what they speak of.
using PlacedNotes = std::vector<std::pair<std::uint64_t, journey::Note>>;

/// Timeouts that change nothing, for want of evidence.
void noteTimeouts(const Plan& plan, PlacedNotes& notes)
{
    const auto add = [&](const PlanNode& node, base::Message message) {
        notes.emplace_back(node.position,
                           journey::Note{std::move(message), journey::Element::ofNode(node.expression->id)});
    };
    const auto deadline = [](const PlanNode& node) {
        return base::toString(std::get<journey::Timeout>(node.expression->op).deadline);
    };
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        if (node.type != OperatorType::Timeout || plan.effect(node) != nullptr)
            continue;
        if (const auto lacking = latencyEvidence(plan, i).lacking; !lacking.empty())
            add(node, {base::Code::TimeoutWithoutEffect, {deadline(node), base::listed(lacking)}});
    }
    for (const NodeIndex timeout : approximateTimeouts(plan))
        add(plan.nodes[timeout], {base::Code::TimeoutApproximate, {deadline(plan.nodes[timeout])}});
    for (const auto& node : plan.nodes) {
        const auto* effect = node.type == OperatorType::Timeout ? plan.effect(node) : nullptr;
        if (effect != nullptr && effect->separateCalls)
            add(node, {base::Code::TimeoutCallsSeparate, {deadline(node), std::to_string(mostMixedComponents)}});
    }
}

journey::Notes notesOf(const Plan& plan, const IndependentResult& independent, const DiagramLimits& limits)
{
    PlacedNotes placed;
    for (const auto& [scope, limit] : independent.unbuilt)
        placed.emplace_back(plan.scopes[scope].position, limitNote(plan.scopes[scope], limit, limits));
    noteTimeouts(plan, placed);
    std::ranges::stable_sort(placed, {}, [](const auto& note) { return note.first; });
    journey::Notes notes;
    for (auto& [position, note] : placed)
        notes.push_back(std::move(note));
    return notes;
}

} // namespace

std::optional<Analysis> analyse(const journey::Journey& journey, const journey::Inputs& inputs,
                                const base::Watch& watch, Memo* memo, const DiagramLimits& limits)
{
    if (watch.expired())
        return std::nullopt;
    Plan plan = makePlan(journey, inputs);
    Memo onlyThis;
    Memo& known = memo != nullptr ? *memo : onlyThis;
    if (!findTimeoutEffects(plan, known, watch))
        return std::nullopt;
    auto& remembered = known.availability();
    remembered.begin(plan);
    const auto shared = sharedFate(plan, remembered, watch);
    if (!shared)
        return std::nullopt;
    const Events events(plan);
    const auto repeats = findRepeats(plan, events);
    const auto bounds = envelope(plan, repeats.below);
    const auto independent = independentLaw(plan, events, repeats, {}, Law::Independent, remembered, limits, watch);
    if (!independent)
        return std::nullopt;
    std::optional<CommonCauseResult> causes;
    if (const journey::StatedDomains stated(journey); !stated.empty()) {
        causes = commonCause(plan, stated, remembered, limits, watch);
        if (!causes)
            return std::nullopt;
    }

    Analysis analysis;
    analysis.nodes.reserve(plan.nodes.size());
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        analysis.nodes.emplace(plan.nodes[i].expression->id,
                               nodeAvailability(i, *independent, *shared, bounds, causes));
    }
    if (plan.root != noIndex)
        analysis.journey = nodeAvailability(plan.root, *independent, *shared, bounds, causes);
    analysis.notes = notesOf(plan, *independent, limits);
    if (analysis.journey && !analysis.journey->independent)
        analysis.independentMissing = limitNote(plan, *independent, limits);
    if (causes && causes->missing) {
        analysis.commonCauseMissing = causes->missing;
        if (std::ranges::find(analysis.notes, *causes->missing) == analysis.notes.end())
            analysis.notes.push_back(*causes->missing);
    }
    return analysis;
}

} // namespace emac::analysis
