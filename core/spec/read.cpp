// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/read.h"

#include "core/spec/checker.h"
#include "core/spec/documents.h"
#include "core/spec/intent_builder.h"
#include "core/spec/layout_builder.h"
#include "core/spec/layout_file.h"
#include "core/spec/model_builder.h"
#include "core/spec/openslo.h"
#include "core/spec/scalars.h"
#include "core/yaml/parse.h"

#include <algorithm>
#include <unordered_map>

namespace emac::spec {

using base::Code;

namespace {

base::Diagnostic said(Code code, std::vector<std::string> arguments, const std::string& file,
                      const yaml::Position& position)
{
    return {{code, std::move(arguments)}, {file, position.line, position.column}};
}

void append(base::Diagnostics& diagnostics, base::Diagnostics&& more)
{
    diagnostics.insert(diagnostics.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What is wrong with a document that is not of a known kind.
base::Diagnostic unknownKind(const yaml::Node& root, const DocumentKind& kind, const std::string& file)
{
    if (root.kind != yaml::Kind::Mapping)
        return said(Code::EmptyDocument, {}, file, root.position);
    if (kind.kind.empty() && kind.apiVersion.empty())
        return said(Code::MissingKey, {"kind", "'document'", "the kind of the document"}, file, root.position);
    return said(Code::KindUnknown, {shortened(kind.name()), knownKinds()}, file, kind.position);
}

/// The first document of the wanted class; null where there is none, with the reason said.
const yaml::Node* firstOf(DocumentClass wanted, const yaml::Stream& stream, const std::string& file,
                          const std::string& expected, base::Diagnostics& diagnostics)
{
    const yaml::Node* found = nullptr;
    const yaml::Node* other = nullptr;
    for (const auto& document : stream.documents) {
        if (!document.root)
            continue;
        const auto kind = kindOf(*document.root);
        if (kind.what != wanted) {
            other = other == nullptr ? document.root.get() : other;
        } else if (found == nullptr) {
            found = document.root.get();
        } else {
            diagnostics.push_back(
                said(Code::FurtherDocument, {kind.kind, std::to_string(found->position.line)}, file, kind.position));
        }
    }
    if (found != nullptr)
        return found;
    if (other != nullptr) {
        const auto kind = kindOf(*other);
        const bool known = kind.what != DocumentClass::Unknown;
        diagnostics.push_back(known ? said(Code::KindNotRead, {kind.name(), expected}, file, kind.position)
                                    : unknownKind(*other, kind, file));
    } else if (!base::hasErrors(diagnostics)) {
        diagnostics.push_back(said(Code::EmptyDocument, {}, file, {}));
    }
    return nullptr;
}

/// The map of the text: every node is tagged where it stands, or where the alias stands that it came through.
SourceMap sourcesOf(std::string_view text, const yaml::Document& document, const std::vector<NodeSite>& sites)
{
    std::unordered_map<const void*, std::uint64_t> tags;
    tags.reserve(sites.size());
    for (const auto& site : sites) {
        if (site.reach.slot != nullptr)
            tags.emplace(site.reach.slot, static_cast<std::uint64_t>(site.id));
    }
    const auto body = text.substr(yaml::hasByteOrderMark(text) ? 3 : 0);
    auto flat = yaml::flatten(document, body, [&tags](const void* slot) {
        const auto found = tags.find(slot);
        return found == tags.end() ? 0 : found->second;
    });
    SourceMap::SharedNodes shared;
    for (const auto& site : sites) {
        const auto found = site.reach.slot == nullptr ? flat.indices.find(site.node) : flat.indices.end();
        if (found != flat.indices.end())
            shared.emplace_back(site.id, found->second);
    }
    return {std::make_shared<const std::string>(text), std::move(flat.syntax), std::move(shared)};
}

/// Checks one document whatever it is.
void validate(const yaml::Node& root, const std::string& file, const base::Watch& watch, base::Diagnostics& diagnostics)
{
    const auto kind = kindOf(root);
    const bool ours = kind.what == DocumentClass::Intent || kind.what == DocumentClass::Layout;
    Checker checker(file, ours ? Checker::UnknownKeys::Warn : Checker::UnknownKeys::Silent, watch);
    switch (kind.what) {
    case DocumentClass::Intent:
        buildIntent(root, checker);
        break;
    case DocumentClass::Model:
        buildModel(root, checker);
        break;
    case DocumentClass::Layout:
        buildLayout(root, {}, checker);
        break;
    case DocumentClass::OpenSlo:
        readOpenSlo(root, kind, checker);
        break;
    case DocumentClass::Recognised:
        if (!kind.apiVersions.empty())
            checker.report(Code::ApiVersionUnknown, kind.position,
                           {shortened(kind.apiVersion), kind.kind, joined(kind.apiVersions)});
        break;
    case DocumentClass::Unknown:
        diagnostics.push_back(unknownKind(root, kind, file));
        break;
    }
    append(diagnostics, std::move(checker.diagnostics()));
}

} // namespace

base::Result<IntentDocument> readIntent(std::string_view text, const std::string& file, const base::Watch& watch)
{
    auto stream = yaml::parse(text, file, {}, watch);
    base::Result<IntentDocument> result{std::nullopt, std::move(stream.diagnostics)};
    const auto* root = firstOf(DocumentClass::Intent, stream, file, "a JourneyIntent", result.diagnostics);
    if (root != nullptr) {
        Checker checker(file, Checker::UnknownKeys::Warn, watch);
        auto built = buildIntent(*root, checker);
        const auto document = std::ranges::find(stream.documents, root, [](const auto& d) { return d.root.get(); });
        auto sources = sourcesOf(text, *document, built.sites);
        result.value = IntentDocument{std::move(built.intent), std::move(sources)};
        append(result.diagnostics, std::move(checker.diagnostics()));
    }
    finish(result.diagnostics, file);
    return result;
}

base::Result<journey::AcceptedModel> readModel(std::string_view text, const std::string& file, const base::Watch& watch)
{
    auto stream = yaml::parse(text, file, {}, watch);
    base::Result<journey::AcceptedModel> result{std::nullopt, std::move(stream.diagnostics)};
    const auto* root = firstOf(DocumentClass::Model, stream, file, "an AcceptedJourneyModel or DiscoveredJourneyModel",
                               result.diagnostics);
    if (root != nullptr) {
        Checker checker(file, Checker::UnknownKeys::Silent, watch);
        result.value = buildModel(*root, checker);
        append(result.diagnostics, std::move(checker.diagnostics()));
    }
    finish(result.diagnostics, file);
    return result;
}

base::Result<journey::Placement> readLayout(std::string_view text, const std::string& file,
                                            const journey::Journey& journey, const base::Watch& watch)
{
    if (text.empty())
        return {journey::Placement(), {}};
    auto stream = yaml::parse(text, file, {}, watch);
    base::Result<journey::Placement> result{std::nullopt, std::move(stream.diagnostics)};
    const auto* root = firstOf(DocumentClass::Layout, stream, file, "a JourneyLayout", result.diagnostics);
    if (root != nullptr) {
        Checker checker(file, Checker::UnknownKeys::Warn, watch);
        result.value = buildLayout(*root, journey, checker);
        append(result.diagnostics, std::move(checker.diagnostics()));
    }
    finish(result.diagnostics, file);
    return result;
}

base::Diagnostics validateFile(std::string_view text, const std::string& file, const base::Watch& watch)
{
    auto stream = yaml::parse(text, file, {}, watch);
    auto diagnostics = std::move(stream.diagnostics);
    bool any = false;
    for (const auto& document : stream.documents) {
        if (document.root) {
            validate(*document.root, file, watch, diagnostics);
            any = true;
        }
    }
    if (!any && !base::hasErrors(diagnostics))
        diagnostics.push_back(said(Code::EmptyDocument, {}, file, {}));
    finish(diagnostics, file);
    return diagnostics;
}

} // namespace emac::spec
