// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"
#include "core/journey/paths.h"
#include "core/journey/structure.h"

#include <algorithm>

// Wrapping, unwrapping and changing operators.
namespace emac::journey {

using base::Code;

namespace {

bool isLeaf(OperatorType type)
{
    return type == OperatorType::Call || type == OperatorType::Use;
}

bool isSeries(const ExpressionPtr& node)
{
    return node && typeOf(*node) == OperatorType::Series;
}

/// Why an operator of this type cannot stand over so many.
Fault overFault(OperatorType type, std::size_t count)
{
    if (isLeaf(type))
        return base::Message{Code::LeafHasNoChildren, {keyword(type)}};
    if (type == OperatorType::Fallback && count < 2)
        return base::Message{Code::FallbackNeedsTwo, {}};
    return {};
}

bool isIn(const Journey& journey, const std::vector<ExpressionPtr>& trees, NodeId id)
{
    bool found = findNode(journey, id) != nullptr;
    for (const auto& tree : trees)
        forEachNode(tree, [&](const ExpressionPtr& node) { found = found || node->id == id; });
    return found;
}

} // namespace

Edited edited(const Intent& intent, const Wrap& edit)
{
    const auto [selected, fault] = siblings(intent.journey, edit.ids);
    if (fault)
        return refused(*fault);
    const auto& first = selected.front();
    if (!edit.further.empty()) {
        if (auto found = insertionFault(intent.journey, edit.further))
            return refused(std::move(*found));
    }
    std::vector<ExpressionPtr> list;
    for (const auto& one : selected)
        list.push_back(one.node);
    list.insert(list.end(), edit.further.begin(), edit.further.end());
    if (auto found = overFault(edit.type, list.size()))
        return refused(std::move(*found));
    if (edit.type == OperatorType::Series && (isSeries(first.parent) || (list.size() == 1 && isSeries(list.front()))))
        return refused(Code::SeriesAlready);
    auto made = makeExpression(operatorOver(edit.type, std::move(list)));
    if (edit.wrapper != NodeId{}) {
        if (isIn(intent.journey, edit.further, edit.wrapper))
            return refused(Code::NodeNotNew);
        made = std::make_shared<const Expression>(Expression{edit.wrapper, made->version, made->op, {}, {}});
    }
    Rewrite rewrite;
    for (const auto& one : selected)
        rewrite.replacements.try_emplace(one.node->id);
    rewrite.replacements[first.node->id] = {std::move(made)};
    rewrite.heir = first.node->id;
    return restructured(intent, rewrite);
}

Edited edited(const Intent& intent, const Unwrap& edit)
{
    const auto found = locate(intent.journey, edit.node);
    if (!found)
        return refused(Code::ElementGone);
    if (isLeaf(typeOf(*found->node)))
        return refused(Code::LeafHasNoChildren, {displayName(*found->node)});
    auto list = children(*found->node);
    const auto fitsOne = [](OperatorType type) {
        return type == OperatorType::Branch || type == OperatorType::Retry || type == OperatorType::Timeout
               || type == OperatorType::Optional;
    };
    const bool oneFits = !found->parent || fitsOne(typeOf(*found->parent));
    if (oneFits && list.size() > 1 && isSeries(found->node))
        return refused(Code::SeriesAlready);
    Rewrite rewrite;
    rewrite.replacements[edit.node] = std::move(list);
    return restructured(intent, rewrite);
}

Edited edited(const Intent& intent, const ChangeOperator& edit)
{
    const auto node = findNode(intent.journey, edit.node);
    if (!node)
        return refused(Code::ElementGone);
    if (isLeaf(typeOf(*node)))
        return refused(Code::LeafHasNoChildren, {displayName(*node)});
    auto list = children(*node);
    if (auto found = overFault(edit.type, list.size()))
        return refused(std::move(*found));
    if (edit.type == typeOf(*node))
        return {intent, {}};
    Rewrite rewrite;
    rewrite.replacements[edit.node] = {replaced(*node, operatorOver(edit.type, std::move(list)))};
    return restructured(intent, rewrite);
}

} // namespace emac::journey
