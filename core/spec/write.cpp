// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/write.h"

#include "core/spec/contents.h"
#include "core/spec/writer.h"

#include <algorithm>
#include <functional>
#include <unordered_map>

namespace emac::spec {

using namespace journey;
using base::Code;
using yaml::Content;
using yaml::NodeIndex;
using yaml::noNode;
using yaml::SyntaxKind;

namespace {

/// The sections of `spec` in canonical order.
const FieldWriter::Order& sections()
{
    static const FieldWriter::Order order{"objectives", "expectedEvents", "operator",       "fragments",
                                          "components", "evidence",       "failureDomains", "governance"};
    return order;
}

void addFilled(Content& mapping, std::string key, Content value)
{
    if (!value.children.empty())
        mapping.add(std::move(key), std::move(value));
}

/// Sections without named elements.
Content plainSections(const Intent& intent)
{
    auto content = Content::mapping();
    addFilled(content, "objectives", contentOf(intent.objectives));
    if (intent.expectedEvents)
        content.add("expectedEvents", Content::plain(base::Decimal::fromDouble(*intent.expectedEvents).toString()));
    addFilled(content, "evidence", contentOf(intent.evidence));
    auto rules = Content::sequence();
    for (const auto& rule : intent.journey.domainRules)
        rules.add(contentOf(rule));
    auto domains = Content::mapping();
    addFilled(domains, "rules", std::move(rules));
    addFilled(content, "failureDomains", std::move(domains));
    addFilled(content, "governance", contentOf(intent.governance));
    return content;
}

Content plainContent(const ExpressionPtr& node)
{
    return contentOf(node);
}

/// All that `spec` holds, its expressions as `written` makes them.
Content specContent(const Intent& intent, const std::function<Content(const ExpressionPtr&)>& written)
{
    auto sectionsOf = plainSections(intent);
    if (intent.journey.root)
        sectionsOf.add("operator", written(intent.journey.root));
    auto fragments = Content::mapping();
    for (const auto& fragment : intent.journey.fragments)
        fragments.add(fragment.name, written(fragment.body));
    addFilled(sectionsOf, "fragments", std::move(fragments));
    auto components = Content::mapping();
    for (const auto& component : intent.journey.components.list()) {
        auto content = contentOf(*component);
        content.flow = content.children.empty();
        components.add(component->name, std::move(content));
    }
    addFilled(sectionsOf, "components", std::move(components));

    auto spec = Content::mapping();
    for (const auto key : sections()) {
        if (const auto* section = sectionsOf.find(key))
            spec.add(std::string(key), *section);
    }
    return spec;
}

/// A mapping of named elements: components, fragments.
struct NamedSection
{
    std::string_view key;
    std::vector<std::string_view> before;
    std::vector<std::string_view> after;
    std::function<bool(std::size_t before, std::size_t after)> isSame;
    std::function<void(NodeIndex slot, std::size_t before, std::size_t after)> change;
    std::function<Content(std::size_t after)> content;
};

class Writer
{
public:
    Writer(const SourceMap& sources, const Intent& before, const Intent& after)
        : m_before(before)
        , m_after(after)
        , m_fields(sources)
        , m_expressions(m_fields, before)
    {
    }

    base::Result<SourceMap> operator()()
    {
        const auto& sources = m_fields.sources();
        const auto metadata = sources.child(0, "metadata");
        if (metadata != noNode)
            m_fields.fields(metadata, metadataContent(m_before), metadataContent(m_after));
        else if (metadataContent(m_before) != metadataContent(m_after))
            m_fields.editor().insertEntry(0, m_fields.anchor(0, "metadata", {"apiVersion", "kind", "metadata"}),
                                          "metadata", metadataContent(m_after));
        m_spec = sources.child(0, "spec");
        if (isBlank(m_spec)) {
            wholeSpec();
        } else if (m_spec == noNode || m_fields.syntax()[m_spec].kind != SyntaxKind::Mapping) {
            m_fields.refuse(Code::PatchForm, m_spec == noNode ? 0 : m_spec);
        } else {
            m_fields.fields(m_spec, plainSections(m_before), plainSections(m_after), sections());
            root();
            components();
            fragments();
        }
        return m_fields.finish();
    }

private:
    /// Nothing stands there, not even under an alias or a merge key.
    bool isBlank(NodeIndex slot) const
    {
        const auto& syntax = m_fields.syntax();
        const bool empty = slot == noNode || syntax[slot].kind == SyntaxKind::Null
                           || (syntax[slot].kind == SyntaxKind::Mapping && syntax[slot].size == 1);
        return empty && specContent(m_before, plainContent).children.empty();
    }

    void wholeSpec()
    {
        auto content = specContent(m_after, [this](const ExpressionPtr& node) { return m_expressions.content(node); });
        if (content.children.empty())
            return;
        if (m_spec != noNode)
            m_fields.editor().replace(m_spec, content);
        else
            m_fields.editor().insertEntry(0, m_fields.anchor(0, "spec", {"apiVersion", "kind", "metadata", "spec"}),
                                          "spec", content);
    }

    void root()
    {
        const auto& before = m_before.journey.root;
        const auto& after = m_after.journey.root;
        if (before == after)
            return;
        const auto slot = m_fields.sources().child(m_spec, "operator");
        if (before && after && slot != noNode)
            m_expressions.node(slot, before, after);
        else if (before && slot != noNode)
            m_fields.editor().remove(slot);
        else if (before)
            m_fields.refuse(Code::PatchShared, m_spec);
        else if (slot != noNode && m_fields.syntax()[slot].kind != SyntaxKind::Null)
            m_fields.refuse(Code::PatchFaulty, slot);
        else if (slot != noNode)
            m_fields.editor().replace(slot, m_expressions.content(after));
        else
            insertSection("operator", m_expressions.content(after));
    }

    void insertSection(std::string_view key, const Content& content)
    {
        m_fields.editor().insertEntry(m_spec, m_fields.anchor(m_spec, key, sections()), key, content);
    }

    void components()
    {
        const auto& before = m_before.journey.components.list();
        const auto& after = m_after.journey.components.list();
        if (before == after)
            return;
        NamedSection section;
        section.key = "components";
        for (const auto& component : before)
            section.before.push_back(component->name);
        for (const auto& component : after)
            section.after.push_back(component->name);
        section.isSame = [&](std::size_t i, std::size_t j) { return before[i] == after[j]; };
        section.change = [&](NodeIndex slot, std::size_t i, std::size_t j) {
            m_fields.fields(slot, contentOf(*before[i]), contentOf(*after[j]));
        };
        section.content = [&](std::size_t j) { return filled(contentOf(*after[j])); };
        named(section);
    }

    void fragments()
    {
        const auto& before = m_before.journey.fragments;
        const auto& after = m_after.journey.fragments;
        NamedSection section;
        section.key = "fragments";
        for (const auto& fragment : before)
            section.before.push_back(fragment.name);
        for (const auto& fragment : after)
            section.after.push_back(fragment.name);
        section.isSame = [&](std::size_t i, std::size_t j) {
            return before[i].name == after[j].name && before[i].body == after[j].body;
        };
        section.change = [&](NodeIndex slot, std::size_t i, std::size_t j) {
            m_expressions.node(slot, before[i].body, after[j].body);
        };
        section.content = [&](std::size_t j) { return m_expressions.content(after[j].body); };
        named(section);
    }

    /// A mapping without entries needs its brackets.
    static Content filled(Content content)
    {
        content.flow = content.flow || content.children.empty();
        return content;
    }

    Content wholeSection(const NamedSection& section) const
    {
        auto content = Content::mapping();
        for (std::size_t j = 0; j < section.after.size(); ++j)
            content.add(std::string(section.after[j]), section.content(j));
        return content;
    }

    void named(const NamedSection& section)
    {
        if (section.before.empty() && section.after.empty())
            return;
        const auto map = m_fields.sources().child(m_spec, section.key);
        if (map == noNode) {
            if (!section.before.empty())
                m_fields.refuse(Code::PatchShared, m_spec);
            else
                insertSection(section.key, wholeSection(section));
        } else if (m_fields.isWritten(map)) {
            namedIn(map, section);
        }
    }

    void namedIn(NodeIndex map, const NamedSection& section)
    {
        const auto& syntax = m_fields.syntax();
        if (syntax[map].kind != SyntaxKind::Mapping || syntax[map].size == 1) {
            if (!section.after.empty())
                m_fields.editor().replace(map, wholeSection(section));
            return;
        }
        if (section.after.empty() && syntax.children(map).size() == section.before.size()) {
            m_fields.editor().remove(map);
            return;
        }
        const auto from = origins(section);
        std::vector<bool> stays(section.before.size());
        for (const auto& origin : from) {
            if (origin)
                stays[*origin] = true;
        }
        const auto slotOf = [&](std::size_t i) {
            const bool components = section.key == "components";
            const auto slot = components ? m_fields.sources().component(section.before[i])
                                         : m_fields.sources().child(map, section.before[i]);
            if (slot == noNode)
                m_fields.refuse(Code::PatchShared, map);
            return slot;
        };
        for (std::size_t i = 0; i < section.before.size(); ++i) {
            if (stays[i])
                continue;
            if (const auto slot = slotOf(i); slot != noNode)
                m_fields.editor().remove(slot);
        }
        std::optional<std::size_t> behind;
        for (std::size_t j = 0; j < section.after.size() && !m_fields.refused(); ++j) {
            if (!from[j]) {
                const auto slot = behind ? slotOf(*behind) : lastStaying(map);
                m_fields.editor().insertEntry(map, slot, section.after[j], section.content(j));
                continue;
            }
            behind = from[j];
            if (section.isSame(*from[j], j))
                continue;
            const auto slot = slotOf(*from[j]);
            if (slot == noNode)
                return;
            if (section.before[*from[j]] != section.after[j])
                m_fields.editor().rename(slot, section.after[j]);
            section.change(slot, *from[j], j);
        }
    }

    /// For each element after, which one it was; nothing for a new one.
    static std::vector<std::optional<std::size_t>> origins(const NamedSection& section)
    {
        std::vector<std::optional<std::size_t>> from(section.after.size());
        if (section.before == section.after) {
            for (std::size_t j = 0; j < from.size(); ++j)
                from[j] = j;
            return from;
        }
        std::unordered_map<std::string_view, std::size_t> was;
        std::unordered_map<std::string_view, std::size_t> now;
        for (std::size_t i = 0; i < section.before.size(); ++i)
            was.emplace(section.before[i], i);
        for (std::size_t j = 0; j < section.after.size(); ++j)
            now.emplace(section.after[j], j);
        for (std::size_t j = 0; j < from.size(); ++j) {
            if (const auto found = was.find(section.after[j]); found != was.end())
                from[j] = found->second;
            else if (j < section.before.size() && !now.contains(section.before[j]))
                from[j] = j; // renamed in its place
        }
        return from;
    }

    NodeIndex lastStaying(NodeIndex map)
    {
        auto last = noNode;
        for (const auto child : m_fields.syntax().children(map)) {
            if (!m_fields.editor().isRemoved(child))
                last = child;
        }
        return last;
    }

    const Intent& m_before;
    const Intent& m_after;
    FieldWriter m_fields;
    ExpressionWriter m_expressions;
    NodeIndex m_spec = noNode;
};

} // namespace

Content documentContent(const Intent& intent)
{
    auto document = Content::mapping();
    document.add("apiVersion", Content::ofText("emac.dev/v1alpha1"));
    document.add("kind", Content::ofText("JourneyIntent"));
    document.add("metadata", metadataContent(intent));
    document.add("spec", specContent(intent, plainContent));
    return document;
}

base::Result<SourceMap> write(const SourceMap& sources, const Intent& before, const Intent& after)
{
    return Writer(sources, before, after)();
}

std::string write(const Intent& intent)
{
    yaml::Syntax nothing({}, std::make_shared<const yaml::KeyTable>());
    yaml::KeyInterner keys(nothing.keys());
    const yaml::Habits habits;
    yaml::Emitter emitter({}, nothing, keys, habits);
    emitter.valueAt(documentContent(intent), 0);
    return emitter.text() + '\n';
}

} // namespace emac::spec
