// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/recording_rules.h"
#include "core/artifacts/subject.h"
#include "core/yaml/content.h"

#include <optional>

/// The parts of a DerivationReport that say what the journey is and what is assumed of it.
namespace emac::artifacts {

/// "front", or `series: [front, {parallel: [cart, pricing]}]` with the parameters beside it.
yaml::Content operatorGraph(const journey::Expression& node);

/// Availabilities of all components, by name: nominal ones, or with both ends where they differ.
yaml::Content atomicTargets(const Request& request);
yaml::Content atomicInputs(const Request& request);

/// Effective failure domains of all components, by name.
yaml::Content failureDomains(const Request& request);

/// How the alternatives of each redundancy operator relate, and what that means for the pessimistic bound.
yaml::Content failureDomainAssumptions(const Subject& subject);

/// The rules that the published policy states, of the operators that the journey has.
yaml::Content formulas(const Subject& subject);

/// The bounds on percentiles that are recorded, and of p99 that it is not; absent where nothing asks for one.
std::optional<yaml::Content> latencyBounds(const Subject& subject, const Constants& constants);

/// What each node is worth, by explicit id or place key.
yaml::Content nodes(const Request& request);

} // namespace emac::artifacts
