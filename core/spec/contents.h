// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/yaml/content.h"

/// The parts of an intent as they would be written: what is not stated is left out, keys in canonical order, numbers in
/// their shortest exact form. O(size).
namespace emac::spec {

yaml::Content contentOf(const journey::Component& component);
yaml::Content contentOf(const journey::DomainRule& rule);
yaml::Content contentOf(const journey::Objectives& objectives);
yaml::Content contentOf(const journey::EvidencePolicy& evidence);
yaml::Content contentOf(const journey::Governance& governance);

/// A node's own keys, without its children: `type`, `ref` or `use`, `id`, parameters, `notes`.
yaml::Content ownContent(const journey::Expression& node);
/// A choice's label and probability.
yaml::Content ownContent(const journey::Choice& choice);

/// The key that holds the node's children as a list; empty where it has none.
std::string_view listKey(journey::OperatorType type);
/// The key that holds one child: `body`, or fallback's `primary`; empty where it has none.
std::string_view singleKey(journey::OperatorType type);

/// The expression with all below it.
yaml::Content contentOf(const journey::ExpressionPtr& node);

/// The whole document.
yaml::Content documentContent(const journey::Intent& intent);

/// metadata.name, displayName, labels.
yaml::Content metadataContent(const journey::Intent& intent);

} // namespace emac::spec
