// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/availability_memo.h"
#include "core/analysis/availability/plan.h"

#include <span>
#include <vector>

namespace emac::analysis {

/// Failure probabilities of each node by what stands below it alone, under one law.
class Marginals
{
public:
    /// @param memo begun with this plan; both must outlive the marginals
    Marginals(const Plan& plan, AvailabilityMemo& memo, Law law);

    double of(NodeIndex node, End end) const { return m_failure[end][node]; }
    void set(NodeIndex node, End end, double failure) { m_failure[end][node] = failure; }

    /// The node from its children, taken as independent of each other, at both ends. @pre they are evaluated.
    /// O(children); for a kofn O(children · min(k, n − k + 1)) where a child has changed
    void evaluate(NodeIndex node);

    /// The probabilities of a branch's choices, which make its own failure probability largest or smallest.
    /// @pre its bodies are evaluated. O(choices · log choices)
    void chooseProbabilities(NodeIndex branch);
    /// As they were chosen last.
    const std::vector<double>& probabilities(NodeIndex branch, End end) const
    {
        return m_probabilities[end][m_plan.nodes[branch].operand];
    }

    /// Those of the children; valid until the next call.
    std::span<const double> ofChildren(const PlanNode& node, End end);

    Reduction& reduction(NodeIndex node, End end) { return m_memo.reduction(node, m_law, end); }
    Reduction& reductionOfRest(NodeIndex node, End end) { return m_memo.reductionOfRest(node, m_law, end); }
    Work& work() { return m_memo.work(); }

private:
    double combined(NodeIndex index, End end);
    double tooFewSucceed(NodeIndex index, End end, std::size_t k);

    const Plan& m_plan;
    AvailabilityMemo& m_memo;
    Law m_law;
    ByEnd<std::vector<double>> m_failure;
    ByEnd<std::vector<std::vector<double>>> m_probabilities;
    std::vector<double> m_values; ///< of the children of the node in work, and what else its operator is computed from
};

} // namespace emac::analysis
