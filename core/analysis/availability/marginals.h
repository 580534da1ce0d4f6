// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"

#include <vector>

namespace emac::analysis {

/// Failure probabilities under the independent law, of each node by what stands below it alone.
class Marginals
{
public:
    explicit Marginals(const Plan& plan);

    double of(NodeIndex node, End end) const { return m_failure[end][node]; }
    void set(NodeIndex node, End end, double failure) { m_failure[end][node] = failure; }

    /// The node from its children, taken as independent of each other, at both ends. @pre they are evaluated.
    /// O(children)
    void evaluate(NodeIndex node);

    /// The probabilities of a branch's choices, which make its own failure probability largest or smallest.
    /// @pre its bodies are evaluated. O(choices · log choices)
    void chooseProbabilities(NodeIndex branch);
    /// As they were chosen last.
    const std::vector<double>& probabilities(NodeIndex branch, End end) const
    {
        return m_probabilities[end][m_plan.nodes[branch].operand];
    }

private:
    double combined(const PlanNode& node, End end);
    void collectChildren(const PlanNode& node, End end);

    const Plan& m_plan;
    ByEnd<std::vector<double>> m_failure;
    ByEnd<std::vector<std::vector<double>>> m_probabilities;
    std::vector<double> m_values; ///< of the children of the node in work
};

} // namespace emac::analysis
