// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/calls.h"

#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace emac::journey {

namespace {

class Walker
{
public:
    explicit Walker(const Journey& journey)
    {
        for (const auto& fragment : journey.fragments)
            m_fragments.emplace(fragment.name, fragment.body);
        if (journey.root)
            m_pending.push_back({journey.root, nullptr});
    }

    std::vector<CalledComponent> walk()
    {
        for (std::size_t i = 0; i < m_pending.size(); ++i) {
            const auto [body, redundancy] = m_pending[i];
            visit(body, redundancy);
        }
        return std::move(m_called);
    }

private:
    void visit(const ExpressionPtr& node, const ExpressionPtr& redundancy)
    {
        if (const auto* call = std::get_if<Call>(&node->op)) {
            if (m_seen.emplace(call->component, redundancy.get()).second)
                m_called.push_back({call->component, redundancy});
        } else if (const auto* use = std::get_if<Use>(&node->op)) {
            const auto body = m_fragments.find(use->fragment);
            const bool exists = body != m_fragments.end() && body->second != nullptr;
            if (exists && m_seenFragments.emplace(use->fragment, redundancy.get()).second)
                m_pending.push_back({body->second, redundancy});
        }
        for (const auto& child : children(*node))
            visit(child, isRedundant(*node) ? node : redundancy);
    }

    struct Pending
    {
        ExpressionPtr body;
        ExpressionPtr redundancy;
    };
    using Seen = std::set<std::pair<std::string_view, const Expression*>>;

    std::unordered_map<std::string_view, ExpressionPtr> m_fragments;
    std::vector<Pending> m_pending; ///< the tree, then the fragments used
    std::vector<CalledComponent> m_called;
    Seen m_seen;
    Seen m_seenFragments;
};

} // namespace

std::vector<CalledComponent> calledComponents(const Journey& journey)
{
    return Walker(journey).walk();
}

} // namespace emac::journey
