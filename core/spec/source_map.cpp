// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/source_map.h"

#include <algorithm>
#include <limits>

namespace emac::spec {

namespace {

yaml::Position moved(yaml::Position position, const yaml::TextChange& change, std::int32_t lines)
{
    const auto end = change.offset + change.length;
    const auto lineStart = position.offset + 1 - std::min(position.column, position.offset + 1);
    const bool behind = position.offset >= end && !(position.offset == change.offset && change.length > 0);
    const auto old = position.offset;
    position.offset = yaml::shifted(position.offset, change);
    if (!behind)
        return position;
    position.line = static_cast<std::uint32_t>(static_cast<std::int64_t>(position.line) + lines);
    if (lineStart > end) // on a line of its own
        return position;
    if (const auto lastLine = change.text.rfind('\n'); lastLine != std::string::npos)
        position.column = position.offset - change.offset - static_cast<std::uint32_t>(lastLine);
    else if (lines == 0)
        position.column += position.offset - old;
    return position;
}

yaml::Span moved(yaml::Span span, const yaml::TextChange& change)
{
    const bool insertedAtEmpty = span.length() == 0 && change.length == 0 && span.begin == change.offset;
    if (!insertedAtEmpty)
        span.begin = yaml::shifted(span.begin, change);
    if (span.end > change.offset)
        span.end = yaml::shifted(span.end, change);
    return span;
}

} // namespace

void SourceMap::add(const journey::Element& element, std::string field, const FieldPlace& place)
{
    m_places.insert_or_assign({element, std::move(field)}, place);
}

const FieldPlace* SourceMap::find(const journey::Element& element, std::string_view field) const
{
    const auto found = m_places.find(std::pair(element, std::string(field)));
    return found == m_places.end() ? nullptr : &found->second;
}

journey::Element SourceMap::elementAt(std::uint32_t line) const
{
    // Keys and values on this line or behind it begin here at the earliest.
    auto lineBegin = std::numeric_limits<std::uint32_t>::max();
    for (const auto& [key, place] : m_places) {
        for (const auto& position : {place.key, place.value}) {
            if (position.line >= line)
                lineBegin = std::min(lineBegin, position.offset);
        }
    }
    auto innermost = journey::Element::none();
    auto length = std::numeric_limits<std::uint32_t>::max();
    for (const auto& [key, place] : m_places) {
        const bool holds = key.second.empty() && place.key.line <= line && lineBegin < place.span.end;
        if (holds && !place.shared && place.span.length() < length) {
            innermost = key.first;
            length = place.span.length();
        }
    }
    return innermost;
}

std::uint32_t SourceMap::lineOf(const journey::Element& element) const
{
    const auto* place = find(element, "");
    return place == nullptr ? 0 : place->key.line;
}

void SourceMap::shift(const yaml::TextChange& change, std::int32_t lines)
{
    for (auto& [key, place] : m_places) {
        place.key = moved(place.key, change, lines);
        place.value = moved(place.value, change, lines);
        place.span = moved(place.span, change);
    }
}

void SourceMap::remove(const journey::Element& element, std::string_view field)
{
    m_places.erase(std::pair(element, std::string(field)));
}

} // namespace emac::spec
