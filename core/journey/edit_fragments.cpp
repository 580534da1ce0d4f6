// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"
#include "core/journey/paths.h"
#include "core/journey/structure.h"

#include <algorithm>
#include <unordered_set>

namespace emac::journey {

using base::Code;

namespace {

/// A copy with new NodeIds that keeps the explicit ids which are not taken, and takes them.
ExpressionPtr copiedBeside(const ExpressionPtr& node, std::unordered_set<std::string>& taken)
{
    auto below = children(*node);
    for (auto& child : below)
        child = copiedBeside(child, taken);
    auto name = node->name.empty() || taken.insert(node->name).second ? node->name : std::string();
    return makeExpression(withChildren(node->op, std::move(below)), std::move(name), node->notes);
}

auto byName(const std::string& name)
{
    return [&name](const Fragment& fragment) { return fragment.name == name; };
}

} // namespace

ExpressionPtr copied(const ExpressionPtr& node, const Journey& journey)
{
    std::unordered_set<std::string> taken;
    forEachNode(journey, [&taken](const ExpressionPtr& there) {
        if (!there->name.empty())
            taken.insert(there->name);
    });
    return copiedBeside(node, taken);
}

Edited edited(const Intent& intent, const ExtractFragment& edit)
{
    const auto [selected, fault] = siblings(intent.journey, edit.ids);
    if (fault)
        return refused(*fault);
    const auto& first = selected.front();
    if (auto found = nameFault(edit.name, "fragments"))
        return refused(std::move(*found));
    if (intent.journey.fragment(edit.name))
        return refused(Code::NameTaken, {edit.name});
    if (edit.use != NodeId{} && findNode(intent.journey, edit.use))
        return refused(Code::NodeNotNew);
    Rewrite rewrite;
    std::vector<ExpressionPtr> body;
    for (const auto& one : selected) {
        rewrite.replacements.try_emplace(one.node->id);
        body.push_back(one.node);
    }
    const auto id = edit.use == NodeId{} ? newNodeId() : edit.use;
    rewrite.replacements[first.node->id] = {
        std::make_shared<const Expression>(Expression{id, newVersion(), Use{edit.name}, {}, {}})};
    rewrite.heir = first.node->id;
    Intent result = intent;
    result.journey = rewritten(intent.journey, rewrite);
    result.journey.fragments.push_back({edit.name, oneOf(std::move(body))});
    if (auto found = structureFault(result.journey); found && !structureFault(intent.journey))
        return refused(std::move(*found));
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const InlineFragment& edit)
{
    const auto node = findNode(intent.journey, edit.use);
    const auto* use = node ? std::get_if<Use>(&node->op) : nullptr;
    const auto body = use == nullptr ? nullptr : intent.journey.fragment(use->fragment);
    if (!body)
        return refused(Code::ElementGone);
    Rewrite rewrite;
    if (usesOf(intent.journey, use->fragment) > 1) {
        rewrite.replacements[edit.use] = {copied(body, intent.journey)};
        return restructured(intent, rewrite);
    }
    bool usesItself = false;
    forEachNode(body, [&](const ExpressionPtr& below) { usesItself |= below->id == edit.use; });
    if (usesItself)
        return refused(Code::FragmentCycle, {use->fragment, use->fragment + " → " + use->fragment});
    Intent without = intent;
    std::erase_if(without.journey.fragments, byName(use->fragment));
    rewrite.replacements[edit.use] = {body};
    return restructured(without, rewrite);
}

Edited edited(const Intent& intent, const RenameFragment& edit)
{
    if (!intent.journey.fragment(edit.from))
        return refused(Code::ElementGone);
    if (edit.from == edit.to)
        return {intent, {}};
    if (auto found = nameFault(edit.to, "fragments"))
        return refused(std::move(*found));
    if (intent.journey.fragment(edit.to))
        return refused(Code::NameTaken, {edit.to});
    Rewrite rewrite;
    forEachNode(intent.journey, [&](const ExpressionPtr& node) {
        const auto* use = std::get_if<Use>(&node->op);
        if (use != nullptr && use->fragment == edit.from)
            rewrite.replacements[node->id] = {replaced(*node, Use{edit.to})};
    });
    Intent result = intent;
    result.journey = rewritten(intent.journey, rewrite);
    std::ranges::find(result.journey.fragments, edit.from, &Fragment::name)->name = edit.to;
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const RemoveFragment& edit)
{
    if (!intent.journey.fragment(edit.name))
        return refused(Code::ElementGone);
    if (const auto uses = usesOf(intent.journey, edit.name); uses > 0)
        return refused(Code::FragmentUsed, {edit.name, std::to_string(uses)});
    Intent result = intent;
    std::erase_if(result.journey.fragments, byName(edit.name));
    return {std::move(result), {}};
}

} // namespace emac::journey
