// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/yaml/content.h"
#include "core/yaml/syntax.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::yaml {

/// How a document is laid out: its own habits, where it has some; else the canonical ones.
struct Habits
{
    int mappingStep = 2; ///< columns from a key to the keys of its block mapping
    int sequenceStep = 2; ///< columns from a key to the dashes of its block sequence
    std::string_view lineEnding = "\n";
    bool literals = true; ///< text of several lines in a literal block, where it fits
};

/// Those of the text. O(size) until the first block mapping and sequence below an entry.
Habits habitsOf(std::string_view text, const Syntax& syntax);

/// Writes content as text, and notes the syntax of what it writes. Offsets and indices count from the beginning of
/// what is written.
class Emitter
{
public:
    /// Whether the comment behind a value goes with it.
    using TakesComment = std::function<bool(NodeIndex copied)>;

    /// `text` and `syntax` hold what Existing content names.
    Emitter(std::string_view text, const Syntax& syntax, KeyInterner& keys, const Habits& habits,
            TakesComment takesComment = {});

    /// The value behind a key at this column, with what separates it: " x", or on lines of its own.
    void valueOfEntry(const Content& content, int column);
    /// The value where the text stands at its place already, at this column; also behind a dash and its blank.
    void valueAt(const Content& content, int column);
    /// The value within { } or [ ].
    void valueInFlow(const Content& content);
    /// One entry with its key, at this column, or in flow.
    void entry(std::string_view key, const Content& content, int column);
    void entryInFlow(std::string_view key, const Content& content);
    /// One item with its dash, at this column.
    void item(const Content& content, int column);
    void itemInFlow(const Content& content);
    void raw(std::string_view text) { m_out += text; }

    std::string& text() { return m_out; }
    std::vector<SyntaxNode>& nodes() { return m_nodes; }

private:
    NodeIndex open(const Content& content);
    void close(NodeIndex node, std::uint32_t begin);
    void scalar(const Content& content, int indent);
    void flowCollection(const Content& content);
    void blockCollection(const Content& content, int column);
    void newLine(int column);
    bool isBlock(const Content& content) const;
    bool isLiteral(const Content& content) const;
    int columnOfValue(NodeIndex existing) const;
    void copyLines(NodeIndex existing, int shift);
    void copyAsFlow(NodeIndex existing);
    void copyNodes(NodeIndex existing, NodeIndex slot);
    std::uint32_t moved(std::uint32_t offset) const;
    void trailingComment(NodeIndex existing);

    std::string_view m_text;
    const Syntax& m_syntax;
    KeyInterner& m_keys;
    const Habits& m_habits;
    TakesComment m_takesComment;
    std::string m_out;
    std::vector<SyntaxNode> m_nodes;
    std::vector<NodeIndex> m_parents; ///< of what is being written
    SyntaxNode m_slot; ///< key, name and entry of the next node

    /// Where the lines of the text that is being copied went.
    struct Line
    {
        std::uint32_t from;
        std::uint32_t to;
    };
    std::vector<Line> m_lines;
};

/// Whether the value of the node can be written within { } or [ ] without losing anything: it is written so, or it is
/// a block of single-line scalars without comments. O(bytes of the value).
bool canFlow(std::string_view text, const Syntax& syntax, NodeIndex node);

} // namespace emac::yaml
