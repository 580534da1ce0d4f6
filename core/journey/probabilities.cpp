// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/probabilities.h"

#include <algorithm>
#include <string>

namespace emac::journey {

using base::Decimal;

namespace {

Decimal one()
{
    return Decimal().complement();
}

struct Sums
{
    Decimal lower;
    Decimal upper;
};

Sums sums(const std::vector<Choice>& choices)
{
    Sums sum;
    for (const auto& choice : choices) {
        sum.lower = sum.lower + choice.probability.lower.decimal();
        sum.upper = sum.upper + choice.probability.upper.decimal();
    }
    return sum;
}

bool canBeOne(const Sums& sum)
{
    // Nobody means a difference of 1e-9: the reader lets it pass.
    const auto slack = *Decimal::parse("1e-9");
    return !(one() + slack < sum.lower) && !(sum.upper < one() - slack);
}

/// How far the sums are from 1: what the choices must gain, or lose where it is negative.
Decimal missing(const Sums& sum)
{
    const auto tooMuch = one() - sum.lower;
    return tooMuch.isNegative() ? tooMuch : one() - sum.upper;
}

bool smaller(const ProbabilityRange& a, const ProbabilityRange& b)
{
    return a.upper == b.upper ? a.lower.decimal() < b.lower.decimal() : a.upper.decimal() < b.upper.decimal();
}

} // namespace

Fault sumFault(const std::vector<Choice>& choices)
{
    const auto sum = sums(choices);
    if (canBeOne(sum))
        return {};
    return base::Message{base::Code::ChoicesCannotSum, {sum.lower.toString(), sum.upper.toString()}};
}

std::optional<std::vector<Choice>> balanced(std::vector<Choice> choices, std::size_t kept)
{
    const auto sum = sums(choices);
    if (canBeOne(sum))
        return choices;
    Choice* largest = nullptr;
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i != kept && (largest == nullptr || smaller(largest->probability, choices[i].probability)))
            largest = &choices[i];
    }
    if (largest == nullptr)
        return std::nullopt;
    auto& range = largest->probability;
    const auto gain = missing(sum);
    range = {base::Ratio(range.lower.decimal() + gain), base::Ratio(range.upper.decimal() + gain)};
    return rangeFault(range) ? std::nullopt : std::optional(std::move(choices));
}

ProbabilityRange sumOf(const ProbabilityRange& a, const ProbabilityRange& b)
{
    const auto end = [](const base::Ratio& left, const base::Ratio& right) {
        const auto sum = left.decimal() + right.decimal();
        return base::Ratio(one() < sum ? one() : sum);
    };
    return {end(a.lower, b.lower), end(a.upper, b.upper)};
}

void inherit(std::vector<Choice>& choices, const ProbabilityRange& gone)
{
    if (choices.size() == 1) {
        choices.front().probability = base::Ratio(one());
        return;
    }
    const auto largest = std::ranges::max_element(choices, smaller, &Choice::probability);
    largest->probability = sumOf(largest->probability, gone);
}

std::vector<ProbabilityRange> equalShares(std::size_t n)
{
    const auto digits = std::to_string(n).size() + 2;
    std::size_t whole = 1;
    for (std::size_t i = 0; i < digits; ++i)
        whole *= 10;
    std::vector<ProbabilityRange> shares;
    shares.reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto units = whole / n + (i < whole % n ? 1 : 0);
        shares.emplace_back(base::Ratio(*Decimal::parse(std::to_string(units) + "e-" + std::to_string(digits))));
    }
    return shares;
}

} // namespace emac::journey
