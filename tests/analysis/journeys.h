// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

/// Short forms for journeys and inputs in tests.
namespace emac::tests {

using journey::ExpressionPtr;
using List = std::vector<ExpressionPtr>;

/// "c7"
inline std::string numbered(std::string prefix, std::size_t number)
{
    prefix += std::to_string(number);
    return prefix;
}

inline base::Ratio ratio(std::string_view text)
{
    return base::Ratio(base::Decimal::parse(text).value());
}

inline ExpressionPtr call(std::string component)
{
    return journey::makeExpression(journey::Call{std::move(component)});
}
inline ExpressionPtr series(List steps)
{
    return journey::makeExpression(journey::Series{std::move(steps)});
}
inline ExpressionPtr parallel(List branches)
{
    return journey::makeExpression(journey::Parallel{std::move(branches)});
}
inline ExpressionPtr race(List branches, std::string name = {})
{
    return journey::makeExpression(journey::Race{std::move(branches), {}}, std::move(name));
}
inline ExpressionPtr kofn(int k, List branches)
{
    return journey::makeExpression(journey::KofN{k, std::move(branches)});
}
inline ExpressionPtr retry(int attempts, ExpressionPtr body)
{
    return journey::makeExpression(journey::Retry{attempts, {}, std::move(body)});
}
inline ExpressionPtr fallback(ExpressionPtr primary, List alternates)
{
    return journey::makeExpression(journey::Fallback{std::move(primary), std::move(alternates)});
}
inline ExpressionPtr timeout(ExpressionPtr body)
{
    return journey::makeExpression(journey::Timeout{std::chrono::milliseconds(800), std::move(body)});
}
inline ExpressionPtr optional(ExpressionPtr body, bool wait = true)
{
    return journey::makeExpression(journey::Optional{std::move(body), wait});
}
inline ExpressionPtr use(std::string fragment)
{
    return journey::makeExpression(journey::Use{std::move(fragment)});
}
struct ChoiceText
{
    std::string lower;
    std::string upper;
    ExpressionPtr body;
};
inline ExpressionPtr branch(const std::vector<ChoiceText>& choices)
{
    journey::Branch op;
    for (const auto& choice : choices)
        op.choices.push_back({{}, {ratio(choice.lower), ratio(choice.upper)}, choice.body});
    return journey::makeExpression(op);
}

inline journey::Input interval(double lower, double upper)
{
    journey::Input input;
    input.failure = {lower, (lower + upper) / 2, upper};
    input.stated = true;
    input.version = journey::newVersion();
    return input;
}
inline journey::Input point(double failure)
{
    return interval(failure, failure);
}
inline journey::Input stated(std::string_view availability)
{
    return point(ratio(availability).failure());
}
inline journey::Input withDomains(journey::Input input, std::vector<std::string> domains)
{
    input.domains = std::move(domains);
    return input;
}
inline journey::Input withUnknownDomains(journey::Input input)
{
    input.domainsUnknown = true;
    return input;
}
inline journey::Input independentCalls(journey::Input input)
{
    input.independentCalls = true;
    return input;
}

inline journey::Inputs inputsOf(const std::vector<std::pair<std::string, journey::Input>>& list)
{
    journey::Inputs inputs;
    for (const auto& [name, input] : list)
        inputs.set(name, input);
    return inputs;
}

inline journey::Journey journeyOf(ExpressionPtr root, std::vector<journey::Fragment> fragments = {})
{
    journey::Journey result;
    result.root = std::move(root);
    result.fragments = std::move(fragments);
    return result;
}

/// |got − expected| / expected; 0 for two zeros.
inline double relativeError(double got, double expected)
{
    if (got == expected)
        return 0;
    return std::abs(got - expected) / std::max(std::abs(got), std::abs(expected));
}

} // namespace emac::tests
