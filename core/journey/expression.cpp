// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/expression.h"

#include <array>
#include <atomic>
#include <cassert>
#include <type_traits>

namespace emac::journey {

NodeId newNodeId()
{
    static std::atomic<std::uint64_t> counter{0};
    return NodeId{++counter};
}

Version newVersion()
{
    static std::atomic<Version> counter{0};
    return ++counter;
}

ExpressionPtr makeExpression(Operator op, std::string name, std::string notes)
{
    return std::make_shared<const Expression>(
        Expression{newNodeId(), newVersion(), std::move(op), std::move(name), std::move(notes)});
}

ExpressionPtr replaced(const Expression& node, Operator op)
{
    return std::make_shared<const Expression>(Expression{node.id, newVersion(), std::move(op), node.name, node.notes});
}

OperatorType typeOf(const Expression& node)
{
    return static_cast<OperatorType>(node.op.index());
}

const char* keyword(OperatorType type)
{
    constexpr std::array words{"call",  "series",   "parallel", "race",     "kofn", "branch",
                               "retry", "fallback", "timeout",  "optional", "use"};
    static_assert(words.size() == std::variant_size_v<Operator>);
    return words[static_cast<std::size_t>(type)];
}

std::vector<ExpressionPtr> children(const Expression& node)
{
    std::vector<ExpressionPtr> list;
    list.reserve(childCount(node));
    forEachChild(node, [&list](const ExpressionPtr& child) { list.push_back(child); });
    return list;
}

std::size_t childCount(const Expression& node)
{
    std::size_t count = 0;
    forEachChild(node, [&count](const ExpressionPtr&) { ++count; });
    return count;
}

Operator withChildren(const Operator& original, std::vector<ExpressionPtr> replacement)
{
    return std::visit(
        [&](auto op) -> Operator {
            using T = std::decay_t<decltype(op)>;
            if constexpr (std::is_same_v<T, Call> || std::is_same_v<T, Use>) {
                assert(replacement.empty());
            } else if constexpr (std::is_same_v<T, Series>) {
                op.steps = std::move(replacement);
            } else if constexpr (std::is_same_v<T, Branch>) {
                assert(replacement.size() == op.choices.size());
                for (std::size_t i = 0; i < replacement.size(); ++i)
                    op.choices[i].body = std::move(replacement[i]);
            } else if constexpr (std::is_same_v<T, Fallback>) {
                op.primary = std::move(replacement.front());
                op.alternates.assign(std::make_move_iterator(replacement.begin() + 1),
                                     std::make_move_iterator(replacement.end()));
            } else if constexpr (std::is_same_v<T,
                                                Retry> || std::is_same_v<T, Timeout> || std::is_same_v<T, Optional>) {
                op.body = std::move(replacement.front());
            } else {
                op.branches = std::move(replacement);
            }
            return op;
        },
        original);
}

bool isRedundant(const Expression& node)
{
    if (std::holds_alternative<Race>(node.op) || std::holds_alternative<Fallback>(node.op))
        return true;
    const auto* kofn = std::get_if<KofN>(&node.op);
    return kofn != nullptr && static_cast<std::size_t>(kofn->k) < kofn->branches.size();
}

bool equalContent(const ExpressionPtr& a, const ExpressionPtr& b)
{
    if (a == b)
        return true;
    if (!a || !b || a->name != b->name || a->notes != b->notes || a->op.index() != b->op.index())
        return false;
    const auto left = children(*a);
    const auto right = children(*b);
    if (left.size() != right.size())
        return false;
    // With the children made the same, what is left to compare is the operator's own parameters.
    if (!(withChildren(a->op, right) == b->op))
        return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (!equalContent(left[i], right[i]))
            return false;
    }
    return true;
}

} // namespace emac::journey
