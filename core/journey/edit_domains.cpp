// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/domain.h"
#include "core/journey/edit_steps.h"
#include "core/journey/stated_domains.h"
#include "core/journey/structure.h"

#include <algorithm>

// Failure domains.
namespace emac::journey {

using base::Code;

namespace {

auto ruleOf(const Journey& journey, const std::string& name)
{
    return std::ranges::find(journey.domainRules, name, &DomainRule::name);
}

/// The intent with these domains, refused where a component that was sound is now better than its domains.
Edited withDomains(const Intent& intent, Journey journey)
{
    const StatedDomains before(intent.journey);
    const StatedDomains after(journey);
    const auto& old = intent.journey.components.list();
    const auto& now = journey.components.list();
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (auto found = ownPartFault(after, *now[i]); found && !ownPartFault(before, *old[i]))
            return refused(std::move(*found));
    }
    Intent result = intent;
    result.journey = std::move(journey);
    return {std::move(result), {}};
}

/// Renames a domain, or with a kind all its values.
struct Renaming
{
    const std::string& from;
    const std::string& to;

    bool concerns(const std::string& name) const { return isCalled(name, from); }

    /// Whether the name is this domain, or a value of this kind.
    static bool isCalled(const std::string& name, const std::string& domain)
    {
        const auto parts = DomainName::parse(name);
        return name == domain || (parts.kind == domain && !parts.value.empty());
    }

    std::string operator()(const std::string& name) const
    {
        return concerns(name) ? to + name.substr(from.size()) : name;
    }
};

/// Whether any rule or component names the domain, or a value of this kind.
bool isNamed(const Journey& journey, const std::string& domain)
{
    const auto called = [&domain](const std::string& name) { return Renaming::isCalled(name, domain); };
    return std::ranges::any_of(journey.domainRules, called, &DomainRule::name)
           || std::ranges::any_of(journey.components.list(), [&called](const ComponentPtr& component) {
                  return std::ranges::any_of(component->failureDomains, called);
              });
}

} // namespace

Edited edited(const Intent& intent, const AddDomainRule& edit)
{
    if (auto found = ruleFault(edit.rule))
        return refused(std::move(*found));
    auto journey = intent.journey;
    if (ruleOf(journey, edit.rule.name) != journey.domainRules.end())
        return refused(Code::NameTaken, {edit.rule.name});
    journey.domainRules.push_back(edit.rule);
    return withDomains(intent, std::move(journey));
}

Edited edited(const Intent& intent, const SetDomainRule& edit)
{
    auto journey = intent.journey;
    const auto found = ruleOf(journey, edit.rule.name);
    if (found == journey.domainRules.end())
        return refused(Code::ElementGone);
    if (auto fault = ruleFault(edit.rule))
        return refused(std::move(*fault));
    journey.domainRules[static_cast<std::size_t>(found - journey.domainRules.begin())] = edit.rule;
    return withDomains(intent, std::move(journey));
}

Edited edited(const Intent& intent, const RemoveDomainRule& edit)
{
    auto journey = intent.journey;
    const auto found = ruleOf(journey, edit.name);
    if (found == journey.domainRules.end())
        return refused(Code::ElementGone);
    journey.domainRules.erase(found);
    return withDomains(intent, std::move(journey));
}

Edited edited(const Intent& intent, const RenameDomain& edit)
{
    if (!isNamed(intent.journey, edit.from))
        return refused(Code::ElementGone);
    if (edit.from == edit.to)
        return {intent, {}};
    if (auto found = domainFault(edit.to))
        return refused(std::move(*found));
    const bool isKind = edit.from.find(':') == std::string::npos;
    if (isKind && edit.to.find(':') != std::string::npos)
        return refused(Code::KindToValue, {edit.from, edit.to});
    if (isNamed(intent.journey, edit.to))
        return refused(Code::NameTaken, {edit.to});
    const Renaming renamed{edit.from, edit.to};
    auto journey = intent.journey;
    for (auto& rule : journey.domainRules) {
        rule.name = renamed(rule.name);
        if (auto found = nameFault(rule.name, "rules"))
            return refused(std::move(*found));
    }
    std::vector<ComponentPtr> components = journey.components.list();
    for (auto& component : components) {
        if (std::ranges::none_of(component->failureDomains,
                                 [&renamed](const std::string& name) { return renamed.concerns(name); }))
            continue;
        auto next = *component;
        std::ranges::transform(next.failureDomains, next.failureDomains.begin(), renamed);
        if (auto found = componentFault(next, component.get()))
            return refused(std::move(*found));
        next.version = newVersion();
        component = std::make_shared<const Component>(std::move(next));
    }
    journey.components = Components(std::move(components));
    return withDomains(intent, std::move(journey));
}

} // namespace emac::journey
