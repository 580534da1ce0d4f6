// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edits.h"

#include "core/journey/paths.h"

#include <type_traits>

namespace emac::journey {

namespace {

using base::Code;

base::Result<Intent> refused(Code code, std::vector<std::string> arguments = {})
{
    return {std::nullopt, {{{code, std::move(arguments)}, {}}}};
}

/// The tree with the node's operator replaced; null where the node is not in it.
ExpressionPtr withOperator(const ExpressionPtr& tree, NodeId id, const Operator& op)
{
    if (!tree)
        return nullptr;
    if (tree->id == id)
        return replaced(*tree, op);
    auto below = children(*tree);
    for (auto& child : below) {
        if (auto changed = withOperator(child, id, op)) {
            child = std::move(changed);
            return replaced(*tree, withChildren(tree->op, std::move(below)));
        }
    }
    return nullptr;
}

base::Result<Intent> withOperator(const Intent& intent, NodeId id, const Operator& op)
{
    Intent changed = intent;
    if (auto root = withOperator(intent.journey.root, id, op)) {
        changed.journey.root = std::move(root);
        return {std::move(changed), {}};
    }
    for (auto& fragment : changed.journey.fragments) {
        if (auto body = withOperator(fragment.body, id, op)) {
            fragment.body = std::move(body);
            return {std::move(changed), {}};
        }
    }
    return refused(Code::ElementGone);
}

struct Apply
{
    const Intent& intent;

    base::Result<Intent> operator()(const SetAvailability& edit) const
    {
        const auto component = intent.journey.components.find(edit.component);
        if (!component)
            return refused(Code::ElementGone);
        if (edit.value && !edit.value->withinUnit())
            return refused(Code::ProbabilityOutOfRange, {edit.value->decimal().toString()});
        auto changed = std::make_shared<Component>(*component);
        changed->inlineAvailability = edit.value;
        changed->version = newVersion();
        Intent result = intent;
        result.journey.components = intent.journey.components.with(std::move(changed));
        return {std::move(result), {}};
    }

    base::Result<Intent> operator()(const SetObjectiveTarget& edit) const
    {
        if (!intent.objectives.availability)
            return refused(Code::ElementGone);
        if (edit.value.success() <= 0 || edit.value.failure() <= 0)
            return refused(Code::TargetOutOfRange, {edit.value.decimal().toString()});
        Intent result = intent;
        result.objectives.availability->target = edit.value;
        return {std::move(result), {}};
    }

    base::Result<Intent> operator()(const SetDuration& edit) const
    {
        if (edit.value < base::Duration(0))
            return refused(Code::NegativeDuration, {base::toString(edit.value)});
        return changeNode(edit.node, [&](auto& op) {
            using T = std::decay_t<decltype(op)>;
            if constexpr (std::is_same_v<T, Retry>)
                op.backoff = edit.value;
            else if constexpr (std::is_same_v<T, Timeout>)
                op.deadline = edit.value;
            else if constexpr (std::is_same_v<T, Race>)
                op.hedgeDelay = edit.value;
            else
                return false;
            return true;
        });
    }

    base::Result<Intent> operator()(const SetCount& edit) const
    {
        if (const auto node = findNode(intent.journey, edit.node)) {
            if (const auto* kofn = std::get_if<KofN>(&node->op)) {
                const auto n = static_cast<int>(kofn->branches.size());
                if (edit.value < 1 || edit.value > n)
                    return refused(Code::KOutOfRange, {std::to_string(edit.value), std::to_string(n)});
            }
        }
        if (edit.value < 1)
            return refused(Code::AttemptsOutOfRange, {std::to_string(edit.value)});
        return changeNode(edit.node, [&](auto& op) {
            using T = std::decay_t<decltype(op)>;
            if constexpr (std::is_same_v<T, Retry>)
                op.attempts = edit.value;
            else if constexpr (std::is_same_v<T, KofN>)
                op.k = edit.value;
            else
                return false;
            return true;
        });
    }

    base::Result<Intent> operator()(const SetWait& edit) const
    {
        return changeNode(edit.node, [&](auto& op) {
            if constexpr (std::is_same_v<std::decay_t<decltype(op)>, Optional>) {
                op.wait = edit.value;
                return true;
            } else {
                return false;
            }
        });
    }

    base::Result<Intent> operator()(const SetProbability& edit) const
    {
        if (!edit.value.withinUnit())
            return refused(Code::ProbabilityOutOfRange, {edit.value.decimal().toString()});
        return changeNode(edit.node, [&](auto& op) {
            if constexpr (std::is_same_v<std::decay_t<decltype(op)>, Branch>) {
                if (edit.choice >= op.choices.size())
                    return false;
                op.choices[edit.choice].probability = {edit.value, edit.value};
                return true;
            } else {
                return false;
            }
        });
    }

    /// `change` sets the value in the operator it is for, and returns false for any other.
    template<typename Change>
    base::Result<Intent> changeNode(NodeId id, const Change& change) const
    {
        const auto node = findNode(intent.journey, id);
        if (!node)
            return refused(Code::ElementGone);
        auto op = node->op;
        if (!std::visit(change, op))
            return refused(Code::ElementGone);
        return withOperator(intent, id, op);
    }
};

} // namespace

std::string targetOf(const Edit& edit)
{
    auto target = std::to_string(edit.index());
    std::visit(
        [&target](const auto& value) {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, SetAvailability>)
                target += ' ' + value.component;
            else if constexpr (!std::is_same_v<T, SetObjectiveTarget>)
                target += ' ' + std::to_string(static_cast<std::uint64_t>(value.node));
            if constexpr (std::is_same_v<T, SetProbability>)
                target += ' ' + std::to_string(value.choice);
        },
        edit);
    return target;
}

base::Result<Intent> apply(const Intent& intent, const Edit& edit)
{
    return std::visit(Apply{intent}, edit);
}

} // namespace emac::journey
