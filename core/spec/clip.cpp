// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/clip.h"

#include "core/spec/checker.h"
#include "core/spec/clip_names.h"
#include "core/spec/contents.h"
#include "core/spec/intent_builder.h"
#include "core/yaml/emitter.h"
#include "core/yaml/parse.h"

#include <algorithm>
#include <array>
#include <set>

namespace emac::spec {

using namespace journey;
using base::Code;
using yaml::Content;

namespace {

constexpr std::size_t mostBytes = 4U << 20U;
constexpr std::array<std::string_view, 4> sections{"steps", "fragments", "components", "failureDomains"};

std::string textOf(const Content& content)
{
    yaml::Syntax nothing({}, std::make_shared<const yaml::KeyTable>());
    yaml::KeyInterner keys(nothing.keys());
    const yaml::Habits habits;
    yaml::Emitter emitter({}, nothing, keys, habits);
    emitter.valueAt(content, 0);
    return emitter.text() + '\n';
}

void addFilled(Content& mapping, std::string_view key, Content value)
{
    if (!value.children.empty())
        mapping.add(std::string(key), std::move(value));
}

Content componentsContent(const std::vector<ComponentPtr>& components)
{
    auto section = Content::mapping();
    for (const auto& component : components) {
        auto content = contentOf(*component);
        content.flow = content.children.empty();
        section.add(component->name, std::move(content));
    }
    return section;
}

// ---- Reading: the text becomes the tree of a document, so that it is read by the same rules.

yaml::NodePtr scalar(std::string text)
{
    yaml::Node node;
    node.kind = yaml::Kind::Scalar;
    node.text = std::move(text);
    return std::make_shared<const yaml::Node>(std::move(node));
}

yaml::Node mapping()
{
    yaml::Node node;
    node.kind = yaml::Kind::Mapping;
    return node;
}

void add(yaml::Node& mapping, std::string key, yaml::NodePtr value)
{
    const auto position = value->position;
    mapping.entries.push_back({std::move(key), position, std::move(value)});
}

yaml::NodePtr made(yaml::Node node)
{
    return std::make_shared<const yaml::Node>(std::move(node));
}

/// What the text says under each section.
struct Sections
{
    yaml::NodePtr steps;
    yaml::NodePtr fragments;
    yaml::NodePtr components;
    yaml::NodePtr failureDomains;
};

bool isSectioned(const yaml::Node& root)
{
    const auto has = [&root](std::string_view key) { return root.find(key) != nullptr; };
    return root.kind == yaml::Kind::Mapping && std::ranges::any_of(sections, has) && !has("type") && !has("ref")
           && !has("use");
}

Sections sectionsOf(const yaml::NodePtr& root)
{
    if (!isSectioned(*root))
        return {root, nullptr, nullptr, nullptr};
    const auto value = [&root](std::string_view key) {
        const auto* entry = root->find(key);
        return entry == nullptr ? nullptr : entry->value;
    };
    return {value(sections[0]), value(sections[1]), value(sections[2]), value(sections[3])};
}

/// The names behind a key, `ref` or `use`, anywhere below. Aliases are followed as often as they are written: the
/// parser bounds that.
void collect(const yaml::Node& node, std::string_view key, std::set<std::string>& names)
{
    for (const auto& item : node.items)
        collect(*item.value, key, names);
    for (const auto& entry : node.entries) {
        if (entry.key == key && entry.value->kind == yaml::Kind::Scalar)
            names.insert(entry.value->text);
        else
            collect(*entry.value, key, names);
    }
}

/// The section as it is written, and an entry for each name that it lacks.
yaml::NodePtr completed(const yaml::NodePtr& section, const std::set<std::string>& lacking, const yaml::NodePtr& value)
{
    if (section && section->kind != yaml::Kind::Mapping)
        return section;
    auto all = section ? *section : mapping();
    for (const auto& name : lacking)
        add(all, name, value);
    return made(std::move(all));
}

std::set<std::string> lackingIn(const yaml::NodePtr& section, std::set<std::string> names)
{
    if (section) {
        for (const auto& entry : section->entries)
            names.erase(entry.key);
    }
    return names;
}

class Reading
{
public:
    explicit Reading(const Sections& written) : m_written(written)
    {
        std::set<std::string> calls;
        std::set<std::string> uses;
        for (const auto& trees : {written.steps, written.fragments}) {
            if (!trees)
                continue;
            collect(*trees, "ref", calls);
            collect(*trees, "use", uses);
        }
        m_fragments = lackingIn(written.fragments, std::move(uses));
        if (!m_fragments.empty())
            calls.insert(placeholder);
        m_components = lackingIn(written.components, std::move(calls));
    }

    /// The same as a document, in which what is lacking is there.
    yaml::NodePtr document() const
    {
        auto body = mapping();
        add(body, "ref", scalar(placeholder));
        auto spec = mapping();
        add(spec, "operator", tree());
        add(spec, "fragments", completed(m_written.fragments, m_fragments, made(std::move(body))));
        add(spec, "components", completed(m_written.components, m_components, made(mapping())));
        if (m_written.failureDomains)
            add(spec, "failureDomains", m_written.failureDomains);
        auto metadata = mapping();
        add(metadata, "name", scalar("clip"));
        auto root = mapping();
        add(root, "apiVersion", scalar("emac.dev/v1alpha1"));
        add(root, "kind", scalar("JourneyIntent"));
        add(root, "metadata", made(std::move(metadata)));
        add(root, "spec", made(std::move(spec)));
        return made(std::move(root));
    }

    /// @pre the document has no errors
    Clip clip(const Journey& journey) const
    {
        Clip clip;
        clip.nodes = isList() ? children(*journey.root) : std::vector{journey.root};
        for (const auto& component : journey.components.list()) {
            if (!m_components.contains(component->name))
                clip.components.push_back(*component);
        }
        for (const auto& fragment : journey.fragments) {
            if (!m_fragments.contains(fragment.name))
                clip.fragments.push_back(fragment);
        }
        clip.rules = journey.domainRules;
        return clip;
    }

private:
    static constexpr const char* placeholder = "clip";

    /// Several steps, or none, which the reader refuses.
    bool isList() const { return m_written.steps->kind == yaml::Kind::Sequence && m_written.steps->items.size() != 1; }

    yaml::NodePtr tree() const
    {
        const auto& steps = m_written.steps;
        if (steps->kind != yaml::Kind::Sequence)
            return steps;
        if (!isList())
            return steps->items.front().value;
        auto series = mapping();
        add(series, "type", scalar("series"));
        add(series, "steps", steps);
        return made(std::move(series));
    }

    Sections m_written;
    std::set<std::string> m_components; ///< that are named and not given
    std::set<std::string> m_fragments;
};

base::Diagnostic notThis(std::string is, const std::string& file)
{
    return {{Code::WrongType, {"clipboard", std::move(is), "a step such as 'ref: cart', or a list of steps"}},
            {file, 0, 0}};
}

} // namespace

std::string writeClip(const Journey& journey, const std::vector<NodeId>& ids)
{
    std::vector<ExpressionPtr> nodes;
    for (const auto& place : selection(journey, ids))
        nodes.push_back(place.node);
    if (nodes.empty())
        return {};
    const auto named = allNamed(nodes, [&journey](const std::string& name) { return journey.fragment(name); });
    auto fragments = Content::mapping();
    std::vector<ExpressionPtr> trees;
    for (const auto& fragment : journey.fragments) {
        if (!named.fragments.contains(fragment.name))
            continue;
        fragments.add(fragment.name, contentOf(fragment.body));
        trees.push_back(fragment.body);
    }
    // A node of a fragment that comes along as well is there twice: its explicit id stays with the fragment.
    const auto bodies = static_cast<std::ptrdiff_t>(trees.size());
    trees.insert(trees.end(), nodes.begin(), nodes.end());
    const auto distinct = children(*copied(makeExpression(Series{std::move(trees)}), {}));
    auto steps = Content::sequence();
    for (auto node = distinct.begin() + bodies; node != distinct.end(); ++node)
        steps.add(contentOf(*node));
    std::vector<ComponentPtr> components;
    for (const auto& component : journey.components.list()) {
        if (named.components.contains(component->name))
            components.push_back(component);
    }
    auto rules = Content::sequence();
    for (const auto& rule : journey.domainRules) {
        if (std::ranges::any_of(components, [&rule](const auto& component) { return fallsUnder(*component, rule); }))
            rules.add(contentOf(rule));
    }
    auto domains = Content::mapping();
    addFilled(domains, "rules", std::move(rules));
    auto clip = Content::mapping();
    clip.add(std::string(sections[0]), std::move(steps));
    addFilled(clip, sections[1], std::move(fragments));
    addFilled(clip, sections[2], componentsContent(components));
    addFilled(clip, sections[3], std::move(domains));
    return textOf(clip);
}

std::string writeClip(const Component& component)
{
    auto steps = Content::sequence();
    steps.add(contentOf(makeExpression(Call{component.name})));
    auto clip = Content::mapping();
    clip.add(std::string(sections[0]), std::move(steps));
    clip.add(std::string(sections[2]), componentsContent({std::make_shared<const Component>(component)}));
    return textOf(clip);
}

base::Result<Clip> readClip(std::string_view text, const std::string& file)
{
    yaml::Limits limits;
    limits.bytes = mostBytes;
    auto stream = yaml::parse(text, file, limits);
    if (base::hasErrors(stream.diagnostics))
        return {std::nullopt, std::move(stream.diagnostics)};
    const auto found =
        std::ranges::find_if(stream.documents, [](const auto& document) { return document.root != nullptr; });
    if (found == stream.documents.end() || found->root->kind == yaml::Kind::Null)
        return {std::nullopt, {notThis("empty", file)}};
    if (found->root->kind == yaml::Kind::Scalar)
        return {std::nullopt, {notThis("a text", file)}};
    const auto written = sectionsOf(found->root);
    if (!written.steps)
        return {std::nullopt, {notThis("without steps", file)}};

    const Reading reading(written);
    const auto document = reading.document();
    const base::Watch watch;
    Checker checker(file, Checker::UnknownKeys::Silent, watch);
    const auto built = buildIntent(*document, checker);
    auto diagnostics = std::move(checker.diagnostics());
    std::erase_if(diagnostics, [](const auto& diagnostic) { return diagnostic.severity() != base::Severity::Error; });
    finish(diagnostics, file);
    if (!diagnostics.empty() || !built.intent.journey.root)
        return {std::nullopt, std::move(diagnostics)};
    return {reading.clip(built.intent.journey), {}};
}

} // namespace emac::spec
