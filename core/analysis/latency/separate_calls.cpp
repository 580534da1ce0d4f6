// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/separate_calls.h"

#include "core/analysis/availability/events.h"
#include "core/analysis/availability/independent.h"

namespace emac::analysis {

namespace {

/// Both ends of A⁺.
struct NodeIndependence
{
    ByEnd<double> availability;
    bool known = false;
};

/// @returns nothing where the watch expired
std::optional<NodeIndependence> independence(const Plan& plan, NodeIndex node, AvailabilityMemo& memo,
                                             const base::Watch& watch)
{
    memo.begin(plan);
    const Events events(plan);
    const auto repeats = findRepeats(plan, events);
    const auto law = independentLaw(plan, events, repeats, {}, Law::Independent, memo, DiagramLimits(), watch);
    if (!law)
        return std::nullopt;
    NodeIndependence result;
    result.known = law->known[node] != 0;
    for (const End end : bothEnds)
        result.availability[end] = 1 - law->marginals.of(node, end);
    return result;
}

} // namespace

std::optional<SeparationFactors> separationFactors(const Plan& plan, NodeIndex node, AvailabilityMemo& memo,
                                                   const base::Watch& watch)
{
    Plan separatePlan = plan;
    for (auto& component : separatePlan.components)
        component.shared = false;
    AvailabilityMemo onlyThis;
    const auto separate = independence(separatePlan, node, onlyThis, watch);
    const auto together = independence(plan, node, memo, watch);
    if (!separate || !together)
        return std::nullopt;
    const auto factor = [&](End end) {
        const double apart = separate->availability[end];
        return separate->known && together->known && apart > 0 ? together->availability[end] / apart : 1;
    };
    const double best = factor(End::Best);
    const double worst = factor(End::Worst);
    return SeparationFactors{worst, best, (best + worst) / 2, best, worst};
}

OutcomeLaw scaledTo(const OutcomeLaw& law, const SeparationFactors& factors)
{
    OutcomeLaw result;
    for (std::size_t i = 0; i < scenarioCount; ++i) {
        auto& outcome = result.outcomes[i];
        outcome.success = multiplied(law.outcomes[i].success, factors[i]);
        outcome.unavailability = std::max(0.0, 1 - law.outcomes[i].total() * factors[i]);
    }
    return result;
}

} // namespace emac::analysis
