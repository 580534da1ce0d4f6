// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/domain.h"
#include "core/journey/structure.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

/// What the nodes of a clip need of a journey.
namespace emac::spec {

/// The names that trees call and use, without those that the used fragments name.
struct Named
{
    std::set<std::string> components;
    std::set<std::string> fragments;

    void add(const journey::ExpressionPtr& tree)
    {
        journey::forEachNode(tree, [this](const journey::ExpressionPtr& node) {
            if (const auto* call = std::get_if<journey::Call>(&node->op))
                components.insert(call->component);
            else if (const auto* use = std::get_if<journey::Use>(&node->op))
                fragments.insert(use->fragment);
        });
    }
};

/// The same with the fragments that these use, of those that `bodyOf` knows.
template<typename BodyOf>
Named allNamed(const std::vector<journey::ExpressionPtr>& trees, const BodyOf& bodyOf)
{
    Named all;
    for (const auto& tree : trees)
        all.add(tree);
    std::set<std::string> seen;
    for (std::vector<std::string> open(all.fragments.begin(), all.fragments.end()); !open.empty();) {
        const auto name = open.back();
        open.pop_back();
        if (!seen.insert(name).second)
            continue;
        Named below;
        below.add(bodyOf(name));
        all.components.insert(below.components.begin(), below.components.end());
        all.fragments.insert(below.fragments.begin(), below.fragments.end());
        open.insert(open.end(), below.fragments.begin(), below.fragments.end());
    }
    return all;
}

/// The rule is about a domain of the component.
inline bool fallsUnder(const journey::Component& component, const journey::DomainRule& rule)
{
    return std::ranges::any_of(component.failureDomains, [&rule](const std::string& domain) {
        return domain == rule.name || journey::DomainName::parse(domain).kind == rule.name;
    });
}

} // namespace emac::spec
