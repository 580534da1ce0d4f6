// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/content.h"
#include "core/yaml/emitter.h"
#include "core/yaml/splice.h"
#include "core/yaml/syntax.h"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// Why a change cannot be made in the text.
enum class Refusal
{
    Shared, ///< what is changed is repeated by an alias or a merge key, or is one
    Form, ///< written in a form that is read but not edited
    Comments ///< what would have to stand within brackets has comments or text of several lines
};

struct Refused
{
    Refusal why;
    NodeIndex node; ///< of the syntax before the edit
};

/// Changes a text entry by entry: all the rest stays byte for byte. Changes are collected, and made at once by
/// finish(); they name nodes of the syntax before. @pre no two of them touch the same node; one that is removed or
/// replaced has no change below it
class Editor
{
public:
    /// `text` is without its byte-order mark. Both outlive the editor.
    Editor(std::string_view text, const Syntax& syntax);

    /// The scalar or null in its place; keeps its quoting. A scalar of several lines is written anew.
    void setScalar(NodeIndex node, const Content& value);
    /// Another value behind the key or dash. Comments between them stay where both are in block style.
    void replace(NodeIndex node, const Content& value);
    void rename(NodeIndex entry, std::string_view key);
    void setTag(NodeIndex node, std::uint64_t tag);
    /// A new entry behind one of the mapping; before all where that is noNode.
    void insertEntry(NodeIndex mapping, NodeIndex behind, std::string_view key, const Content& value);
    void insertItem(NodeIndex sequence, NodeIndex behind, const Content& value);
    /// The entry or item with what stands behind it on its last line. What would leave its collection empty leaves
    /// `{}` or `[]`.
    void remove(NodeIndex node);
    bool isRemoved(NodeIndex node) const { return m_removed.contains(node); }
    /// Takes remove() back.
    void keep(NodeIndex node) { m_removed.erase(node); }

    /// The first change that cannot be made.
    const std::optional<Refused>& refused() const { return m_refused; }
    bool empty() const { return m_pending.empty() && m_removed.empty(); }

    /// The text after all changes; nothing where refused(). O(size + changes · log).
    std::optional<Spliced> finish();

private:
    bool mayChange(NodeIndex node);
    bool mayRestructure(NodeIndex collection);
    bool mayMove(const Content& content);
    bool mayFlow(const Content& content, NodeIndex where);
    void refuse(Refusal why, NodeIndex node);
    Emitter emitter();
    bool losesLine(NodeIndex node) const;
    bool losesLastLine(NodeIndex node) const;
    void writeScalar(NodeIndex node, const Content& value);
    void writeValue(NodeIndex node, const Content& value);
    void writeKey(NodeIndex entry, std::string_view key);
    void insert(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value);
    void writeInBlock(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value);
    void writeInFlow(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value);
    /// Siblings that follow each other.
    struct Run
    {
        NodeIndex before; ///< the sibling before them; noNode where there is none
        NodeIndex first;
        NodeIndex last;
    };
    void emptyCollections();
    bool attempt();
    void removeAll();
    std::vector<Run> runs() const;
    bool isWhole(const Run& run) const;
    void removeRun(const Run& run);
    void removeInBlock(const Run& run);
    void removeInFlow(const Run& run);
    std::uint32_t behindKey(NodeIndex node) const;
    void change(Change::Kind kind, std::uint32_t begin, std::uint32_t end, NodeIndex at, NodeIndex removed,
                Emitter written);

    std::string_view m_text;
    const Syntax& m_syntax;
    Habits m_habits;
    KeyInterner m_keys;
    std::vector<Change> m_changes;
    std::set<NodeIndex> m_removed;
    std::set<NodeIndex> m_replaced;
    std::vector<std::function<void()>> m_pending; ///< writes what has been asked for, once it is known what goes
    std::vector<std::pair<NodeIndex, std::uint64_t>> m_tags;
    std::optional<Refused> m_refused;
};

} // namespace emac::yaml
