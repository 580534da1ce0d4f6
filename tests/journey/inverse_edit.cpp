// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/journey/structure.h"
#include "tests/journey/random_edit.h"

#include <algorithm>

namespace emac::tests {

using namespace journey;

namespace {

using Inverse = std::optional<Edit>;

bool isIn(const Journey& journey, NodeId id)
{
    return findNode(journey, id) != nullptr;
}

struct Inverter
{
    const Journey& before;
    const Journey& after;
    const Intent& intent; ///< before

    template<typename Other>
    Inverse operator()(const Other&) const
    {
        return {};
    }

    Inverse operator()(const InsertChild& edit) const
    {
        const auto parent = findNode(before, edit.parent);
        // The only choice left would get 1, whatever it had.
        const bool onlyChoice = typeOf(*parent) == OperatorType::Branch && childCount(*parent) == 1;
        if (fitsOne(*parent) || onlyChoice || !isChild(edit.node->id, edit.parent))
            return {};
        return RemoveNodes{{edit.node->id}};
    }
    Inverse operator()(const InsertBeside& edit) const
    {
        const auto parent = locate(before, edit.beside)->parent;
        const bool wasStep = parent && typeOf(*parent) == OperatorType::Series && isChild(edit.node->id, parent->id);
        return wasStep ? Inverse(RemoveNodes{{edit.node->id}}) : std::nullopt;
    }
    Inverse operator()(const SetRoot& edit) const
    {
        return edit.fragment.empty() ? Inverse(RemoveNodes{{edit.node->id}}) : RemoveFragment{edit.fragment};
    }
    Inverse operator()(const RemoveNodes& edit) const
    {
        if (edit.ids.size() != 1)
            return {};
        const auto gone = *locate(before, edit.ids.front());
        if (!gone.parent)
            return after.root || gone.node != before.root ? std::nullopt : Inverse(SetRoot{"", gone.node});
        if (!isList(*gone.parent) || !isIn(after, gone.parent->id) || hasSeriesStep(gone))
            return {};
        return InsertChild{gone.parent->id, gone.index, gone.node};
    }
    Inverse operator()(const MoveNodes& edit) const
    {
        if (edit.ids.size() != 1)
            return {};
        const auto from = *locate(before, edit.ids.front());
        const auto to = locate(after, edit.ids.front());
        if (!to || !from.parent || !to->parent || !isList(*from.parent) || hasSeriesStep(from))
            return {};
        const auto target = findNode(before, edit.parent);
        const auto parent = findNode(after, from.parent->id);
        if (!parent || !target || to->parent->id != edit.parent || fitsOne(*target))
            return {};
        const bool same = from.parent->id == edit.parent;
        const bool toBranch = typeOf(*target) == OperatorType::Branch;
        if (toBranch && !same)
            return {};
        // Indices count as the node lies now: one further when it lies before its old place in the same list.
        return MoveNodes{edit.ids, from.parent->id, from.index + (same && to->index < from.index ? 1 : 0)};
    }
    Inverse operator()(const Wrap& edit) const
    {
        if (edit.ids.size() != 1 || !edit.further.empty() || edit.wrapper == NodeId{} || !isIn(after, edit.wrapper))
            return {};
        return typeOf(*findNode(before, edit.ids.front())) == OperatorType::Series ? std::nullopt
                                                                                   : Inverse(Unwrap{edit.wrapper});
    }
    Inverse operator()(const SetDuration& edit) const
    {
        const auto& op = findNode(before, edit.node)->op;
        if (const auto* retry = std::get_if<Retry>(&op))
            return SetDuration{edit.node, retry->backoff};
        if (const auto* race = std::get_if<Race>(&op))
            return SetDuration{edit.node, race->hedgeDelay};
        return SetDuration{edit.node, std::get<Timeout>(op).deadline};
    }
    Inverse operator()(const SetCount& edit) const
    {
        const auto& op = findNode(before, edit.node)->op;
        const auto* kofn = std::get_if<KofN>(&op);
        return SetCount{edit.node, kofn != nullptr ? kofn->k : std::get<Retry>(op).attempts};
    }
    Inverse operator()(const SetWait& edit) const
    {
        return SetWait{edit.node, std::get<Optional>(findNode(before, edit.node)->op).wait};
    }
    Inverse operator()(const SetProbability& edit) const { return probabilities(edit.node); }
    Inverse operator()(const SetProbabilities& edit) const { return probabilities(edit.node); }
    Inverse operator()(const SetChoiceLabel& edit) const
    {
        const auto& choices = std::get<Branch>(findNode(before, edit.node)->op).choices;
        return SetChoiceLabel{edit.node, edit.choice, choices[edit.choice].label};
    }
    Inverse operator()(const SetNodeName& edit) const
    {
        return SetNodeName{edit.node, findNode(before, edit.node)->name};
    }
    Inverse operator()(const SetNodeNotes& edit) const
    {
        return SetNodeNotes{edit.node, findNode(before, edit.node)->notes};
    }
    Inverse operator()(const SetCall& edit) const { return leaf(edit.node); }
    Inverse operator()(const SetUse& edit) const { return leaf(edit.node); }
    Inverse operator()(const ExtractFragment& edit) const
    {
        if (edit.ids.size() != 1 || edit.use == NodeId{})
            return {};
        const auto from = *locate(before, edit.ids.front());
        return from.parent && hasSeriesStep(from) ? std::nullopt : Inverse(InlineFragment{edit.use});
    }
    Inverse operator()(const RenameFragment& edit) const { return RenameFragment{edit.to, edit.from}; }
    Inverse operator()(const RemoveFragment& edit) const
    {
        return before.fragments.back().name == edit.name ? Inverse(SetRoot{edit.name, before.fragment(edit.name)})
                                                         : std::nullopt;
    }
    Inverse operator()(const AddComponent& edit) const { return RemoveComponent{edit.component.name}; }
    Inverse operator()(const RemoveComponent& edit) const
    {
        const auto& last = before.components.list().back();
        return last->name == edit.name ? Inverse(AddComponent{*last}) : std::nullopt;
    }
    Inverse operator()(const RenameComponent& edit) const { return RenameComponent{edit.to, edit.from}; }
    Inverse operator()(const SetComponent& edit) const
    {
        return SetComponent{*before.components.find(edit.component.name)};
    }
    Inverse operator()(const BindComponent& edit) const
    {
        return BindComponent{edit.component, before.components.find(edit.component)->atomicSloRef};
    }
    Inverse operator()(const SetAvailability& edit) const
    {
        return SetAvailability{edit.component, before.components.find(edit.component)->inlineAvailability};
    }
    Inverse operator()(const AddDomainRule& edit) const { return RemoveDomainRule{edit.rule.name}; }
    Inverse operator()(const SetDomainRule& edit) const
    {
        return SetDomainRule{*std::ranges::find(before.domainRules, edit.rule.name, &DomainRule::name)};
    }
    Inverse operator()(const RemoveDomainRule& edit) const
    {
        const auto& last = before.domainRules.back();
        return last.name == edit.name ? Inverse(AddDomainRule{last}) : std::nullopt;
    }
    Inverse operator()(const RenameDomain& edit) const
    {
        const auto isKind = [](const std::string& name) { return name.find(':') == std::string::npos; };
        return isKind(edit.to) && !isKind(edit.from) ? std::nullopt : Inverse(RenameDomain{edit.to, edit.from});
    }
    Inverse operator()(const SetObjectives&) const { return SetObjectives{intent.objectives}; }
    Inverse operator()(const SetObjectiveTarget&) const
    {
        return SetObjectiveTarget{intent.objectives.availability->target};
    }
    Inverse operator()(const SetExpectedEvents&) const { return SetExpectedEvents{intent.expectedEvents}; }
    Inverse operator()(const SetGovernance&) const { return SetGovernance{intent.governance}; }
    Inverse operator()(const SetEvidence&) const { return SetEvidence{intent.evidence}; }
    Inverse operator()(const SetMetadata&) const { return SetMetadata{intent.name, intent.displayName, intent.labels}; }

private:
    Inverse probabilities(NodeId id) const
    {
        SetProbabilities edit{id, {}};
        for (const auto& choice : std::get<Branch>(findNode(before, id)->op).choices)
            edit.values.push_back(choice.probability);
        return edit;
    }

    Inverse leaf(NodeId id) const
    {
        const auto& op = findNode(before, id)->op;
        const auto* call = std::get_if<Call>(&op);
        return call != nullptr ? Edit(SetCall{id, call->component}) : SetUse{id, std::get<Use>(op).fragment};
    }

    bool isChild(NodeId id, NodeId parent) const
    {
        const auto found = locate(after, id);
        return found && found->parent && found->parent->id == parent && isIn(before, parent);
    }

    /// Children come and go there without a trace: no probability and no k changes with them.
    static bool isList(const Expression& node)
    {
        const auto* kofn = std::get_if<KofN>(&node.op);
        if (kofn != nullptr)
            return static_cast<std::size_t>(kofn->k) < kofn->branches.size();
        return !fitsOne(node) && typeOf(node) != OperatorType::Branch;
    }

    static bool fitsOne(const Expression& node)
    {
        const auto type = typeOf(node);
        return type == OperatorType::Retry || type == OperatorType::Timeout || type == OperatorType::Optional;
    }

    /// A series that was read as a step of a series cannot be put there again.
    static bool hasSeriesStep(const Located& place)
    {
        return typeOf(*place.node) == OperatorType::Series && typeOf(*place.parent) == OperatorType::Series;
    }
};

} // namespace

std::optional<Edit> inverseOf(const Intent& before, const Edit& edit, const Intent& after)
{
    return std::visit(Inverter{before.journey, after.journey, before}, edit);
}

} // namespace emac::tests
