// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/contributors.h"

#include "core/journey/paths.h"

#include <algorithm>

namespace emac::governance {

namespace {

constexpr double rounding = 1e-12; ///< relative

/// A⁺ − A⁻ of the node; 0 where A⁺ is absent.
double lossOf(const analysis::Analysis& analysis, const journey::Expression& node)
{
    const auto* q = analysis.find(node.id);
    if (q == nullptr || !q->independent)
        return 0;
    const double loss = q->sharedFate.worst - q->independent->worst;
    return loss > rounding * q->sharedFate.worst ? loss : 0;
}

/// Whether shared fate has a rule of its own at this node, besides what it takes below.
bool hasOwnRule(const analysis::Analysis& analysis, const journey::Expression& node)
{
    const auto* retry = std::get_if<journey::Retry>(&node.op);
    return (retry != nullptr && retry->attempts > 1) || analysis.find(node.id)->sharesFate;
}

} // namespace

std::vector<Contributor> contributors(const journey::Journey& journey, const analysis::Analysis& analysis,
                                      const Decision& decision)
{
    std::vector<Contributor> list;
    for (const auto& place : journey::nodePlaces(journey)) {
        const auto& node = *place.node;
        const double loss = lossOf(analysis, node);
        // What a fragment loses is listed at its own operators.
        if (loss == 0 || journey::typeOf(node) == journey::OperatorType::Use)
            continue;
        const auto below = journey::children(node);
        const bool inherited =
            std::ranges::any_of(below, [&](const auto& child) { return lossOf(analysis, *child) > 0; });
        if (hasOwnRule(analysis, node) || !inherited)
            list.push_back({place.key + "_domain_correlation", "domain_correlation", loss});
    }
    for (const auto& objective : decision.objectives) {
        if (objective.name == "availability" && objective.shortfall)
            list.push_back({"objective_violation", "pessimistic_shortfall", *objective.shortfall});
    }
    return list;
}

} // namespace emac::governance
