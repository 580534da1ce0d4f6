// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/workspace/process.h"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

/// How `git` is run.
namespace emac::workspace {

/// What it is asked.
struct GitCall
{
    std::vector<std::string> arguments; ///< the command and its own
    /// It only looks: it writes nothing, not even a fresher index, and asks no program that the repository names.
    bool looks = true;
    std::string input;
    std::chrono::milliseconds limit = std::chrono::seconds(60);
    std::size_t mostOutput = std::size_t(64) << 20U;
};

/// What git wrote, with whatever status; with a diagnostic besides where it did not end by itself.
base::Result<Finished> runGit(const std::filesystem::path& program, const std::filesystem::path& folder, GitCall call,
                              const base::Watch& watch);

/// The same where the status is 0; else why not.
base::Result<Finished> gitAnswer(const std::filesystem::path& program, const std::filesystem::path& folder,
                                 GitCall call, const base::Watch& watch);

/// The arguments, and behind them the files, given by their paths from the root: Git takes them as they are, whatever
/// characters they have.
std::vector<std::string> withFiles(std::vector<std::string> arguments, const std::vector<std::filesystem::path>& files);

} // namespace emac::workspace
