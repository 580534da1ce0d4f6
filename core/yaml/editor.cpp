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

/// Whether a comment has come behind a block text of several lines, so that it would be read as one of them.
bool takesComments(const Spliced& spliced)
{
    const std::string_view text = spliced.text;
    return std::ranges::any_of(spliced.nodes, [text](const SyntaxNode& node) {
        const bool block = node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded;
        if (!block || node.kind != SyntaxKind::Scalar)
            return false;
        const auto behind = text.find_first_not_of(" \t\r\n", node.end);
        if (behind == std::string_view::npos || text[behind] != '#')
            return false;
        const auto first = text.find_first_not_of(" \t\r\n", nextLine(text, node.begin));
        const bool sameLine = lineBegin(text, offset32(behind)) <= node.end - 1;
        return sameLine || columnOf(text, offset32(behind)) >= columnOf(text, offset32(first));
    });
}

/// Line ends behind a block text, before what follows: those that its value may take in.
std::size_t lineEndsBehind(std::string_view text, const SyntaxNode& node)
{
    const auto next = std::min(text.find_first_not_of(" \t\r\n", node.end), text.size());
    return static_cast<std::size_t>(std::ranges::count(text.substr(node.end, next - node.end), '\n'));
}

/// Whether a block text has lost or won line ends that belong to its value: all of them with `+`, the first one without
/// an indicator.
bool changesLineEnds(std::string_view text, const Syntax& syntax, const Spliced& spliced)
{
    std::vector<bool> known(spliced.nodes.size());
    for (NodeIndex i = 0; i < syntax.size(); ++i) {
        const auto& node = syntax[i];
        const bool block = node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded;
        if (!block || node.kind != SyntaxKind::Scalar || spliced.moved[i] == noNode)
            continue;
        known[spliced.moved[i]] = true;
        const auto header = text.substr(node.begin, lineEnd(text, node.begin) - node.begin);
        const auto& now = spliced.nodes[spliced.moved[i]];
        if (now.style != node.style || header.find('-') != std::string_view::npos)
            continue;
        const auto before = lineEndsBehind(text, node);
        const auto after = lineEndsBehind(spliced.text, now);
        if (header.find('+') != std::string_view::npos ? before != after : (before == 0) != (after == 0))
            return true;
    }
    for (NodeIndex i = 0; i < spliced.nodes.size(); ++i) {
        const auto& node = spliced.nodes[i];
        const std::string_view whole = spliced.text;
        if (!known[i] && node.kind == SyntaxKind::Scalar && node.style == ScalarStyle::Literal
            && whole.substr(node.begin, 2) != "|-" && lineEndsBehind(whole, node) == 0)
            return true;
    }
    return false;
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
    if (mayChange(collection) && (m_syntax[collection].irregular || !m_syntax[collection].isCollection()))
        refuse(m_syntax[collection].kind == SyntaxKind::Alias ? Refusal::Shared : Refusal::Form, collection);
    return !m_refused;
}

/// False, with the refusal, where a part that is copied has anchors or aliases.
bool Editor::mayMove(const Content& content)
{
    if (content.kind == Content::Kind::Existing) {
        const auto& whole = m_syntax[content.existing];
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
            if (node.irregular)
                refuse(Refusal::Form, i);
        }
        if (whole.begin == whole.end) // nothing is written there
            refuse(Refusal::Form, content.existing);
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
    if (mayChange(node) && old.irregular)
        refuse(Refusal::Form, node);
    if (m_refused)
        return;
    m_pending.emplace_back([this, node, value] { writeScalar(node, value); });
}

void Editor::replace(NodeIndex node, const Content& value)
{
    const auto& old = m_syntax[node];
    if (old.parent == noNode)
        refuse(Refusal::Form, node); // nobody writes a whole document so
    if (m_refused || !mayMove(value) || !mayRestructure(old.parent))
        return;
    for (auto i = node; i < m_syntax.end(node); ++i) {
        if (m_syntax[i].anchored)
            refuse(Refusal::Shared, i);
    }
    if (old.irregular)
        refuse(Refusal::Form, node);
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

void Editor::rename(NodeIndex entry, std::string_view key)
{
    if (!mayRestructure(m_syntax[entry].parent))
        return;
    m_pending.emplace_back([this, entry, name = std::string(key)] { writeKey(entry, name); });
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

/// A collection that would have nothing left gets brackets instead.
void Editor::emptyCollections()
{
    for (const auto& run : runs()) {
        const auto parent = m_syntax[run.first].parent;
        if (run.before != noNode || m_syntax.end(run.last) != m_syntax.end(parent))
            continue;
        for (const auto child : m_syntax.children(parent))
            m_removed.erase(child);
        const bool mapping = m_syntax[parent].kind == SyntaxKind::Mapping;
        replace(parent, mapping ? Content::mapping(true) : Content::sequence(true));
    }
}

bool Editor::attempt()
{
    m_changes.clear();
    // What is written depends on what goes.
    for (const auto& pending : m_pending)
        pending();
    removeAll();
    // What is inserted before a node stands before what that node becomes; what follows an empty value, behind it.
    std::ranges::stable_sort(m_changes, {}, [](const Change& change) {
        // What is appended to an inner collection stands before what is appended to one around it.
        return std::tuple(change.offset, change.at, change.kind != Change::Kind::Splice, change.removed != 0,
                          ~change.parent);
    });
    for (std::size_t i = 1; i < m_changes.size(); ++i) {
        if (m_changes[i].offset < m_changes[i - 1].offset + m_changes[i - 1].length)
            refuse(Refusal::Form, m_changes[i - 1].at);
    }
    return !m_refused;
}

std::optional<Spliced> Editor::finish()
{
    emptyCollections();
    if (m_refused || !attempt())
        return std::nullopt;
    auto spliced = splice(m_text, m_syntax, m_changes);
    const auto isSound = [this](const Spliced& now) {
        return !takesComments(now) && !changesLineEnds(m_text, m_syntax, now);
    };
    if (!isSound(spliced)) {
        m_habits.literals = false;
        if (!attempt())
            return std::nullopt;
        spliced = splice(m_text, m_syntax, m_changes);
    }
    if (!isSound(spliced)) {
        refuse(Refusal::Form, m_changes.front().at);
        return std::nullopt;
    }
    for (const auto& [node, tag] : m_tags) {
        if (spliced.moved[node] != noNode)
            spliced.nodes[spliced.moved[node]].tag = tag;
    }
    spliced.keys = m_keys.keys();
    return spliced;
}

} // namespace emac::yaml
