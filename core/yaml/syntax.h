// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/parse.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

/// A document as it is written: what stands where, in a flat form that an edit copies and shifts quickly. Unlike the
/// tree it has each alias and merge key once, where it stands.
namespace emac::yaml {

/// The place of a node in its Syntax: preorder, so that a node's subtree follows it.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex noNode = UINT32_MAX;

enum class SyntaxKind : std::uint8_t
{
    Null,
    Scalar,
    Sequence,
    Mapping,
    Alias
};

/// An entry of a mapping, an item of a sequence, or the document's root, with its value. Offsets in bytes of the text
/// without its byte-order mark.
struct SyntaxNode
{
    std::uint64_t tag = 0; ///< who this is, as the owner says; 0: nobody
    std::uint32_t key = 0; ///< first byte of an entry's key, of a block item's dash, of a flow item
    std::uint32_t begin = 0; ///< of the value, behind anchor and tag
    std::uint32_t end = 0; ///< behind the value; of a block collection: where its last child ends
    NodeIndex parent = noNode;
    NodeIndex size = 1; ///< nodes of the subtree, this one included
    NodeIndex target = noNode; ///< of an Alias: the node that it repeats
    std::uint32_t name = 0; ///< of an entry: which key, see Syntax::name()
    SyntaxKind kind = SyntaxKind::Null;
    ScalarStyle style = ScalarStyle::Plain;
    bool entry = false; ///< has a key
    bool flow = false; ///< a collection written in { } or [ ]
    bool anchored = false; ///< an alias or a merge key elsewhere repeats it
    bool irregular = false; ///< in a form that is read but not edited: explicit keys, no brackets, a tag alone …
    bool operator==(const SyntaxNode&) const = default;

    bool isCollection() const { return kind == SyntaxKind::Sequence || kind == SyntaxKind::Mapping; }
    bool isBlock() const { return isCollection() && !flow; }
};

/// Keys, each once.
class KeyTable
{
public:
    std::uint32_t add(std::string_view key);
    const std::string& text(std::uint32_t key) const { return m_texts[key]; }
    /// The key's number; the number of keys where it is none.
    std::uint32_t find(std::string_view key) const;
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_texts.size()); }

private:
    std::vector<std::string> m_texts;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
};

/// Adds keys to a table that others share: it is copied when a new one is needed.
class KeyInterner
{
public:
    explicit KeyInterner(std::shared_ptr<const KeyTable> keys) : m_keys(std::move(keys)) { }
    std::uint32_t add(std::string_view key);
    const std::shared_ptr<const KeyTable>& keys() const { return m_keys; }

private:
    std::shared_ptr<const KeyTable> m_keys;
    std::shared_ptr<KeyTable> m_own; ///< the same, where it is a copy
};

/// An immutable value; copying copies the nodes (48 bytes each) and shares the keys.
class Syntax
{
public:
    Syntax() = default;
    Syntax(std::vector<SyntaxNode> nodes, std::shared_ptr<const KeyTable> keys);

    NodeIndex size() const { return static_cast<NodeIndex>(m_nodes.size()); }
    const SyntaxNode& operator[](NodeIndex node) const { return m_nodes[node]; }
    const std::vector<SyntaxNode>& nodes() const { return m_nodes; }
    const std::shared_ptr<const KeyTable>& keys() const { return m_keys; }

    /// The key of an entry.
    const std::string& name(NodeIndex node) const { return m_keys->text(m_nodes[node].name); }

    /// The first child, and the one behind a child; `end()` of the parent where there is none.
    NodeIndex firstChild(NodeIndex node) const { return node + 1; }
    NodeIndex nextChild(NodeIndex child) const { return child + m_nodes[child].size; }
    NodeIndex end(NodeIndex node) const { return node + m_nodes[node].size; }
    std::vector<NodeIndex> children(NodeIndex node) const;

    /// The first written entry of this key; noNode where there is none. O(entries).
    NodeIndex child(NodeIndex mapping, std::string_view key) const;

    /// The node with this tag; noNode where there is none. O(size).
    NodeIndex find(std::uint64_t tag) const;

    /// Equal but for the numbers of keys.
    bool sameAs(const Syntax& other) const;

private:
    std::vector<SyntaxNode> m_nodes;
    std::shared_ptr<const KeyTable> m_keys;
};

/// Behind a key that begins here, with its closing quote.
std::uint32_t keyEnd(std::string_view text, std::uint32_t key, std::string_view name);

/// Tells the tag of an item or entry of the tree, by its address. 0: none.
using TagOf = std::function<std::uint64_t(const void* slot)>;

/// Where each node of the tree lies.
using NodeIndices = std::unordered_map<const Node*, NodeIndex>;

struct Flattened
{
    Syntax syntax;
    NodeIndices indices; ///< empty where there are no aliases
};

/// The syntax of a document that parse() has read from this text (here without its byte-order mark). O(size).
/// @pre the document has a root
Flattened flatten(const Document& document, std::string_view text, const TagOf& tagOf);

} // namespace emac::yaml
