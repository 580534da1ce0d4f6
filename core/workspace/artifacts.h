// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/compile.h"
#include "core/base/watch.h"
#include "core/workspace/open.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace emac::workspace {

struct CompileOptions
{
    artifacts::Flavor flavor = artifacts::Flavor::Operator;
    /// All files at their standard places below this folder, instead of where the intent says; then they are confined
    /// to it.
    std::optional<std::filesystem::path> out{};
};

/// One compiled file, and what is at its place.
struct PlannedFile
{
    std::filesystem::path path; ///< absolute, links resolved
    std::optional<std::string> before; ///< absent where there is no file
    std::string after;
    bool changes() const { return before != after; }
};

struct ArtifactPlan
{
    std::vector<PlannedFile> files; ///< empty where there are errors
    /// Of the intent, its inputs, and what is compiled, sorted by place.
    base::Diagnostics diagnostics;
};

/// Compiles the intent and looks what is on disk; writes nothing. The intent is taken as `opened` holds it, saved or
/// not. Refused where the intent has errors, and where a file would lie outside of what it is confined to
/// (PathOutside), is not a compiled one (ArtifactForeign), is that of another intent which still exists
/// (ArtifactOfAnother), has no name (ArtifactWithoutName), would be a folder too (ArtifactInArtifact), or could not be
/// written as far as that can be told beforehand (ArtifactNotWritten).
ArtifactPlan planArtifacts(const OpenedIntent& opened, const CompileOptions& options = {},
                           const base::Watch& watch = {});

struct WrittenFile
{
    std::filesystem::path path;
    bool changed = false; ///< false: it was like this already, and has not been touched
};

/// Puts the files of a plan in their places, one after the other, each whole; makes folders. Keeps permissions and
/// links. A file that is not as it was planned for any more is not written (ArtifactChanged), and none after it; nor is
/// one that another run has been writing for more than a second (ArtifactNotWritten).
/// @returns those that are as planned now
base::Result<std::vector<WrittenFile>> writeArtifacts(const ArtifactPlan& plan);

} // namespace emac::workspace
