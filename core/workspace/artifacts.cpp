// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/artifacts.h"

#include "core/artifacts/document.h"
#include "core/workspace/evaluate.h"
#include "core/workspace/working_copy.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <system_error>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

namespace {

std::string lastError()
{
    return std::generic_category().message(errno);
}

/// Why no file can be put at the place, as far as that can be told without trying. @param place absolute
std::optional<std::string> obstacle(const fs::path& place)
{
    struct stat there
    {
    };
    if (::lstat(place.c_str(), &there) != 0 && errno != ENOENT)
        return lastError();
    auto folder = place.parent_path();
    while (::stat(folder.c_str(), &there) != 0) {
        if (errno != ENOENT)
            return lastError();
        folder = folder.parent_path();
    }
    if (!S_ISDIR(there.st_mode))
        return std::generic_category().message(ENOTDIR);
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
        return lastError();
    // What is to be made in folders that are to be made has not been looked at yet.
    const auto longest = ::pathconf(folder.c_str(), _PC_NAME_MAX);
    const auto isTooLong = [longest](const fs::path& name) {
        return longest > 0 && name.native().size() > static_cast<std::size_t>(longest);
    };
    const auto below = place.lexically_relative(folder);
    return std::ranges::any_of(below, isTooLong) ? std::optional(std::generic_category().message(ENAMETOOLONG))
                                                 : std::nullopt;
}

class Planner
{
public:
    Planner(const OpenedIntent& opened, const CompileOptions& options, const base::Watch& watch)
        : m_opened(opened)
        , m_options(options)
        , m_watch(watch)
        , m_folder(folderOf(opened.path))
        , m_root(confinement(opened.path))
    {
    }

    ArtifactPlan operator()()
    {
        m_plan.diagnostics = m_opened.diagnostics;
        if (m_opened.document)
            plan(m_opened.document->intent);
        if (base::hasErrors(m_plan.diagnostics))
            m_plan.files.clear();
        base::sortByPlace(m_plan.diagnostics);
        return std::move(m_plan);
    }

private:
    void plan(const journey::Intent& intent)
    {
        const auto evaluation =
            evaluate(*m_opened.document, m_opened, spec::InputChoice::Target, m_watch, {}, Latency::Computed);
        if (evaluation)
            append(evaluation->diagnostics);
        if (base::hasErrors(m_plan.diagnostics))
            return;
        // Files must not depend on how fast the machine is.
        const auto metTimeLimit = [](const journey::Note& note) { return note.message.code == Code::DiagramOverTime; };
        if (!evaluation || std::ranges::any_of(evaluation->notes, metTimeLimit)) {
            say(Code::AnalysisStopped, {});
            return;
        }
        artifacts::Request request{intent,
                                   evaluation->inputs,
                                   evaluation->analysis,
                                   evaluation->decision,
                                   {relative(m_opened.path), m_opened.text},
                                   modelFile(),
                                   discoveredConfidence(),
                                   prometheus(),
                                   otherJourneys(),
                                   m_options.flavor};
        if (m_options.out)
            request.outputFolder = ".";
        request.latency = evaluation->latency ? &*evaluation->latency : nullptr;
        const auto compiled = artifacts::compile(request);
        for (const auto& finding : compiled.findings)
            say(finding.message.code, finding.message.arguments, placeOf(finding.element, finding.field));
        for (const auto& file : compiled.files)
            plan(file, request.intentFile.path);
        for (const auto& path : compiled.unused)
            lookForStale(path, request.intentFile.path);
    }

    /// Says where a file of ours is that is compiled no more.
    void lookForStale(const std::string& relativePath, const std::string& intentPath)
    {
        const auto path = outputRoot() / relativePath;
        if (m_paths.contains(resolved(path)))
            return;
        const auto text = readFile(path);
        if (text.value && artifacts::intentOfHeader(*text.value) == intentPath)
            say(Code::ArtifactStale, {path.lexically_normal().string()});
    }

    /// In a folder that Git or the workbench keep for themselves.
    static bool isKept(const fs::path& path)
    {
        return std::ranges::any_of(path, [](const fs::path& part) { return part == ".git" || part == ".emac"; });
    }

    /// What the paths of artifacts are relative to.
    fs::path outputRoot() const
    {
        std::error_code error;
        return m_options.out ? resolved(fs::absolute(*m_options.out, error)) : m_folder;
    }

    void plan(const artifacts::Artifact& file, const std::string& intentPath)
    {
        std::error_code error;
        const auto wanted = outputRoot() / file.path;
        const auto root = m_options.out ? outputRoot() : m_root;
        const auto place =
            file.field.empty() ? base::Place{m_opened.path, 0, 0} : placeOf(journey::Element::journey(), file.field);
        const auto name = wanted.filename();
        if (name.empty() || name == "." || name == "..") {
            say(Code::ArtifactWithoutName, {file.path}, place);
            return;
        }
        if (!liesIn(root, wanted) || isKept(resolved(wanted))) {
            say(Code::PathOutside, {file.path, file.field.empty() ? "emac compile" : file.field, root.string()}, place);
            return;
        }
        PlannedFile planned{resolved(wanted), std::nullopt, file.text};
        if (!m_paths.insert(planned.path).second) {
            say(Code::ArtifactsOnePlace, {planned.path.string()}, place);
            return;
        }
        if (const auto [outer, inner] = nested(planned.path); !outer.empty()) {
            say(Code::ArtifactInArtifact, {outer.string(), inner.string()}, place);
            return;
        }
        if (auto reason = obstacle(planned.path)) {
            say(Code::ArtifactNotWritten, {planned.path.string(), std::move(*reason)}, place);
            return;
        }
        if (fs::exists(fs::symlink_status(planned.path, error))) {
            auto before = readFile(planned.path);
            append(before.diagnostics);
            if (!before.value)
                return;
            const auto owner = artifacts::intentOfHeader(*before.value);
            if (!owner) {
                say(Code::ArtifactForeign, {planned.path.string()}, place);
                return;
            }
            if (*owner != intentPath && fs::exists(m_root / *owner, error)) {
                say(Code::ArtifactOfAnother, {planned.path.string(), *owner}, place);
                return;
            }
            planned.before = std::move(*before.value);
        }
        m_plan.files.push_back(std::move(planned));
    }

    /// The path and another of m_paths, the one of which lies below the other, in this order; empty where there is
    /// none.
    std::pair<fs::path, fs::path> nested(const fs::path& path) const
    {
        for (auto folder = path.parent_path(); folder != folder.parent_path(); folder = folder.parent_path()) {
            if (m_paths.contains(folder))
                return {folder, path};
        }
        // Paths are compared part by part: what lies below this one follows it.
        const auto next = m_paths.upper_bound(path);
        const bool below = next != m_paths.end() && std::ranges::mismatch(path, *next).in1 == path.end();
        return below ? std::pair(path, *next) : std::pair<fs::path, fs::path>();
    }

    void say(Code code, std::vector<std::string> arguments) { say(code, std::move(arguments), {m_opened.path, 0, 0}); }
    void say(Code code, std::vector<std::string> arguments, base::Place place)
    {
        m_plan.diagnostics.push_back({{code, std::move(arguments)}, std::move(place)});
    }

    void append(const base::Diagnostics& more)
    {
        m_plan.diagnostics.insert(m_plan.diagnostics.end(), more.begin(), more.end());
    }

    base::Place placeOf(const journey::Element& element, const std::string& field) const
    {
        const auto& sources = m_opened.document->sources;
        const bool whole = element == journey::Element::journey() && field.empty();
        if (const auto found = whole ? std::nullopt : sources.find(element, field))
            return {m_opened.path, found->value.line, found->value.column};
        return {m_opened.path, 0, 0};
    }

    /// As artifacts name it: below the working copy, else by its name alone.
    std::string relative(const fs::path& path) const
    {
        std::error_code error;
        const auto whole = fs::weakly_canonical(fs::absolute(path, error), error);
        const auto below = whole.lexically_relative(m_root);
        const bool outside = below.empty() || *below.begin() == "..";
        return (outside ? whole.filename() : below).generic_string();
    }

    std::optional<artifacts::SourceFile> modelFile() const
    {
        if (!m_opened.model)
            return std::nullopt;
        return artifacts::SourceFile{relative(m_opened.modelPath), m_opened.modelText};
    }

    std::optional<double> discoveredConfidence()
    {
        const auto& reference = m_opened.document->intent.evidence.discoveredModelRef;
        if (reference.empty())
            return std::nullopt;
        const auto path = m_folder / reference;
        std::optional<double> confidence;
        if (const auto text = readFile(path); text.value) {
            const auto model = spec::readModel(*text.value, path.string(), m_watch);
            confidence = model.value ? model.value->confidence : std::nullopt;
        }
        if (!confidence)
            say(Code::DeltaConfidenceUnknown, {reference},
                placeOf(journey::Element::journey(), "spec.evidence.modelDiscovery.discoveredModelRef"));
        return confidence;
    }

    std::vector<artifacts::PrometheusSource> prometheus() const
    {
        std::vector<artifacts::PrometheusSource> sources;
        for (const auto& source : m_opened.catalogue->dataSources()) {
            if ((source.type == "Prometheus" || source.type == "prometheus") && !source.address.empty())
                sources.push_back({source.name, source.address});
        }
        return sources;
    }

    std::vector<artifacts::OtherJourney> otherJourneys() const
    {
        std::error_code error;
        const auto own = fs::weakly_canonical(fs::absolute(m_opened.path, error), error);
        std::vector<artifacts::OtherJourney> others;
        for (const auto& journey : findJourneys(searchPlaces(m_opened.path), {}, m_watch)) {
            if (fs::weakly_canonical(journey.path, error) != own)
                others.push_back({journey.name, relative(journey.path)});
        }
        return others;
    }

    const OpenedIntent& m_opened;
    const CompileOptions& m_options;
    const base::Watch& m_watch;
    fs::path m_folder;
    fs::path m_root;
    std::set<fs::path> m_paths;
    ArtifactPlan m_plan;
};

} // namespace

ArtifactPlan planArtifacts(const OpenedIntent& opened, const CompileOptions& options, const base::Watch& watch)
{
    return Planner(opened, options, watch)();
}

} // namespace emac::workspace
