// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/documentvalue.h"

#include "core/journey/paths.h"
#include "core/journey/reconcile.h"
#include "core/journey/structure.h"
#include "core/spec/layout_file.h"

#include <set>
#include <utility>

namespace emac::widgets {

namespace {

/// The fresh document as one that continues the older one.
spec::IntentDocument continued(const spec::IntentDocument& old, const spec::IntentDocument& fresh)
{
    auto reconciled = journey::reconcile(old.intent, fresh.intent);
    auto sources = fresh.sources.renamed(reconciled.handedOver);
    return {std::move(reconciled.intent), std::move(sources)};
}

/// All but the placement.
DocumentValue readText(const std::string& text, const DocumentValue& before, const std::string& path)
{
    auto read = spec::readIntent(text, path);
    DocumentValue value{text, before.document, read.value.has_value(), before.placement};
    if (read.value && before.document)
        value.document = std::make_shared<const spec::IntentDocument>(continued(*before.document, *read.value));
    else if (read.value)
        value.document = std::make_shared<const spec::IntentDocument>(*std::move(read.value));
    return value;
}

journey::Placement placementOf(const std::string& layout, const std::string& path, const spec::IntentDocument& document)
{
    return spec::readLayout(layout, path, document.intent.journey).value.value_or(journey::Placement());
}

journey::Placement carried(const journey::Placement& before, const journey::Journey& old, const journey::Journey& fresh)
{
    if (before.nodes.empty() && before.unmatched.empty())
        return before;
    std::set<journey::NodeId> present;
    for (const auto& place : journey::nodePlaces(fresh))
        present.insert(place.node->id);
    journey::Placement kept{{}, before.loose, {}};
    journey::Placement gone{{}, {}, before.unmatched};
    for (const auto& [node, at] : before.nodes)
        (present.contains(node) ? kept : gone).nodes.emplace(node, at);
    auto back = spec::readLayout(spec::writeLayout(gone, old), {}, fresh).value.value_or(journey::Placement());
    kept.nodes.merge(back.nodes);
    kept.unmatched = std::move(back.unmatched);
    return kept;
}

/// In what is typed a name is another one letter by letter. A loose component follows where it can be known: it alone
/// of its kind is not declared any more, and a single new one that nothing calls states just the same. Where it cannot,
/// it stays under its old name, which is told: see JourneyDocument.
void followNames(journey::Placement& placement, const journey::Journey& old, const journey::Journey& fresh)
{
    const auto renamed = [](journey::Component component, const std::string& name) {
        component.name = name;
        return component;
    };
    /// The names that only the one journey declares, of what states the same.
    const auto onlyIn = [&](const journey::Journey& one, const journey::Journey& other,
                            const journey::Component& same) {
        std::vector<std::string> names;
        for (const auto& component : one.components.list()) {
            if (!other.components.find(component->name)
                && journey::equalContent(*component, renamed(same, component->name)))
                names.push_back(component->name);
        }
        return names;
    };
    for (auto& loose : placement.loose) {
        const auto was = old.components.find(loose.component);
        if (!was || fresh.components.find(loose.component))
            continue;
        const auto now = onlyIn(fresh, old, *was);
        if (onlyIn(old, fresh, *was).size() == 1 && now.size() == 1 && journey::callsOf(fresh, now.front()) == 0)
            loose.component = now.front();
    }
}

} // namespace

std::string layoutText(const DocumentValue& value)
{
    return value.document ? spec::writeLayout(value.placement, value.document->intent.journey) : std::string();
}

std::shared_ptr<const DocumentValue> readValue(const FileContent& content, const DocumentValue& before,
                                               const std::string& path)
{
    auto value = readText(content.text.value_or(std::string()), before, path);
    if (value.document)
        value.placement = placementOf(content.layout, path, *value.document);
    return std::make_shared<const DocumentValue>(std::move(value));
}

std::shared_ptr<const DocumentValue> retyped(const std::string& text, const std::string& layout,
                                             const DocumentValue& before, const std::string& path)
{
    if (!before.document)
        return readValue({text, layout}, before, path);
    auto value = readText(text, before, path);
    if (value.parses) {
        const auto& old = before.document->intent.journey;
        value.placement = carried(before.placement, old, value.document->intent.journey);
        followNames(value.placement, old, value.document->intent.journey);
    }
    return std::make_shared<const DocumentValue>(std::move(value));
}

} // namespace emac::widgets
