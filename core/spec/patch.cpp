// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/patch.h"

#include "core/yaml/parse.h"

#include <algorithm>

namespace emac::spec {

namespace {

using base::Code;
using journey::Element;
using yaml::TextChange;

constexpr std::string_view availability = "availability";
constexpr std::string_view reference = "atomicSLORef";
constexpr std::string_view blanks = " \t";

base::Result<Patch> refused(Code code, std::vector<std::string> arguments = {})
{
    return {std::nullopt, {{{code, std::move(arguments)}, {}}}};
}

base::Result<Patch> refused(Code code, std::string_view field, std::uint32_t line)
{
    return refused(code, {std::string(field), std::to_string(line)});
}

std::uint32_t offset32(std::size_t offset)
{
    return static_cast<std::uint32_t>(offset);
}

/// The number in per cent.
std::string percent(const base::Decimal& value)
{
    auto text = value.toString();
    int exponent = 2;
    if (const auto e = text.find('e'); e != std::string::npos) {
        exponent += std::stoi(text.substr(e + 1));
        text.resize(e);
    }
    return base::Decimal::parse(text + 'e' + std::to_string(exponent)).value_or(base::Decimal()).toString();
}

/// Behind the last character of the line, before its line end.
std::size_t lineEnd(std::string_view text, std::size_t offset)
{
    auto end = std::min(text.find('\n', offset), text.size());
    if (end > offset && text[end - 1] == '\r')
        --end;
    return end;
}

/// The first byte of the line of this offset.
std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    const auto before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    return before == std::string_view::npos ? 0 : before + 1;
}

/// The line end of this line; of the one before it where it has none.
std::string_view lineEnding(std::string_view text, std::size_t offset)
{
    auto feed = text.find('\n', offset);
    if (feed == std::string_view::npos)
        feed = text.rfind('\n', offset);
    return feed != std::string_view::npos && feed > 0 && text[feed - 1] == '\r' ? "\r\n" : "\n";
}

/// A component's mapping, read again by itself: the map need not know all that is in it.
struct Mapping
{
    yaml::NodePtr node;
    std::uint32_t begin = 0; ///< of what was read, in the text
    yaml::Position origin; ///< line and column of that

    yaml::Position placed(yaml::Position position) const
    {
        position.offset += begin;
        if (position.line == 1)
            position.column += origin.column - 1;
        position.line += origin.line - 1;
        return position;
    }
    yaml::Span placed(yaml::Span span) const { return {span.begin + begin, span.end + begin}; }
};

/// Reads [begin, end) as one mapping; its node is null where that is none.
Mapping readMapping(std::string_view text, std::uint32_t begin, std::uint32_t end, const yaml::Position& origin)
{
    const auto stream = yaml::parse(text.substr(begin, end - begin), {});
    Mapping mapping{nullptr, begin, origin};
    if (stream.documents.size() == 1 && stream.documents[0].root
        && stream.documents[0].root->kind == yaml::Kind::Mapping)
        mapping.node = stream.documents[0].root;
    return mapping;
}

class Patcher
{
public:
    Patcher(std::string_view text, const SourceMap& sources)
        : m_text(text)
        , m_body(text.substr(yaml::hasByteOrderMark(text) ? 3 : 0))
        , m_sources(sources)
    {
    }

    /// The text of this edit is changed in no single place.
    template<typename Edit>
    base::Result<Patch> operator()(const Edit&) const
    {
        return refused(Code::ElementGone);
    }

    base::Result<Patch> operator()(const journey::SetAvailability& edit) const
    {
        const auto element = Element::component(edit.component);
        if (m_sources.find(element, "") == nullptr)
            return refused(Code::ElementGone);
        if (edit.value && m_sources.find(element, availability) != nullptr)
            return replaceRatio(element, availability, *edit.value);
        return edit.value ? insert(element, *edit.value) : remove(element);
    }

    base::Result<Patch> operator()(const journey::SetObjectiveTarget& edit) const
    {
        return replaceRatio(Element::objective(std::string(availability)), "target", edit.value);
    }

    base::Result<Patch> operator()(const journey::SetDuration& edit) const
    {
        if (!edit.value)
            return refused(Code::ElementGone);
        const auto element = Element::ofNode(edit.node);
        const auto type = typeOf(element);
        return replace(element, type == "timeout" ? "deadline" : (type == "race" ? "hedgeDelay" : "backoff"),
                       base::toString(*edit.value));
    }

    base::Result<Patch> operator()(const journey::SetCount& edit) const
    {
        const auto element = Element::ofNode(edit.node);
        return replace(element, typeOf(element) == "kofn" ? "k" : "attempts", std::to_string(edit.value));
    }

    base::Result<Patch> operator()(const journey::SetWait& edit) const
    {
        if (!edit.value)
            return refused(Code::ElementGone);
        return replace(Element::ofNode(edit.node), "wait", *edit.value ? "true" : "false");
    }

    base::Result<Patch> operator()(const journey::SetProbability& edit) const
    {
        if (!edit.value.isNumber())
            return refused(Code::ElementGone);
        const auto field = "choices." + std::to_string(edit.choice) + ".probability";
        return replaceRatio(Element::ofNode(edit.node), field, edit.value.lower);
    }

private:
    std::string_view textOf(const yaml::Span& span) const { return m_body.substr(span.begin, span.length()); }

    /// The node's operator word; empty where it is not written plainly.
    std::string_view typeOf(const Element& element) const
    {
        const auto* place = m_sources.find(element, "type");
        auto text = place == nullptr ? std::string_view() : textOf(place->span);
        if (text.size() >= 2 && (text.front() == '"' || text.front() == '\''))
            text = text.substr(1, text.size() - 2);
        return text;
    }

    /// Where the place is written elsewhere, or something else is written here: the line of that alias or merge key.
    /// Else 0.
    std::uint32_t sharedLine(const Element& element, const FieldPlace& place, bool withContent) const
    {
        if (place.shared)
            return place.key.line;
        for (const auto& [key, other] : m_sources.places()) {
            if (!other.shared || other.span.length() == 0)
                continue;
            const bool around = other.span.begin <= place.span.begin && place.span.end <= other.span.end;
            // A merge key elsewhere shows by entries whose keys stand here; an alias of one value is no matter to its
            // neighbours.
            const bool merged = place.span.begin <= other.key.offset && other.key.offset < place.span.end;
            if (around || (withContent && merged && key.first != element))
                return other.key.line;
        }
        return 0;
    }

    base::Result<Patch> replaceRatio(const Element& element, std::string_view field, const base::Ratio& value) const
    {
        auto text = value.decimal().toString();
        if (const auto* place = m_sources.find(element, field)) {
            const auto old = textOf(place->span);
            if (const auto sign = old.rfind('%'); sign != std::string_view::npos) {
                const auto number = old.find_last_not_of(blanks, sign - 1);
                text = percent(value.decimal()) + std::string(old.substr(number + 1, sign - number));
            }
        }
        return replace(element, field, text);
    }

    /// The refusal of a value that is not written here, as a scalar on one line; none where it is.
    std::optional<base::Result<Patch>> refusal(const Element& element, std::string_view field) const
    {
        const auto* place = m_sources.find(element, field);
        if (place == nullptr)
            return m_sources.lineOf(element) == 0 ? refused(Code::ElementGone)
                                                  : refused(Code::PatchNoEntry, {std::string(field)});
        if (const auto line = sharedLine(element, *place, false); line != 0)
            return refused(Code::PatchShared, field, line);
        const bool scalar = place->kind == yaml::Kind::Scalar || place->kind == yaml::Kind::Null;
        const bool block = place->style == yaml::ScalarStyle::Literal || place->style == yaml::ScalarStyle::Folded;
        if (!scalar || block || place->span.length() == 0 || textOf(place->span).find('\n') != std::string_view::npos)
            return refused(Code::PatchNotSingleLine, field, place->key.line);
        return std::nullopt;
    }

    base::Result<Patch> replace(const Element& element, std::string_view field, const std::string& value) const
    {
        if (auto no = refusal(element, field))
            return std::move(*no);
        auto place = *m_sources.find(element, field);
        // Numbers, durations and truth values may stand plain; in quotes they stay in quotes.
        const auto text = place.style == yaml::ScalarStyle::Plain ? value : yaml::quotedLike(value, place.style);
        const TextChange change{place.span.begin, place.span.length(), text};
        auto sources = m_sources;
        sources.shift(change, 0);
        place = *sources.find(element, field);
        place.kind = yaml::Kind::Scalar;
        sources.add(element, std::string(field), place);
        return {Patch{change, yaml::applied(m_text, change), std::move(sources)}, {}};
    }

    /// The component's mapping where an entry can be added or removed; else the refusal.
    base::Result<Mapping> mappingOf(const Element& element, const FieldPlace& place) const
    {
        const auto no = [](base::Result<Patch> refusal) {
            return base::Result<Mapping>{std::nullopt, std::move(refusal.diagnostics)};
        };
        if (const auto line = sharedLine(element, place, true); line != 0)
            return no(refused(Code::PatchShared, availability, line));
        const auto begin = place.flow ? place.span.begin : offset32(lineBegin(m_body, place.span.begin));
        const auto end = place.flow ? place.span.end : offset32(lineEnd(m_body, place.span.end));
        const auto before = m_body.substr(begin, place.span.begin - begin);
        const bool onlyBlanks = before.find_first_not_of(' ') == std::string_view::npos;
        const bool oneLine = textOf(place.span).find('\n') == std::string_view::npos;
        Mapping mapping;
        if (place.kind == yaml::Kind::Mapping && onlyBlanks && (oneLine || !place.flow))
            mapping = readMapping(m_body, begin, end, {begin, place.value.line, place.flow ? place.value.column : 1});
        if (!mapping.node)
            return no(refused(Code::PatchNotSingleLine, availability, place.key.line));
        return {mapping, {}};
    }

    base::Result<Patch> insert(const Element& element, const base::Ratio& value) const
    {
        const auto& place = *m_sources.find(element, "");
        const auto mapping = mappingOf(element, place);
        if (!mapping.value)
            return {std::nullopt, mapping.diagnostics};
        const auto entry = std::string(availability) + ": " + value.decimal().toString();
        const auto* behind = mapping.value->node->find(reference);
        TextChange change;
        // An alias is nothing to stand behind in one line: where its name ends, only the whole text tells.
        if (behind != nullptr && (!place.flow || behind->value->kind == yaml::Kind::Scalar)) {
            const auto end = mapping.value->placed(behind->value->span).end;
            const auto key = mapping.value->placed(behind->keyPosition);
            if (place.flow) {
                change = {end, 0, ", " + entry};
            } else {
                const auto at = lineEnd(m_body, end);
                const auto indent = std::string(key.column - 1, ' ');
                change = {offset32(at), 0, std::string(lineEnding(m_body, at)) + indent + entry};
            }
        } else if (place.flow) {
            const auto first = m_body.find_first_not_of(blanks, place.span.begin + 1);
            const bool empty = m_body[first] == '}';
            change = {offset32(first), 0, empty ? entry : entry + ", "};
        } else {
            const auto indent = std::string(place.value.column - 1, ' ');
            change = {place.span.begin, 0, entry + std::string(lineEnding(m_body, place.span.begin)) + indent};
        }
        return changed(element, *mapping.value, change);
    }

    base::Result<Patch> remove(const Element& element) const
    {
        if (auto no = refusal(element, availability))
            return std::move(*no);
        const auto& place = *m_sources.find(element, "");
        const auto& entry = *m_sources.find(element, availability);
        const auto mapping = mappingOf(element, place);
        if (!mapping.value)
            return {std::nullopt, mapping.diagnostics};
        const auto change = place.flow ? flowRemoval(place, entry) : blockRemoval(place, entry);
        if (!change)
            return refused(Code::PatchLastEntry, availability, entry.key.line);
        return changed(element, *mapping.value, *change);
    }

    /// The entry's lines with what stands behind it in the last one; nothing where it is the only entry.
    std::optional<TextChange> blockRemoval(const FieldPlace& mapping, const FieldPlace& entry) const
    {
        const bool first = entry.key.offset == mapping.span.begin;
        const bool last = entry.span.end == mapping.span.end;
        if (first && last)
            return std::nullopt;
        auto begin = lineBegin(m_body, entry.key.offset);
        auto end = std::min(m_body.find('\n', entry.span.end), m_body.size() - 1) + 1;
        if (end == m_body.size() && m_body.back() != '\n') {
            begin = lineEnd(m_body, lineBegin(m_body, begin - 1));
            end = m_body.size();
        }
        return TextChange{offset32(begin), offset32(end - begin), {}};
    }

    /// The entry with one comma and its blanks; nothing where it is the only entry.
    std::optional<TextChange> flowRemoval(const FieldPlace& mapping, const FieldPlace& entry) const
    {
        const auto before = m_body.find_last_not_of(blanks, entry.key.offset - 1);
        if (before > mapping.span.begin)
            return TextChange{offset32(before), entry.span.end - offset32(before), {}};
        auto end = m_body.find_first_not_of(blanks, entry.span.end);
        if (m_body[end] == ',')
            end = m_body.find_first_not_of(blanks, end + 1);
        if (m_body[end] == '}')
            return std::nullopt;
        return TextChange{entry.key.offset, offset32(end) - entry.key.offset, {}};
    }

    /// The change of one `availability` entry of the component's mapping.
    base::Result<Patch> changed(const Element& element, const Mapping& before, const TextChange& change) const
    {
        const auto old = *m_sources.find(element, "");
        auto text = yaml::applied(m_text, change);
        const auto body = std::string_view(text).substr(m_text.size() - m_body.size());
        const auto removed = std::ranges::count(m_body.substr(change.offset, change.length), '\n');
        const auto added = std::ranges::count(change.text, '\n');
        auto sources = m_sources;
        sources.remove(element, availability);
        sources.shift(change, static_cast<std::int32_t>(added - removed));

        const auto oldEnd = old.flow ? old.span.end : offset32(lineEnd(m_body, old.span.end));
        const auto end = oldEnd + offset32(change.text.size()) - change.length;
        const auto mapping = readMapping(body, before.begin, end, before.origin);
        if (!mapping.node)
            return refused(Code::PatchNotSingleLine, availability, old.key.line);
        const auto span = mapping.placed(mapping.node->span);
        for (const auto& [key, place] : m_sources.places()) {
            const bool ends = place.span.begin <= old.span.begin && place.span.end == old.span.end;
            if (!ends || (place.kind != yaml::Kind::Mapping && place.kind != yaml::Kind::Sequence))
                continue;
            auto resized = *sources.find(key.first, key.second);
            resized.span.end = span.end;
            if (place.span.begin == old.span.begin) {
                resized.span.begin = span.begin;
                resized.value = mapping.placed(mapping.node->position);
            }
            sources.add(key.first, key.second, resized);
        }
        if (const auto* entry = mapping.node->find(availability)) {
            const auto& value = *entry->value;
            sources.add(element, std::string(availability),
                        {mapping.placed(entry->keyPosition), mapping.placed(value.position), mapping.placed(value.span),
                         value.kind, value.style, value.flow, false});
        }
        return {Patch{change, std::move(text), std::move(sources)}, {}};
    }

    std::string_view m_text;
    std::string_view m_body; ///< without its byte-order mark
    const SourceMap& m_sources;
};

} // namespace

base::Result<Patch> patch(std::string_view text, const SourceMap& sources, const journey::Edit& edit)
{
    return std::visit(Patcher(text, sources), edit);
}

} // namespace emac::spec
