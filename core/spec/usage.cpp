// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/usage.h"

#include <set>
#include <unordered_map>
#include <utility>

namespace emac::spec {

using namespace journey;

namespace {

struct Usage
{
    std::unordered_map<std::string_view, ExpressionPtr> fragments;
    std::map<std::string, bool> called;
    std::set<std::pair<std::string, bool>> seen;

    void visit(const ExpressionPtr& node, bool redundant)
    {
        if (!node)
            return;
        if (const auto* call = std::get_if<Call>(&node->op)) {
            called[call->component] |= redundant;
        } else if (const auto* use = std::get_if<Use>(&node->op)) {
            const auto found = fragments.find(use->fragment);
            if (found != fragments.end() && seen.emplace(use->fragment, redundant).second)
                visit(found->second, redundant);
        } else {
            redundant = redundant || isRedundant(*node);
            for (const auto& child : children(*node))
                visit(child, redundant);
        }
    }
};

} // namespace

std::map<std::string, bool> calledComponents(const Journey& journey)
{
    Usage usage;
    for (const auto& fragment : journey.fragments)
        usage.fragments.emplace(fragment.name, fragment.body);
    usage.visit(journey.root, false);
    return std::move(usage.called);
}

} // namespace emac::spec
