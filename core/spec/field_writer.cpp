// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/contents.h"
#include "core/spec/writer.h"
#include "core/yaml/parse.h"
#include "core/yaml/quoting.h"

#include <algorithm>

namespace emac::spec {

using base::Code;
using yaml::Content;
using yaml::NodeIndex;
using yaml::noNode;
using yaml::SyntaxKind;

namespace {

Code codeOf(yaml::Refusal why)
{
    switch (why) {
    case yaml::Refusal::Shared:
        return Code::PatchShared;
    case yaml::Refusal::Form:
        return Code::PatchForm;
    case yaml::Refusal::Comments:
        break;
    }
    return Code::PatchComments;
}

/// The number times ten to the power, exactly.
std::string scaled(const std::string& number, int power)
{
    auto digits = number;
    if (const auto e = digits.find('e'); e != std::string::npos) {
        power += std::stoi(digits.substr(e + 1));
        digits.resize(e);
    }
    return base::Decimal::parse(digits + 'e' + std::to_string(power)).value_or(base::Decimal()).toString();
}

} // namespace

FieldWriter::FieldWriter(const SourceMap& sources) : m_sources(sources), m_editor(sources.body(), sources.syntax()) { }

void FieldWriter::refuse(Code code, NodeIndex node)
{
    if (m_refused)
        return;
    auto named = node;
    while (named != noNode && !syntax()[named].entry)
        named = syntax()[named].parent;
    const auto line = m_sources.lineAt(syntax()[node].key);
    m_refused = base::Diagnostic{{code, {named == noNode ? "document" : syntax().name(named), std::to_string(line)}},
                                 {{}, line, 0}};
}

bool FieldWriter::isWritten(NodeIndex slot)
{
    if (syntax()[slot].kind == SyntaxKind::Alias)
        refuse(Code::PatchShared, slot);
    return syntax()[slot].kind != SyntaxKind::Alias;
}

/// True where a merge key of the mapping gives the entry as well.
bool FieldWriter::isMerged(NodeIndex mapping, std::string_view key) const
{
    const auto given = [&](NodeIndex source) {
        if (syntax()[source].kind == SyntaxKind::Alias)
            source = syntax()[source].target;
        return source != noNode
               && (m_sources.child(source, key) != noNode
                   || (syntax()[source].kind == SyntaxKind::Mapping && isMerged(source, key)));
    };
    for (const auto child : syntax().children(mapping)) {
        if (!syntax()[child].entry || syntax().name(child) != "<<")
            continue;
        const auto list = syntax()[child].kind == SyntaxKind::Sequence ? syntax().children(child) : std::vector{child};
        if (std::ranges::any_of(list, given))
            return true;
    }
    return false;
}

/// A percentage stays one, and a number of seconds, and a duration with a unit.
Content FieldWriter::inStyleOf(NodeIndex slot, const Content& before, const Content& value) const
{
    if (value.kind != Content::Kind::Plain || syntax()[slot].kind != SyntaxKind::Scalar)
        return value;
    const auto old = m_sources.scalar(slot);
    if (old.size() > 1 && old.ends_with('%') && yaml::looksLikeNumber(value.text)) {
        const auto number = old.find_last_not_of(" \t", old.size() - 2);
        return Content::plain(scaled(value.text, 2) + old.substr(number + 1));
    }
    if (yaml::looksLikeNumber(old) && !yaml::looksLikeNumber(value.text)) {
        if (const auto time = base::parseDuration(value.text))
            return Content::plain(scaled(std::to_string(time->count()), -9));
    }
    if (!yaml::looksLikeNumber(old) && yaml::looksLikeNumber(value.text)) {
        const auto was = base::parseDuration(old);
        const auto time = base::parseDuration(value.text);
        if (was && time && was == base::parseDuration(before.text))
            return Content::plain(base::toString(*time));
    }
    return value;
}

NodeIndex FieldWriter::anchor(NodeIndex mapping, std::string_view key, const Order& order) const
{
    const auto own = std::ranges::find(order, key);
    for (auto before = own; before != order.begin();) {
        --before;
        if (const auto found = m_sources.child(mapping, *before); found != noNode && !m_editor.isRemoved(found))
            return found;
    }
    return noNode;
}

void FieldWriter::removeEntry(NodeIndex entry, const Content& before)
{
    const auto& slot = syntax()[entry];
    if (slot.kind == SyntaxKind::Mapping && before.kind == Content::Kind::Mapping) {
        const auto children = syntax().children(entry);
        const bool foreign = std::ranges::any_of(
            children, [&](NodeIndex child) { return before.find(syntax().name(child)) == nullptr; });
        if (foreign) {
            fields(entry, before, Content::mapping());
            return;
        }
    }
    if (isMerged(slot.parent, syntax().name(entry)))
        refuse(Code::PatchShared, entry);
    m_editor.remove(entry);
}

void FieldWriter::fields(NodeIndex mapping, const Content& before, const Content& after, const Order& order)
{
    if (before == after || !isWritten(mapping))
        return;
    if (syntax()[mapping].kind != SyntaxKind::Mapping) {
        m_editor.replace(mapping, after);
        return;
    }
    for (const auto& key : before.keys) {
        if (after.find(key) != nullptr)
            continue;
        if (const auto slot = m_sources.child(mapping, key); slot != noNode)
            removeEntry(slot, *before.find(key));
        else if (isMerged(mapping, key))
            refuse(Code::PatchShared, mapping);
    }
    const auto all = order.empty() ? Order(after.keys.begin(), after.keys.end()) : order;
    const auto written = syntax().children(mapping);
    const auto staying = std::ranges::find_if(written, [&](NodeIndex child) { return !m_editor.isRemoved(child); });
    const bool emptied = staying == written.end();
    if (emptied && !after.children.empty()) {
        for (const auto child : written)
            m_editor.keep(child);
        auto whole = after;
        whole.flow = syntax()[mapping].flow;
        m_editor.replace(mapping, whole);
        return;
    }
    for (std::size_t i = 0; i < after.keys.size(); ++i) {
        const auto& key = after.keys[i];
        const auto* old = before.find(key);
        if (old != nullptr && *old == after.children[i])
            continue;
        if (const auto slot = m_sources.child(mapping, key); slot != noNode) {
            value(slot, old == nullptr ? Content() : *old, after.children[i]);
            continue;
        }
        auto behind = anchor(mapping, key, all);
        if (behind == noNode && !written.empty() && m_editor.isRemoved(written.front()))
            behind = *staying;
        m_editor.insertEntry(mapping, behind, key, after.children[i]);
    }
}

void FieldWriter::value(NodeIndex slot, const Content& before, const Content& after)
{
    if (!isWritten(slot))
        return;
    const auto kind = syntax()[slot].kind;
    if (after.isScalar() && (kind == SyntaxKind::Scalar || kind == SyntaxKind::Null))
        m_editor.setScalar(slot, inStyleOf(slot, before, after));
    else if (kind == SyntaxKind::Mapping && before.kind == Content::Kind::Mapping
             && after.kind == Content::Kind::Mapping)
        fields(slot, before, after);
    else if (kind == SyntaxKind::Sequence && before.kind == Content::Kind::Sequence
             && after.kind == Content::Kind::Sequence)
        list(slot, before, after);
    else
        m_editor.replace(slot, after);
}

void FieldWriter::list(NodeIndex sequence, const Content& before, const Content& after)
{
    const auto slots = syntax().children(sequence);
    if (slots.size() != before.children.size()) {
        // Some are faulty: which ones is not known here.
        refuse(Code::PatchFaulty, sequence);
        return;
    }
    if (slots.empty()) {
        m_editor.replace(sequence, after);
        return;
    }
    const auto& old = before.children;
    const auto& now = after.children;
    std::size_t first = 0;
    while (first < old.size() && first < now.size() && old[first] == now[first])
        ++first;
    std::size_t tail = 0;
    while (tail < old.size() - first && tail < now.size() - first
           && old[old.size() - 1 - tail] == now[now.size() - 1 - tail])
        ++tail;
    const auto oldEnd = old.size() - tail;
    const auto nowEnd = now.size() - tail;
    std::size_t i = first;
    for (; i < oldEnd && i < nowEnd; ++i)
        value(slots[i], old[i], now[i]);
    for (auto j = i; j < oldEnd; ++j)
        m_editor.remove(slots[j]);
    for (auto j = i; j < nowEnd; ++j)
        m_editor.insertItem(sequence, i == 0 ? noNode : slots[i - 1], now[j]);
}

base::Result<SourceMap> FieldWriter::finish()
{
    auto edited = m_refused ? std::nullopt : m_editor.finish();
    if (const auto& why = m_editor.refused(); why && !m_refused)
        refuse(codeOf(why->why), why->node);
    if (m_refused || !edited)
        return {std::nullopt, {*m_refused}};
    const auto& text = m_sources.text();
    auto whole = std::make_shared<std::string>(text.substr(0, text.size() - m_sources.body().size()));
    *whole += edited->text;
    auto shared = m_sources.sharedNodes();
    for (auto& [id, node] : shared)
        node = edited->moved[node];
    std::erase_if(shared, [](const auto& one) { return one.second == noNode; });
    yaml::Syntax syntax(std::move(edited->nodes), std::move(edited->keys));
    return {SourceMap(std::move(whole), std::move(syntax), std::move(shared)), {}};
}

} // namespace emac::spec
