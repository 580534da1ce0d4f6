// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/contents.h"
#include "core/spec/vocabulary.h"
#include "core/spec/writer.h"

#include <algorithm>
#include <functional>

namespace emac::spec {

using namespace journey;
using base::Code;
using yaml::Content;
using yaml::NodeIndex;
using yaml::noNode;
using yaml::SyntaxKind;

namespace {

std::uint64_t tagOf(const Expression& node)
{
    return static_cast<std::uint64_t>(node.id);
}

/// The children that stand in the list; those of a fallback without its primary.
std::vector<ExpressionPtr> listed(const Expression& node)
{
    auto all = journey::children(node);
    if (typeOf(node) == OperatorType::Fallback)
        all.erase(all.begin());
    return all;
}

ExpressionPtr single(const Expression& node)
{
    return journey::children(node).front();
}

/// Indices of `values` that form a longest increasing run; O(n log n).
std::vector<std::size_t> longestIncreasing(const std::vector<std::size_t>& values)
{
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> ends; // of the runs by their length
    std::vector<std::size_t> before(values.size(), none);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto place =
            std::ranges::lower_bound(ends, values[i], {}, [&values](std::size_t end) { return values[end]; });
        if (place != ends.begin())
            before[i] = *(place - 1);
        if (place == ends.end())
            ends.push_back(i);
        else
            *place = i;
    }
    std::vector<std::size_t> run;
    for (auto i = ends.empty() ? none : ends.back(); i != none; i = before[i])
        run.push_back(i);
    std::ranges::reverse(run);
    return run;
}

/// Places in two lists: the same child in both.
struct Kept
{
    std::size_t before;
    std::size_t after;
};

std::vector<Kept> keptIn(const std::vector<ExpressionPtr>& before, const std::vector<ExpressionPtr>& after)
{
    std::unordered_map<NodeId, std::size_t> places;
    for (std::size_t i = 0; i < before.size(); ++i)
        places.emplace(before[i]->id, i);
    std::vector<std::size_t> indices;
    std::vector<std::size_t> known;
    for (std::size_t j = 0; j < after.size(); ++j) {
        if (const auto found = places.find(after[j]->id); found != places.end()) {
            indices.push_back(found->second);
            known.push_back(j);
        }
    }
    std::vector<Kept> kept;
    for (const auto i : longestIncreasing(indices))
        kept.push_back({indices[i], known[i]});
    return kept;
}

Content expressionContent(const ExpressionPtr& node, bool flowLeaves,
                          const std::function<Content(const ExpressionPtr&)>& below,
                          const std::function<Content(const Expression&)>& list)
{
    auto content = ownContent(*node);
    content.tag = tagOf(*node);
    const auto type = typeOf(*node);
    content.flow = flowLeaves && (type == OperatorType::Call || type == OperatorType::Use)
                   && node->notes.find('\n') == std::string::npos;
    if (const auto key = singleKey(type); !key.empty())
        content.add(std::string(key), below(single(*node)));
    if (const auto key = listKey(type); !key.empty() && !listed(*node).empty())
        content.add(std::string(key), list(*node));
    return content;
}

} // namespace

ExpressionWriter::ExpressionWriter(FieldWriter& fields, const Intent& before) : m_fields(fields), m_before(before)
{
    const auto& syntax = m_fields.syntax();
    for (NodeIndex i = 0; i < syntax.size(); ++i) {
        if (syntax[i].tag != 0 && m_fields.sources().child(i, "ref") != noNode) {
            m_flowLeaves = syntax[i].flow;
            break;
        }
    }
}

ExpressionPtr ExpressionWriter::known(NodeId id)
{
    if (m_known.empty()) {
        const std::function<void(const ExpressionPtr&)> add = [&](const ExpressionPtr& node) {
            if (!node)
                return;
            m_known.emplace(node->id, node);
            for (const auto& child : journey::children(*node))
                add(child);
        };
        add(m_before.journey.root);
        for (const auto& fragment : m_before.journey.fragments)
            add(fragment.body);
        const auto& syntax = m_fields.syntax();
        for (NodeIndex i = 0; i < syntax.size(); ++i) {
            if (syntax[i].tag != 0)
                m_slots.emplace(syntax[i].tag, i);
        }
    }
    const auto found = m_known.find(id);
    return found == m_known.end() ? nullptr : found->second;
}

Content ExpressionWriter::content(const ExpressionPtr& node)
{
    if (known(node->id) == node) {
        if (const auto slot = m_slots.find(tagOf(*node)); slot != m_slots.end())
            return Content::copy(slot->second);
    }
    return expressionContent(
        node, m_flowLeaves, [this](const ExpressionPtr& child) { return content(child); },
        [this](const Expression& parent) { return listContent(parent); });
}

Content ExpressionWriter::listContent(const Expression& node)
{
    auto list = Content::sequence();
    const auto below = listed(node);
    for (std::size_t i = 0; i < below.size(); ++i)
        list.add(itemContent(node, below[i], i));
    return list;
}

/// The i-th item of the node's list: a child, or a choice around one.
Content ExpressionWriter::itemContent(const Expression& node, const ExpressionPtr& child, std::size_t i)
{
    const auto body = content(child);
    const auto* branch = std::get_if<Branch>(&node.op);
    if (branch == nullptr)
        return body;
    auto choice = ownContent(branch->choices[i]);
    const auto& syntax = m_fields.syntax();
    choice.flow = body.kind == Content::Kind::Existing ? syntax[body.existing].flow : body.flow;
    choice.add("body", body);
    return choice;
}

void ExpressionWriter::node(NodeIndex slot, const ExpressionPtr& before, const ExpressionPtr& after)
{
    if (before == after || !m_fields.isWritten(slot))
        return;
    if (before->id != after->id) {
        m_fields.editor().replace(slot, content(after));
        return;
    }
    const auto old = typeOf(*before);
    const auto type = typeOf(*after);
    if (old != type) {
        // Words of the old operator that the new one does not know.
        const auto& was = vocabulary().mapping(keyword(old));
        const auto& is = vocabulary().mapping(keyword(type));
        const auto own = ownContent(*before);
        for (const auto child : m_fields.syntax().children(slot)) {
            const auto& key = m_fields.syntax().name(child);
            const bool holdsChildren = key == listKey(old) || key == singleKey(old);
            if (was.find(key) != nullptr && is.find(key) == nullptr && own.find(key) == nullptr && !holdsChildren)
                m_fields.editor().remove(child);
        }
    }
    m_fields.fields(slot, ownContent(*before), ownContent(*after));
    if (!m_fields.refused())
        children(slot, *before, *after);
}

void ExpressionWriter::children(NodeIndex mapping, const Expression& before, const Expression& after)
{
    const auto old = typeOf(before);
    const auto type = typeOf(after);
    const bool branches = old == OperatorType::Branch || type == OperatorType::Branch;
    if (singleKey(old) != singleKey(type) || listKey(old).empty() != listKey(type).empty()
        || (old != type && branches)) {
        restructure(mapping, before, after);
        return;
    }
    const auto entry = [&](std::string_view key) {
        const auto found = m_fields.sources().child(mapping, key);
        if (found == noNode)
            m_fields.refuse(Code::PatchShared, mapping);
        return found;
    };
    if (const auto key = singleKey(type); !key.empty()) {
        if (const auto slot = entry(key); slot != noNode)
            node(slot, single(before), single(after));
    }
    if (listKey(type).empty())
        return;
    const auto was = listed(before);
    const auto now = listed(after);
    if (was.empty() && now.empty())
        return;
    if (was.empty()) {
        const auto all = m_fields.syntax().children(mapping);
        m_fields.editor().insertEntry(mapping, all.back(), listKey(type), listContent(after));
        return;
    }
    const auto list = entry(listKey(old));
    if (list == noNode)
        return;
    if (now.empty()) {
        m_fields.editor().remove(list);
        return;
    }
    if (listKey(old) != listKey(type))
        m_fields.editor().rename(list, listKey(type));
    items(list, before, after);
}

/// The children move to other keys.
void ExpressionWriter::restructure(NodeIndex mapping, const Expression& before, const Expression& after)
{
    auto behind = noNode;
    for (const auto key : {singleKey(typeOf(before)), listKey(typeOf(before))}) {
        if (const auto slot = m_fields.sources().child(mapping, key); slot != noNode)
            m_fields.editor().remove(slot);
    }
    for (const auto child : m_fields.syntax().children(mapping)) {
        if (!m_fields.editor().isRemoved(child))
            behind = child;
    }
    const auto type = typeOf(after);
    if (const auto key = singleKey(type); !key.empty())
        m_fields.editor().insertEntry(mapping, behind, key, content(single(after)));
    if (const auto key = listKey(type); !key.empty() && !listed(after).empty())
        m_fields.editor().insertEntry(mapping, behind, key, listContent(after));
}

/// One item that stays: the child, and a choice's own entries.
void ExpressionWriter::item(NodeIndex slot, const Listed& before, const Listed& after)
{
    const auto* old = std::get_if<Branch>(&before.parent.op);
    const auto* branch = std::get_if<Branch>(&after.parent.op);
    if (old == nullptr || branch == nullptr) {
        node(slot, before.child, after.child);
        return;
    }
    const auto& was = old->choices[before.index];
    const auto& is = branch->choices[after.index];
    if (was == is)
        return;
    if (!m_fields.isWritten(slot))
        return;
    m_fields.fields(slot, ownContent(was), ownContent(is));
    const auto body = m_fields.sources().child(slot, "body");
    if (body == noNode)
        m_fields.refuse(Code::PatchShared, slot);
    else
        node(body, before.child, after.child);
}

bool ExpressionWriter::fits(const Content& content) const
{
    if (content.kind == Content::Kind::Existing)
        return yaml::canFlow(m_fields.sources().body(), m_fields.syntax(), content.existing);
    return std::ranges::all_of(content.children, [this](const Content& child) { return fits(child); });
}

/// A list in brackets on one line that something comes into which does not fit there.
bool ExpressionWriter::inBrackets(NodeIndex list, const Expression& after, const std::vector<std::size_t>& added)
{
    const auto& slot = m_fields.syntax()[list];
    const auto text = m_fields.sources().body().substr(slot.begin, slot.end - slot.begin);
    const auto now = listed(after);
    return slot.flow && !m_fields.syntax()[slot.parent].flow && text.find('#') == std::string_view::npos
           && !std::ranges::all_of(added, [&](std::size_t j) { return fits(itemContent(after, now[j], j)); });
}

void ExpressionWriter::items(NodeIndex list, const Expression& before, const Expression& after)
{
    if (!m_fields.isWritten(list))
        return;
    const auto was = listed(before);
    const auto now = listed(after);
    const bool choices = std::holds_alternative<Branch>(before.op);
    std::unordered_map<std::uint64_t, NodeIndex> slots;
    for (const auto slot : m_fields.syntax().children(list)) {
        const auto tagged = choices ? m_fields.sources().child(slot, "body") : slot;
        if (tagged != noNode)
            slots.emplace(m_fields.syntax()[tagged].tag, slot);
    }
    const auto slotOf = [&](std::size_t i) {
        const auto found = slots.find(tagOf(*was[i]));
        if (found == slots.end())
            m_fields.refuse(Code::PatchShared, list);
        return found == slots.end() ? noNode : found->second;
    };
    // Between two that stay: what goes and what comes; as far as there are both, the one takes the other's place.
    auto kept = keptIn(was, now);
    kept.push_back({was.size(), now.size()});
    std::vector<Kept> replaced;
    std::vector<std::size_t> removed;
    std::vector<std::size_t> added;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const auto& stay : kept) {
        for (; i < stay.before && j < stay.after; ++i, ++j) {
            replaced.push_back({i, j});
            added.push_back(j);
        }
        for (; i < stay.before; ++i)
            removed.push_back(i);
        for (; j < stay.after; ++j)
            added.push_back(j);
        i = stay.before + 1;
        j = stay.after + 1;
    }
    kept.pop_back();
    if (!added.empty() && inBrackets(list, after, added)) {
        auto content = listContent(after);
        m_fields.editor().replace(list, content);
        return;
    }
    std::vector<NodeIndex> places(now.size(), noNode);
    for (const auto& pair : kept) {
        const auto slot = slotOf(pair.before);
        if (slot == noNode)
            return;
        places[pair.after] = slot;
        if (was[pair.before] != now[pair.after] || choices)
            item(slot, {before, was[pair.before], pair.before}, {after, now[pair.after], pair.after});
    }
    for (const auto& pair : replaced) {
        const auto slot = slotOf(pair.before);
        if (slot == noNode)
            return;
        places[pair.after] = slot;
        if (choices)
            item(slot, {before, was[pair.before], pair.before}, {after, now[pair.after], pair.after});
        else
            m_fields.editor().replace(slot, itemContent(after, now[pair.after], pair.after));
    }
    for (const auto gone : removed) {
        if (const auto slot = slotOf(gone); slot != noNode)
            m_fields.editor().remove(slot);
    }
    auto behind = noNode;
    for (std::size_t k = 0; k < now.size(); ++k) {
        if (places[k] != noNode)
            behind = places[k];
        else
            m_fields.editor().insertItem(list, behind, itemContent(after, now[k], k));
    }
}

Content contentOf(const ExpressionPtr& node)
{
    const std::function<Content(const Expression&)> list = [&list](const Expression& parent) {
        auto items = Content::sequence();
        const auto below = listed(parent);
        for (std::size_t i = 0; i < below.size(); ++i) {
            auto body = contentOf(below[i]);
            const auto* branch = std::get_if<Branch>(&parent.op);
            if (branch == nullptr) {
                items.add(std::move(body));
                continue;
            }
            auto choice = ownContent(branch->choices[i]);
            choice.flow = body.flow;
            choice.add("body", std::move(body));
            items.add(std::move(choice));
        }
        return items;
    };
    return expressionContent(
        node, true, [](const ExpressionPtr& child) { return contentOf(child); }, list);
}

} // namespace emac::spec
