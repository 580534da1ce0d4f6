// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/guard.h"

#include "core/base/duration.h"

#include <algorithm>
#include <array>
#include <utility>

namespace emac::governance {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view()
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// Whether the first parenthesis closes with the last character.
bool isEnclosed(std::string_view text)
{
    if (!text.starts_with('(') || !text.ends_with(')'))
        return false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth == 0)
            return i + 1 == text.size();
    }
    return false;
}

std::string_view withoutParentheses(std::string_view text)
{
    text = trimmed(text);
    while (isEnclosed(text))
        text = trimmed(text.substr(1, text.size() - 2));
    return text;
}

/// The parts between && outside of all parentheses; the whole where || stands there too, which binds less.
std::vector<std::string_view> split(std::string_view text)
{
    std::vector<std::string_view> parts;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        if (depth != 0)
            continue;
        if (text.substr(i, 2) == "||")
            return {text};
        if (text.substr(i, 2) == "&&") {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 2;
            ++i;
        }
    }
    parts.push_back(text.substr(begin));
    return parts;
}

// Longest first, so that "<=" is not read as "<".
constexpr std::array<std::pair<std::string_view, Comparison>, 6> comparisons{{
    {"<=", Comparison::LessOrEqual},
    {">=", Comparison::GreaterOrEqual},
    {"==", Comparison::Equal},
    {"!=", Comparison::NotEqual},
    {"<", Comparison::Less},
    {">", Comparison::Greater},
}};

Comparison mirrored(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Less:
        return Comparison::Greater;
    case Comparison::LessOrEqual:
        return Comparison::GreaterOrEqual;
    case Comparison::Greater:
        return Comparison::Less;
    case Comparison::GreaterOrEqual:
        return Comparison::LessOrEqual;
    default:
        return comparison;
    }
}

/// "0.4", "40%", "400ms", "0.4s".
std::optional<base::Decimal> number(std::string_view text)
{
    if (text.ends_with('s')) {
        const auto duration = base::parseDuration(text);
        return duration ? base::Decimal::parse(std::to_string(duration->count()) + "e-9") : std::nullopt;
    }
    return base::Decimal::parse(text);
}

/// The quantity of this name; empty for others, and for what is not compared.
std::optional<GuardCondition> quantity(std::string_view name)
{
    GuardCondition condition;
    if (name == "A_minus") {
        condition.quantity = GuardQuantity::Pessimistic;
    } else if (name == "A_plus") {
        condition.quantity = GuardQuantity::Optimistic;
    } else if (name == "burn_rate") {
        condition.quantity = GuardQuantity::BurnRate;
    } else if (name.starts_with("conf") && trimmed(name.substr(4)).starts_with('(')
               && withoutParentheses(name.substr(4)) == "delta") {
        condition.quantity = GuardQuantity::DeltaConfidence;
    } else if (name == "p50_U" || name == "p90_U" || name == "p95_U" || name == "p99_U" || name == "p999_U") {
        condition.quantity = GuardQuantity::LatencyUpper;
        condition.percentile = name.substr(0, name.size() - 2);
    } else {
        return std::nullopt;
    }
    return condition;
}

std::optional<GuardCondition> conditionOf(std::string_view text)
{
    if (text == "no_unresolved_domain_conflict")
        return GuardCondition{};
    const auto at = text.find_first_of("<>=!");
    if (at == std::string_view::npos)
        return std::nullopt;
    const auto* found = std::ranges::find_if(
        comparisons, [&](const auto& comparison) { return text.substr(at).starts_with(comparison.first); });
    if (found == comparisons.end())
        return std::nullopt;
    const auto left = withoutParentheses(text.substr(0, at));
    const auto right = withoutParentheses(text.substr(at + found->first.size()));
    auto condition = quantity(left);
    const bool straight = condition.has_value();
    if (!straight)
        condition = quantity(right);
    const auto bound = number(straight ? right : left);
    if (!condition || !bound)
        return std::nullopt;
    condition->comparison = straight ? found->second : mirrored(found->second);
    condition->bound = *bound;
    return condition;
}

void collect(std::string_view guard, std::vector<GuardConjunct>& list)
{
    const auto whole = withoutParentheses(guard);
    const auto parts = split(whole);
    if (parts.size() == 1) {
        if (!whole.empty())
            list.push_back({std::string(whole), conditionOf(whole)});
        return;
    }
    for (const auto part : parts) {
        if (trimmed(part).empty())
            list.push_back({std::string(whole), std::nullopt}); // a side of && is missing
        else
            collect(part, list);
    }
}

} // namespace

const char* symbol(Comparison comparison)
{
    const auto* found = std::ranges::find(comparisons, comparison, &std::pair<std::string_view, Comparison>::second);
    return found->first.data();
}

Comparison opposite(Comparison comparison)
{
    switch (comparison) {
    case Comparison::Less:
        return Comparison::GreaterOrEqual;
    case Comparison::LessOrEqual:
        return Comparison::Greater;
    case Comparison::Greater:
        return Comparison::LessOrEqual;
    case Comparison::GreaterOrEqual:
        return Comparison::Less;
    case Comparison::Equal:
        return Comparison::NotEqual;
    case Comparison::NotEqual:
        break;
    }
    return Comparison::Equal;
}

std::vector<GuardConjunct> conjunctsOf(std::string_view guard)
{
    std::vector<GuardConjunct> list;
    collect(guard, list);
    return list;
}

} // namespace emac::governance
