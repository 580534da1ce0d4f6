// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/editor.h"

#include "core/yaml/lines.h"
#include "core/yaml/quoting.h"
#include "core/yaml/scan.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace emac::yaml {

namespace {

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

} // namespace

Editor::Editor(std::string_view text, const Syntax& syntax)
    : m_text(text)
    , m_syntax(syntax)
    , m_habits(habitsOf(text, syntax))
    , m_keys(syntax.keys())
{
}

void Editor::refuse(Refusal why, NodeIndex node)
{
    if (!m_refused)
        m_refused = {why, node};
}

/// False, with the refusal, where a change of the node changes what is repeated elsewhere.
bool Editor::mayChange(NodeIndex node)
{
    for (auto i = node; i != noNode; i = m_syntax[i].parent) {
        if (m_syntax[i].anchored)
            refuse(Refusal::Shared, i);
    }
    return !m_refused;
}

/// The same for a collection whose entries or items become others.
bool Editor::mayRestructure(NodeIndex collection)
{
    if (m_syntax[collection].irregular || !m_syntax[collection].isCollection())
        refuse(m_syntax[collection].kind == SyntaxKind::Alias ? Refusal::Shared : Refusal::Form, collection);
    return mayChange(collection);
}

/// False, with the refusal, where a part that is copied has anchors or aliases.
bool Editor::mayMove(const Content& content)
{
    if (content.kind == Content::Kind::Existing) {
        for (auto i = content.existing; i < m_syntax.end(content.existing); ++i) {
            const auto& node = m_syntax[i];
            const auto written = m_text.substr(node.begin, node.end - node.begin);
            if (node.anchored || node.kind == SyntaxKind::Alias)
                refuse(Refusal::Shared, i);
            // Blank lines behind such text belong to it.
            const bool block = node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded;
            if (block && node.kind == SyntaxKind::Scalar
                && written.substr(0, written.find('\n')).find('+') != std::string_view::npos)
                refuse(Refusal::Form, i);
        }
    }
    for (const auto& child : content.children)
        mayMove(child);
    return !m_refused;
}

bool Editor::mayFlow(const Content& content, NodeIndex where)
{
    if (content.kind == Content::Kind::Existing && !canFlow(m_text, m_syntax, content.existing))
        refuse(Refusal::Comments, where);
    for (const auto& child : content.children)
        mayFlow(child, where);
    return !m_refused;
}

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
    const bool quoted = m_text[slot.key] == '"' || m_text[slot.key] == '\'';
    const auto end = quoted ? scan::quotedEnd(m_text, slot.key).value_or(slot.key)
                            : scan::plainEnd(m_text, slot.key, m_syntax.name(node));
    return offset32(std::min(m_text.find(':', end), m_text.size() - 1) + 1);
}

void Editor::change(Kind kind, std::uint32_t begin, std::uint32_t end, NodeIndex at, NodeIndex removed, Emitter written)
{
    Change change;
    change.kind = kind;
    change.offset = begin;
    change.length = end - begin;
    change.text = std::move(written.text());
    change.nodes = std::move(written.nodes());
    change.at = at;
    change.removed = removed;
    m_changes.push_back(std::move(change));
}

void Editor::setScalar(NodeIndex node, const Content& value)
{
    const auto& old = m_syntax[node];
    const auto written = m_text.substr(old.begin, old.end - old.begin);
    const bool block = old.style == ScalarStyle::Literal || old.style == ScalarStyle::Folded;
    const bool lines = value.text.find('\n') != std::string::npos || written.find('\n') != std::string_view::npos;
    if (block || lines || old.kind != SyntaxKind::Scalar) {
        replace(node, value);
        return;
    }
    if (!mayChange(node))
        return;
    m_pending.emplace_back([this, node, value] { writeScalar(node, value); });
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
    change(Kind::Value, old.begin, old.end, node, 1, std::move(out));
}

void Editor::replace(NodeIndex node, const Content& value)
{
    const auto& old = m_syntax[node];
    if (!mayMove(value) || (old.parent != noNode && !mayRestructure(old.parent)))
        return;
    for (auto i = node; i < m_syntax.end(node); ++i) {
        // What is copied may stay repeated; mayMove() has looked at it.
        if (m_syntax[i].anchored)
            refuse(Refusal::Shared, i);
    }
    if (m_refused)
        return;
    m_replaced.insert(node);
    auto tagged = value;
    if (tagged.tag == 0)
        tagged.tag = old.tag;
    if (old.parent != noNode && m_syntax[old.parent].flow && !mayFlow(value, node))
        return;
    m_pending.emplace_back([this, node, tagged] { writeValue(node, tagged); });
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
        change(Kind::Value, old.begin, old.end, node, old.size, std::move(out));
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
        change(Kind::Value, old.begin, old.end, node, old.size, std::move(out));
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
    change(Kind::Value, behind, old.end, node, old.size, std::move(out));
}

void Editor::rename(NodeIndex entry, std::string_view key)
{
    if (!mayRestructure(m_syntax[entry].parent))
        return;
    const auto begin = m_syntax[entry].key;
    const auto style = scan::styleAt(m_text, begin);
    const auto end = style == ScalarStyle::Plain ? offset32(scan::plainEnd(m_text, begin, m_syntax.name(entry)))
                                                 : offset32(scan::quotedEnd(m_text, begin).value_or(begin));
    auto out = emitter();
    out.raw(quotedLike(key, style));
    change(Kind::Key, begin, end, entry, 0, std::move(out));
    m_changes.back().name = m_keys.add(key);
}

void Editor::setTag(NodeIndex node, std::uint64_t tag)
{
    m_tags.emplace_back(node, tag);
}

void Editor::insertEntry(NodeIndex mapping, NodeIndex behind, std::string_view key, const Content& value)
{
    insert(mapping, behind, key, value);
}

void Editor::insertItem(NodeIndex sequence, NodeIndex behind, const Content& value)
{
    insert(sequence, behind, {}, value);
}

void Editor::insert(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value)
{
    const auto& collection = m_syntax[parent];
    if (!mayRestructure(parent) || !mayMove(value))
        return;
    const bool entry = collection.kind == SyntaxKind::Mapping;
    if (collection.flow && collection.size == 1 && collection.parent != noNode && !m_syntax[collection.parent].flow) {
        // `{}` in a block makes room for a block.
        auto whole = entry ? Content::mapping() : Content::sequence();
        whole.tag = collection.tag;
        if (entry)
            whole.add(std::string(key), value);
        else
            whole.add(value);
        replace(parent, whole);
        return;
    }
    if (collection.flow && !mayFlow(value, parent))
        return;
    m_pending.emplace_back([this, parent, behind, name = std::string(key), value] {
        if (m_syntax[parent].flow)
            writeInFlow(parent, behind, name, value);
        else
            writeInBlock(parent, behind, name, value);
    });
}

void Editor::writeInBlock(NodeIndex parent, NodeIndex behind, std::string_view key, const Content& value)
{
    const auto& collection = m_syntax[parent];
    const bool entry = collection.kind == SyntaxKind::Mapping;
    const int column = columnOf(m_text, collection.begin);
    const auto indent = std::string(static_cast<std::size_t>(column), ' ');
    // Before all, and where the last line before goes: a line of its own, with its end behind it.
    const bool gone =
        behind != noNode && losesLastLine(behind) && nextLine(m_text, m_syntax[behind].end) < m_text.size();
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
    change(Kind::Splice, offset, offset, behind == noNode ? parent + 1 : m_syntax.end(behind), 0, std::move(out));
    m_changes.back().parent = parent;
}

/// Whether the node's last line is removed with something in it.
bool Editor::losesLastLine(NodeIndex node) const
{
    while (!m_removed.contains(node)) {
        if (!m_syntax[node].isBlock() || m_replaced.contains(node))
            return false;
        const auto children = m_syntax.children(node);
        if (std::ranges::all_of(children, [this](NodeIndex child) { return m_removed.contains(child); }))
            return false; // brackets take its place
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
    change(Kind::Splice, offset, offset, behind == noNode ? parent + 1 : m_syntax.end(behind), 0, std::move(out));
    m_changes.back().parent = parent;
}

void Editor::remove(NodeIndex node)
{
    const auto& old = m_syntax[node];
    if (!mayRestructure(old.parent))
        return;
    for (auto i = node; i < m_syntax.end(node); ++i) {
        if (m_syntax[i].anchored)
            refuse(Refusal::Shared, i);
    }
    if (!m_refused)
        m_removed.insert(node);
}

void Editor::removeAll()
{
    for (auto next = m_removed.begin(); next != m_removed.end();) {
        Run run{noNode, *next, *next};
        const auto parent = m_syntax[run.first].parent;
        for (auto child = m_syntax.firstChild(parent); child != run.first; child = m_syntax.nextChild(child))
            run.before = child;
        for (++next;
             next != m_removed.end() && *next == m_syntax.nextChild(run.last) && m_syntax[*next].parent == parent;
             ++next)
            run.last = *next;
        removeRun(run);
    }
}

void Editor::removeRun(const Run& run)
{
    const auto parent = m_syntax[run.first].parent;
    const auto& collection = m_syntax[parent];
    if (run.before == noNode && m_syntax.end(run.last) == m_syntax.end(parent)) {
        auto nothing = collection.kind == SyntaxKind::Mapping ? Content::mapping(true) : Content::sequence(true);
        nothing.tag = collection.tag;
        replace(parent, nothing);
    } else if (collection.flow) {
        removeInFlow(run);
    } else {
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
        change(Kind::Splice, key, next, run.first, nodes, emitter());
    } else if (end == m_text.size() && !m_text.ends_with('\n')) {
        // The line before has no line end then, either; unless that goes as well.
        const bool goes = std::ranges::any_of(
            m_changes, [line](const Change& other) { return other.length > 0 && other.offset + other.length == line; });
        change(Kind::Splice, goes ? line : lineEnd(m_text, lineBegin(m_text, line - 1)), end, run.first, nodes,
               emitter());
    } else {
        // One by one: comments between them stay.
        for (auto node = run.first; node < m_syntax.end(run.last); node = m_syntax.nextChild(node))
            change(Kind::Splice, lineBegin(m_text, m_syntax[node].key), nextLine(m_text, m_syntax[node].end), node,
                   m_syntax[node].size, emitter());
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
    change(Kind::Splice, begin, end, run.first, after - run.first, emitter());
}

/// The nodes after the changes, and what they know of their places.
class Editor::Result
{
public:
    Result(const Syntax& syntax, const std::vector<Change>& changes) : m_syntax(syntax), m_changes(changes)
    {
        m_nodes.reserve(syntax.size() + 64);
        m_moved.assign(syntax.size(), noNode);
        std::int64_t delta = 0;
        for (const auto& change : changes)
            m_deltas.push_back(delta += change.delta());
    }

    void run()
    {
        NodeIndex i = 0;
        while (true) {
            if (m_next < m_changes.size() && m_changes[m_next].at <= i) {
                i = apply(m_changes[m_next], i);
                continue;
            }
            if (i == m_syntax.size())
                break;
            keep(i++);
        }
        measure();
    }

    std::vector<SyntaxNode>& nodes() { return m_nodes; }
    std::vector<NodeIndex>& moved() { return m_moved; }

private:
    /// Takes the change in; gives the node that comes next.
    NodeIndex apply(const Change& change, NodeIndex i)
    {
        const auto before = m_delta;
        const auto base = static_cast<std::uint32_t>(change.offset + before);
        m_delta += change.delta();
        ++m_next;
        switch (change.kind) {
        case Kind::Key: {
            auto node = m_syntax[i];
            node.name = change.name;
            node.key = shifted(node.key, before);
            // The value may have a change of its own.
            if (m_next < m_changes.size() && m_changes[m_next].at == i) {
                m_renamed = node;
                return i;
            }
            place(node, i);
            return i + 1;
        }
        case Kind::Value: {
            auto node = m_syntax[i];
            node.key = shifted(node.key, before);
            if (m_renamed) {
                node.key = m_renamed->key;
                node.name = m_renamed->name;
                m_renamed.reset();
            }
            add(change, base, i, &node);
            return i + change.removed;
        }
        case Kind::Splice:
            break;
        }
        if (change.removed == 0)
            add(change, base, change.parent, nullptr);
        return i + change.removed;
    }

    /// The change's nodes; the first one in the slot of an old node, or below `at`.
    void add(const Change& change, std::uint32_t base, NodeIndex at, const SyntaxNode* slot)
    {
        const auto first = static_cast<NodeIndex>(m_nodes.size());
        for (const auto& written : change.nodes) {
            auto node = written;
            node.key += base;
            node.begin += base;
            node.end += base;
            if (node.parent != noNode)
                node.parent += first;
            m_nodes.push_back(node);
            m_final.push_back(true);
        }
        if (slot != nullptr) {
            auto& node = m_nodes[first];
            node.key = slot->entry || !isFlowItem(*slot) ? slot->key : node.begin;
            node.name = slot->name;
            node.entry = slot->entry;
            node.parent = slot->parent == noNode ? noNode : m_moved[slot->parent];
            m_moved[at] = first;
        } else if (!change.nodes.empty()) {
            m_nodes[first].parent = m_moved[at];
        }
    }

    bool isFlowItem(const SyntaxNode& slot) const { return slot.parent == noNode || m_syntax[slot.parent].flow; }

    void keep(NodeIndex i)
    {
        auto node = m_syntax[i];
        node.key = shifted(node.key, m_delta);
        place(node, i);
    }

    void place(SyntaxNode node, NodeIndex i)
    {
        node.begin = shifted(node.begin, m_delta);
        node.end = node.isCollection() && node.flow ? closing(node.end) : shifted(node.end, m_delta);
        if (node.parent != noNode)
            node.parent = m_moved[node.parent];
        if (node.target != noNode)
            node.target = m_moved[node.target];
        m_moved[i] = static_cast<NodeIndex>(m_nodes.size());
        m_nodes.push_back(node);
        m_final.push_back(!node.isBlock());
    }

    /// Behind the closing bracket: it follows all changes that begin before it.
    std::uint32_t closing(std::uint32_t end) const
    {
        const auto behind = std::ranges::lower_bound(m_changes, end, {}, &Change::offset);
        const auto count = behind - m_changes.begin();
        return count == 0 ? end : shifted(end, m_deltas[static_cast<std::size_t>(count) - 1]);
    }

    static std::uint32_t shifted(std::uint32_t offset, std::int64_t delta)
    {
        return static_cast<std::uint32_t>(static_cast<std::int64_t>(offset) + delta);
    }

    /// Sizes from the leaves up; where block collections begin and end.
    void measure()
    {
        std::vector<bool> ended(m_nodes.size());
        for (auto& node : m_nodes)
            node.size = 1;
        for (auto i = m_nodes.size(); i-- > 0;) {
            auto& node = m_nodes[i];
            if (!m_final[i])
                node.begin = m_nodes[i + 1].key;
            if (node.parent == noNode)
                continue;
            auto& parent = m_nodes[node.parent];
            parent.size += node.size;
            if (!m_final[node.parent] && !ended[node.parent]) {
                parent.end = node.end;
                ended[node.parent] = true;
            }
        }
    }

    const Syntax& m_syntax;
    const std::vector<Change>& m_changes;
    std::vector<std::int64_t> m_deltas; ///< up to and with each change
    std::size_t m_next = 0;
    std::int64_t m_delta = 0;
    std::vector<SyntaxNode> m_nodes;
    std::vector<bool> m_final; ///< begin and end are known
    std::vector<NodeIndex> m_moved;
    std::optional<SyntaxNode> m_renamed;
};

std::optional<Editor::Edited> Editor::finish()
{
    // What is written depends on what goes.
    for (const auto& pending : std::exchange(m_pending, {}))
        pending();
    removeAll();
    for (const auto& pending : std::exchange(m_pending, {}))
        pending();
    // What is inserted before a node stands before what that node becomes; what follows an empty value, behind it.
    std::ranges::stable_sort(m_changes, {}, [](const Change& change) {
        // What is appended to an inner collection stands before what is appended to one around it.
        return std::tuple(change.offset, change.at, change.kind != Kind::Splice, change.removed != 0, ~change.parent);
    });
    for (std::size_t i = 1; i < m_changes.size(); ++i) {
        if (m_changes[i].offset < m_changes[i - 1].offset + m_changes[i - 1].length)
            refuse(Refusal::Form, m_changes[i - 1].at);
    }
    if (m_refused)
        return std::nullopt;
    Edited edited;
    std::size_t size = m_text.size();
    for (const auto& change : m_changes)
        size += change.text.size();
    edited.text.reserve(size);
    std::uint32_t done = 0;
    for (const auto& change : m_changes) {
        edited.text += m_text.substr(done, change.offset - done);
        edited.text += change.text;
        done = change.offset + change.length;
    }
    edited.text += m_text.substr(done);

    Result result(m_syntax, m_changes);
    result.run();
    edited.moved = std::move(result.moved());
    auto& nodes = result.nodes();
    for (const auto& [node, tag] : m_tags) {
        if (edited.moved[node] != noNode)
            nodes[edited.moved[node]].tag = tag;
    }
    edited.syntax = Syntax(std::move(nodes), m_keys.keys());
    return edited;
}

} // namespace emac::yaml
