// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/workspace/artifacts.h"
#include "core/workspace/git.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What a commit of a journey contains: its intent, its layout, and the artifacts that are compiled from it.
namespace emac::workspace {

enum class ChangeRole
{
    Intent,
    Layout,
    Artifact
};

struct Change
{
    ChangeRole role = ChangeRole::Intent;
    FileStatus file; ///< as it is on disk
    /// What a commit first writes to the file, as compiling does; absent where the disk holds just that.
    std::optional<std::string> compiled;

    /// Against the last commit, once that is written.
    FileState state() const;
    bool differs() const { return compiled.has_value() || file.differs(); }
    bool operator==(const Change&) const = default;
};

struct Changes
{
    Git git;
    GitStatus status;
    std::vector<Change> files; ///< the intent first; the layout only where there is one, or was
    ArtifactPlan plan; ///< of the artifacts, in the order of `files`; with errors there are none

    bool compiles() const { return !base::hasErrors(plan.diagnostics); }
};

/// Looks what differs; changes nothing. The intent is taken from the disk. Errors: those of Git.
base::Result<Changes> readChanges(const std::filesystem::path& intent, const base::Watch& watch = {});

/// The file against the last commit, as it will be committed.
base::Result<GitDiff> diffOf(const Changes& changes, const Change& change, const base::Watch& watch = {});

struct CommitChoice
{
    std::set<std::filesystem::path> leftOut; ///< relative to the root; neither compiled nor committed
    bool withoutArtifacts = false;
};

/// Compiles the artifacts to their places and commits just the intent, the layout and them, as readChanges() tells.
/// Where the artifacts cannot be compiled (CommitNotCompiled, and why) or written, nothing is committed. Otherwise the
/// errors are those of Git::commit(); artifacts that were written then stay on disk.
base::Result<GitCommit> commitChanges(const std::filesystem::path& intent, const std::string& message,
                                      const CommitChoice& choice = {}, const base::Watch& watch = {});

} // namespace emac::workspace
