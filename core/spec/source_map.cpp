// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/source_map.h"

#include "core/yaml/parse.h"

#include <queue>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <numeric>

namespace emac::spec {

using journey::Element;
using yaml::NodeIndex;
using yaml::noNode;
using yaml::SyntaxKind;

namespace {

yaml::Kind kindOf(SyntaxKind kind)
{
    switch (kind) {
    case SyntaxKind::Scalar:
        return yaml::Kind::Scalar;
    case SyntaxKind::Sequence:
        return yaml::Kind::Sequence;
    case SyntaxKind::Mapping:
        return yaml::Kind::Mapping;
    default:
        return yaml::Kind::Null;
    }
}

} // namespace

SourceMap::SourceMap(std::shared_ptr<const std::string> text, yaml::Syntax syntax, SharedNodes shared)
    : m_text(std::move(text))
    , m_syntax(std::move(syntax))
    , m_lines(body())
    , m_shared(std::move(shared))
{
    if (m_syntax.size() == 0)
        return;
    const auto spec = child(0, "spec");
    const auto components = spec == noNode ? noNode : child(spec, "components");
    if (components == noNode)
        return;
    m_components.assign(m_syntax.keys()->size(), noNode);
    for (auto i = m_syntax.firstChild(components); i < m_syntax.end(components); i = m_syntax.nextChild(i)) {
        auto& known = m_components[m_syntax[i].name];
        if (m_syntax[i].entry && known == noNode)
            known = i;
    }
}

std::string_view SourceMap::body() const
{
    return std::string_view(*m_text).substr(yaml::hasByteOrderMark(*m_text) ? 3 : 0);
}

NodeIndex SourceMap::child(NodeIndex mapping, std::string_view key) const
{
    return m_syntax[mapping].kind == SyntaxKind::Mapping ? m_syntax.child(mapping, key) : noNode;
}

NodeIndex SourceMap::component(std::string_view name) const
{
    if (m_components.empty())
        return noNode;
    const auto key = m_syntax.keys()->find(name);
    return key < m_components.size() ? m_components[key] : noNode;
}

std::string SourceMap::scalar(NodeIndex node) const
{
    const auto& value = m_syntax[node];
    const auto written = body().substr(value.begin, value.end - value.begin);
    if (value.style == yaml::ScalarStyle::Plain && written.find('\n') == std::string_view::npos)
        return std::string(written);
    const auto stream = yaml::parse(written, {});
    return stream.documents.empty() || !stream.documents[0].root ? std::string() : stream.documents[0].root->text;
}

SourceMap::Cursor SourceMap::valueOf(Cursor cursor) const
{
    if (cursor.node == noNode || m_syntax[cursor.node].kind != SyntaxKind::Alias)
        return cursor;
    return {m_syntax[cursor.node].target, true};
}

/// The entry of this key, its own or a merged one; the item of this number.
SourceMap::Cursor SourceMap::below(Cursor cursor, std::string_view key) const
{
    const auto value = valueOf(cursor);
    if (value.node == noNode)
        return {};
    if (m_syntax[value.node].kind == SyntaxKind::Sequence) {
        std::size_t number = 0;
        const auto parsed = std::from_chars(key.data(), key.data() + key.size(), number);
        const auto items = m_syntax.children(value.node);
        const bool known = parsed.ec == std::errc() && parsed.ptr == key.data() + key.size() && number < items.size();
        return known ? Cursor{items[number], value.shared} : Cursor{};
    }
    if (m_syntax[value.node].kind != SyntaxKind::Mapping)
        return {};
    if (const auto own = m_syntax.child(value.node, key); own != noNode && key != "<<")
        return {own, value.shared};
    for (const auto i : m_syntax.children(value.node)) {
        if (m_syntax.name(i) != "<<")
            continue;
        const auto merged = valueOf({i, value.shared});
        const bool list = merged.node != noNode && m_syntax[merged.node].kind == SyntaxKind::Sequence;
        const auto sources = list ? m_syntax.children(merged.node) : std::vector{i};
        for (const auto source : sources) {
            if (const auto found = below({source, true}, key); found.node != noNode)
                return {found.node, true};
        }
    }
    return {};
}

/// Keys may hold dots themselves: the longest one wins.
SourceMap::Cursor SourceMap::at(Cursor cursor, std::string_view field) const
{
    if (field.empty() || cursor.node == noNode)
        return cursor;
    for (auto end = field.size(); end != std::string_view::npos && end > 0;
         end = end == 0 ? std::string_view::npos : field.rfind('.', end - 1)) {
        const auto next = below(cursor, field.substr(0, end));
        if (next.node == noNode)
            continue;
        const auto found = at(next, field.substr(std::min(end + 1, field.size())));
        if (found.node != noNode)
            return found;
    }
    return {};
}

SourceMap::Cursor SourceMap::domainRule(std::string_view name) const
{
    const auto rules = valueOf(at({0, false}, "spec.failureDomains.rules"));
    if (rules.node == noNode || m_syntax[rules.node].kind != SyntaxKind::Sequence)
        return {};
    for (const auto item : m_syntax.children(rules.node)) {
        const auto own = valueOf(below({item, rules.shared}, "name"));
        if (own.node != noNode && scalar(own.node) == name)
            return {item, rules.shared};
    }
    return {};
}

SourceMap::Cursor SourceMap::cursorOf(const Element& element) const
{
    if (m_syntax.size() == 0)
        return {};
    const Cursor root{0, false};
    switch (element.kind) {
    case Element::Kind::None:
        return {};
    case Element::Kind::Journey:
        return root;
    case Element::Kind::Node: {
        if (const auto tagged = m_syntax.find(static_cast<std::uint64_t>(element.node)); tagged != noNode)
            return {tagged, false};
        const auto shared = std::ranges::find(m_shared, element.node, &SharedNodes::value_type::first);
        return shared == m_shared.end() ? Cursor{} : Cursor{shared->second, true};
    }
    case Element::Kind::Component:
        if (const auto own = component(element.name); own != noNode)
            return {own, false};
        return below(at(root, "spec.components"), element.name);
    case Element::Kind::DomainRule:
        return domainRule(element.name);
    case Element::Kind::Fragment:
        return below(at(root, "spec.fragments"), element.name);
    case Element::Kind::Objective:
        break;
    }
    return below(at(root, "spec.objectives"), element.name);
}

FieldPlace SourceMap::placeOf(Cursor cursor) const
{
    const auto& slot = m_syntax[cursor.node];
    const auto value = valueOf(cursor);
    const auto& node = value.node == noNode ? slot : m_syntax[value.node];
    const bool unwritten = node.kind == SyntaxKind::Null && node.begin == node.end;
    FieldPlace place;
    place.value = m_lines.at(unwritten ? slot.key : node.begin);
    place.key = slot.entry ? m_lines.at(slot.key) : place.value;
    place.span = {node.begin, node.end};
    place.kind = kindOf(node.kind);
    place.style = node.style;
    place.flow = node.flow;
    place.shared = cursor.shared || value.shared;
    return place;
}

std::optional<FieldPlace> SourceMap::find(const Element& element, std::string_view field) const
{
    const auto found = at(cursorOf(element), field);
    return found.node == noNode ? std::nullopt : std::optional(placeOf(found));
}

std::vector<std::pair<Element, NodeIndex>> SourceMap::elements() const
{
    std::vector<std::pair<Element, NodeIndex>> list;
    if (m_syntax.size() == 0)
        return list;
    list.emplace_back(Element::journey(), 0);
    const auto named = [&](const char* path, auto element) {
        const auto map = at({0, false}, path);
        if (map.node == noNode || map.shared || m_syntax[map.node].kind != SyntaxKind::Mapping)
            return;
        for (const auto i : m_syntax.children(map.node)) {
            if (m_syntax[i].isCollection() && m_syntax.name(i) != "<<")
                list.emplace_back(element(m_syntax.name(i)), i);
        }
    };
    named("spec.objectives", [](const std::string& name) { return Element::objective(name); });
    named("spec.components", [](const std::string& name) { return Element::component(name); });
    named("spec.fragments", [](const std::string& name) { return Element::fragment(name); });
    const auto rules = at({0, false}, "spec.failureDomains.rules");
    if (rules.node != noNode && !rules.shared && m_syntax[rules.node].kind == SyntaxKind::Sequence) {
        for (const auto i : m_syntax.children(rules.node)) {
            if (const auto name = child(i, "name"); name != noNode)
                list.emplace_back(Element::domainRule(scalar(name)), i);
        }
    }
    for (NodeIndex i = 0; i < m_syntax.size(); ++i) {
        if (m_syntax[i].tag != 0 && m_syntax[i].isCollection())
            list.emplace_back(Element::ofNode(journey::NodeId{m_syntax[i].tag}), i);
    }
    return list;
}

Element SourceMap::elementAt(std::uint32_t line) const
{
    return elementsAt({line}).front();
}

std::vector<Element> SourceMap::elementsAt(const std::vector<std::uint32_t>& lines) const
{
    struct Whole
    {
        Element element;
        std::uint32_t line;
        yaml::Span span;
    };
    std::vector<Whole> wholes;
    std::map<std::uint32_t, std::uint32_t> begins; // the first offset of what begins on a line
    for (const auto& node : m_syntax.nodes()) {
        for (const auto offset : {node.entry ? node.key : node.begin, node.begin}) {
            const auto begin = begins.try_emplace(lineAt(offset), offset).first;
            begin->second = std::min(begin->second, offset);
        }
    }
    for (auto& [element, node] : elements()) {
        const auto& place = m_syntax[node];
        wholes.push_back({std::move(element), lineAt(place.entry ? place.key : place.begin), {place.begin, place.end}});
    }
    auto following = std::numeric_limits<std::uint32_t>::max();
    std::for_each(begins.rbegin(), begins.rend(),
                  [&following](auto& begin) { begin.second = following = std::min(following, begin.second); });
    std::ranges::stable_sort(wholes, {}, &Whole::line);

    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return lines[i]; });
    // The shortest first, a node before the fragment whose body it is; what has ended before one line has ended before
    // all later ones.
    const auto longer = [](const Whole* a, const Whole* b) {
        return std::pair(a->span.length(), b->element.kind == Element::Kind::Node)
               > std::pair(b->span.length(), a->element.kind == Element::Kind::Node);
    };
    std::priority_queue<const Whole*, std::vector<const Whole*>, decltype(longer)> open(longer);
    std::vector<Element> found(lines.size());
    auto next = wholes.begin();
    for (const auto i : order) {
        const auto begin = begins.lower_bound(lines[i]);
        for (; next != wholes.end() && next->line <= lines[i]; ++next)
            open.push(&*next);
        while (!open.empty() && (begin == begins.end() || begin->second >= open.top()->span.end))
            open.pop();
        if (!open.empty())
            found[i] = open.top()->element;
    }
    return found;
}

std::uint32_t SourceMap::lineOf(const Element& element) const
{
    const auto place = find(element, "");
    return place ? place->key.line : 0;
}

std::unordered_map<journey::NodeId, std::uint32_t> SourceMap::linesOfNodes() const
{
    std::unordered_map<journey::NodeId, std::uint32_t> lines;
    for (NodeIndex i = 0; i < m_syntax.size(); ++i) {
        if (m_syntax[i].tag != 0)
            lines.emplace(static_cast<journey::NodeId>(m_syntax[i].tag), lineAt(m_syntax[i].begin));
    }
    return lines;
}

SourceMap SourceMap::renamed(const std::unordered_map<journey::NodeId, journey::NodeId>& ids) const
{
    auto nodes = m_syntax.nodes();
    for (auto& node : nodes) {
        if (const auto found = ids.find(journey::NodeId{node.tag}); found != ids.end())
            node.tag = static_cast<std::uint64_t>(found->second);
    }
    auto shared = m_shared;
    for (auto& [id, node] : shared) {
        if (const auto found = ids.find(id); found != ids.end())
            id = found->second;
    }
    auto result = *this;
    result.m_syntax = yaml::Syntax(std::move(nodes), m_syntax.keys());
    result.m_shared = std::move(shared);
    return result;
}

} // namespace emac::spec
