// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/message.h"
#include "core/journey/intent.h"

#include <optional>
#include <string>
#include <string_view>

/// What the reader says of a value, said of one that an edit sets: the first fault, or none.
namespace emac::journey {

using Fault = std::optional<base::Message>;

/// A name of 1 to 253 bytes, all of which can be seen: see base::isInvisible(). `what` is the entry that holds it:
/// "id", "ref".
Fault nameFault(std::string_view name, std::string_view what);

/// "kind" or "kind:value".
Fault domainFault(std::string_view name);

/// "openslo:NAME", "openslo:NAME#OBJECTIVE", or empty.
Fault referenceFault(std::string_view reference);

/// 0 ≤ duration ≤ 10 years.
Fault durationFault(base::Duration duration);

/// 0 ≤ ratio ≤ 1, exactly.
Fault probabilityFault(const base::Ratio& ratio);

/// Both ends are probabilities, the lower one first.
Fault rangeFault(const ProbabilityRange& range);

/// 0 < target < 1, exactly.
Fault targetFault(const base::Ratio& target);

/// 1 ≤ k ≤ n.
Fault countFault(const KofN& op);
/// At least one attempt.
Fault countFault(const Retry& op);

/// mu and sigma, where it is stated by them.
Fault lognormalFault(const LognormalLatency& latency);

/// The parameters of an operator, its probabilities and its sum among them; not what it is applied to.
Fault operatorFault(const Operator& op);

/// What differs from `before`, all where it is null. A document states either a number or observed outcomes.
Fault componentFault(const Component& component, const Component* before);

Fault ruleFault(const DomainRule& rule);
Fault objectivesFault(const Objectives& objectives);
Fault expectedEventsFault(std::optional<double> events);
Fault evidenceFault(const EvidencePolicy& evidence);
Fault governanceFault(const Governance& governance);

} // namespace emac::journey
