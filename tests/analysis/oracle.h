// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/analysis/journeys.h"

#include <cstdint>
#include <map>

namespace emac::tests {

/// The independent law by its definition: plain enumeration of the outcomes of all shared components below a node, and
/// of all outcomes of children; choices by enumeration of the vertices. Exponential, and written apart from the
/// product.
class Oracle
{
public:
    Oracle(const journey::Journey& journey, const journey::Inputs& inputs, bool worst)
        : m_journey(journey)
        , m_inputs(inputs)
        , m_worst(worst)
    {
    }

    long double failure(const ExpressionPtr& node);

private:
    using Outcomes = std::map<std::string, bool>; ///< true: down

    void collect(const ExpressionPtr& node, Outcomes& components) const;
    long double sumOver(const ExpressionPtr& node, Outcomes& outcomes, Outcomes::iterator next);
    long double given(const ExpressionPtr& node, const Outcomes& outcomes);
    long double tooFew(std::size_t k, const std::vector<long double>& q) const;
    const std::vector<long double>& weights(const ExpressionPtr& branch);
    long double componentFailure(const std::string& name) const;

    const journey::Journey& m_journey;
    const journey::Inputs& m_inputs;
    bool m_worst;
    std::map<journey::NodeId, long double> m_marginals;
    std::map<journey::NodeId, std::vector<long double>> m_weights;
};

} // namespace emac::tests
