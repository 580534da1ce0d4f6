// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "tests/base/random.h"

namespace emac::tests {

/// A well-formed intent: every operator, fragments, explicit ids, notes, components with every kind of evidence, rules,
/// objectives, evidence policy and governance; now and then without some of them, or with no tree at all.
/// Components are c0, c1 …, fragments f0, f1 …, explicit ids n0, n1 ….
journey::Intent randomIntent(Random& random);

/// A new tree over the components and fragments of the journey, without explicit ids.
journey::ExpressionPtr randomTree(Random& random, const journey::Journey& journey, int depth);

journey::Component randomComponent(Random& random, std::string name);
journey::DomainRule randomRule(Random& random, std::string name);
journey::Objectives randomObjectives(Random& random);
journey::EvidencePolicy randomEvidence(Random& random);
journey::Governance randomGovernance(Random& random);

/// "zone:b", "zone", "net:a" …
std::string randomDomain(Random& random);
/// Of the number of decimals, in [0, 1].
base::Ratio randomRatio(Random& random);
/// A short text with what YAML must quote, or an empty one.
std::string randomText(Random& random);

} // namespace emac::tests
