// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/usage.h"

#include "core/journey/paths.h"

#include <algorithm>
#include <unordered_map>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// A file that speaks of journeys and is none: nothing is wrong with it.
bool isOtherKind(const base::Diagnostics& diagnostics)
{
    return std::ranges::any_of(diagnostics, [](const base::Diagnostic& diagnostic) {
        const auto code = diagnostic.message.code;
        return code == Code::KindNotRead || code == Code::KindUnknown || code == Code::MissingKey;
    });
}

/// The first error, as a reason for leaving the file out or taking it in part.
void tellErrors(const base::Diagnostics& found, const fs::path& path, base::Diagnostics& diagnostics)
{
    const auto error = std::ranges::find(found, base::Severity::Error, &base::Diagnostic::severity);
    if (error == found.end())
        return;
    const auto& message = error->message;
    const auto reason = base::substitute(base::messageTemplate(message.code).what, message.arguments);
    diagnostics.push_back({{Code::FileSkipped, {reason}}, {path.string(), error->place.line, error->place.column}});
}

class Collection
{
public:
    explicit Collection(const base::Watch& watch) : m_watch(watch) { }

    void add(const fs::path& path, const std::string& text)
    {
        if (m_watch.expired())
            return;
        if (text.find("openslo/") != std::string::npos)
            m_catalogue.addFile(text, path.string(), m_watch);
        if (text.find("JourneyIntent") == std::string::npos)
            return;
        const auto read = spec::readIntent(text, path.string(), m_watch);
        if (read.value)
            usage.journeys.push_back(usageOf(*read.value, path));
        if (read.value || !isOtherKind(read.diagnostics))
            tellErrors(read.diagnostics, path, usage.diagnostics);
    }

    Usage finish()
    {
        for (const auto& name : m_catalogue.names()) {
            const auto& service = m_catalogue.find(name).front()->service;
            if (!service.empty())
                usage.services.push_back({service, name});
        }
        std::ranges::stable_sort(usage.services, {}, &SloService::service);
        const auto again = std::ranges::unique(usage.services, {}, &SloService::service);
        usage.services.erase(again.begin(), again.end());
        return std::move(usage);
    }

    Usage usage;

private:
    const base::Watch& m_watch;
    spec::Catalogue m_catalogue;
};

} // namespace

JourneyUsage usageOf(const spec::IntentDocument& document, const fs::path& path)
{
    const auto& intent = document.intent;
    JourneyUsage usage;
    usage.path = path;
    usage.name = intent.displayName.empty() ? intent.name : intent.displayName;
    for (const auto& component : intent.journey.components.list())
        usage.components.push_back(*component);

    const auto places = journey::nodePlaces(intent.journey);
    std::unordered_map<journey::NodeId, journey::ExpressionPtr> nodes;
    for (const auto& place : places)
        nodes.emplace(place.node->id, place.node);
    const auto lines = document.sources.linesOfNodes();
    for (const auto& place : places) {
        const auto* call = std::get_if<journey::Call>(&place.node->op);
        if (call == nullptr)
            continue;
        const auto line = lines.find(place.node->id);
        const auto parent = nodes.find(place.parent);
        usage.calls[call->component].push_back(
            {place.key, parent == nodes.end() ? place.fragment : journey::displayName(*parent->second),
             line == lines.end() ? 0 : line->second});
    }
    return usage;
}

Usage readUsage(const std::vector<fs::path>& places, const SearchLimits& limits, const base::Watch& watch)
{
    Collection collection(watch);
    searchYaml(
        places, [&collection](const fs::path& path, const std::string& text) { collection.add(path, text); },
        collection.usage.diagnostics, limits, watch);
    return collection.finish();
}

} // namespace emac::workspace
