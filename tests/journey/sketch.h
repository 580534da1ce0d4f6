// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Journeys as short texts, for tests that compare trees.
namespace emac::tests {

/// One node as it would be written: "retry:3[again](cart)". Every build() makes new nodes of it.
struct Sketch
{
    std::string word; ///< the operator, else a component; "use" for a fragment
    std::string parameter; ///< attempts, k, milliseconds, a fragment; may be empty
    std::string id; ///< may be empty
    std::vector<Sketch> below;

    std::string text() const;
    journey::ExpressionPtr build() const;
};

/// A tree and fragments: "series(a, use:f); f=race(b, c)". An empty tree is an empty journey.
struct JourneySketch
{
    std::vector<Sketch> tree; ///< one, or none
    std::vector<std::pair<std::string, Sketch>> fragments;

    static JourneySketch parse(std::string_view text);
    journey::Intent build() const;
};

/// The content of a subtree as a text: equal for equal content only.
std::string contentText(const journey::Expression& node);

} // namespace emac::tests
