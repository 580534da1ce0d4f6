// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "core/yaml/lines.h"
#include "core/yaml/syntax.h"
#include "core/yaml/tree.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
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

/// The text of an intent, and where its elements and their fields stand in it. A field is the path of keys below its
/// element's mapping, joined by dots: "availability", "availability.observed.good", "choices.0.probability"; "" is the
/// element's own value. The fields of the journey start at the document ("metadata.name", "spec.objectives"); those of
/// an objective, a component, a domain rule, a fragment, a node at their own mapping. An immutable value.
class SourceMap
{
public:
    /// A node that was reached through an alias, and the place of the anchor's node.
    using SharedNodes = std::vector<std::pair<journey::NodeId, yaml::NodeIndex>>;

    SourceMap() = default;
    /// The nodes of the expressions are tagged with their ids, where they stand or where their alias stands.
    SourceMap(std::shared_ptr<const std::string> text, yaml::Syntax syntax, SharedNodes shared);

    /// The whole text, with its byte-order mark.
    const std::string& text() const { return *m_text; }
    /// The text that offsets count in.
    std::string_view body() const;
    const yaml::Syntax& syntax() const { return m_syntax; }
    const SharedNodes& sharedNodes() const { return m_shared; }

    /// Empty where the field is not written. O(size) for a node, O(1) for a component, then O(entries on the path).
    std::optional<FieldPlace> find(const journey::Element& element, std::string_view field) const;

    /// The innermost element whose mapping holds this line, else none. The last value of a mapping counts with its
    /// first line only. O(size).
    journey::Element elementAt(std::uint32_t line) const;
    /// The same for many lines at once: O((size + lines) · log).
    std::vector<journey::Element> elementsAt(const std::vector<std::uint32_t>& lines) const;

    /// 1-based line of the element's first byte, 0 where it is not in the text.
    std::uint32_t lineOf(const journey::Element& element) const;
    /// The lines of all nodes that are written in their own place. O(size · log).
    std::unordered_map<journey::NodeId, std::uint32_t> linesOfNodes() const;
    std::uint32_t lineAt(std::uint32_t offset) const { return m_lines.at(offset).line; }

    /// The same with other ids for nodes; a node that is not named keeps its id. O(size).
    SourceMap renamed(const std::unordered_map<journey::NodeId, journey::NodeId>& ids) const;

    /// Nodes of the syntax by their names; noNode where there is none, or where it came through a merge key.
    yaml::NodeIndex component(std::string_view name) const;
    yaml::NodeIndex child(yaml::NodeIndex mapping, std::string_view key) const;
    /// The value of a scalar: without quotes, unescaped.
    std::string scalar(yaml::NodeIndex node) const;

private:
    /// A slot, and whether it was reached through an alias or a merge key.
    struct Cursor
    {
        yaml::NodeIndex node = yaml::noNode;
        bool shared = false;
    };
    Cursor cursorOf(const journey::Element& element) const;
    Cursor below(Cursor cursor, std::string_view key) const;
    Cursor at(Cursor cursor, std::string_view field) const;
    Cursor valueOf(Cursor cursor) const;
    Cursor domainRule(std::string_view name) const;
    FieldPlace placeOf(Cursor cursor) const;
    std::vector<std::pair<journey::Element, yaml::NodeIndex>> elements() const;

    std::shared_ptr<const std::string> m_text = std::make_shared<const std::string>();
    yaml::Syntax m_syntax;
    yaml::LineIndex m_lines;
    SharedNodes m_shared;
    std::vector<yaml::NodeIndex> m_components; ///< by the number of their key
};

} // namespace emac::spec
