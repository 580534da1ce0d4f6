// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/emitter.h"

#include "core/yaml/lines.h"
#include "core/yaml/quoting.h"
#include "core/yaml/scan.h"

#include <algorithm>
#include <utility>

namespace emac::yaml {

namespace {

constexpr std::string_view blanks = " \t";

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

SyntaxKind collectionKind(const Content& content)
{
    return content.kind == Content::Kind::Mapping ? SyntaxKind::Mapping : SyntaxKind::Sequence;
}

/// The comment on the line behind the offset, with the blanks before it; empty where there is none.
std::string_view commentBehind(std::string_view text, std::uint32_t offset)
{
    const auto rest = text.substr(offset, lineEnd(text, offset) - offset);
    const auto first = rest.find_first_not_of(blanks);
    return first != 0 && first != std::string_view::npos && rest[first] == '#' ? rest : std::string_view();
}

bool isBlockScalar(const SyntaxNode& node)
{
    return node.kind == SyntaxKind::Scalar && (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded);
}

/// A text of several lines that a literal block scalar holds as it is.
bool fitsLiteral(std::string_view text)
{
    if (text.find('\n') == std::string_view::npos || text.front() == ' ' || text.front() == '\n'
        || text.ends_with("\n\n"))
        return false;
    return !needsEscapes(text) && text.find('\t') == std::string_view::npos
           && text.find(" \n") == std::string_view::npos && text.back() != ' ';
}

} // namespace

Habits habitsOf(std::string_view text, const Syntax& syntax)
{
    Habits habits;
    habits.lineEnding = lineEnding(text);
    bool mapping = false;
    bool sequence = false;
    for (NodeIndex i = 0; i < syntax.size() && !(mapping && sequence); ++i) {
        const auto& node = syntax[i];
        if (!node.entry || !node.isBlock() || node.irregular || syntax[node.parent].flow)
            continue;
        const int step = columnOf(text, node.begin) - columnOf(text, node.key);
        if (node.kind == SyntaxKind::Mapping && !mapping && step >= 1) {
            habits.mappingStep = std::min(step, 8);
            mapping = true;
        } else if (node.kind == SyntaxKind::Sequence && !sequence && step >= 0) {
            habits.sequenceStep = std::min(step, 8);
            sequence = true;
        }
    }
    return habits;
}

bool canFlow(std::string_view text, const Syntax& syntax, NodeIndex node)
{
    const auto& value = syntax[node];
    const auto written = text.substr(value.begin, value.end - value.begin);
    if (!value.isBlock())
        return !isBlockScalar(value) && commentBehind(text, value.end).empty();
    // Plain scalars may hold a '#', so that this asks for more than it needs.
    if (written.find('#') != std::string_view::npos || !commentBehind(text, value.end).empty())
        return false;
    for (auto i = node; i < syntax.end(node); ++i) {
        const auto& part = syntax[i];
        const auto own = text.substr(part.begin, part.end - part.begin);
        if (part.irregular || part.kind == SyntaxKind::Alias || part.kind == SyntaxKind::Null || isBlockScalar(part)
            || (part.kind == SyntaxKind::Scalar && own.find('\n') != std::string_view::npos))
            return false;
    }
    return true;
}

Emitter::Emitter(std::string_view text, const Syntax& syntax, KeyInterner& keys, const Habits& habits,
                 TakesComment takesComment)
    : m_text(text)
    , m_syntax(syntax)
    , m_keys(keys)
    , m_habits(habits)
    , m_takesComment(std::move(takesComment))
{
}

bool Emitter::isBlock(const Content& content) const
{
    if (content.kind == Content::Kind::Existing)
        return m_syntax[content.existing].isBlock();
    return !content.isScalar() && !content.flow && !content.children.empty();
}

bool Emitter::isLiteral(const Content& content) const
{
    return m_habits.literals && content.kind == Content::Kind::Text && fitsLiteral(content.text);
}

void Emitter::newLine(int column)
{
    m_out += m_habits.lineEnding;
    m_out.append(static_cast<std::size_t>(column), ' ');
}

/// The node of this content, with what is known of it before its value is written.
NodeIndex Emitter::open(const Content& content)
{
    auto node = std::exchange(m_slot, {});
    node.parent = m_parents.empty() ? noNode : m_parents.back();
    node.tag = content.tag;
    m_nodes.push_back(node);
    return offset32(m_nodes.size()) - 1;
}

void Emitter::close(NodeIndex node, std::uint32_t begin)
{
    m_nodes[node].begin = begin;
    m_nodes[node].end = offset32(m_out.size());
    m_nodes[node].size = offset32(m_nodes.size()) - node;
}

void Emitter::scalar(const Content& content, int indent)
{
    const auto node = open(content);
    m_nodes[node].kind = SyntaxKind::Scalar;
    const auto begin = offset32(m_out.size());
    if (indent >= 0 && isLiteral(content)) {
        m_nodes[node].style = ScalarStyle::Literal;
        std::string_view rest = content.text;
        m_out += rest.ends_with('\n') ? "|" : "|-";
        if (rest.ends_with('\n'))
            rest.remove_suffix(1);
        for (std::size_t line = 0; line <= rest.size();) {
            const auto end = std::min(rest.find('\n', line), rest.size());
            if (end == line)
                m_out += m_habits.lineEnding;
            else
                newLine(indent);
            m_out += rest.substr(line, end - line);
            line = end + 1;
        }
    } else {
        m_out += content.kind == Content::Kind::Plain ? content.text : canonicalText(content.text);
        m_nodes[node].style = scan::styleAt(m_out, begin);
    }
    close(node, begin);
}

void Emitter::flowCollection(const Content& content)
{
    const bool mapping = content.kind == Content::Kind::Mapping;
    const auto node = open(content);
    m_nodes[node].kind = collectionKind(content);
    m_nodes[node].flow = true;
    m_parents.push_back(node);
    const auto begin = offset32(m_out.size());
    m_out += mapping ? '{' : '[';
    for (std::size_t i = 0; i < content.children.size(); ++i) {
        if (i != 0)
            m_out += ", ";
        if (mapping)
            entryInFlow(content.keys[i], content.children[i]);
        else
            itemInFlow(content.children[i]);
    }
    m_out += mapping ? '}' : ']';
    m_parents.pop_back();
    close(node, begin);
}

void Emitter::blockCollection(const Content& content, int column)
{
    const auto node = open(content);
    m_nodes[node].kind = collectionKind(content);
    m_parents.push_back(node);
    const auto begin = offset32(m_out.size());
    for (std::size_t i = 0; i < content.children.size(); ++i) {
        if (i != 0)
            newLine(column);
        if (content.kind == Content::Kind::Mapping)
            entry(content.keys[i], content.children[i], column);
        else
            item(content.children[i], column);
    }
    m_parents.pop_back();
    close(node, begin);
    // A comment that was copied behind the last child does not belong to it.
    auto last = node + 1;
    while (last + m_nodes[last].size < m_nodes.size())
        last += m_nodes[last].size;
    m_nodes[node].end = m_nodes[last].end;
}

void Emitter::valueOfEntry(const Content& content, int column)
{
    if (isBlock(content)) {
        const bool sequence = content.kind == Content::Kind::Existing
                                  ? m_syntax[content.existing].kind == SyntaxKind::Sequence
                                  : content.kind == Content::Kind::Sequence;
        const int below = column + (sequence ? m_habits.sequenceStep : m_habits.mappingStep);
        newLine(below);
        valueAt(content, below);
        return;
    }
    m_out += ' ';
    if (content.isScalar())
        scalar(content, column + m_habits.mappingStep);
    else
        valueAt(content, column + m_habits.mappingStep);
}

void Emitter::valueAt(const Content& content, int column)
{
    if (content.kind == Content::Kind::Existing) {
        const auto slot = open(content);
        const auto begin = offset32(m_out.size());
        copyLines(content.existing, column - columnOfValue(content.existing));
        copyNodes(content.existing, slot);
        close(slot, begin);
        trailingComment(content.existing);
    } else if (content.isScalar()) {
        scalar(content, column + m_habits.mappingStep);
    } else if (isBlock(content)) {
        blockCollection(content, column);
    } else {
        flowCollection(content);
    }
}

void Emitter::valueInFlow(const Content& content)
{
    if (content.kind == Content::Kind::Existing) {
        if (m_syntax[content.existing].isBlock()) {
            copyAsFlow(content.existing);
            return;
        }
        const auto slot = open(content);
        const auto begin = offset32(m_out.size());
        copyLines(content.existing, 0);
        copyNodes(content.existing, slot);
        close(slot, begin);
    } else if (content.isScalar()) {
        scalar(content, -1);
    } else {
        flowCollection(content);
    }
}

void Emitter::entry(std::string_view key, const Content& content, int column)
{
    m_slot.key = offset32(m_out.size());
    m_slot.name = m_keys.add(key);
    m_slot.entry = true;
    m_out += canonicalText(key);
    m_out += ':';
    valueOfEntry(content, column);
}

void Emitter::entryInFlow(std::string_view key, const Content& content)
{
    m_slot.key = offset32(m_out.size());
    m_slot.name = m_keys.add(key);
    m_slot.entry = true;
    m_out += canonicalText(key);
    m_out += ": ";
    valueInFlow(content);
}

void Emitter::item(const Content& content, int column)
{
    m_slot.key = offset32(m_out.size());
    m_out += "- ";
    valueAt(content, column + 2);
}

void Emitter::itemInFlow(const Content& content)
{
    m_slot.key = offset32(m_out.size());
    valueInFlow(content);
}

/// The column that lines of the value are placed by.
int Emitter::columnOfValue(NodeIndex existing) const
{
    const auto& value = m_syntax[existing];
    if (value.isBlock())
        return columnOf(m_text, value.begin);
    if (value.parent == noNode || m_syntax[value.parent].flow) {
        const auto line = lineBegin(m_text, value.begin);
        return static_cast<int>(std::min(m_text.find_first_not_of(' ', line), m_text.size()) - line)
               + m_habits.mappingStep;
    }
    return columnOf(m_text, value.key) + (value.entry ? m_habits.mappingStep : 2);
}

/// The value's text; lines behind the first are moved by so many columns, as far as they have blanks to lose.
void Emitter::copyLines(NodeIndex existing, int shift)
{
    const auto& value = m_syntax[existing];
    m_lines = {{value.begin, offset32(m_out.size())}};
    auto line = value.begin;
    while (true) {
        const auto next = std::min(nextLine(m_text, line), value.end);
        const auto content = m_text.substr(line, next - line);
        const bool first = line == value.begin;
        const bool blank = content.find_first_not_of(" \t\r\n") == std::string_view::npos;
        std::uint32_t skipped = 0;
        if (!first && !blank && shift > 0)
            m_out.append(static_cast<std::size_t>(shift), ' ');
        else if (!first && !blank && shift < 0)
            skipped = offset32(std::min(content.find_first_not_of(' '), static_cast<std::size_t>(-shift)));
        if (!first)
            m_lines.push_back({line + skipped, offset32(m_out.size())});
        m_out += content.substr(skipped);
        if (next == value.end)
            break;
        line = next;
    }
}

std::uint32_t Emitter::moved(std::uint32_t offset) const
{
    const auto behind = std::ranges::upper_bound(m_lines, offset, {}, &Line::from);
    const auto& line = behind == m_lines.begin() ? m_lines.front() : *(behind - 1);
    return line.to + (offset - line.from);
}

/// The syntax of a value that copyLines() has just copied; `slot` is the node that takes its place.
void Emitter::copyNodes(NodeIndex existing, NodeIndex slot)
{
    const auto& value = m_syntax[existing];
    auto& own = m_nodes[slot];
    own.kind = value.kind;
    own.style = value.style;
    own.flow = value.flow;
    own.irregular = value.irregular;
    own.tag = value.tag;
    for (auto i = existing + 1; i < m_syntax.end(existing); ++i) {
        auto node = m_syntax[i];
        node.key = moved(node.key);
        node.begin = moved(node.begin);
        node.end = moved(node.end);
        node.parent = node.parent - existing + slot;
        if (node.entry)
            node.name = m_keys.add(m_syntax.name(i));
        m_nodes.push_back(node);
    }
}

/// A block value on one line. @pre canFlow()
void Emitter::copyAsFlow(NodeIndex existing)
{
    const auto& value = m_syntax[existing];
    Content shape;
    shape.tag = value.tag;
    shape.kind = value.kind == SyntaxKind::Mapping ? Content::Kind::Mapping : Content::Kind::Sequence;
    if (!value.isBlock()) {
        if (value.kind == SyntaxKind::Scalar && value.style == ScalarStyle::Plain) {
            // What is plain in a block need not be within brackets.
            const auto text = m_text.substr(value.begin, value.end - value.begin);
            auto written = text.find_first_of(",[]{}?") == std::string_view::npos ? Content::plain(std::string(text))
                                                                                  : Content::ofText(std::string(text));
            written.tag = value.tag;
            scalar(written, -1);
        } else {
            valueInFlow(Content::copy(existing));
        }
        return;
    }
    const auto node = open(shape);
    m_nodes[node].kind = value.kind;
    m_nodes[node].flow = true;
    m_parents.push_back(node);
    const auto begin = offset32(m_out.size());
    m_out += value.kind == SyntaxKind::Mapping ? '{' : '[';
    for (auto child = m_syntax.firstChild(existing); child < m_syntax.end(existing);
         child = m_syntax.nextChild(child)) {
        if (child != m_syntax.firstChild(existing))
            m_out += ", ";
        m_slot.key = offset32(m_out.size());
        if (m_syntax[child].entry) {
            m_slot.name = m_keys.add(m_syntax.name(child));
            m_slot.entry = true;
            m_out += canonicalText(m_syntax.name(child));
            m_out += ": ";
        }
        copyAsFlow(child);
    }
    m_out += value.kind == SyntaxKind::Mapping ? '}' : ']';
    m_parents.pop_back();
    close(node, begin);
}

void Emitter::trailingComment(NodeIndex existing)
{
    if (m_takesComment && m_takesComment(existing))
        m_out += commentBehind(m_text, m_syntax[existing].end);
}

} // namespace emac::yaml
