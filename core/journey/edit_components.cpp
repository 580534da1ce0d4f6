// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"
#include "core/journey/stated_domains.h"
#include "core/journey/structure.h"

namespace emac::journey {

using base::Code;

namespace {

ComponentPtr versioned(Component component)
{
    component.version = newVersion();
    return std::make_shared<const Component>(std::move(component));
}

/// Why a new component, or the new value of one, cannot be.
Fault faultIn(const Journey& journey, const Component& component, const Component* before)
{
    if (auto found = componentFault(component, before))
        return found;
    const bool wasSound = before == nullptr || !ownPartFault(journey, *before);
    return wasSound ? ownPartFault(journey, component) : Fault{};
}

/// The intent with another value of an existing component.
Edited withComponent(const Intent& intent, const ComponentPtr& before, Component after)
{
    after.version = before->version;
    if (after == *before)
        return {intent, {}};
    if (auto found = faultIn(intent.journey, after, before.get()))
        return refused(std::move(*found));
    Intent result = intent;
    result.journey.components = intent.journey.components.with(versioned(std::move(after)));
    return {std::move(result), {}};
}

} // namespace

Edited edited(const Intent& intent, const AddComponent& edit)
{
    if (auto found = faultIn(intent.journey, edit.component, nullptr))
        return refused(std::move(*found));
    if (intent.journey.components.find(edit.component.name))
        return refused(Code::NameTaken, {edit.component.name});
    Intent result = intent;
    result.journey.components = intent.journey.components.adding(versioned(edit.component));
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const RemoveComponent& edit)
{
    if (!intent.journey.components.find(edit.name))
        return refused(Code::ElementGone);
    if (const auto calls = callsOf(intent.journey, edit.name); calls > 0)
        return refused(Code::ComponentCalled, {edit.name, std::to_string(calls)});
    Intent result = intent;
    result.journey.components = intent.journey.components.without(edit.name);
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const RenameComponent& edit)
{
    const auto& components = intent.journey.components;
    const auto before = components.find(edit.from);
    if (!before)
        return refused(Code::ElementGone);
    if (edit.from == edit.to)
        return {intent, {}};
    if (auto found = nameFault(edit.to, "components"))
        return refused(std::move(*found));
    if (components.find(edit.to))
        return refused(Code::NameTaken, {edit.to});
    Rewrite rewrite;
    forEachNode(intent.journey, [&](const ExpressionPtr& node) {
        const auto* call = std::get_if<Call>(&node->op);
        if (call != nullptr && call->component == edit.from)
            rewrite.replacements[node->id] = {replaced(*node, Call{edit.to})};
    });
    Intent result = intent;
    result.journey = rewritten(intent.journey, rewrite);
    auto after = *before;
    after.name = edit.to;
    result.journey.components = components.renamed(edit.from, versioned(std::move(after)));
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const SetComponent& edit)
{
    const auto before = intent.journey.components.find(edit.component.name);
    return before ? withComponent(intent, before, edit.component) : refused(Code::ElementGone);
}

Edited edited(const Intent& intent, const BindComponent& edit)
{
    const auto before = intent.journey.components.find(edit.component);
    if (!before)
        return refused(Code::ElementGone);
    auto after = *before;
    after.atomicSloRef = edit.reference;
    return withComponent(intent, before, std::move(after));
}

Edited edited(const Intent& intent, const SetAvailability& edit)
{
    const auto before = intent.journey.components.find(edit.component);
    if (!before)
        return refused(Code::ElementGone);
    auto after = *before;
    after.inlineAvailability = edit.value;
    return withComponent(intent, before, std::move(after));
}

} // namespace emac::journey
