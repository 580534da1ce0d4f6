// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/landing.h"

#include <string>
#include <string_view>
#include <vector>

/// Parts of a journey on their way into another one, as text: what a clipboard holds. The text is a mapping whose
/// sections are written as in a document:
///
///     steps:                      # the copied nodes, one or more
///       - ref: cart
///       - use: payment
///     fragments:                  # those that they use, directly or through another one
///       payment: {type: race, branches: [{ref: paya}, {ref: payb}]}
///     components:                 # those that all these call
///       cart: {kind: service, availability: 0.999, failureDomains: [zone:a]}
///     failureDomains:             # the rules that these components' domains fall under
///       rules:
///         - {name: zone, kind: declared, availability: 0.9999}
namespace emac::spec {

/// Nodes of a journey, with what they need of it. NodeIds and versions are new: nothing here is a node of a journey.
struct Clip
{
    std::vector<journey::ExpressionPtr> nodes; ///< at least one
    std::vector<journey::Component> components;
    std::vector<journey::Fragment> fragments;
    std::vector<journey::DomainRule> rules;
};

/// The nodes, in document order and without those that lie in another one of them, in canonical form with one trailing
/// newline. Empty where there are none. O(size).
std::string writeClip(const journey::Journey& journey, const std::vector<journey::NodeId>& ids);

/// A component alone, as something that a journey may get: a clip of one call.
std::string writeClip(const journey::Component& component);

/// Reads what writeClip() has written, or what a person types: also a single step (`ref: cart`), or a list of steps,
/// without any section. Components and fragments that are named but not given are no errors. Without a value where
/// the text is anything else: then the diagnostics say why, with places in `file`. At most 4 MiB are read.
base::Result<Clip> readClip(std::string_view text, const std::string& file);

/// What a journey gets of a clip.
struct Pasting
{
    journey::Cargo cargo; ///< new nodes; explicit ids that the journey has already are dropped
    std::vector<journey::DomainRule> rules; ///< new ones
    /// Names of components, fragments and rules that the journey has already, and otherwise: they stay as they are.
    std::vector<std::string> kept;
};

/// Fits the clip into the journey. What the journey has by the same name is used as it is there; components that
/// neither has are new ones of this name. O(size of both).
Pasting fitted(const Clip& clip, const journey::Journey& journey);

/// The edit that puts it down there; absent as for journey::puttingDown().
std::optional<journey::Edit> puttingDown(const journey::Journey& journey, const Pasting& pasting,
                                         const journey::Landing& landing);

} // namespace emac::spec
