// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/independent.h"
#include "core/journey/stated_domains.h"

#include <optional>
#include <vector>

namespace emac::analysis {

/// A* of every node, as failure probabilities at the nominal inputs.
struct CommonCauseResult
{
    std::vector<std::optional<double>> failure; ///< by NodeIndex
    /// Of the root, where it has no value.
    std::optional<journey::Note> missing;
};

/// A component is up where all its failure domains with a stated availability are, and its own part is; these are
/// independent events. Calls, and the attempts of a retry, share the states of domains. Of a branch with intervals each
/// choice takes the same part of its interval. Exact, as independentLaw().
/// @pre some domain states its availability
/// @returns nothing where the watch expired
std::optional<CommonCauseResult> commonCause(const Plan& plan, const journey::StatedDomains& stated,
                                             AvailabilityMemo& memo, const DiagramLimits& limits,
                                             const base::Watch& watch);

/// Why a scope has no exact value.
journey::Note limitNote(const PlanScope& scope, DiagramState state, const DiagramLimits& limits);
/// Why the root has none. @pre it has none
journey::Note limitNote(const Plan& plan, const IndependentResult& law, const DiagramLimits& limits);

} // namespace emac::analysis
