// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/journey/intent.h"
#include "core/spec/source_map.h"
#include "core/yaml/editor.h"

#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace emac::spec {

/// Changes the entries of plain data: what is known of a mapping before and after, against what is written.
class FieldWriter
{
public:
    explicit FieldWriter(const SourceMap& sources);

    using Order = std::vector<std::string_view>;

    /// The entries of a mapping that differ. `order`: where new entries belong; that of `after` where it is empty.
    void fields(yaml::NodeIndex mapping, const yaml::Content& before, const yaml::Content& after,
                const Order& order = {});
    void list(yaml::NodeIndex sequence, const yaml::Content& before, const yaml::Content& after);
    /// The entry behind which a new one of this key belongs, among those that stay; noNode: before all.
    yaml::NodeIndex anchor(yaml::NodeIndex mapping, std::string_view key, const Order& order) const;
    /// Removes the entry; one of a mapping with keys that are not known loses the known ones only.
    void removeEntry(yaml::NodeIndex entry, const yaml::Content& before);
    /// Refuses where the slot's value is written elsewhere.
    bool isWritten(yaml::NodeIndex slot);
    void refuse(base::Code code, yaml::NodeIndex node);

    const std::optional<base::Diagnostic>& refused() const { return m_refused; }
    yaml::Editor& editor() { return m_editor; }
    const yaml::Syntax& syntax() const { return m_sources.syntax(); }
    const SourceMap& sources() const { return m_sources; }
    /// The new map, or why there is none.
    base::Result<SourceMap> finish();

private:
    void value(yaml::NodeIndex slot, const yaml::Content& before, const yaml::Content& after);
    bool isMerged(yaml::NodeIndex mapping, std::string_view key) const;
    yaml::Content inStyleOf(yaml::NodeIndex slot, const yaml::Content& before, const yaml::Content& value) const;

    const SourceMap& m_sources;
    yaml::Editor m_editor;
    std::optional<base::Diagnostic> m_refused;
};

/// Changes the text of expressions.
class ExpressionWriter
{
public:
    ExpressionWriter(FieldWriter& fields, const journey::Intent& before);

    /// The node in this slot.
    void node(yaml::NodeIndex slot, const journey::ExpressionPtr& before, const journey::ExpressionPtr& after);
    /// The node as it is to be written: what stands in the text unchanged is copied.
    yaml::Content content(const journey::ExpressionPtr& node);

private:
    using Children = std::vector<journey::ExpressionPtr>;

    void children(yaml::NodeIndex mapping, const journey::Expression& before, const journey::Expression& after);
    void restructure(yaml::NodeIndex mapping, const journey::Expression& before, const journey::Expression& after);
    void items(yaml::NodeIndex list, const journey::Expression& before, const journey::Expression& after);
    /// A child that stands in its parent's list.
    struct Listed
    {
        const journey::Expression& parent;
        const journey::ExpressionPtr& child;
        std::size_t index;
    };
    void item(yaml::NodeIndex slot, const Listed& before, const Listed& after);
    yaml::Content itemContent(const journey::Expression& node, const journey::ExpressionPtr& child, std::size_t i);
    yaml::Content listContent(const journey::Expression& node);
    bool inBrackets(yaml::NodeIndex list, const journey::Expression& after, const std::vector<std::size_t>& added);
    bool fits(const yaml::Content& content) const;
    journey::ExpressionPtr known(journey::NodeId id);

    FieldWriter& m_fields;
    const journey::Intent& m_before;
    bool m_flowLeaves = true; ///< {ref: a}, as the text has it
    std::unordered_map<journey::NodeId, journey::ExpressionPtr> m_known; ///< nodes of `before`, once they are needed
    std::unordered_map<std::uint64_t, yaml::NodeIndex> m_slots; ///< by tag; as above
};

} // namespace emac::spec
