// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/edits.h"

#include "core/journey/edit_steps.h"

namespace emac::journey {

namespace {

std::string text(NodeId id)
{
    return std::to_string(static_cast<std::uint64_t>(id));
}

/// Which value of its kind an edit sets; empty for an edit of the structure.
struct Target
{
    template<typename Structural>
    std::optional<std::string> operator()(const Structural&) const
    {
        return {};
    }

    std::optional<std::string> operator()(const SetDuration& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetCount& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetWait& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetProbabilities& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetNodeName& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetNodeNotes& edit) const { return text(edit.node); }
    std::optional<std::string> operator()(const SetProbability& edit) const
    {
        return text(edit.node) + ' ' + std::to_string(edit.choice);
    }
    std::optional<std::string> operator()(const SetChoiceLabel& edit) const
    {
        return text(edit.node) + ' ' + std::to_string(edit.choice);
    }
    std::optional<std::string> operator()(const SetComponent& edit) const { return edit.component.name; }
    std::optional<std::string> operator()(const BindComponent& edit) const { return edit.component; }
    std::optional<std::string> operator()(const SetAvailability& edit) const { return edit.component; }
    std::optional<std::string> operator()(const SetDomainRule& edit) const { return edit.rule.name; }
    std::optional<std::string> operator()(const SetObjectives&) const { return ""; }
    std::optional<std::string> operator()(const SetObjectiveTarget&) const { return ""; }
    std::optional<std::string> operator()(const SetExpectedEvents&) const { return ""; }
    std::optional<std::string> operator()(const SetGovernance&) const { return ""; }
    std::optional<std::string> operator()(const SetEvidence&) const { return ""; }
    std::optional<std::string> operator()(const SetMetadata&) const { return ""; }
};

} // namespace

bool Compound::operator==(const Compound&) const = default;

std::string targetOf(const Edit& edit)
{
    const auto target = std::visit(Target{}, edit);
    return target ? std::to_string(edit.index()) + ' ' + *target : std::string();
}

Edited edited(const Intent& intent, const Compound& edit)
{
    Edited result{intent, {}};
    for (const auto& one : edit.edits) {
        result = journey::apply(*result.value, one);
        if (!result.value)
            break;
    }
    return result;
}

base::Result<Intent> apply(const Intent& intent, const Edit& edit)
{
    return std::visit([&intent](const auto& one) { return edited(intent, one); }, edit);
}

} // namespace emac::journey
