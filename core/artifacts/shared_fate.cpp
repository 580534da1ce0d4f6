// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/shared_fate.h"

#include "core/journey/paths.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace emac::artifacts {

namespace {

using Names = std::set<std::string>;

class Search
{
public:
    explicit Search(const Request& request) : m_request(request) { }

    SharedFate operator()()
    {
        SharedFate fate;
        for (const auto& place : journey::nodePlaces(m_request.intent.journey)) {
            if (journey::isRedundant(*place.node))
                fate.operators.push_back(look(*place.node, place.key));
            const auto* retry = std::get_if<journey::Retry>(&place.node->op);
            if (retry != nullptr && retry->attempts > 1)
                fate.retries.push_back(place.key);
        }
        fate.domains.assign(m_domains.begin(), m_domains.end());
        fate.components.assign(m_components.begin(), m_components.end());
        fate.unknown.assign(m_unknown.begin(), m_unknown.end());
        fate.undeclared.assign(m_undeclared.begin(), m_undeclared.end());
        return fate;
    }

private:
    SharedFate::Operator look(const journey::Expression& node, const std::string& key)
    {
        const auto* law = m_request.analysis.find(node.id);
        SharedFate::Operator found{key, journey::typeOf(node), {}, law != nullptr && law->sharesFate, false, {}};
        Names all;
        std::vector<Names> children;
        journey::forEachChild(node, [&](const journey::ExpressionPtr& child) {
            children.push_back(components(child));
            all.insert(children.back().begin(), children.back().end());
        });
        found.alternatives.assign(all.begin(), all.end());
        for (const auto& component : all) {
            const auto* input = m_request.inputs.find(component);
            if (input != nullptr && input->domainsUnknown) {
                found.unknown = true;
                m_unknown.insert(component);
            } else if (input == nullptr || input->domains.empty()) {
                m_undeclared.insert(component);
            }
        }
        if (found.shares) {
            addRepeated(children, m_components);
            std::vector<Names> domains;
            for (const auto& child : children)
                domains.push_back(domainsOf(child));
            Names common;
            addRepeated(byKind(domains), common);
            found.domains.assign(common.begin(), common.end());
            m_domains.merge(common);
        }
        return found;
    }

    static void addRepeated(const std::vector<Names>& children, Names& to)
    {
        std::map<std::string, int> count;
        for (const auto& child : children) {
            for (const auto& name : child) {
                if (++count[name] == 2)
                    to.insert(name);
            }
        }
    }

    Names domainsOf(const Names& components) const
    {
        Names domains;
        for (const auto& component : components) {
            const auto* input = m_request.inputs.find(component);
            if (input != nullptr && !input->domainsUnknown)
                domains.insert(input->domains.begin(), input->domains.end());
        }
        return domains;
    }

    /// Values of a kind that some child has bare, as the kind.
    static std::vector<Names> byKind(const std::vector<Names>& children)
    {
        Names bare;
        for (const auto& child : children) {
            std::ranges::copy_if(child, std::inserter(bare, bare.end()),
                                 [](const std::string& name) { return name.find(':') == std::string::npos; });
        }
        std::vector<Names> merged;
        for (const auto& child : children) {
            Names names;
            for (const auto& name : child) {
                const auto kind = name.substr(0, name.find(':'));
                names.insert(bare.contains(kind) ? kind : name);
            }
            merged.push_back(std::move(names));
        }
        return merged;
    }

    /// That are called below, fragments included.
    const Names& components(const journey::ExpressionPtr& root)
    {
        const auto [found, isNew] = m_below.try_emplace(root->id);
        if (!isNew)
            return found->second;
        Names names;
        if (const auto* call = std::get_if<journey::Call>(&root->op)) {
            names.insert(call->component);
        } else if (const auto* use = std::get_if<journey::Use>(&root->op)) {
            if (const auto body = m_request.intent.journey.fragment(use->fragment))
                names = components(body);
        } else {
            journey::forEachChild(*root, [&](const journey::ExpressionPtr& child) {
                const auto& below = components(child);
                names.insert(below.begin(), below.end());
            });
        }
        return m_below[root->id] = std::move(names);
    }

    const Request& m_request;
    std::map<journey::NodeId, Names> m_below;
    Names m_domains;
    Names m_components;
    Names m_unknown;
    Names m_undeclared;
};

std::string joined(const std::vector<std::string>& list)
{
    std::string text;
    for (const auto& part : list)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

} // namespace

std::string SharedFate::assumption() const
{
    if (!domains.empty())
        return joined(domains) + " shared fate";
    if (!unknown.empty())
        return "shared fate where domains are unknown";
    if (!components.empty())
        return "shared components";
    return retries.empty() ? "separate domains" : "attempts of a retry fail together";
}

std::vector<std::string> SharedFate::assumptions() const
{
    std::vector<std::string> list;
    for (const auto& domain : domains)
        list.push_back("Full correlation inside domain " + domain);
    if (!unknown.empty())
        list.push_back("Full correlation of alternatives whose domains are unknown: " + joined(unknown));
    if (!components.empty())
        list.push_back("Full correlation of alternatives that share components: " + joined(components));
    if (!retries.empty())
        list.push_back("Full correlation of the attempts of a retry: " + joined(retries));
    if (!undeclared.empty())
        list.push_back("Independence of alternatives that state no failure domain: " + joined(undeclared));
    return list;
}

std::string SharedFate::reasonAt(const std::string& id) const
{
    if (std::ranges::find(retries, id) != retries.end())
        return "the attempts of " + id + " fail together";
    const auto op = std::ranges::find(operators, id, &Operator::id);
    if (op == operators.end() || (!op->shares && !op->unknown))
        return "calls of one component below " + id + " are not taken as one event";
    const std::string cause = !op->domains.empty() ? joined(op->domains) + " shared fate"
                              : op->unknown        ? "shared fate where domains are unknown"
                                                   : "shared components";
    return cause + " removes redundancy of " + id;
}

SharedFate sharedFateOf(const Request& request)
{
    return Search(request)();
}

} // namespace emac::artifacts
