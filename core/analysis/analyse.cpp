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
#include "core/analysis/latency/timed_independence.h"
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

/// Where what timeouts cost is no event of its own, or is known only about.
struct ApproximateTimeouts
{
    TimedIndependence timed;
    std::vector<char> holdsJoint; ///< by node: such a timeout stands below; empty where there is none
    std::vector<char> holdsSeparate; ///< as above: EMAC-761
    std::vector<char> holdsSeparateUnderSharedFate;

    static bool isIn(const std::vector<char>& nodes, NodeIndex node) { return !nodes.empty() && nodes[node] != 0; }
    bool independent(NodeIndex node) const { return timed.isApproximate(node) || isIn(holdsSeparate, node); }
};

/// @returns nothing where the watch expired
std::optional<ApproximateTimeouts> findApproximateTimeouts(const Plan& plan, std::span<const NodeIndex> joint,
                                                           Memo& memo, const base::Watch& watch)
{
    auto timed = timedIndependence(plan, joint, memo, watch);
    if (!timed)
        return std::nullopt;
    const auto holding = [&](bool TimeoutEffect::*which) {
        std::vector<NodeIndex> separate;
        for (NodeIndex i = 0; i < plan.nodes.size() && !plan.timeouts.empty(); ++i) {
            const auto& node = plan.nodes[i];
            const auto* effect = node.type == OperatorType::Timeout ? plan.effect(node) : nullptr;
            if (effect != nullptr && effect->*which)
                separate.push_back(i);
        }
        return holdingOneOf(plan, separate);
    };
    return ApproximateTimeouts{std::move(*timed), holdingOneOf(plan, joint), holding(&TimeoutEffect::separateCalls),
                               holding(&TimeoutEffect::separateUnderSharedFate)};
}

NodeAvailability nodeAvailability(NodeIndex node, const IndependentResult& independent, const SharedFate& shared,
                                  const EnvelopeResult& bounds, const std::optional<CommonCauseResult>& causes,
                                  const ApproximateTimeouts& approximate)
{
    NodeAvailability result;
    if (independent.known[node] != 0) {
        const auto& timed = approximate.timed.failure;
        const bool isTimed = !timed.empty() && timed[node];
        result.independent =
            isTimed ? ordered((*timed[node])[End::Best], (*timed[node])[End::Worst])
                    : ordered(independent.marginals.of(node, End::Best), independent.marginals.of(node, End::Worst));
        result.independentApproximate = !isTimed && approximate.independent(node);
    }
    ByEnd<double> most;
    for (const End end : bothEnds)
        most[end] = bounds.most[end][node];
    result.envelope = {{bounds.least[End::Best][node], most[End::Worst]}, bounds.sharp[node] != 0};
    const auto sharedFate = ordered(shared.marginals.of(node, End::Best), shared.marginals.of(node, End::Worst));
    result.sharedFate = clamped(sharedFate, most, result.independent);
    result.sharedFateApproximate =
        ApproximateTimeouts::isIn(approximate.holdsSeparateUnderSharedFate, node)
        || (result.independentApproximate && result.sharedFate != clamped(sharedFate, most, std::nullopt));
    if (causes) {
        result.commonCause = causes->failure[node];
        result.commonCauseApproximate = result.commonCause
                                        && (ApproximateTimeouts::isIn(approximate.holdsJoint, node)
                                            || ApproximateTimeouts::isIn(approximate.holdsSeparate, node));
    }
    result.sharesFate = shared.sharesFate[node] != 0;
    result.domainsUnknown = shared.domainsUnknown[node] != 0;
    return result;
}

/// Notes with the position of what they speak of.
using PlacedNotes = std::vector<std::pair<std::uint64_t, journey::Note>>;

/// By node: whether it stands below a node whose A⁺ is approximate for want of a law in time.
std::vector<char> belowApproximate(const Plan& plan, const TimedIndependence& timed)
{
    auto below = timed.approximate;
    for (auto i = static_cast<NodeIndex>(below.size()); i-- > 0;) {
        for (const NodeIndex part : plan.parts(plan.nodes[i]))
            below[part] = below[part] != 0 || below[i] != 0 ? 1 : 0;
    }
    return below;
}

/// Timeouts that change nothing, for want of evidence; and those whose cost is known only about.
void noteTimeouts(const Plan& plan, std::span<const NodeIndex> joint, const TimedIndependence& timed, bool hasCauses,
                  PlacedNotes& notes)
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
    const auto below = belowApproximate(plan, timed);
    for (const NodeIndex timeout : joint) {
        const bool isInDoubt = below[timeout] != 0;
        if (isInDoubt || hasCauses) {
            add(plan.nodes[timeout],
                {base::Code::TimeoutApproximate,
                 {deadline(plan.nodes[timeout]), !isInDoubt  ? "the common-cause value"
                                                 : hasCauses ? "the independent and the common-cause value"
                                                             : "the independent value"}});
        }
    }
    for (const auto& node : plan.nodes) {
        const auto* effect = node.type == OperatorType::Timeout ? plan.effect(node) : nullptr;
        if (effect != nullptr && effect->separateCalls)
            add(node, {base::Code::TimeoutCallsSeparate, {deadline(node), std::to_string(mostMixedComponents)}});
    }
}

journey::Notes notesOf(const Plan& plan, const IndependentResult& independent, const PlacedNotes& ofTimeouts,
                       const DiagramLimits& limits)
{
    PlacedNotes placed;
    for (const auto& [scope, limit] : independent.unbuilt)
        placed.emplace_back(plan.scopes[scope].position, limitNote(plan.scopes[scope], limit, limits));
    placed.insert(placed.end(), ofTimeouts.begin(), ofTimeouts.end());
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
    const auto joint = approximateTimeouts(plan);
    const auto approximate = findApproximateTimeouts(plan, joint, known, watch);
    if (!approximate)
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
                               nodeAvailability(i, *independent, *shared, bounds, causes, *approximate));
    }
    if (plan.root != noIndex)
        analysis.journey = nodeAvailability(plan.root, *independent, *shared, bounds, causes, *approximate);
    PlacedNotes notes;
    noteTimeouts(plan, joint, approximate->timed, causes.has_value(), notes);
    analysis.notes = notesOf(plan, *independent, notes, limits);
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
