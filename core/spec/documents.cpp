// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/documents.h"

#include "core/spec/vocabulary.h"

#include <algorithm>

namespace emac::spec {

namespace {

struct Known
{
    const char* apiVersion;
    const char* kind;
    DocumentClass what;
};

constexpr const char* published = "emac.dev/v1alpha1";
constexpr const char* replay = "emac.sanity/v1";
constexpr const char* openslo = "openslo/v1";

constexpr Known known[] = {
    {published, "JourneyIntent", DocumentClass::Intent},
    {published, "AcceptedJourneyModel", DocumentClass::Model},
    {published, "DiscoveredJourneyModel", DocumentClass::Model},
    {published, "ModelDelta", DocumentClass::Recognised},
    {published, "DerivationReport", DocumentClass::Recognised},
    {published, "JourneyLayout", DocumentClass::Layout},
    {replay, "AcceptedJourneyModel", DocumentClass::Model},
    {replay, "DiscoveredJourneyModel", DocumentClass::Model},
    {replay, "AtomicAvailabilityInputs", DocumentClass::Recognised},
    {replay, "ModelDelta", DocumentClass::Recognised},
    {replay, "ReplayScenario", DocumentClass::Recognised},
    {replay, "SanityDerivationReport", DocumentClass::Recognised},
    {replay, "SanityReplayPolicy", DocumentClass::Recognised},
    {replay, "SanityReplaySummary", DocumentClass::Recognised},
    {openslo, "AlertCondition", DocumentClass::OpenSlo},
    {openslo, "AlertNotificationTarget", DocumentClass::OpenSlo},
    {openslo, "AlertPolicy", DocumentClass::OpenSlo},
    {openslo, "DataSource", DocumentClass::OpenSlo},
    {openslo, "SLI", DocumentClass::OpenSlo},
    {openslo, "SLO", DocumentClass::OpenSlo},
    {openslo, "Service", DocumentClass::OpenSlo},
};

constexpr const char* schemas[] = {"emac.sanity.deployment/v1", "emac.sanity.trace/v1"};

const yaml::Node* scalar(const yaml::Node& root, std::string_view key)
{
    const auto* entry = root.find(key);
    return entry != nullptr && entry->value->kind == yaml::Kind::Scalar ? entry->value.get() : nullptr;
}

} // namespace

std::string DocumentKind::name() const
{
    return kind.empty() ? apiVersion : apiVersion + ' ' + kind;
}

DocumentKind kindOf(const yaml::Node& root)
{
    DocumentKind result;
    result.position = root.position;
    if (const auto* schema = scalar(root, "schema"); schema != nullptr && root.find("kind") == nullptr) {
        result.apiVersion = schema->text;
        result.position = schema->position;
        if (std::ranges::find(schemas, schema->text) != std::end(schemas))
            result.what = DocumentClass::Recognised;
        return result;
    }
    const auto* kind = scalar(root, "kind");
    const auto* apiVersion = scalar(root, "apiVersion");
    if (apiVersion != nullptr)
        result.apiVersion = apiVersion->text;
    if (kind == nullptr)
        return result;
    result.kind = kind->text;
    result.position = kind->position;
    // Kinds of other systems may have our names: only an apiVersion of ours, or none, makes it one of ours.
    const bool foreign = !result.apiVersion.empty() && !result.apiVersion.starts_with("emac.")
                         && !result.apiVersion.starts_with("openslo/");
    for (const auto& one : known) {
        if (one.kind != kind->text || (foreign && one.what != DocumentClass::Intent))
            continue;
        result.what = one.what;
        result.apiVersions.emplace_back(one.apiVersion);
    }
    if (std::ranges::find(result.apiVersions, result.apiVersion) != result.apiVersions.end())
        result.apiVersions.clear();
    return result;
}

std::string knownKinds()
{
    std::vector<std::string> names;
    for (const auto& one : known)
        names.push_back(std::string(one.apiVersion) + ' ' + one.kind);
    names.insert(names.end(), std::begin(schemas), std::end(schemas));
    return joined(names);
}

} // namespace emac::spec
