// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency_memo.h"
#include "core/base/duration.h"
#include "core/journey/expression.h"
#include "core/journey/latency_law.h"

#include <cstdint>

namespace emac::analysis {

/// What a law is, beyond the types of operators.
enum class LawKind : std::uint64_t
{
    Grid = 100,
    Discrete,
    Call,
    Delay,
    Merge,
    Mixture,
    Context,
    SharedFate,
    SharedGroup,
    Quantiles
};

inline LawKey keyOfKind(LawKind kind)
{
    return LawKey(static_cast<std::uint64_t>(kind));
}

/// Of two laws that are merged as parts of such an operator.
inline LawKey keyOfMerge(journey::OperatorType type)
{
    return LawKey(static_cast<std::uint64_t>(type));
}

inline std::uint64_t bits(base::Duration duration)
{
    return static_cast<std::uint64_t>(duration.count());
}

void addLaw(LawKey& key, const journey::LatencyLaw& law);
/// Those of the operator itself: delays, deadlines, counts and probabilities.
void addParameters(LawKey& key, const journey::Operator& op);

} // namespace emac::analysis
