// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "core/journey/rewrite.h"
#include "core/journey/validity.h"

/// What each edit does; see edits.h, which is what others include.
namespace emac::journey {

using Edited = base::Result<Intent>;

inline Edited refused(base::Message reason)
{
    return {std::nullopt, {{std::move(reason), {}}}};
}

inline Edited refused(base::Code code, std::vector<std::string> arguments = {})
{
    return refused(base::Message{code, std::move(arguments)});
}

/// The intent with the trees of its journey changed; refused where a fragment in use would go, or where the trees
/// would become too large, too deep or circular. O(size).
Edited restructured(const Intent& intent, const Rewrite& rewrite);

/// The intent with one node replaced by one that is no larger. O(size).
Edited withNode(const Intent& intent, NodeId id, ExpressionPtr node);

// edit_tree.cpp
Edited edited(const Intent& intent, const InsertChild& edit);
Edited edited(const Intent& intent, const InsertBeside& edit);
Edited edited(const Intent& intent, const SetRoot& edit);
Edited edited(const Intent& intent, const RemoveNodes& edit);
Edited edited(const Intent& intent, const MoveNodes& edit);

// edit_operators.cpp
Edited edited(const Intent& intent, const Wrap& edit);
Edited edited(const Intent& intent, const Unwrap& edit);
Edited edited(const Intent& intent, const ChangeOperator& edit);

// edit_nodes.cpp
Edited edited(const Intent& intent, const SetDuration& edit);
Edited edited(const Intent& intent, const SetCount& edit);
Edited edited(const Intent& intent, const SetWait& edit);
Edited edited(const Intent& intent, const SetProbability& edit);
Edited edited(const Intent& intent, const SetProbabilities& edit);
Edited edited(const Intent& intent, const SetChoiceLabel& edit);
Edited edited(const Intent& intent, const SetNodeName& edit);
Edited edited(const Intent& intent, const SetNodeNotes& edit);
Edited edited(const Intent& intent, const SetCall& edit);
Edited edited(const Intent& intent, const SetUse& edit);

// edit_fragments.cpp
Edited edited(const Intent& intent, const ExtractFragment& edit);
Edited edited(const Intent& intent, const InlineFragment& edit);
Edited edited(const Intent& intent, const RenameFragment& edit);
Edited edited(const Intent& intent, const RemoveFragment& edit);

// edit_components.cpp
Edited edited(const Intent& intent, const AddComponent& edit);
Edited edited(const Intent& intent, const RemoveComponent& edit);
Edited edited(const Intent& intent, const RenameComponent& edit);
Edited edited(const Intent& intent, const SetComponent& edit);
Edited edited(const Intent& intent, const BindComponent& edit);
Edited edited(const Intent& intent, const SetAvailability& edit);

// edit_domains.cpp
Edited edited(const Intent& intent, const AddDomainRule& edit);
Edited edited(const Intent& intent, const SetDomainRule& edit);
Edited edited(const Intent& intent, const RemoveDomainRule& edit);
Edited edited(const Intent& intent, const RenameDomain& edit);

// edit_journey.cpp
Edited edited(const Intent& intent, const SetObjectives& edit);
Edited edited(const Intent& intent, const SetObjectiveTarget& edit);
Edited edited(const Intent& intent, const SetExpectedEvents& edit);
Edited edited(const Intent& intent, const SetGovernance& edit);
Edited edited(const Intent& intent, const SetEvidence& edit);
Edited edited(const Intent& intent, const SetMetadata& edit);

// edits.cpp
Edited edited(const Intent& intent, const Compound& edit);

} // namespace emac::journey
