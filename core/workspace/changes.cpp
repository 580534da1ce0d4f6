// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/changes.h"

#include "core/workspace/open.h"
#include "core/workspace/working_copy.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

FileState Change::state() const
{
    if (!compiled)
        return file.state;
    switch (file.state) {
    case FileState::Missing:
        return FileState::New;
    case FileState::Unchanged:
    case FileState::Deleted:
        return FileState::Modified;
    case FileState::New:
    case FileState::Modified:
    case FileState::Conflicted:
    case FileState::Ignored:
    case FileState::Foreign:
        break;
    }
    return file.state;
}

base::Result<Changes> readChanges(const fs::path& intent, const base::Watch& watch)
{
    auto git = Git::open(folderOf(intent), watch);
    if (!git.value)
        return {std::nullopt, std::move(git.diagnostics)};
    auto plan = planArtifacts(openIntent(intent, {}, watch), {}, watch);
    std::vector<fs::path> files{intent, layoutPath(intent)};
    std::ranges::transform(plan.files, std::back_inserter(files), &PlannedFile::path);
    auto status = git.value->status(files, watch);
    if (!status.value)
        return {std::nullopt, std::move(status.diagnostics)};

    Changes changes{std::move(*git.value), std::move(*status.value), {}, std::move(plan)};
    const auto& states = changes.status.files;
    changes.files.push_back({ChangeRole::Intent, states[0], {}});
    if (states[1].state != FileState::Missing)
        changes.files.push_back({ChangeRole::Layout, states[1], {}});
    for (std::size_t i = 0; i < changes.plan.files.size(); ++i) {
        Change change{ChangeRole::Artifact, states[i + 2], {}};
        if (const auto& planned = changes.plan.files[i]; planned.changes())
            change.compiled = planned.after;
        changes.files.push_back(std::move(change));
    }
    return {std::move(changes), {}};
}

base::Result<GitDiff> diffOf(const Changes& changes, const Change& change, const base::Watch& watch)
{
    return change.compiled ? changes.git.diff(change.file, *change.compiled, watch)
                           : changes.git.diff(change.file, watch);
}

base::Result<GitCommit> commitChanges(const fs::path& intent, const std::string& message, const CommitChoice& choice,
                                      const base::Watch& watch)
{
    auto read = readChanges(intent, watch);
    if (!read.value)
        return {std::nullopt, std::move(read.diagnostics)};
    auto& changes = *read.value;
    if (!choice.withoutArtifacts && !changes.compiles()) {
        base::Diagnostics failures{{{Code::CommitNotCompiled, {}}, {}}};
        std::ranges::copy_if(changes.plan.diagnostics, std::back_inserter(failures),
                             [](const auto& found) { return found.severity() == base::Severity::Error; });
        return {std::nullopt, std::move(failures)};
    }
    std::vector<fs::path> files;
    ArtifactPlan plan;
    std::size_t artifact = 0;
    for (const auto& change : changes.files) {
        const bool compiled = change.role == ChangeRole::Artifact;
        const auto place = compiled ? artifact++ : 0;
        if (choice.leftOut.contains(change.file.path) || (compiled && choice.withoutArtifacts))
            continue;
        files.push_back(changes.git.root() / change.file.path);
        if (compiled)
            plan.files.push_back(std::move(changes.plan.files[place]));
    }
    if (auto written = writeArtifacts(plan); base::hasErrors(written.diagnostics))
        return {std::nullopt, std::move(written.diagnostics)};
    return changes.git.commit(files, message, watch);
}

} // namespace emac::workspace
