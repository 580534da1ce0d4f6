// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "core/yaml/patch.h"
#include "core/yaml/tree.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace emac::spec {

/// Where one entry, or one element as a whole, stands in the text.
struct FieldPlace
{
    yaml::Position key; ///< of the entry's key; of the value where there is no key
    yaml::Position value; ///< of the value's first byte
    yaml::Span span; ///< of the value
    yaml::Kind kind = yaml::Kind::Null;
    yaml::ScalarStyle style = yaml::ScalarStyle::Plain;
    bool flow = false; ///< a collection in { } or [ ]
    bool shared = false; ///< it, or anything above it, came through an alias or a merge key: not patched
    bool operator==(const FieldPlace&) const = default;
};

/// The places of all elements and of their fields. A field is the path of keys below its element's mapping, joined by
/// dots: "availability", "availability.observed.good", "deadline", "choices.0.probability"; "" is the element's own
/// mapping. The fields of the journey start at the document ("metadata.name", "spec.objectives"); those of an
/// objective, a component, a domain rule, a fragment, a node at their own mapping.
class SourceMap
{
public:
    void add(const journey::Element& element, std::string field, const FieldPlace& place);

    /// Null where the field is not written. O(log n).
    const FieldPlace* find(const journey::Element& element, std::string_view field) const;

    /// The innermost element whose mapping holds this line, else none. The last value of a mapping counts with its
    /// first line only. O(n).
    journey::Element elementAt(std::uint32_t line) const;
    /// The same for many lines at once: O((n + lines) · log).
    std::vector<journey::Element> elementsAt(const std::vector<std::uint32_t>& lines) const;

    /// 1-based line of the element's first byte, 0 where it is not in the text.
    std::uint32_t lineOf(const journey::Element& element) const;

    /// The map of the text after the change, where the change adds or removes no other entry than it says. O(n).
    /// `lines` is how many line ends the change adds (negative: removes). Columns behind the change on its own line are
    /// moved as well. What ends where text is inserted does not grow. @pre a change that removes line ends begins at
    /// the first byte of a line, or ends at the end of one
    void shift(const yaml::TextChange& change, std::int32_t lines);

    void remove(const journey::Element& element, std::string_view field);

    /// Element and field with their place, sorted.
    using Places = std::map<std::pair<journey::Element, std::string>, FieldPlace, std::less<>>;
    const Places& places() const { return m_places; }

    std::size_t size() const { return m_places.size(); }
    bool operator==(const SourceMap&) const = default;

private:
    Places m_places;
};

} // namespace emac::spec
