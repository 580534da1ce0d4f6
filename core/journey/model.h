// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/expression.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace emac::journey {

/// The effective failure domains of one component, as a model states them.
struct EffectiveDomains
{
    std::vector<std::string> domains;
    std::string status; ///< "consistent", "missing", "conflicting", … ; empty where the model has no details

    /// A list that contains `unknown`, or whose status is missing or conflicting.
    bool unknown() const;
    bool operator==(const EffectiveDomains&) const = default;
};

/// An AcceptedJourneyModel or a DiscoveredJourneyModel: what the evidence says the system is.
struct AcceptedModel
{
    std::string name;
    std::string kind; ///< "AcceptedJourneyModel" or "DiscoveredJourneyModel"
    ExpressionPtr root; ///< null where the model has no operatorGraph.root
    std::map<std::string, EffectiveDomains> domains; ///< by component
    std::optional<double> confidence; ///< confidence.overall, in [0, 1]
    std::vector<std::string> evidenceFlags;
};

} // namespace emac::journey
