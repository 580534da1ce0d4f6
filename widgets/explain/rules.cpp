// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/rules.h"

#include "core/analysis/arithmetic.h"
#include "core/analysis/availability/envelope.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emac::widgets {

namespace {

using analysis::End;
using journey::OperatorType;

double anyFails(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 0.0, analysis::eitherFails);
}

double allFail(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 1.0, std::multiplies{});
}

double sum(const std::vector<double>& q)
{
    return std::accumulate(q.begin(), q.end(), 0.0);
}

double anyFailure(const RuleInputs& inputs)
{
    const auto& q = inputs.failures;
    if (q.empty())
        return 1;
    if (inputs.figure == Figure::Lowest)
        return std::ranges::min(q);
    if (inputs.figure == Figure::Highest)
        return std::max(0.0, sum(q) - static_cast<double>(q.size() - 1));
    if (!isGrouped(inputs))
        return allFail(q);
    double failure = 1;
    for (const auto& group : inputs.groups)
        failure *= ofGroup(inputs, group).front();
    return failure;
}

double countFailure(const RuleInputs& inputs)
{
    const auto k = static_cast<std::size_t>(std::get<journey::KofN>(inputs.node->op).k);
    auto q = inputs.failures;
    if (k > q.size())
        return 1;
    if (isBound(inputs.figure)) {
        std::ranges::sort(q);
        const auto failing = q.size() - k + 1; // so many must fail to fail it
        return inputs.figure == Figure::Lowest ? analysis::mostOfAtLeast(failing, q)
                                               : analysis::leastOfAtLeast(failing, q);
    }
    analysis::TooFewSucceed tooFew(k, q.size());
    if (!isGrouped(inputs)) {
        for (const double failure : q)
            tooFew.add(failure);
        return tooFew.probability();
    }
    for (const auto& group : inputs.groups) {
        const auto members = ofGroup(inputs, group);
        if (members.size() == 1)
            tooFew.add(members.front());
        else
            tooFew.addGroup(members);
    }
    return tooFew.probability();
}

double allFailure(const RuleInputs& inputs)
{
    const auto& q = inputs.failures;
    if (inputs.figure == Figure::Lowest)
        return std::min(1.0, sum(q));
    if (inputs.figure == Figure::Highest)
        return q.empty() ? 0 : std::ranges::max(q);
    return anyFails(q);
}

double retryFailure(const RuleInputs& inputs)
{
    const double attempts = std::get<journey::Retry>(inputs.node->op).attempts;
    const double q = inputs.failures.front();
    switch (inputs.figure) {
    case Figure::Pessimistic:
    case Figure::Lowest:
        return q;
    case Figure::Highest:
        return std::max(0.0, q * attempts - (attempts - 1));
    case Figure::Optimistic:
    case Figure::CommonCause:
        break;
    }
    return std::pow(q, attempts);
}

} // namespace

RuleShape shapeOf(const journey::Expression& node)
{
    switch (journey::typeOf(node)) {
    case OperatorType::Series:
    case OperatorType::Parallel:
        return RuleShape::All;
    case OperatorType::Race:
    case OperatorType::Fallback:
        return RuleShape::Any;
    case OperatorType::KofN: {
        const auto& kofn = std::get<journey::KofN>(node.op);
        return kofn.k == static_cast<int>(kofn.branches.size()) ? RuleShape::All : RuleShape::Count;
    }
    case OperatorType::Branch:
        return RuleShape::Mixture;
    case OperatorType::Retry:
        return RuleShape::Repeat;
    case OperatorType::Optional:
        return RuleShape::Nothing;
    case OperatorType::Call:
    case OperatorType::Timeout:
    case OperatorType::Use:
        break;
    }
    return RuleShape::Same;
}

std::vector<double> ofGroup(const RuleInputs& inputs, const FateGroup& group)
{
    std::vector<double> q;
    for (const auto child : group.children)
        q.push_back(inputs.failures[child]);
    std::ranges::sort(q);
    return q;
}

bool isGrouped(const RuleInputs& inputs)
{
    return inputs.figure == Figure::Pessimistic && !inputs.groups.empty();
}

bool isBound(Figure figure)
{
    return figure == Figure::Lowest || figure == Figure::Highest;
}

std::vector<double> branchProbabilities(const RuleInputs& inputs)
{
    const analysis::ChoiceProbabilities probabilities(std::get<journey::Branch>(inputs.node->op));
    if (inputs.figure == Figure::CommonCause)
        return probabilities.nominal().choose(inputs.failures, End::Worst);
    const bool worst = inputs.figure == Figure::Pessimistic || inputs.figure == Figure::Lowest;
    return probabilities.choose(inputs.failures, worst ? End::Worst : End::Best);
}

double timelyPart(double ofTimeout, double ofBody)
{
    return ofBody < 1 ? std::clamp((1 - ofTimeout) / (1 - ofBody), 0.0, 1.0) : 1;
}

double ruleFailure(const RuleInputs& inputs)
{
    switch (shapeOf(*inputs.node)) {
    case RuleShape::All:
        return allFailure(inputs);
    case RuleShape::Any:
        return anyFailure(inputs);
    case RuleShape::Count:
        return countFailure(inputs);
    case RuleShape::Mixture:
        return analysis::mixture(branchProbabilities(inputs), inputs.failures);
    case RuleShape::Repeat:
        return retryFailure(inputs);
    case RuleShape::Nothing:
        return 0;
    case RuleShape::Same:
        break;
    }
    if (!inputs.failures.empty())
        return inputs.timely < 1 ? 1 - (1 - inputs.failures.front()) * inputs.timely : inputs.failures.front();
    return inputs.figure == Figure::Optimistic || inputs.figure == Figure::Highest ? 0 : 1; // nothing is known
}

std::vector<FateGroup> SharedFateRule::groups(const journey::Expression& node) const
{
    return journey::isRedundant(node) ? fateGroups(journey::children(node), m_journey, m_inputs)
                                      : std::vector<FateGroup>{};
}

double SharedFateRule::failure(const journey::ExpressionPtr& node)
{
    if (!node)
        return 1;
    if (const auto* call = std::get_if<journey::Call>(&node->op)) {
        const auto* input = m_inputs.find(call->component);
        return input != nullptr ? input->failure.upper : 1;
    }
    const auto [known, isNew] = m_known.try_emplace(node->id, 1); // what leads back into itself is unknown
    if (!isNew)
        return known->second;
    RuleInputs inputs{node.get(), Figure::Pessimistic, {}, groups(*node), 1};
    if (const auto* use = std::get_if<journey::Use>(&node->op))
        inputs.failures.push_back(failure(m_journey.fragment(use->fragment)));
    for (const auto& child : journey::children(*node))
        inputs.failures.push_back(failure(child));
    if (std::holds_alternative<journey::Timeout>(node->op)) {
        const auto* whole = m_analysis.find(node->id);
        const auto* body = m_analysis.find(journey::children(*node).front()->id);
        if (whole != nullptr && body != nullptr)
            inputs.timely = timelyPart(whole->sharedFate.worst, body->sharedFate.worst);
    }
    return m_known[node->id] = ruleFailure(inputs);
}

} // namespace emac::widgets
