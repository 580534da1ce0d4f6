// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/timed_independence.h"

#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/independent_outcomes.h"

#include <algorithm>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// The same plan with times for all calls: those without evidence stand below no timeout that acts, so any times do;
/// the other timeouts are taken away.
Plan withTimes(Plan plan, std::vector<journey::Input>& inputs)
{
    inputs.reserve(plan.components.size());
    for (auto& component : plan.components) {
        if (component.input != nullptr && component.input->latency)
            continue;
        auto& input = inputs.emplace_back(component.input != nullptr ? *component.input : journey::Input());
        if (component.input == nullptr)
            input.failure = {0, 0.5, 1};
        input.latency = journey::LatencyLaw::constant(base::Duration(0));
        component.input = &input;
        component.version = 0;
    }
    for (auto& node : plan.nodes) {
        if (node.type == OperatorType::Timeout && plan.effect(node) == nullptr)
            node.type = OperatorType::Series;
    }
    return plan;
}

bool usesMissingFragment(const Plan& plan, NodeIndex node)
{
    return std::ranges::any_of(waitedFor(plan, node), [&](NodeIndex below) {
        return plan.nodes[below].type == OperatorType::Use && plan.parts(plan.nodes[below]).empty();
    });
}

} // namespace

std::vector<char> holdingOneOf(const Plan& plan, std::span<const NodeIndex> nodes)
{
    if (nodes.empty())
        return {};
    std::vector<char> holding(plan.nodes.size(), 0);
    for (const NodeIndex node : nodes)
        holding[node] = 1;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        for (const NodeIndex part : plan.parts(plan.nodes[i]))
            holding[i] = holding[i] != 0 || holding[part] != 0 ? 1 : 0;
    }
    return holding;
}

std::optional<TimedIndependence> timedIndependence(const Plan& plan, std::span<const NodeIndex> timeouts, Memo& memo,
                                                   const base::Watch& watch)
try {
    TimedIndependence result;
    if (timeouts.empty())
        return result;
    const auto holding = holdingOneOf(plan, timeouts);
    result.failure.resize(plan.nodes.size());
    result.approximate.assign(plan.nodes.size(), 0);
    std::vector<journey::Input> added;
    const Plan timed = withTimes(plan, added);
    const Recurrence recurrence(timed);
    // S(∞) needs no grid but those of the timeouts, which are read on grids of their own.
    const Grid least{base::Duration(1), 2};
    std::optional<IndependentOutcomes> outcomes;
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto parts = plan.parts(plan.nodes[i]);
        if (std::ranges::none_of(parts, [&](NodeIndex part) { return holding[part] != 0; }))
            continue;
        if (!outcomes || outcomes->isApproximate())
            outcomes.emplace(timed, recurrence, least, memo.latency(), watch);
        if (!usesMissingFragment(timed, i)) {
            const auto law = outcomes->law(i);
            if (!outcomes->isApproximate()) {
                auto& failure = result.failure[i].emplace();
                failure[End::Worst] = (*law)[Scenario::Late].unavailability;
                failure[End::Best] = (*law)[Scenario::Early].unavailability;
                continue;
            }
        }
        result.approximate[i] = 1;
    }
    return result;
} catch (const LawExpired&) {
    return std::nullopt;
}

} // namespace emac::analysis
