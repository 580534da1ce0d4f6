// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"
#include "core/journey/paths.h"
#include "core/journey/structure.h"

#include <algorithm>

// Inserting, removing and moving nodes.
namespace emac::journey {

using base::Code;

namespace {

bool isLeaf(const Expression& node)
{
    return typeOf(node) == OperatorType::Call || typeOf(node) == OperatorType::Use;
}

/// Why nothing can be put before the child of this index.
Fault placeFault(const ExpressionPtr& parent, std::size_t index)
{
    if (!parent)
        return base::Message{Code::ElementGone, {}};
    if (isLeaf(*parent))
        return base::Message{Code::LeafHasNoChildren, {displayName(*parent)}};
    if (index > childCount(*parent))
        return base::Message{Code::ElementGone, {}};
    return {};
}

} // namespace

Edited restructured(const Intent& intent, const Rewrite& rewrite)
{
    Intent result = intent;
    result.journey = rewritten(intent.journey, rewrite);
    const auto& journey = result.journey;
    for (const auto& fragment : intent.journey.fragments) {
        if (!journey.fragment(fragment.name) && usesOf(journey, fragment.name) > 0)
            return refused(Code::FragmentUsed, {fragment.name, std::to_string(usesOf(journey, fragment.name))});
    }
    if (auto found = structureFault(journey); found && !structureFault(intent.journey))
        return refused(std::move(*found));
    return {std::move(result), {}};
}

Edited withNode(const Intent& intent, NodeId id, ExpressionPtr node)
{
    Rewrite rewrite;
    rewrite.replacements[id] = {std::move(node)};
    Intent result = intent;
    result.journey = rewritten(intent.journey, rewrite);
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const InsertChild& edit)
{
    if (auto found = placeFault(findNode(intent.journey, edit.parent), edit.index))
        return refused(std::move(*found));
    if (auto found = insertionFault(intent.journey, {edit.node}))
        return refused(std::move(*found));
    Rewrite rewrite;
    rewrite.insertions[edit.parent] = {edit.index, {edit.node}, edit.label};
    return restructured(intent, rewrite);
}

Edited edited(const Intent& intent, const InsertBeside& edit)
{
    const auto beside = locate(intent.journey, edit.beside);
    if (!beside)
        return refused(Code::ElementGone);
    if (auto found = insertionFault(intent.journey, {edit.node}))
        return refused(std::move(*found));
    const bool after = edit.side == Side::After;
    Rewrite rewrite;
    if (beside->parent && typeOf(*beside->parent) == OperatorType::Series)
        rewrite.insertions[beside->parent->id] = {beside->index + (after ? 1 : 0), {edit.node}, {}};
    else if (after)
        rewrite.replacements[edit.beside] = {oneOf({beside->node, edit.node})};
    else
        rewrite.replacements[edit.beside] = {oneOf({edit.node, beside->node})};
    return restructured(intent, rewrite);
}

Edited edited(const Intent& intent, const SetRoot& edit)
{
    if (auto found = insertionFault(intent.journey, {edit.node}))
        return refused(std::move(*found));
    Intent result = intent;
    if (edit.fragment.empty()) {
        if (intent.journey.root)
            return refused(Code::JourneyNotEmpty);
        result.journey.root = edit.node;
    } else {
        if (auto found = nameFault(edit.fragment, "fragments"))
            return refused(std::move(*found));
        if (intent.journey.fragment(edit.fragment))
            return refused(Code::NameTaken, {edit.fragment});
        result.journey.fragments.push_back({edit.fragment, edit.node});
    }
    if (auto found = structureFault(result.journey); found && !structureFault(intent.journey))
        return refused(std::move(*found));
    return {std::move(result), {}};
}

Edited edited(const Intent& intent, const RemoveNodes& edit)
{
    const auto selected = selection(intent.journey, edit.ids);
    if (selected.empty())
        return refused(Code::ElementGone);
    Rewrite rewrite;
    for (const auto& one : selected)
        rewrite.replacements.try_emplace(one.node->id);
    return restructured(intent, rewrite);
}

Edited edited(const Intent& intent, const MoveNodes& edit)
{
    const auto selected = selection(intent.journey, edit.ids);
    if (selected.empty())
        return refused(Code::ElementGone);
    if (auto found = placeFault(findNode(intent.journey, edit.parent), edit.index))
        return refused(std::move(*found));
    Rewrite rewrite;
    auto& insertion = rewrite.insertions[edit.parent];
    insertion.index = edit.index;
    for (const auto& one : selected) {
        bool intoItself = false;
        forEachNode(one.node, [&](const ExpressionPtr& below) { intoItself |= below->id == edit.parent; });
        if (intoItself)
            return refused(Code::MoveIntoItself, {displayName(*one.node)});
        rewrite.replacements.try_emplace(one.node->id);
        insertion.nodes.push_back(one.node);
    }
    return restructured(intent, rewrite);
}

} // namespace emac::journey
