// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/timeout_effects.h"

#include "core/analysis/latency/envelope_law.h"
#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/shared_fate_law.h"
#include "core/analysis/latency/time_scale.h"
#include "core/analysis/latency/timeout_thinning.h"

#include <map>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// What of the body's success comes too late under shared fate.
ByEnd<double> lateUnderSharedFate(const Plan& plan, const Recurrence& recurrence, const SharedFateGroups& groups,
                                  NodeIndex timeout, LatencyMemo& memo, const base::Watch& watch)
{
    const auto& node = plan.nodes[timeout];
    const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
    IndependentOutcomes independent(plan, recurrence, GridChoice(plan, timeout).toDeadline(deadline), memo, watch);
    SharedFateOutcomes outcomes(plan, groups, independent, memo);
    const auto law = outcomes.law(plan.children(node).front(), false, deadline);
    const auto reached = independent.algebra().reached(*law, deadline);
    const auto late = [&](Scenario scenario) {
        const double total = (*law)[scenario].total();
        return total > 0 ? std::max(0.0, 1 - reached[static_cast<std::size_t>(scenario)] / total) : 0;
    };
    ByEnd<double> result;
    result[End::Worst] = late(Scenario::Late);
    result[End::Best] = std::min(result[End::Worst], late(Scenario::Early));
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

bool findTimeoutEffects(Plan& plan, LatencyMemo& memo, const base::Watch& watch)
{
    std::optional<Recurrence> recurrence;
    std::optional<SharedFateGroups> groups;
    std::optional<EnvelopeLaw> bounds;
    std::vector<std::pair<NodeIndex, TimeoutEffect>> effects;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        if (node.type != OperatorType::Timeout || !latencyEvidence(plan, i).complete)
            continue;
        if (!recurrence) {
            memo.begin();
            recurrence.emplace(plan);
            groups.emplace(plan);
            bounds.emplace(plan, watch);
        }
        const auto thinning = timeoutThinning(plan, *recurrence, i, memo, watch);
        if (!thinning)
            return false;
        TimeoutEffect effect;
        effect.late[End::Best] = 1 - thinning->best;
        effect.late[End::Worst] = 1 - thinning->worst;
        effect.lateNominal = 1 - thinning->nominal;
        effect.lateUnderSharedFate = effect.late;
        const NodeIndex body = plan.children(node).front();
        try {
            if (!groups->isIndependent(body))
                effect.lateUnderSharedFate = lateUnderSharedFate(plan, *recurrence, *groups, i, memo, watch);
            for (const End end : bothEnds) {
                effect.leastFailure[end] = 1 - bounds->reachedInTime(i, End::Best, end);
                effect.mostFailure[end] = 1 - bounds->reachedInTime(i, End::Worst, end);
            }
        } catch (const IndependentOutcomes::Expired&) {
            return false;
        } catch (const EnvelopeLaw::Expired&) {
            return false;
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
