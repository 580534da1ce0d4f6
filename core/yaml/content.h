// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/syntax.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// What is to be written: a value, perhaps with parts that stand in the text already.
struct Content
{
    enum class Kind
    {
        Text, ///< a scalar that reads as text, quoted where it looks like another type
        Plain, ///< a number, a duration, a truth value: written as it is
        Sequence,
        Mapping,
        Existing ///< the value of a node of the text, copied as it stands there
    };

    Kind kind = Kind::Text;
    std::string text; ///< of a Text or Plain
    std::vector<std::string> keys; ///< of a Mapping: the keys of `children`
    std::vector<Content> children;
    bool flow = false; ///< a collection that is written in { } or [ ], on one line
    NodeIndex existing = noNode;
    std::uint64_t tag = 0; ///< of the node that is written
    bool operator==(const Content&) const = default;

    bool isScalar() const { return kind == Kind::Text || kind == Kind::Plain; }
    /// Of a Mapping; null where there is none. O(entries).
    const Content* find(std::string_view key) const;

    static Content ofText(std::string text);
    static Content plain(std::string text);
    static Content sequence(bool flow = false);
    static Content mapping(bool flow = false);
    static Content copy(NodeIndex existing);

    /// Appends an entry or an item.
    Content& add(std::string key, Content value);
    Content& add(Content item);
};

} // namespace emac::yaml
