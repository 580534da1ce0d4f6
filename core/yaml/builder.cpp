// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/yaml/builder.h"

#include <yaml-cpp/mark.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace emac::yaml {

using base::Code;

namespace {

std::size_t offsetOf(const YAML::Mark& mark)
{
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

Span spanOf(std::size_t begin, std::size_t end)
{
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// Finds entries by key while they are added: few by comparing, many by hash.
class KeyIndex
{
public:
    explicit KeyIndex(const std::vector<Entry>& entries) : m_entries(entries) { }

    /// Null where there is none. The pointer holds until the next entry is added.
    const Entry* find(const std::string& key)
    {
        constexpr std::size_t few = 12;
        if (m_entries.size() <= few) {
            const auto found = std::ranges::find(m_entries, key, &Entry::key);
            return found == m_entries.end() ? nullptr : &*found;
        }
        for (; m_indexed < m_entries.size(); ++m_indexed)
            m_index.emplace(m_entries[m_indexed].key, m_indexed);
        const auto found = m_index.find(key);
        return found == m_index.end() ? nullptr : &m_entries[found->second];
    }

private:
    const std::vector<Entry>& m_entries;
    std::unordered_map<std::string, std::size_t> m_index;
    std::size_t m_indexed = 0;
};

} // namespace

Builder::Builder(std::string_view text, const std::string& file, const Limits& limits, const base::Watch& watch,
                 Stream& stream)
    : m_text(text)
    , m_file(file)
    , m_limits(limits)
    , m_watch(watch)
    , m_stream(stream)
    , m_lines(text)
{
}

void Builder::report(Code code, std::vector<std::string> arguments, const Position& position)
{
    m_stream.diagnostics.push_back({{code, std::move(arguments)}, {m_file, position.line, position.column}});
}

void Builder::stop(Code code, std::vector<std::string> arguments, const Position& position)
{
    report(code, std::move(arguments), position);
    throw Stop{};
}

void Builder::checkEvent()
{
    if (m_watch.expired())
        stop(Code::AnalysisStopped, {}, m_lines.at(m_cursor));
}

void Builder::OnDocumentStart(const YAML::Mark& mark)
{
    const auto offset = offsetOf(mark);
    // yaml-cpp takes what stands behind a whole document for another one, and some stray tokens for endless many.
    if (!m_stream.documents.empty() && m_text.substr(offset, 3) != "---") {
        const auto behind = scan::skipBlank(m_text, m_cursor);
        if (m_text.substr(behind, 3) != "...") {
            m_cursor = behind;
            stop(Code::YamlSyntax, {"text behind the end of the document"}, m_lines.at(behind));
        }
    }
    m_open = true;
    m_documentPosition = m_lines.at(offset);
    m_cursor = std::max(m_cursor, m_text.substr(offset, 3) == "---" ? offset + 3 : offset);
    m_root = nullptr;
    m_frames.clear();
    m_anchors.clear();
    m_aliases = false;
    m_expanded = 0;
    checkEvent();
}

void Builder::OnDocumentEnd()
{
    const bool empty = m_root && m_root->kind == Kind::Null && m_root->span.length() == 0;
    m_stream.documents.push_back({empty ? nullptr : m_root, m_documentPosition, false, m_aliases});
    m_root = nullptr;
    m_open = false;
}

void Builder::breakDocument()
{
    m_stream.documents.push_back({nullptr, m_open ? m_documentPosition : m_lines.at(m_cursor), true, m_aliases});
    m_open = false;
}

std::size_t Builder::valueOffset(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) const
{
    const auto offset = offsetOf(mark);
    return anchor != 0 || tag != "?" ? scan::skipProperties(m_text, offset) : offset;
}

int Builder::blockColumn() const
{
    return m_frames.empty() ? -1 : static_cast<int>(m_frames.back().node->position.column) - 1;
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value)
{
    checkEvent();
    auto begin = valueOffset(mark, tag, anchor);
    auto node = std::make_shared<Node>();
    node->kind = Kind::Scalar;
    node->tagged = tag != "?" && tag != "!";
    node->text = value;
    node->style = scan::styleAt(m_text, begin);
    auto end = begin;
    switch (node->style) {
    case ScalarStyle::Plain:
        if (value.empty()) // a tag alone
            begin = end = scan::anchorEnd(m_text, offsetOf(mark));
        else
            end = scan::plainEnd(m_text, begin, value);
        break;
    case ScalarStyle::SingleQuoted:
    case ScalarStyle::DoubleQuoted: {
        const auto closed = scan::quotedEnd(m_text, begin);
        if (!closed) // yaml-cpp lets the end of the file close it
            stop(Code::YamlSyntax, {"the closing quote is missing"}, m_lines.at(begin));
        end = *closed;
        break;
    }
    case ScalarStyle::Literal:
    case ScalarStyle::Folded:
        end = scan::blockScalarEnd(m_text, begin, blockColumn());
        break;
    }
    node->position = m_lines.at(begin);
    node->span = spanOf(begin, end);
    m_cursor = std::max(m_cursor, end);
    ++m_expanded;
    settle(anchor, node, 1, 0);
    add(node, node->position, 0);
}

bool Builder::isWrittenNull(std::size_t offset, const Position& owner)
{
    if (offset < m_cursor || scan::nullLength(m_text, offset) == 0)
        return false;
    if (m_frames.empty())
        return true;
    const auto& frame = m_frames.back();
    if (frame.node->flow || (frame.node->kind == Kind::Mapping && !frame.hasKey))
        return true;
    // Nothing was written where the word is the next key of this block collection or of one around it.
    const auto place = m_lines.at(offset);
    return place.line == owner.line || place.column > frame.node->position.column;
}

/// The place of the key or dash that a null belongs to; moves the cursor behind its colon or dash.
Position Builder::placeOfNothing(std::size_t mark)
{
    if (m_frames.empty())
        return m_lines.at(mark);
    const auto& frame = m_frames.back();
    if (frame.node->kind == Kind::Mapping && !frame.hasKey)
        return m_lines.at(mark);
    const auto next = scan::skipBlank(m_text, m_cursor);
    const char indicator = next < m_text.size() ? m_text[next] : ' ';
    if (frame.node->kind == Kind::Mapping) {
        const auto before = m_text.find_last_not_of(" \t\r\n", frame.keyPosition.offset - 1);
        const bool question = frame.keyPosition.offset > 0 && before != std::string_view::npos && m_text[before] == '?';
        if (indicator == ':')
            m_cursor = next + 1;
        else if (!frame.node->flow && !question) // yaml-cpp lets a last key go without
            stop(Code::YamlSyntax, {"the key has no ':'"}, frame.keyPosition);
        return frame.keyPosition;
    }
    if (indicator == '-' && !frame.node->flow)
        m_cursor = next + 1;
    return m_lines.at(next);
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    checkEvent();
    const auto before = m_cursor;
    const auto owner = placeOfNothing(offsetOf(mark));
    const auto afterIndicator = m_cursor;
    const auto offset = anchor != 0 ? scan::skipProperties(m_text, offsetOf(mark)) : offsetOf(mark);
    auto node = std::make_shared<Node>();
    m_cursor = before;
    if (isWrittenNull(offset, owner)) {
        node->position = m_lines.at(offset);
        m_cursor = offset + scan::nullLength(m_text, offset);
        node->span = spanOf(offset, m_cursor);
    } else {
        node->position = owner;
        m_cursor = anchor != 0 ? std::max(afterIndicator, scan::anchorEnd(m_text, offsetOf(mark))) : afterIndicator;
        node->span = spanOf(m_cursor, m_cursor);
    }
    ++m_expanded;
    settle(anchor, node, 1, 0);
    add(node, node->position, 0, isAliasToNothing(*node) ? node->span : Span{});
}

bool Builder::isAliasToNothing(const Node& node) const
{
    return node.kind == Kind::Null && node.span.length() != 0 && m_text[node.span.begin] == '*';
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor)
{
    checkEvent();
    const auto offset = offsetOf(mark);
    const auto position = m_lines.at(offset);
    const auto end = scan::anchorEnd(m_text, offset);
    m_cursor = std::max(m_cursor, end);
    m_aliases = true;
    const auto target = anchor > 0 && anchor <= m_anchors.size() ? m_anchors[anchor - 1] : Anchor{};
    if (!target.node) {
        report(Code::AliasUnknown, {std::string(m_text.substr(offset + 1, end - offset - 1))}, position);
        auto nothing = std::make_shared<Node>();
        nothing->position = position;
        nothing->span = spanOf(offset, end);
        ++m_expanded;
        add(nothing, position, 0, nothing->span);
        return;
    }
    // Repeated text counts too: an alias may be a key, which is copied.
    const auto repeated = target.size + target.node->text.size() / 64;
    m_expanded += repeated;
    m_repeated += repeated;
    if (std::max(m_expanded, m_repeated) > m_limits.expandedNodes)
        stop(Code::AliasExpansion, {std::to_string(m_limits.expandedNodes)}, position);
    if (static_cast<int>(m_frames.size()) + target.height > m_limits.depth)
        stop(Code::NestingTooDeep, {std::to_string(m_limits.depth)}, position);
    add(target.node, position, target.height, spanOf(offset, end));
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                              YAML::EmitterStyle::value style)
{
    begin(Kind::Sequence, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style)
{
    begin(Kind::Mapping, mark, tag, anchor, style == YAML::EmitterStyle::Flow);
}

void Builder::begin(Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, bool flow)
{
    checkEvent();
    const auto offset = valueOffset(mark, tag, anchor);
    const auto position = m_lines.at(offset);
    if (static_cast<int>(m_frames.size()) >= m_limits.depth)
        stop(Code::NestingTooDeep, {std::to_string(m_limits.depth)}, position);
    auto node = std::make_shared<Node>();
    node->kind = kind;
    node->position = position;
    node->flow = flow;
    node->tagged = tag != "?" && tag != "!";
    const bool bracket = flow && offset < m_text.size() && (m_text[offset] == '{' || m_text[offset] == '[');
    m_cursor = std::max(m_cursor, bracket ? offset + 1 : offset);
    settle(anchor, nullptr, 0, 0);
    m_frames.push_back({.node = std::move(node), .anchor = anchor, .sizeBefore = m_expanded});
    ++m_expanded;
}

void Builder::OnSequenceEnd()
{
    end();
}

void Builder::OnMapEnd()
{
    finishMapping(m_frames.back());
    end();
}

void Builder::end()
{
    checkEvent();
    auto frame = std::move(m_frames.back());
    m_frames.pop_back();
    auto& node = *frame.node;
    if (node.flow) {
        const char closing = node.kind == Kind::Mapping ? '}' : ']';
        auto next = scan::skipBlank(m_text, m_cursor);
        while (next < m_text.size() && (m_text[next] == ',' || m_text[next] == ':' || m_text[next] == '?'))
            next = scan::skipBlank(m_text, next + 1);
        // A single pair in a flow sequence has no brackets of its own.
        if (next < m_text.size() && m_text[next] == closing)
            m_cursor = next + 1;
    }
    node.span = spanOf(node.position.offset, std::max<std::size_t>(m_cursor, node.position.offset));
    if (m_aliases && m_expanded > m_limits.expandedNodes)
        stop(Code::AliasExpansion, {std::to_string(m_limits.expandedNodes)}, node.position);
    settle(frame.anchor, frame.node, m_expanded - frame.sizeBefore, frame.height);
    add(frame.node, node.position, frame.height);
}

void Builder::settle(YAML::anchor_t anchor, const NodePtr& node, std::uint64_t size, int height)
{
    if (anchor == 0)
        return;
    if (m_anchors.size() < anchor)
        m_anchors.resize(anchor);
    m_anchors[anchor - 1] = {node, size, height};
}

void Builder::takeKey(Frame& frame, const NodePtr& node, const Position& position)
{
    frame.hasKey = true;
    frame.keyPosition = position;
    const bool writtenNull = node->kind == Kind::Null && node->span.length() != 0;
    frame.keyUsable = node->kind == Kind::Scalar || writtenNull;
    if (writtenNull)
        frame.key = m_text.substr(node->span.begin, node->span.length());
    else
        frame.key = node->text;
    frame.keyMerges = frame.key == "<<" && !node->isQuoted();
    if (!frame.keyUsable)
        report(Code::KeyNotScalar, {}, position);
}

void Builder::add(const NodePtr& node, const Position& position, int height, const Span& alias)
{
    if (m_frames.empty()) {
        m_root = node;
        return;
    }
    auto& frame = m_frames.back();
    frame.height = std::max(frame.height, height + 1);
    if (frame.node->kind == Kind::Sequence) {
        frame.node->items.push_back({node, alias.length() != 0, alias});
        return;
    }
    if (!frame.hasKey) {
        takeKey(frame, node, position);
        return;
    }
    frame.hasKey = false;
    if (!frame.keyUsable)
        return;
    auto& entries = frame.keyMerges ? frame.node->merges : frame.node->entries;
    entries.push_back({std::move(frame.key), frame.keyPosition, node, alias.length() != 0, false, alias});
}

/// Duplicate keys, then merge keys: what is written wins, then the earlier source.
void Builder::finishMapping(Frame& frame)
{
    auto written = std::exchange(frame.node->entries, {});
    auto& entries = frame.node->entries;
    entries.reserve(written.size());
    KeyIndex keys(entries);
    const auto duplicate = [this](const std::string& key, const Position& first, const Position& position) {
        report(Code::DuplicateKey, {key, std::to_string(first.line)}, position);
    };
    for (auto& entry : written) {
        if (const auto* first = keys.find(entry.key))
            duplicate(entry.key, first->keyPosition, entry.keyPosition);
        else
            entries.push_back(std::move(entry));
    }
    const auto& merges = frame.node->merges;
    for (const auto& merge : merges) {
        if (&merge != &merges.front())
            duplicate("<<", merges.front().keyPosition, merge.keyPosition);
        for (const auto& source : sourcesOf(merge)) {
            for (const auto& entry : source->entries) {
                if (keys.find(entry.key) == nullptr)
                    entries.push_back({entry.key, entry.keyPosition, entry.value, true, true, {}});
            }
        }
    }
}

std::vector<NodePtr> Builder::sourcesOf(const Entry& merge)
{
    std::vector<NodePtr> sources;
    if (merge.value->kind == Kind::Mapping)
        sources.push_back(merge.value);
    for (const auto& item : merge.value->items)
        sources.push_back(item.value);
    const auto isMapping = [](const NodePtr& source) { return source->kind == Kind::Mapping; };
    const bool named = isAliasToNothing(*merge.value); // and said already
    if (!named && (sources.empty() || !std::ranges::all_of(sources, isMapping)))
        report(Code::YamlSyntax, {"the merge key << has neither a mapping nor a list of mappings"}, merge.keyPosition);
    return sources;
}

} // namespace emac::yaml
