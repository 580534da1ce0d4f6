// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/explain/sharing.h"

#include "core/journey/domain.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace emac::widgets {

namespace {

using journey::ExpressionPtr;
using journey::OperatorType;

/// What lies below a node, fragments included.
struct Below
{
    std::map<std::string, int> all; ///< components, with the number of calls (2 for more)
    std::map<std::string, int> events; ///< of these, what is one event here
    std::set<std::string> lasting; ///< components whose domains' states matter here
};

class Collector
{
public:
    Collector(const journey::Journey& journey, const journey::Inputs& inputs) : m_journey(journey), m_inputs(inputs) { }

    Below collect(const ExpressionPtr& node)
    {
        m_below = {};
        visit(node, true, true);
        return std::move(m_below);
    }

private:
    /// `events`: a component's state is the same as outside; `lasting`: a domain's is.
    void visit(const ExpressionPtr& node, bool events, bool lasting)
    {
        if (!node)
            return;
        if (const auto* call = std::get_if<journey::Call>(&node->op)) {
            const auto* input = m_inputs.find(call->component);
            count(m_below.all, call->component);
            if (events && (input == nullptr || !input->independentCalls))
                count(m_below.events, call->component);
            if (lasting)
                m_below.lasting.insert(call->component);
            return;
        }
        if (const auto* use = std::get_if<journey::Use>(&node->op)) {
            if (!m_open.insert(use->fragment).second)
                return; // it would lead back into itself
            visit(m_journey.fragment(use->fragment), events, lasting);
            m_open.erase(use->fragment);
            return;
        }
        const auto type = journey::typeOf(*node);
        const bool scope = type == OperatorType::Retry || type == OperatorType::Optional;
        journey::forEachChild(*node, [&](const ExpressionPtr& child) {
            visit(child, events && !scope, lasting && type != OperatorType::Optional);
        });
    }

    static void count(std::map<std::string, int>& counts, const std::string& component)
    {
        auto& calls = counts[component];
        calls = std::min(2, calls + 1);
    }

    const journey::Journey& m_journey;
    const journey::Inputs& m_inputs;
    std::set<std::string> m_open; ///< fragments being visited
    Below m_below;
};

/// Sets of children that are merged.
class Sets
{
public:
    explicit Sets(std::size_t count) : m_parent(count) { std::iota(m_parent.begin(), m_parent.end(), std::size_t{0}); }

    std::size_t of(std::size_t child)
    {
        while (m_parent[child] != child)
            child = m_parent[child] = m_parent[m_parent[child]];
        return child;
    }
    void merge(const std::set<std::size_t>& children)
    {
        for (const auto child : children)
            m_parent[of(child)] = of(*children.begin());
    }

private:
    std::vector<std::size_t> m_parent;
};

using Holders = std::map<std::string, std::set<std::size_t>>; ///< by name: the children that have it

/// Domains by the name that is shared: a bare kind stands for every value of it.
Holders domainHolders(const std::vector<Below>& parts, const journey::Inputs& inputs)
{
    Holders byName;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        for (const auto& [component, calls] : parts[i].all) {
            if (const auto* input = inputs.find(component)) {
                for (const auto& domain : input->domains)
                    byName[domain].insert(i);
            }
        }
    }
    Holders result;
    for (const auto& [name, holders] : byName) {
        const auto bare = byName.find(std::string(journey::DomainName::parse(name).kind));
        result[bare == byName.end() ? name : bare->first].insert(holders.begin(), holders.end());
    }
    return result;
}

} // namespace

std::vector<FateGroup> fateGroups(const std::vector<ExpressionPtr>& children, const journey::Journey& journey,
                                  const journey::Inputs& inputs)
{
    Collector collector(journey, inputs);
    std::vector<Below> parts;
    Holders components;
    FateGroup whole;
    for (std::size_t i = 0; i < children.size(); ++i) {
        whole.children.push_back(i);
        parts.push_back(collector.collect(children[i]));
        for (const auto& [component, calls] : parts.back().all) {
            components[component].insert(i);
            const auto* input = inputs.find(component);
            if (input != nullptr && input->domainsUnknown
                && std::ranges::find(whole.unknown, component) == whole.unknown.end())
                whole.unknown.push_back(component);
        }
    }
    if (!whole.unknown.empty())
        return {whole};

    const auto domains = domainHolders(parts, inputs);
    Sets sets(children.size());
    for (const Holders* holders : std::initializer_list<const Holders*>{&components, &domains}) {
        for (const auto& [name, having] : *holders)
            sets.merge(having);
    }
    std::vector<FateGroup> groups;
    std::map<std::size_t, std::size_t> groupOf; // by set
    for (std::size_t i = 0; i < children.size(); ++i) {
        const auto [entry, isNew] = groupOf.try_emplace(sets.of(i), groups.size());
        if (isNew)
            groups.emplace_back();
        auto& group = groups[entry->second];
        group.children.push_back(i);
        for (const auto& [component, calls] : parts[i].all) {
            const auto* input = inputs.find(component);
            const bool states = input != nullptr && !input->domains.empty();
            if (!states && std::ranges::find(group.undeclared, component) == group.undeclared.end())
                group.undeclared.push_back(component);
        }
    }
    const auto name = [&](const Holders& holders, std::vector<std::string> FateGroup::*list) {
        for (const auto& [shared, having] : holders) {
            if (having.size() > 1)
                (groups[groupOf.at(sets.of(*having.begin()))].*list).push_back(shared);
        }
    };
    name(components, &FateGroup::components);
    name(domains, &FateGroup::domains);
    return groups;
}

std::vector<StatedDomain> statedDomains(const std::string& component, const journey::Journey& journey,
                                        const journey::Inputs& inputs)
{
    std::vector<StatedDomain> result;
    const auto* input = inputs.find(component);
    if (input == nullptr)
        return result;
    for (const auto& domain : input->domains) {
        if (std::ranges::find(result, domain, &StatedDomain::domain) != result.end())
            continue;
        for (const auto& wanted : {domain, std::string(journey::DomainName::parse(domain).kind)}) {
            const auto rule = std::ranges::find_if(journey.domainRules, [&](const journey::DomainRule& candidate) {
                return candidate.name == wanted && candidate.availability;
            });
            if (rule == journey.domainRules.end())
                continue;
            result.push_back({domain, *rule});
            break;
        }
    }
    return result;
}

Common commonOf(const std::vector<ExpressionPtr>& children, const journey::Journey& journey,
                const journey::Inputs& inputs, bool domains)
{
    Collector collector(journey, inputs);
    Holders components;
    Holders states;
    for (std::size_t i = 0; i < children.size(); ++i) {
        const auto below = collector.collect(children[i]);
        for (const auto& [component, calls] : below.events)
            components[component].insert(i);
        if (!domains)
            continue;
        for (const auto& component : below.lasting) {
            for (const auto& stated : statedDomains(component, journey, inputs))
                states[stated.domain].insert(i);
        }
    }
    Common common;
    for (const auto& [name, having] : components) {
        if (having.size() > 1)
            common.components.insert(name);
    }
    for (const auto& [name, having] : states) {
        if (having.size() > 1)
            common.domains.insert(name);
    }
    return common;
}

std::set<std::string> repeatedBelow(const ExpressionPtr& node, const journey::Journey& journey,
                                    const journey::Inputs& inputs)
{
    std::set<std::string> result;
    // Each retry is a part of its own: what repeats in it repeats below as well.
    const std::function<void(const ExpressionPtr&)> add = [&](const ExpressionPtr& scope) {
        for (const auto& [component, calls] : Collector(journey, inputs).collect(scope).events) {
            if (calls > 1)
                result.insert(component);
        }
    };
    add(node);
    journey::forEachNode(node, [&](const ExpressionPtr& inner) {
        if (const auto* retry = std::get_if<journey::Retry>(&inner->op))
            add(retry->body);
    });
    return result;
}

} // namespace emac::widgets
