// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/intent.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// Edits are pure functions Intent → Intent. Where a value may be absent, std::nullopt removes the entry: the default
/// holds. An edit that sets what is already there is no error and changes nothing.
///
/// Nodes keep their NodeId through every edit. What an edit does not change stays the same pointer; from each change to
/// its root the nodes are new, with the same NodeId and a new version. A moved node is itself unchanged.
///
/// Trees heal themselves: an operator without children goes; a kofn's k is lowered to its branches; a fallback without
/// its primary promotes the first alternate, and one with a single try left is replaced by it; what a choice had is
/// added, exactly, to the largest choice left, and the only one left has 1. Several nodes where one fits (a body, a
/// choice, a root) become a series. No edit makes a series a step of a series: its steps are taken instead, and its own
/// NodeId, name and notes go.
namespace emac::journey {

// ---- Tree. Indices count in the order of children(), as it is before the edit; the end is children().size().

/// A new child of an operator. A branch takes it as a choice with probability 0; a body becomes a series with it.
/// New nodes must not be in the journey yet, nor their explicit names: see copied().
struct InsertChild
{
    NodeId parent;
    std::size_t index;
    ExpressionPtr node;
    std::string label{}; ///< of the choice
    bool operator==(const InsertChild&) const = default;
};

enum class Side
{
    Before,
    After
};

/// A new step before or after a node: a step of the series that holds it (or that it is), else the two become a series.
struct InsertBeside
{
    NodeId beside;
    Side side;
    ExpressionPtr node;
    bool operator==(const InsertBeside&) const = default;
};

/// The first node of an empty journey; or, with a name, a new fragment with this body, behind the others.
struct SetRoot
{
    std::string fragment; ///< empty: the journey's own tree
    ExpressionPtr node;
    bool operator==(const SetRoot&) const = default;
};

/// Removes a selection, in the tree and in fragments. A fragment of which nothing is left goes too, unless it is used.
struct RemoveNodes
{
    std::vector<NodeId> ids;
    bool operator==(const RemoveNodes&) const = default;
};

/// Moves a selection, in document order, before the parent's child of this index. Choices moved within their branch
/// keep label and probability; those that come from elsewhere have 0.
struct MoveNodes
{
    std::vector<NodeId> ids;
    NodeId parent;
    std::size_t index;
    bool operator==(const MoveNodes&) const = default;
};

/// Puts one node, or several with the same parent, into a new operator in the place of the first; `further` new nodes
/// stand behind them. Several under retry, timeout or optional become a series. Choices give their probabilities' sum.
/// Parameters: retry 2 attempts, timeout 1 s, k = max(1, n − 1), choices as equal as exact decimals allow.
struct Wrap
{
    std::vector<NodeId> ids;
    OperatorType type;
    std::vector<ExpressionPtr> further{};
    NodeId wrapper{}; ///< the new operator's NodeId, of newNodeId(); 0: any
    bool operator==(const Wrap&) const = default;
};

/// The children take the operator's place. Refused where that would change nothing, and for calls and uses.
struct Unwrap
{
    NodeId node;
    bool operator==(const Unwrap&) const = default;
};

/// Another operator over the same children, with the same NodeId; parameters as in Wrap.
struct ChangeOperator
{
    NodeId node;
    OperatorType type;
    bool operator==(const ChangeOperator&) const = default;
};

/// A duration of a node: retry's backoff, timeout's deadline (which must be stated), race's hedgeDelay.
struct SetDuration
{
    NodeId node{};
    std::optional<base::Duration> value;
    bool operator==(const SetDuration&) const = default;
};

/// A count of a node: retry's attempts, kofn's k.
struct SetCount
{
    NodeId node;
    int value;
    bool operator==(const SetCount&) const = default;
};

/// optional's `wait`.
struct SetWait
{
    NodeId node{};
    std::optional<bool> value;
    bool operator==(const SetWait&) const = default;
};

/// The probability of one choice. Where the choices then cannot sum to 1, the largest other one takes the difference.
struct SetProbability
{
    NodeId node{};
    std::size_t choice = 0;
    ProbabilityRange value;
    bool operator==(const SetProbability&) const = default;
};

/// The probabilities of all choices of a branch.
struct SetProbabilities
{
    NodeId node;
    std::vector<ProbabilityRange> values;
    bool operator==(const SetProbabilities&) const = default;
};

/// Empty: none.
struct SetChoiceLabel
{
    NodeId node;
    std::size_t choice;
    std::string label;
    bool operator==(const SetChoiceLabel&) const = default;
};

/// The explicit id of a node, unique over tree and fragments; empty: none.
struct SetNodeName
{
    NodeId node;
    std::string name;
    bool operator==(const SetNodeName&) const = default;
};

/// Empty: none.
struct SetNodeNotes
{
    NodeId node;
    std::string notes;
    bool operator==(const SetNodeNotes&) const = default;
};

/// Makes a call or a use the call of this component.
struct SetCall
{
    NodeId node;
    std::string component;
    bool operator==(const SetCall&) const = default;
};

/// Makes a call or a use the use of this fragment.
struct SetUse
{
    NodeId node;
    std::string fragment;
    bool operator==(const SetUse&) const = default;
};

// ---- Fragments.

/// Moves one node, or several with the same parent as a series, into a new fragment behind the others, and uses it in
/// their place.
struct ExtractFragment
{
    std::vector<NodeId> ids;
    std::string name;
    NodeId use{}; ///< the use's NodeId, of newNodeId(); 0: any
    bool operator==(const ExtractFragment&) const = default;
};

/// A copy of the fragment's body takes the place of a use, with new NodeIds and without explicit ids; the last use of
/// all takes the body itself, and the fragment goes.
struct InlineFragment
{
    NodeId use;
    bool operator==(const InlineFragment&) const = default;
};

struct RenameFragment
{
    std::string from;
    std::string to;
    bool operator==(const RenameFragment&) const = default;
};

/// Refused while it is used.
struct RemoveFragment
{
    std::string name;
    bool operator==(const RemoveFragment&) const = default;
};

// ---- Components. Versions are given by the edits.

/// Behind the others.
struct AddComponent
{
    Component component;
    bool operator==(const AddComponent&) const = default;
};

/// Refused while it is called.
struct RemoveComponent
{
    std::string name;
    bool operator==(const RemoveComponent&) const = default;
};

/// In all calls too.
struct RenameComponent
{
    std::string from;
    std::string to;
    bool operator==(const RenameComponent&) const = default;
};

/// All values of the component of this name.
struct SetComponent
{
    Component component;
    bool operator==(const SetComponent&) const = default;
};

/// The SLO that gives the availability, "openslo:NAME" or "openslo:NAME#OBJECTIVE"; empty: none.
struct BindComponent
{
    std::string component;
    std::string reference;
    bool operator==(const BindComponent&) const = default;
};

/// Gives the component an inline `availability`, or another one; empty removes it ("Reset").
struct SetAvailability
{
    std::string component;
    std::optional<base::Ratio> value;
    bool operator==(const SetAvailability&) const = default;
};

// ---- Failure domains.

/// Behind the others.
struct AddDomainRule
{
    DomainRule rule;
    bool operator==(const AddDomainRule&) const = default;
};

/// All values of the rule of this name, except the name itself: see RenameDomain.
struct SetDomainRule
{
    DomainRule rule;
    bool operator==(const SetDomainRule&) const = default;
};

struct RemoveDomainRule
{
    std::string name;
    bool operator==(const RemoveDomainRule&) const = default;
};

/// In rules and components. A bare kind is renamed with its values: "zone" → "az" makes "zone:a" "az:a".
struct RenameDomain
{
    std::string from;
    std::string to;
    bool operator==(const RenameDomain&) const = default;
};

// ---- The journey as a whole.

struct SetObjectives
{
    Objectives value;
    bool operator==(const SetObjectives&) const = default;
};

/// The target of the availability objective, which must exist.
struct SetObjectiveTarget
{
    base::Ratio value;
    bool operator==(const SetObjectiveTarget&) const = default;
};

/// Journeys in a window.
struct SetExpectedEvents
{
    std::optional<double> value;
    bool operator==(const SetExpectedEvents&) const = default;
};

struct SetGovernance
{
    Governance value;
    bool operator==(const SetGovernance&) const = default;
};

struct SetEvidence
{
    EvidencePolicy value;
    bool operator==(const SetEvidence&) const = default;
};

struct SetMetadata
{
    std::string name;
    std::string displayName;
    std::map<std::string, std::string> labels;
    bool operator==(const SetMetadata&) const = default;
};

// ---- All of them.

struct Compound;

using Edit = std::variant<InsertChild, InsertBeside, SetRoot, RemoveNodes, MoveNodes, Wrap, Unwrap, ChangeOperator,
                          SetDuration, SetCount, SetWait, SetProbability, SetProbabilities, SetChoiceLabel, SetNodeName,
                          SetNodeNotes, SetCall, SetUse, ExtractFragment, InlineFragment, RenameFragment,
                          RemoveFragment, AddComponent, RemoveComponent, RenameComponent, SetComponent, BindComponent,
                          SetAvailability, AddDomainRule, SetDomainRule, RemoveDomainRule, RenameDomain, SetObjectives,
                          SetObjectiveTarget, SetExpectedEvents, SetGovernance, SetEvidence, SetMetadata, Compound>;

/// Several edits in their order as one, or none of them: the first that is refused refuses all.
struct Compound
{
    std::vector<Edit> edits;
    bool operator==(const Compound&) const;
};

/// Names the value that the edit sets, the same for two edits of one value: typed values merge into one undo step.
/// Empty for an edit of the structure, which never merges.
std::string targetOf(const Edit& edit);

/// The edited intent, or why it cannot be: an element does not exist or has no such value, or the edit would make what
/// the reader reports as an error. A fault that stands elsewhere already refuses nothing.
/// O(size) to look through the tree; allocates for what changes only.
base::Result<Intent> apply(const Intent& intent, const Edit& edit);

/// A copy for insertion: new NodeIds and versions; explicit ids that the journey, or the copy itself, has already are
/// dropped. O(size).
ExpressionPtr copied(const ExpressionPtr& node, const Journey& journey);

} // namespace emac::journey
