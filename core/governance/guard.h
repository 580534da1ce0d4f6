// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::governance {

/// What a guard may ask about.
enum class GuardQuantity
{
    Pessimistic, ///< A_minus
    Optimistic, ///< A_plus
    LatencyUpper, ///< p50_U … p999_U, in seconds
    DeltaConfidence, ///< conf(delta)
    NoDomainConflict, ///< no_unresolved_domain_conflict; without comparison
    BurnRate ///< burn_rate
};

enum class Comparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual
};

/// "<", "<=", …
const char* symbol(Comparison comparison);
/// The comparison that holds just where this one does not.
Comparison opposite(Comparison comparison);

struct GuardCondition
{
    GuardQuantity quantity = GuardQuantity::NoDomainConflict;
    std::string percentile; ///< of LatencyUpper: "p99"
    Comparison comparison = Comparison::Equal; ///< of all but NoDomainConflict
    base::Decimal bound; ///< in seconds for LatencyUpper
    bool operator==(const GuardCondition&) const = default;
};

/// One of the parts that a guard joins by &&.
struct GuardConjunct
{
    std::string text; ///< as written, trimmed
    std::optional<GuardCondition> condition; ///< absent where it is none of those above
    bool operator==(const GuardConjunct&) const = default;
};

/// The conjuncts of a guard in their order: parts joined by && outside of all parentheses; parentheses around a whole
/// are looked into. Numbers may carry ms, s and %. O(length · depth).
std::vector<GuardConjunct> conjunctsOf(std::string_view guard);

} // namespace emac::governance
