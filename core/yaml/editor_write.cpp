// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/editor.h"
#include "core/yaml/lines.h"
#include "core/yaml/quoting.h"
#include "core/yaml/scan.h"

#include <algorithm>

// How the changes that an editor has been asked for are written.
namespace emac::yaml {

namespace {

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

} // namespace

Emitter Editor::emitter()
{
    return {m_text, m_syntax, m_keys, m_habits, [this](NodeIndex node) { return losesLine(node); }};
}

/// Whether what stands behind the node on its line goes where the node stands now.
bool Editor::losesLine(NodeIndex node) const
{
    for (auto i = node; i != noNode; i = m_syntax[i].parent) {
        if (m_removed.contains(i))
            return true;
        if (m_replaced.contains(i))
            return m_syntax[i].end > m_syntax[node].end;
    }
    return false;
}

/// Behind the colon of an entry, or the dash of a block item; the item itself in flow.
std::uint32_t Editor::behindKey(NodeIndex node) const
{
    const auto& slot = m_syntax[node];
    if (!slot.entry)
        return slot.parent == noNode || m_syntax[slot.parent].flow ? slot.key : slot.key + 1;
    const auto end = keyEnd(m_text, slot.key, m_syntax.name(node));
    return offset32(std::min(m_text.find(':', end), m_text.size() - 1) + 1);
}

void Editor::change(Change::Kind kind, std::uint32_t begin, std::uint32_t end, NodeIndex at, NodeIndex removed,
                    Emitter written)
{
    Change change;
    change.kind = kind;
    change.offset = begin;
    change.length = end - begin;
    change.text = std::move(written.text());
    // A comment may touch what was quoted, but not what is plain.
    if (kind == Change::Kind::Value && end < m_text.size() && m_text[end] == '#')
        change.text += ' ';
    change.nodes = std::move(written.nodes());
    change.at = at;
    change.removed = removed;
    m_changes.push_back(std::move(change));
}

void Editor::writeScalar(NodeIndex node, const Content& value)
{
    const auto& old = m_syntax[node];
    const auto written = m_text.substr(old.begin, old.end - old.begin);
    auto out = emitter();
    // Quotes that the old value needed are no habit.
    const bool needed = old.style == ScalarStyle::DoubleQuoted
                        && (canonicalText(written.substr(1, written.size() - 2)) == written
                            || written.find('\\') != std::string_view::npos);
    if (needed && value.kind == Content::Kind::Text)
        out.raw(canonicalText(value.text));
    else
        out.raw(value.kind == Content::Kind::Plain && old.style == ScalarStyle::Plain
                    ? value.text
                    : quotedLike(value.text, old.style));
    auto changed = old;
    changed.begin = 0;
    changed.end = offset32(out.text().size());
    changed.style = scan::styleAt(out.text(), 0);
    changed.parent = noNode;
    out.nodes().push_back(changed);
    change(Change::Kind::Value, old.begin, old.end, node, 1, std::move(out));
}

void Editor::writeValue(NodeIndex node, const Content& value)
{
    const auto& old = m_syntax[node];
    auto out = emitter();
    const auto behind = behindKey(node);
    if (old.parent != noNode && m_syntax[old.parent].flow) {
        if (old.entry && old.begin == behind)
            out.raw(" ");
        out.valueInFlow(value);
        change(Change::Kind::Value, old.begin, old.end, node, old.size, std::move(out));
        return;
    }
    const bool block = value.kind == Content::Kind::Existing
                           ? m_syntax[value.existing].isBlock()
                           : (!value.isScalar() && !value.flow && !value.children.empty());
    const bool deeper = columnOf(m_text, old.begin) > columnOf(m_text, old.key);
    if (!old.entry || (old.isBlock() && block && deeper)) {
        if (!old.entry && old.begin == behind)
            out.raw(" ");
        out.valueAt(value, old.begin == behind ? columnOf(m_text, old.key) + 2 : columnOf(m_text, old.begin));
        change(Change::Kind::Value, old.begin, old.end, node, old.size, std::move(out));
        return;
    }
    // Comments between the key and the value stay where they are, as far as they can.
    auto between = m_text.substr(behind, std::max(behind, old.begin) - behind);
    if (scan::skipBlank(m_text, behind) < old.begin)
        refuse(Refusal::Form, node); // an anchor or a tag
    between = between.substr(0, between.find_last_not_of(" \t\r\n") + 1);
    if (block)
        out.raw(between);
    out.valueOfEntry(value, columnOf(m_text, old.key));
    if (!block)
        out.raw(between);
    change(Change::Kind::Value, behind, old.end, node, old.size, std::move(out));
}

void Editor::writeKey(NodeIndex entry, std::string_view key)
{
    const auto begin = m_syntax[entry].key;
    const auto style = scan::styleAt(m_text, begin);
    const auto end = keyEnd(m_text, begin, m_syntax.name(entry));
    auto out = emitter();
    // Quotes that the old key needed are no habit.
    const bool needed = canonicalText(m_syntax.name(entry)) == m_text.substr(begin, end - begin);
    out.raw(needed ? canonicalText(key) : quotedLike(key, style));
    change(Change::Kind::Key, begin, end, entry, 0, std::move(out));
    m_changes.back().name = m_keys.add(key);
}

void Editor::writeInBlock(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value)
{
    const auto& collection = m_syntax[parent];
    const bool entry = collection.kind == SyntaxKind::Mapping;
    const int column = columnOf(m_text, collection.begin);
    const auto indent = std::string(static_cast<std::size_t>(column), ' ');
    // Before all, and where the last line before goes: a line of its own, with its end behind it.
    const bool gone = behind != noNode && losesLastLine(behind)
                      && (nextLine(m_text, m_syntax[behind].end) < m_text.size() || m_text.ends_with('\n'));
    auto out = emitter();
    if (gone)
        out.raw(indent);
    else if (behind != noNode)
        out.raw(std::string(m_habits.lineEnding) + indent);
    if (entry)
        out.entry(key, value, column);
    else
        out.item(value, column);
    if (gone)
        out.raw(m_habits.lineEnding);
    else if (behind == noNode)
        out.raw(std::string(m_habits.lineEnding) + indent);
    const auto offset = behind == noNode ? collection.begin
                        : gone           ? nextLine(m_text, m_syntax[behind].end)
                                         : lineEnd(m_text, m_syntax[behind].end);
    change(Change::Kind::Splice, offset, offset, behind == noNode ? parent + 1 : m_syntax.end(behind), 0,
           std::move(out));
    m_changes.back().parent = parent;
}

/// Whether the node's last line is removed with something in it.
bool Editor::losesLastLine(NodeIndex node) const
{
    while (!m_removed.contains(node)) {
        if (!m_syntax[node].isBlock() || m_replaced.contains(node))
            return false;
        const auto children = m_syntax.children(node);
        if (children.empty()) // its keys are no plain words: nothing of it is ever removed
            return false;
        node = children.back();
    }
    return true;
}

void Editor::writeInFlow(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value)
{
    const auto& collection = m_syntax[parent];
    auto out = emitter();
    if (behind != noNode)
        out.raw(", ");
    if (collection.kind == SyntaxKind::Mapping)
        out.entryInFlow(key, value);
    else
        out.itemInFlow(value);
    if (behind == noNode && collection.size > 1)
        out.raw(", ");
    const auto offset = behind != noNode      ? m_syntax[behind].end
                        : collection.size > 1 ? m_syntax[parent + 1].key
                                              : collection.begin + 1;
    change(Change::Kind::Splice, offset, offset, behind == noNode ? parent + 1 : m_syntax.end(behind), 0,
           std::move(out));
    m_changes.back().parent = parent;
}

/// Siblings that go together.
std::vector<Editor::Run> Editor::runs() const
{
    std::vector<Run> runs;
    for (const auto node : m_removed) {
        const auto parent = m_syntax[node].parent;
        if (!runs.empty() && m_syntax.nextChild(runs.back().last) == node
            && m_syntax[runs.back().last].parent == parent) {
            runs.back().last = node;
            continue;
        }
        Run run{noNode, node, node};
        for (auto child = m_syntax.firstChild(parent); child != node; child = m_syntax.nextChild(child))
            run.before = child;
        runs.push_back(run);
    }
    return runs;
}

void Editor::removeAll()
{
    for (const auto& run : runs()) {
        if (m_syntax[m_syntax[run.first].parent].flow)
            removeInFlow(run);
        else
            removeInBlock(run);
    }
}

void Editor::removeInBlock(const Run& run)
{
    const auto nodes = m_syntax.end(run.last) - run.first;
    const auto key = m_syntax[run.first].key;
    const auto line = lineBegin(m_text, key);
    const auto end = nextLine(m_text, m_syntax[run.last].end);
    if (m_text.substr(line, key - line).find_first_not_of(' ') != std::string_view::npos) {
        // The first child, behind a dash: what follows takes its place.
        const auto next = offset32(std::min(m_text.find_first_not_of(" \t\r\n", end), m_text.size()));
        change(Change::Kind::Splice, key, next, run.first, nodes, emitter());
    } else if (end == m_text.size() && !m_text.ends_with('\n')) {
        // The line before has no line end then, either; unless that goes as well.
        const bool goes = std::ranges::any_of(
            m_changes, [line](const Change& other) { return other.length > 0 && other.offset + other.length == line; });
        change(Change::Kind::Splice, goes ? line : lineEnd(m_text, lineBegin(m_text, line - 1)), end, run.first, nodes,
               emitter());
    } else {
        // One by one: comments between them stay.
        for (auto node = run.first; node < m_syntax.end(run.last); node = m_syntax.nextChild(node))
            change(Change::Kind::Splice, lineBegin(m_text, m_syntax[node].key), nextLine(m_text, m_syntax[node].end),
                   node, m_syntax[node].size, emitter());
    }
}

void Editor::removeInFlow(const Run& run)
{
    const auto parent = m_syntax[run.first].parent;
    const auto after = m_syntax.end(run.last);
    const bool last = after >= m_syntax.end(parent);
    auto begin = m_syntax[run.first].key;
    auto end = m_syntax[run.last].end;
    const auto comment = [this](std::uint32_t from, std::uint32_t to) {
        return m_text.substr(from, to - from).find('#') != std::string_view::npos;
    };
    if (run.before != noNode && !comment(m_syntax[run.before].end, begin)) {
        begin = m_syntax[run.before].end;
    } else if (!last && !comment(end, m_syntax[after].key)) {
        end = m_syntax[after].key;
    } else if (const auto comma = scan::skipBlank(m_text, end); comma < m_text.size() && m_text[comma] == ',') {
        end = offset32(comma + 1);
    } else {
        refuse(Refusal::Comments, run.first);
    }
    change(Change::Kind::Splice, begin, end, run.first, after - run.first, emitter());
}

} // namespace emac::yaml
