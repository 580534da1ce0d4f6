// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <set>
#include <string>
#include <vector>

/// What the children of an operator have in common, with its names: for explanations.
namespace emac::widgets {

/// Children that share their fate, and why.
struct FateGroup
{
    std::vector<std::size_t> children; ///< ascending
    std::vector<std::string> components; ///< that more than one of them calls
    std::vector<std::string> domains; ///< that more than one of them stands in
    std::vector<std::string> unknown; ///< components whose domains are unknown: they join all children
    std::vector<std::string> undeclared; ///< components that state no domain: each is one of its own
    bool operator==(const FateGroup&) const = default;
};

/// The groups of semantics § 4 in the order of their first children; one child may be a group. O(calls · domains ·
/// log).
std::vector<FateGroup> fateGroups(const std::vector<journey::ExpressionPtr>& children, const journey::Journey& journey,
                                  const journey::Inputs& inputs);

/// Names of what more than one child depends on.
struct Common
{
    std::set<std::string> components; ///< whose calls are one event
    std::set<std::string> domains; ///< that state their availability
    bool empty() const { return components.empty() && domains.empty(); }
};

/// Components called below more than one child as the same event; where `domains`, also failure domains with a stated
/// availability. The attempts of a retry draw components afresh, and nothing depends on what is optional.
Common commonOf(const std::vector<journey::ExpressionPtr>& children, const journey::Journey& journey,
                const journey::Inputs& inputs, bool domains);

/// Components called more than once below the node as the same event.
std::set<std::string> repeatedBelow(const journey::ExpressionPtr& node, const journey::Journey& journey,
                                    const journey::Inputs& inputs);

/// A failure domain of a component, and the rule that states its availability.
struct StatedDomain
{
    std::string domain;
    journey::DomainRule rule; ///< of the domain itself, else of its bare kind
};
std::vector<StatedDomain> statedDomains(const std::string& component, const journey::Journey& journey,
                                        const journey::Inputs& inputs);

} // namespace emac::widgets
