// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/syntax.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// A change of a text, and what it does to the syntax.
struct Change
{
    enum class Kind
    {
        Splice, ///< whole entries or items come, or go
        Value, ///< another value in the slot `at`
        Key ///< another key of the entry `at`
    };
    Kind kind = Kind::Splice;
    std::uint32_t offset = 0; ///< of the text before all changes
    std::uint32_t length = 0;
    std::string text;
    NodeIndex at = 0; ///< the first node that is removed, or that the new ones stand before
    NodeIndex removed = 0; ///< how many nodes
    NodeIndex parent = noNode; ///< of new entries or items
    std::vector<SyntaxNode> nodes; ///< offsets from the beginning of `text`
    std::uint32_t name = 0; ///< of a Key

    std::int64_t delta() const { return static_cast<std::int64_t>(text.size()) - static_cast<std::int64_t>(length); }
};

struct Spliced
{
    std::string text;
    std::vector<SyntaxNode> nodes;
    std::vector<NodeIndex> moved; ///< where each old node is now; noNode where it is gone
    std::shared_ptr<const KeyTable> keys;
};

/// Makes all changes at once. @pre they are sorted by offset and do not overlap; `at` ascends. O(size + changes · log).
Spliced splice(std::string_view text, const Syntax& syntax, const std::vector<Change>& changes);

} // namespace emac::yaml
