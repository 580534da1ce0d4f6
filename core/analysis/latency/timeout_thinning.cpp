// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/timeout_thinning.h"

#include "core/analysis/latency/independent_law.h"
#include "core/analysis/latency/time_scale.h"

namespace emac::analysis {

std::optional<TimeoutThinning> timeoutThinning(const Plan& plan, const Recurrence& recurrence, NodeIndex timeout,
                                               LatencyMemo& memo, const base::Watch& watch)
{
    const auto& node = plan.nodes[timeout];
    const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
    const NodeIndex body = plan.children(node).front();
    const Grid grid = GridChoice(plan, timeout).toDeadline(deadline);
    try {
        IndependentOutcomes outcomes(plan, recurrence, grid, memo, watch);
        // Taken apart, the deadline is around the body all the same.
        const auto law = outcomes.lawOf(body, {false, deadline, {}});
        const auto reached = outcomes.algebra().reached(*law, deadline);
        const auto part = [&](Scenario scenario) {
            const double total = (*law)[scenario].total();
            return total > 0 ? std::min(1.0, reached[static_cast<std::size_t>(scenario)] / total) : 1;
        };
        TimeoutThinning thinning;
        thinning.worst = part(Scenario::Late);
        thinning.best = std::max(thinning.worst, part(Scenario::Early));
        thinning.nominal = std::clamp(part(Scenario::Nominal), thinning.worst, thinning.best);
        return thinning;
    } catch (const IndependentOutcomes::Expired&) {
        return std::nullopt;
    }
}

} // namespace emac::analysis
