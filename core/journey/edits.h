// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/intent.h"

#include <string>
#include <variant>

/// Edits are pure functions Intent → Intent. Each names one value of one element.
namespace emac::journey {

/// Gives the component an inline `availability`, or another one; empty removes it ("Reset").
struct SetAvailability
{
    std::string component;
    std::optional<base::Ratio> value;
    bool operator==(const SetAvailability&) const = default;
};

/// The target of the availability objective.
struct SetObjectiveTarget
{
    base::Ratio value;
    bool operator==(const SetObjectiveTarget&) const = default;
};

/// A duration of a node: retry's backoff, timeout's deadline, race's hedgeDelay.
struct SetDuration
{
    NodeId node;
    base::Duration value;
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
    NodeId node;
    bool value;
    bool operator==(const SetWait&) const = default;
};

/// The probability of one choice of a branch, as a single number.
struct SetProbability
{
    NodeId node;
    std::size_t choice;
    base::Ratio value;
    bool operator==(const SetProbability&) const = default;
};

using Edit = std::variant<SetAvailability, SetObjectiveTarget, SetDuration, SetCount, SetWait, SetProbability>;

/// Names the value that the edit sets, the same for two edits of one value: "0 paya".
std::string targetOf(const Edit& edit);

/// The edited intent, or why it cannot be: the value is out of range, the element does not exist or has no such value.
/// Rebuilds the spine from the node to the root and shares all the rest. O(size) to find the node.
base::Result<Intent> apply(const Intent& intent, const Edit& edit);

} // namespace emac::journey
