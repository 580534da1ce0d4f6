// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// YAML text as a tree whose every node knows its place in the text.
namespace emac::yaml {

/// A place in the text. Offset in bytes of the text without its byte-order mark; line and column from 1, column in
/// bytes.
struct Position
{
    std::uint32_t offset = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
    bool operator==(const Position&) const = default;
};

/// Half-open range of byte offsets.
struct Span
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t length() const { return end - begin; }
    bool operator==(const Span&) const = default;
};

enum class Kind
{
    Null,
    Scalar,
    Sequence,
    Mapping
};
enum class ScalarStyle
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded
};

struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// A child of a sequence.
struct Item
{
    NodePtr value;
    bool shared = false; ///< written elsewhere: reached through an alias
    Span written{}; ///< of the alias
};

/// A child of a mapping.
struct Entry
{
    std::string key;
    Position keyPosition;
    NodePtr value;
    bool shared = false; ///< written elsewhere: the value is an alias, or the entry came through a merge key `<<`
    bool merged = false; ///< the entry came through a merge key
    Span written{}; ///< of the alias
};

struct Node
{
    Kind kind = Kind::Null;
    Position position; ///< of the first byte of the value, after anchor and tag; for a null, of its key or dash
    /// Of a scalar: its text with quotes, on one line or more. Of a flow collection: from the bracket to behind the
    /// closing one. Of a block collection: from its first key or dash to the end of its last child.
    Span span;
    ScalarStyle style = ScalarStyle::Plain;
    bool flow = false; ///< a collection written in { } or [ ]
    bool tagged = false; ///< has an explicit tag other than "!"
    std::string text; ///< of a scalar, unescaped
    std::vector<Item> items;
    std::vector<Entry> entries; ///< in document order; merged entries behind the written ones
    std::vector<Entry> merges; ///< the merge keys themselves, as they are written

    /// The entry of this key; null where there is none. O(entries).
    const Entry* find(std::string_view key) const;
    /// A scalar that is quoted is text, whatever it looks like.
    bool isQuoted() const { return style != ScalarStyle::Plain; }
};

} // namespace emac::yaml
