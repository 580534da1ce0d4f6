// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/separate_calls.h"

#include "core/analysis/availability/events.h"
#include "core/analysis/availability/independent.h"

#include <optional>

namespace emac::analysis {

namespace {

std::optional<ByEnd<double>> availability(const Plan& plan, NodeIndex node, AvailabilityMemo& memo,
                                          const base::Watch& watch)
{
    memo.begin(plan);
    const Events events(plan);
    const auto repeats = findRepeats(plan, events);
    const auto law = independentLaw(plan, events, repeats, {}, Law::Independent, memo, DiagramLimits(), watch);
    if (!law || law->known[node] == 0)
        return std::nullopt;
    ByEnd<double> result;
    for (const End end : bothEnds)
        result[end] = 1 - law->marginals.of(node, end);
    return result;
}

} // namespace

SeparationFactors separationFactors(const Plan& plan, NodeIndex node, AvailabilityMemo& memo, const base::Watch& watch)
{
    SeparationFactors factors;
    factors.fill(1);
    Plan separatePlan = plan;
    for (auto& component : separatePlan.components)
        component.shared = false;
    AvailabilityMemo onlyThis;
    const auto separate = availability(separatePlan, node, onlyThis, watch);
    const auto together = availability(plan, node, memo, watch);
    if (!separate || !together)
        return factors;
    const auto factor = [&](End end) { return (*separate)[end] > 0 ? (*together)[end] / (*separate)[end] : 1; };
    const double best = factor(End::Best);
    const double worst = factor(End::Worst);
    return {worst, best, (best + worst) / 2, best, worst};
}

OutcomeLaw scaledTo(const OutcomeLaw& law, const SeparationFactors& factors)
{
    OutcomeLaw result;
    for (std::size_t i = 0; i < scenarioCount; ++i) {
        auto& outcome = result.outcomes[i];
        outcome.success = law.outcomes[i].success;
        outcome.success.cdf = outcome.success.cdf.multiplied(factors[i]);
        outcome.success.slack *= factors[i];
        outcome.success.finite *= factors[i];
        outcome.unavailability = std::max(0.0, 1 - law.outcomes[i].total() * factors[i]);
    }
    return result;
}

} // namespace emac::analysis
