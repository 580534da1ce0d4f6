// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/syntax.h"

#include "core/yaml/lines.h"
#include "core/yaml/scan.h"

#include <algorithm>

namespace emac::yaml {

std::uint32_t KeyTable::add(std::string_view key)
{
    const auto [found, isNew] = m_numbers.try_emplace(std::string(key), size());
    if (isNew)
        m_texts.emplace_back(key);
    return found->second;
}

std::uint32_t KeyTable::find(std::string_view key) const
{
    const auto found = m_numbers.find(std::string(key));
    return found == m_numbers.end() ? size() : found->second;
}

std::uint32_t KeyInterner::add(std::string_view key)
{
    if (const auto known = m_keys->find(key); known != m_keys->size())
        return known;
    if (!m_own)
        m_keys = m_own = std::make_shared<KeyTable>(*m_keys);
    return m_own->add(key);
}

Syntax::Syntax(std::vector<SyntaxNode> nodes, std::shared_ptr<const KeyTable> keys)
    : m_nodes(std::move(nodes))
    , m_keys(std::move(keys))
{
}

std::vector<NodeIndex> Syntax::children(NodeIndex node) const
{
    std::vector<NodeIndex> list;
    for (auto child = firstChild(node); child < end(node); child = nextChild(child))
        list.push_back(child);
    return list;
}

NodeIndex Syntax::child(NodeIndex mapping, std::string_view key) const
{
    const auto number = m_keys->find(key);
    for (auto child = firstChild(mapping); child < end(mapping); child = nextChild(child)) {
        if (m_nodes[child].entry && m_nodes[child].name == number)
            return child;
    }
    return noNode;
}

NodeIndex Syntax::find(std::uint64_t tag) const
{
    const auto found = std::ranges::find(m_nodes, tag, &SyntaxNode::tag);
    return found == m_nodes.end() ? noNode : static_cast<NodeIndex>(found - m_nodes.begin());
}

bool Syntax::sameAs(const Syntax& other) const
{
    return std::ranges::equal(m_nodes, other.m_nodes, [&](const SyntaxNode& a, const SyntaxNode& b) {
        auto renamed = b;
        renamed.name = a.name;
        return a == renamed && (!a.entry || m_keys->text(a.name) == other.m_keys->text(b.name));
    });
}

std::uint32_t keyEnd(std::string_view text, std::uint32_t key, std::string_view name)
{
    const auto first = text.substr(std::min<std::size_t>(key, text.size()), 1);
    const bool quoted = first == "\"" || first == "'";
    return static_cast<std::uint32_t>(quoted ? scan::quotedEnd(text, key).value_or(key)
                                             : scan::plainEnd(text, key, name));
}

namespace {

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

SyntaxKind kindOf(Kind kind)
{
    switch (kind) {
    case Kind::Null:
        return SyntaxKind::Null;
    case Kind::Scalar:
        return SyntaxKind::Scalar;
    case Kind::Sequence:
        return SyntaxKind::Sequence;
    case Kind::Mapping:
        break;
    }
    return SyntaxKind::Mapping;
}

class Flattener
{
public:
    Flattener(std::string_view text, bool aliases, const TagOf& tagOf)
        : m_text(text)
        , m_aliases(aliases)
        , m_tagOf(tagOf)
    {
    }

    Flattened operator()(const Node& root)
    {
        SyntaxNode slot;
        slot.key = root.span.begin;
        add(root, slot);
        for (const auto* node : m_repeated) {
            const auto found = m_indices.find(node);
            if (found != m_indices.end())
                m_nodes[found->second].anchored = true;
        }
        return {Syntax(std::move(m_nodes), std::make_shared<const KeyTable>(std::move(m_keys))), std::move(m_indices)};
    }

private:
    void add(const Node& node, SyntaxNode slot)
    {
        const auto index = offset32(m_nodes.size());
        slot.kind = kindOf(node.kind);
        slot.begin = node.span.begin;
        slot.end = node.span.end;
        slot.style = node.style;
        slot.flow = node.flow;
        slot.irregular = hasProperties(slot);
        m_nodes.push_back(slot);
        if (m_aliases)
            m_indices.emplace(&node, index);
        if (node.kind == Kind::Sequence)
            addItems(node, index);
        else if (node.kind == Kind::Mapping)
            addEntries(node, index);
        m_nodes[index].size = offset32(m_nodes.size()) - index;
        if (m_nodes[index].isCollection())
            checkEnds(index);
    }

    void addAlias(const Node& target, const Span& written, SyntaxNode slot)
    {
        slot.kind = SyntaxKind::Alias;
        slot.begin = written.begin;
        slot.end = written.end;
        if (const auto found = m_indices.find(&target); found != m_indices.end())
            slot.target = found->second;
        slot.irregular = hasProperties(slot);
        m_repeated.push_back(&target);
        m_nodes.push_back(slot);
    }

    /// Whether an anchor or a tag stands between the key or dash and the value.
    bool hasProperties(const SyntaxNode& slot) const
    {
        auto behind = slot.key;
        if (slot.entry)
            behind = offset32(std::min(m_text.find(':', keyEnd(m_text, slot.key, m_keys.text(slot.name))),
                                       m_text.size() - 1))
                     + 1;
        else if (slot.parent != noNode && !m_nodes[slot.parent].flow)
            behind = slot.key + 1;
        return slot.begin != (slot.begin == slot.end ? behind : offset32(scan::skipBlank(m_text, behind)));
    }

    void addItems(const Node& node, NodeIndex parent)
    {
        auto behind = node.span.begin;
        for (const auto& item : node.items) {
            const auto child = m_nodes.size();
            SyntaxNode slot;
            slot.parent = parent;
            slot.tag = m_tagOf(&item);
            slot.key =
                offset32(scan::skipBlank(m_text, node.flow && &item == &node.items.front() ? behind + 1 : behind));
            if (node.flow && &item != &node.items.front() && m_text.substr(slot.key, 1) == ",")
                slot.key = offset32(scan::skipBlank(m_text, slot.key + 1));
            if (!node.flow && (m_text.substr(slot.key, 1) != "-" || column(slot.key) != column(node.span.begin)))
                m_nodes[parent].irregular = true;
            if (item.shared)
                addAlias(*item.value, item.written, slot);
            else
                add(*item.value, slot);
            behind = m_nodes[child].end;
            if (node.flow && m_nodes[child].begin == behind)
                m_nodes[parent].irregular = true; // nothing between commas
        }
    }

    void addEntries(const Node& node, NodeIndex parent)
    {
        std::vector<const Entry*> written;
        for (const auto* list : {&node.entries, &node.merges}) {
            for (const auto& entry : *list) {
                if (!entry.merged)
                    written.push_back(&entry);
            }
        }
        if (!node.merges.empty())
            std::ranges::sort(written, {}, [](const Entry* entry) { return entry->keyPosition.offset; });
        for (const auto* entry : written) {
            SyntaxNode slot;
            slot.parent = parent;
            slot.entry = true;
            slot.tag = m_tagOf(entry);
            slot.key = entry->keyPosition.offset;
            slot.name = m_keys.add(entry->key);
            checkKey(*entry, parent, entry == written.front());
            if (entry->shared)
                addAlias(*entry->value, entry->written, slot);
            else
                add(*entry->value, slot);
        }
    }

    /// Only the first key of a block mapping may stand behind something on its line: dashes.
    void checkKey(const Entry& entry, NodeIndex parent, bool first)
    {
        const auto key = entry.keyPosition.offset;
        auto& mapping = m_nodes[parent];
        const auto colon = std::min(m_text.find_first_not_of(" \t", keyEnd(m_text, key, entry.key)), m_text.size());
        if (m_text.substr(colon, 1) != ":")
            mapping.irregular = true;
        const auto prefixOf = [&] { // looked for where it is needed: a line may be long
            const auto begin = lineBegin(m_text, key);
            return m_text.substr(begin, key - begin);
        };
        if (mapping.flow) {
            const auto before = key == 0 ? std::string_view::npos : m_text.find_last_not_of(" \t\r\n", key - 1);
            if (before != std::string_view::npos && m_text[before] != '{' && m_text[before] != ','
                && prefixOf().find_first_not_of(" \t") != std::string_view::npos)
                mapping.irregular = true;
            return;
        }
        const auto prefix = prefixOf();
        if (prefix.find_first_not_of(first ? " -" : " ") != std::string_view::npos
            || columnOf(m_text, key) != columnOf(m_text, mapping.begin))
            mapping.irregular = true;
    }

    void checkEnds(NodeIndex index)
    {
        auto& node = m_nodes[index];
        if (node.flow) {
            const char open = node.kind == SyntaxKind::Mapping ? '{' : '[';
            const char closed = node.kind == SyntaxKind::Mapping ? '}' : ']';
            if (node.end < node.begin + 2 || m_text[node.begin] != open || m_text[node.end - 1] != closed)
                node.irregular = true;
            return;
        }
        NodeIndex last = noNode;
        for (auto child = index + 1; child < index + node.size; child += m_nodes[child].size)
            last = child;
        if (last == noNode || m_nodes[last].end != node.end || m_nodes[index + 1].key != node.begin)
            node.irregular = true;
    }

    int column(std::uint32_t offset) const { return columnOf(m_text, offset); }

    std::string_view m_text;
    bool m_aliases;
    const TagOf& m_tagOf;
    std::vector<SyntaxNode> m_nodes;
    KeyTable m_keys;
    NodeIndices m_indices;
    std::vector<const Node*> m_repeated;
};

} // namespace

Flattened flatten(const Document& document, std::string_view text, const TagOf& tagOf)
{
    return Flattener(text, document.aliases, tagOf)(*document.root);
}

} // namespace emac::yaml
