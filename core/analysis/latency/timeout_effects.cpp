// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/timeout_effects.h"

#include "core/analysis/latency/envelope/envelope_law.h"
#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/grid_choice.h"
#include "core/analysis/latency/grid/shared_fate_outcomes.h"

#include <algorithm>
#include <map>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// What of the body's success comes too late, as a part of it: 1 − S(d) / S(∞).
struct Late
{
    ByEnd<double> ends; ///< late at the worst availabilities, early at the best
    double nominal = 0;
};

Late lateOf(const OutcomeLaw& body, const Reached& reached)
{
    const auto late = [&](Scenario scenario) {
        const double total = body[scenario].total();
        return total > 0 ? std::max(0.0, 1 - reached[static_cast<std::size_t>(scenario)] / total) : 0;
    };
    Late result;
    result.ends[End::Worst] = late(Scenario::Late);
    result.ends[End::Best] = std::min(result.ends[End::Worst], late(Scenario::Early));
    result.nominal = std::clamp(late(Scenario::Nominal), result.ends[End::Best], result.ends[End::Worst]);
    return result;
}

/// How often a component is called below a node, in the draws around it; and whether somewhere beside an alternative.
struct Called
{
    std::size_t times = 0;
    bool amongAlternatives = false;
};
using CalledBelow = std::map<ComponentIndex, Called>;

CalledBelow calledBelow(const Plan& plan, const PlanNode& node, const std::vector<CalledBelow>& parts)
{
    CalledBelow result;
    if (node.type == OperatorType::Call) {
        if (plan.components[node.operand].shared)
            result[node.operand].times = 1;
        return result;
    }
    const auto* optional = std::get_if<journey::Optional>(&node.expression->op);
    if (node.type == OperatorType::Retry || (optional != nullptr && !optional->waits()))
        return result;
    const bool alternatives = optional != nullptr || node.type == OperatorType::Race
                              || node.type == OperatorType::Fallback || node.type == OperatorType::KofN
                              || node.type == OperatorType::Branch;
    for (const NodeIndex part : plan.parts(node)) {
        for (const auto& [component, called] : parts[part]) {
            auto& known = result[component];
            known.times += called.times;
            known.amongAlternatives = known.amongAlternatives || called.amongAlternatives || alternatives;
        }
    }
    return result;
}

} // namespace

bool findTimeoutEffects(Plan& plan, Memo& memo, const base::Watch& watch)
try {
    auto& laws = memo.latency();
    std::optional<Recurrence> recurrence;
    std::optional<SharedFateGroups> groups;
    std::optional<EnvelopeLaw> bounds;
    std::vector<std::pair<NodeIndex, TimeoutEffect>> effects;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        if (node.type != OperatorType::Timeout || !latencyEvidence(plan, i).complete)
            continue;
        if (!recurrence) {
            laws.begin();
            memo.envelope().begin();
            recurrence.emplace(plan);
            groups.emplace(plan);
            bounds.emplace(plan, memo.envelope(), watch);
        }
        const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
        const NodeIndex body = plan.children(node).front();
        IndependentOutcomes outcomes(plan, *recurrence, GridChoice(plan, body).toDeadline(deadline), laws, watch);
        TimeoutEffect effect;
        // Taken apart, the deadline is around the body all the same.
        const auto reached = outcomes.reachedBy(body, {false, deadline, {}}, deadline);
        const auto late = lateOf(*outcomes.lawOf(body, {false, deadline, {}}), reached);
        effect.separateCalls = outcomes.isApproximate();
        effect.separateUnderSharedFate = effect.separateCalls;
        effect.late = effect.lateUnderSharedFate = late.ends;
        effect.lateNominal = late.nominal;
        if (!groups->isIndependent(body)) {
            auto apart = outcomes.onGrid(outcomes.algebra().grid());
            GroupLaws groupLaws(plan, *groups, apart, laws);
            SharedFateOutcomes shared(plan, *groups, apart, laws, groupLaws);
            const auto inTime = shared.reachedBy(body, deadline);
            effect.lateUnderSharedFate = lateOf(*shared.law(body, false, deadline), inTime).ends;
            effect.separateUnderSharedFate = apart.isApproximate() || groupLaws.isApproximate();
        }
        for (const End end : bothEnds) {
            effect.leastFailure[end] = 1 - bounds->reachedInTime(i, End::Best, end);
            effect.mostFailure[end] = 1 - bounds->reachedInTime(i, End::Worst, end);
        }
        effects.emplace_back(i, effect);
    }
    for (const auto& [index, effect] : effects) {
        plan.nodes[index].operand = static_cast<std::uint32_t>(plan.timeouts.size());
        plan.timeouts.push_back(effect);
        const auto same = [](const ByEnd<double>& ends) { return ends[End::Best] == ends[End::Worst]; };
        plan.points = plan.points && same(effect.late) && same(effect.lateUnderSharedFate) && same(effect.leastFailure)
                      && same(effect.mostFailure);
    }
    return true;
} catch (const LawExpired&) {
    return false;
}

std::vector<NodeIndex> approximateTimeouts(const Plan& plan)
{
    std::vector<NodeIndex> result;
    if (plan.timeouts.empty())
        return result;
    std::vector<CalledBelow> called;
    called.reserve(plan.nodes.size());
    for (const auto& node : plan.nodes)
        called.push_back(calledBelow(plan, node, called));
    for (const auto& scope : plan.scopes) {
        const NodeIndex root = scope.nodes.back();
        for (const NodeIndex index : scope.nodes) {
            const auto& node = plan.nodes[index];
            if (node.type != OperatorType::Timeout || plan.effect(node) == nullptr)
                continue;
            const auto isElsewhere = [&](NodeIndex whole, ComponentIndex component, std::size_t times) {
                if (whole == noIndex)
                    return false;
                const auto found = called[whole].find(component);
                return found != called[whole].end() && found->second.times > times;
            };
            for (const auto& [component, below] : called[index]) {
                const bool inJourney = scope.fragment != noIndex && isElsewhere(plan.root, component, below.times);
                if (below.amongAlternatives && (inJourney || isElsewhere(root, component, below.times))) {
                    result.push_back(index);
                    break;
                }
            }
        }
    }
    return result;
}

} // namespace emac::analysis
