// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edit_steps.h"
#include "core/journey/paths.h"
#include "core/journey/probabilities.h"
#include "core/journey/structure.h"

#include <type_traits>

// The values of one node.
namespace emac::journey {

using base::Code;

namespace {

Edited gone()
{
    return refused(Code::ElementGone);
}

/// Changes the operator of a node. `change` gets it if it is one of these types; what it returns refuses the edit.
template<typename... Types, typename Change>
Edited changed(const Intent& intent, NodeId id, const Change& change)
{
    const auto node = findNode(intent.journey, id);
    if (!node || !(std::holds_alternative<Types>(node->op) || ...))
        return gone();
    auto op = node->op;
    const auto fault = std::visit(
        [&change](auto& one) -> Fault {
            if constexpr ((std::is_same_v<std::decay_t<decltype(one)>, Types> || ...))
                return change(one);
            return {};
        },
        op);
    if (fault)
        return refused(*fault);
    return op == node->op ? Edited{intent, {}} : withNode(intent, id, replaced(*node, std::move(op)));
}

/// Changes the text of a node that `member` names.
Edited withText(const Intent& intent, NodeId id, std::string Expression::*member, const std::string& text)
{
    const auto node = findNode(intent.journey, id);
    if (!node)
        return gone();
    if ((*node).*member == text)
        return {intent, {}};
    auto next = *node;
    next.*member = text;
    next.version = newVersion();
    return withNode(intent, id, std::make_shared<const Expression>(std::move(next)));
}

Edited withLeaf(const Intent& intent, NodeId id, Operator op)
{
    const auto node = findNode(intent.journey, id);
    if (!node || childCount(*node) > 0)
        return gone();
    if (node->op == op)
        return {intent, {}};
    Rewrite rewrite;
    rewrite.replacements[id] = {replaced(*node, std::move(op))};
    return restructured(intent, rewrite);
}

} // namespace

Edited edited(const Intent& intent, const SetDuration& edit)
{
    return changed<Retry, Timeout, Race>(intent, edit.node, [&edit](auto& op) -> Fault {
        using T = std::decay_t<decltype(op)>;
        if constexpr (std::is_same_v<T, Timeout>) {
            if (!edit.value)
                return base::Message{Code::MissingKey, {"deadline", "timeout", "a duration"}};
            op.deadline = *edit.value;
        } else if constexpr (std::is_same_v<T, Retry>) {
            op.backoff = edit.value;
        } else {
            op.hedgeDelay = edit.value;
        }
        return edit.value ? durationFault(*edit.value) : Fault{};
    });
}

Edited edited(const Intent& intent, const SetCount& edit)
{
    return changed<Retry, KofN>(intent, edit.node, [&edit](auto& op) {
        if constexpr (std::is_same_v<std::decay_t<decltype(op)>, KofN>)
            op.k = edit.value;
        else
            op.attempts = edit.value;
        return countFault(op);
    });
}

Edited edited(const Intent& intent, const SetWait& edit)
{
    return changed<Optional>(intent, edit.node, [&edit](Optional& op) {
        op.wait = edit.value;
        return Fault{};
    });
}

Edited edited(const Intent& intent, const SetProbability& edit)
{
    return changed<Branch>(intent, edit.node, [&edit](Branch& op) -> Fault {
        if (edit.choice >= op.choices.size())
            return base::Message{Code::ElementGone, {}};
        if (auto found = rangeFault(edit.value))
            return found;
        op.choices[edit.choice].probability = edit.value;
        auto choices = balanced(op.choices, edit.choice);
        if (!choices)
            return sumFault(op.choices);
        op.choices = std::move(*choices);
        return {};
    });
}

Edited edited(const Intent& intent, const SetProbabilities& edit)
{
    return changed<Branch>(intent, edit.node, [&edit](Branch& op) -> Fault {
        if (edit.values.size() != op.choices.size())
            return base::Message{Code::ListLength,
                                 {"choices", std::to_string(edit.values.size()), std::to_string(op.choices.size())}};
        for (std::size_t i = 0; i < edit.values.size(); ++i) {
            if (auto found = rangeFault(edit.values[i]))
                return found;
            op.choices[i].probability = edit.values[i];
        }
        return sumFault(op.choices);
    });
}

Edited edited(const Intent& intent, const SetChoiceLabel& edit)
{
    return changed<Branch>(intent, edit.node, [&edit](Branch& op) -> Fault {
        if (edit.choice >= op.choices.size())
            return base::Message{Code::ElementGone, {}};
        op.choices[edit.choice].label = edit.label;
        return {};
    });
}

Edited edited(const Intent& intent, const SetNodeName& edit)
{
    const auto node = findNode(intent.journey, edit.node);
    if (node && !edit.name.empty() && node->name != edit.name) {
        if (auto found = nameFault(edit.name, "id"))
            return refused(std::move(*found));
        if (hasNodeName(intent.journey, edit.name))
            return refused(Code::NameTaken, {edit.name});
    }
    return withText(intent, edit.node, &Expression::name, edit.name);
}

Edited edited(const Intent& intent, const SetNodeNotes& edit)
{
    return withText(intent, edit.node, &Expression::notes, edit.notes);
}

Edited edited(const Intent& intent, const SetCall& edit)
{
    if (!intent.journey.components.find(edit.component))
        return refused(Code::UnknownComponent, {edit.component});
    return withLeaf(intent, edit.node, Call{edit.component});
}

Edited edited(const Intent& intent, const SetUse& edit)
{
    if (!intent.journey.fragment(edit.fragment))
        return refused(Code::UnknownFragment, {edit.fragment});
    return withLeaf(intent, edit.node, Use{edit.fragment});
}

} // namespace emac::journey
