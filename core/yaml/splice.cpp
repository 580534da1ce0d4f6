// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/splice.h"

#include <algorithm>
#include <optional>

namespace emac::yaml {

namespace {

/// The nodes after the changes, and what they know of their places.
class Splicer
{
public:
    Splicer(const Syntax& syntax, const std::vector<Change>& changes) : m_syntax(syntax), m_changes(changes)
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
        case Change::Kind::Key: {
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
        case Change::Kind::Value: {
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
        case Change::Kind::Splice:
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

} // namespace

Spliced splice(std::string_view text, const Syntax& syntax, const std::vector<Change>& changes)
{
    Spliced spliced;
    std::size_t size = text.size();
    for (const auto& change : changes)
        size += change.text.size();
    spliced.text.reserve(size);
    std::uint32_t done = 0;
    for (const auto& change : changes) {
        spliced.text += text.substr(done, change.offset - done);
        spliced.text += change.text;
        done = change.offset + change.length;
    }
    spliced.text += text.substr(done);

    Splicer splicer(syntax, changes);
    splicer.run();
    spliced.nodes = std::move(splicer.nodes());
    spliced.moved = std::move(splicer.moved());
    spliced.keys = syntax.keys();
    return spliced;
}

} // namespace emac::yaml
