// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/source_map.h"

#include <queue>

#include <algorithm>
#include <limits>
#include <numeric>

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
    return elementsAt({line}).front();
}

std::vector<journey::Element> SourceMap::elementsAt(const std::vector<std::uint32_t>& lines) const
{
    struct Whole
    {
        const journey::Element* element;
        std::uint32_t line;
        yaml::Span span;
    };
    std::vector<Whole> wholes;
    std::map<std::uint32_t, std::uint32_t> begins; // the first offset of what begins on a line
    for (const auto& [key, place] : m_places) {
        for (const auto& position : {place.key, place.value}) {
            const auto begin = begins.try_emplace(position.line, position.offset).first;
            begin->second = std::min(begin->second, position.offset);
        }
        if (key.second.empty() && !place.shared)
            wholes.push_back({&key.first, place.key.line, place.span});
    }
    auto following = std::numeric_limits<std::uint32_t>::max();
    std::for_each(begins.rbegin(), begins.rend(),
                  [&following](auto& begin) { begin.second = following = std::min(following, begin.second); });
    std::ranges::sort(wholes, {}, &Whole::line);

    std::vector<std::size_t> order(lines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return lines[i]; });
    // The shortest first; what has ended before one line has ended before all later ones.
    const auto longer = [](const Whole* a, const Whole* b) { return a->span.length() > b->span.length(); };
    std::priority_queue<const Whole*, std::vector<const Whole*>, decltype(longer)> open(longer);
    std::vector<journey::Element> found(lines.size());
    auto next = wholes.begin();
    for (const auto i : order) {
        const auto begin = begins.lower_bound(lines[i]);
        for (; next != wholes.end() && next->line <= lines[i]; ++next)
            open.push(&*next);
        while (!open.empty() && (begin == begins.end() || begin->second >= open.top()->span.end))
            open.pop();
        if (!open.empty())
            found[i] = *open.top()->element;
    }
    return found;
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
