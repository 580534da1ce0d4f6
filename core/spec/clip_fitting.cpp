// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/clip.h"
#include "core/spec/clip_names.h"

#include <algorithm>
#include <set>

namespace emac::spec {

using namespace journey;

namespace {

/// What of the clip comes along, and what the journey has by the same name.
class Fitting
{
public:
    Fitting(const Clip& clip, const Journey& journey) : m_clip(clip), m_journey(journey) { }

    Pasting run()
    {
        // Of one operator over all, so that no explicit id comes twice.
        auto trees = m_clip.nodes;
        const auto named = allNamed(trees, [this](const std::string& name) { return newBody(name); });
        std::vector<std::string> order;
        std::set<std::string> seen;
        for (const auto& name : named.fragments)
            orderFragments(name, seen, order);
        for (const auto& name : order)
            trees.push_back(newBody(name));
        const auto copies = children(*copied(makeExpression(Series{trees}), m_journey));
        const auto split = copies.begin() + static_cast<std::ptrdiff_t>(m_clip.nodes.size());
        m_pasting.cargo.nodes.assign(copies.begin(), split);
        for (std::size_t i = 0; i < order.size(); ++i)
            m_pasting.cargo.fragments.push_back({order[i], copies[m_clip.nodes.size() + i]});
        for (const auto& name : named.fragments)
            compareFragment(name);
        for (const auto& name : named.components)
            addComponent(name);
        addRules();
        return std::move(m_pasting);
    }

private:
    const Fragment* given(std::string_view name) const
    {
        const auto found = std::ranges::find(m_clip.fragments, name, &Fragment::name);
        return found == m_clip.fragments.end() ? nullptr : &*found;
    }

    /// Of a fragment that the journey gets; else null.
    ExpressionPtr newBody(const std::string& name) const
    {
        const auto* fragment = given(name);
        return fragment == nullptr || m_journey.fragment(name) ? nullptr : fragment->body;
    }

    /// New fragments, each behind those that it uses.
    void orderFragments(const std::string& name, std::set<std::string>& seen, std::vector<std::string>& order) const
    {
        const auto body = newBody(name);
        if (!body || !seen.insert(name).second)
            return;
        Named below;
        below.add(body);
        for (const auto& used : below.fragments)
            orderFragments(used, seen, order);
        order.push_back(name);
    }

    void compareFragment(const std::string& name)
    {
        const auto* fragment = given(name);
        const auto there = m_journey.fragment(name);
        if (fragment != nullptr && there && !equalContent(fragment->body, there))
            m_pasting.kept.push_back(name);
    }

    void addComponent(const std::string& name)
    {
        const auto found = std::ranges::find(m_clip.components, name, &Component::name);
        const auto there = m_journey.components.find(name);
        if (!there)
            m_pasting.cargo.components.push_back(found == m_clip.components.end() ? componentNamed(name) : *found);
        else if (found != m_clip.components.end() && !equalContent(*found, *there))
            m_pasting.kept.push_back(name);
    }

    /// Those of the components that come along.
    void addRules()
    {
        for (const auto& rule : m_clip.rules) {
            const auto& components = m_pasting.cargo.components;
            if (std::ranges::none_of(components, [&rule](const auto& one) { return fallsUnder(one, rule); }))
                continue;
            const auto there = std::ranges::find(m_journey.domainRules, rule.name, &DomainRule::name);
            if (there == m_journey.domainRules.end())
                m_pasting.rules.push_back(rule);
            else if (*there != rule)
                m_pasting.kept.push_back(rule.name);
        }
    }

    const Clip& m_clip;
    const Journey& m_journey;
    Pasting m_pasting;
};

} // namespace

Pasting fitted(const Clip& clip, const Journey& journey)
{
    return Fitting(clip, journey).run();
}

std::optional<Edit> puttingDown(const Journey& journey, const Pasting& pasting, const Landing& landing)
{
    auto edit = journey::puttingDown(journey, pasting.cargo, landing);
    if (!edit || pasting.rules.empty())
        return edit;
    Compound whole;
    for (const auto& rule : pasting.rules)
        whole.edits.emplace_back(AddDomainRule{rule});
    whole.edits.push_back(std::move(*edit));
    return whole;
}

} // namespace emac::spec
