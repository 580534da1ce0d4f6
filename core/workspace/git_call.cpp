// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git_call.h"

#include "core/workspace/git_answers.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;

namespace {

/// Variables that would lead Git to another repository, index or configuration than that of its folder (those of
/// `git rev-parse --local-env-vars`), or change what it reads from its arguments.
constexpr std::array misleading{"GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                "GIT_CONFIG",
                                "GIT_CONFIG_PARAMETERS",
                                "GIT_CONFIG_COUNT",
                                "GIT_OBJECT_DIRECTORY",
                                "GIT_DIR",
                                "GIT_WORK_TREE",
                                "GIT_IMPLICIT_WORK_TREE",
                                "GIT_GRAFT_FILE",
                                "GIT_INDEX_FILE",
                                "GIT_NO_REPLACE_OBJECTS",
                                "GIT_REPLACE_REF_BASE",
                                "GIT_PREFIX",
                                "GIT_SHALLOW_FILE",
                                "GIT_COMMON_DIR",
                                "GIT_NAMESPACE",
                                "GIT_DIFF_OPTS",
                                "GIT_EXTERNAL_DIFF",
                                "GIT_LITERAL_PATHSPECS",
                                "GIT_GLOB_PATHSPECS",
                                "GIT_NOGLOB_PATHSPECS",
                                "GIT_ICASE_PATHSPECS",
                                "GIT_QUARANTINE_PATH",
                                "GIT_INTERNAL_SUPER_PREFIX"};

Command commandOf(const fs::path& program, const fs::path& folder, GitCall call)
{
    Command command;
    command.program = program;
    command.folder = folder;
    command.input = std::move(call.input);
    command.limit = call.limit;
    command.mostOutput = call.mostOutput;
    command.arguments = {"--no-pager", "-c", "core.quotepath=off"};
    for (const auto* name : misleading)
        command.environment[name] = std::nullopt;
    // English, as the answers are read; any text, as hooks may print it.
    command.environment["LC_ALL"] = "C.UTF-8";
    command.environment["LANGUAGE"] = std::nullopt;
    command.environment["GIT_TERMINAL_PROMPT"] = "0";
    if (call.looks) {
        command.environment["GIT_OPTIONAL_LOCKS"] = "0";
        command.arguments.insert(command.arguments.end(), {"-c", "core.fsmonitor=false"});
    }
    command.arguments.insert(command.arguments.end(), call.arguments.begin(), call.arguments.end());
    return command;
}

/// A path that Git takes as it is, whatever characters it has.
std::string literal(const fs::path& path)
{
    return ":(top,literal)" + path.generic_string();
}

} // namespace

base::Result<Finished> runGit(const fs::path& program, const fs::path& folder, GitCall call, const base::Watch& watch)
{
    const auto name = "git " + call.arguments.front();
    const auto command = commandOf(program, folder, std::move(call));
    auto result = run(command, watch);
    if (!result.value)
        return result;
    if (auto message = complaint(command, *result.value)) {
        message->arguments.front() = name;
        result.diagnostics.push_back({std::move(*message), {}});
    }
    return result;
}

base::Result<Finished> gitAnswer(const fs::path& program, const fs::path& folder, GitCall call,
                                 const base::Watch& watch)
{
    auto result = runGit(program, folder, std::move(call), watch);
    if (!result.diagnostics.empty())
        return {std::nullopt, std::move(result.diagnostics)};
    if (result.value->status != 0)
        return {std::nullopt, {{refusal(*result.value), {}}}};
    return result;
}

std::vector<std::string> withFiles(std::vector<std::string> arguments, const std::vector<fs::path>& files)
{
    arguments.emplace_back("--");
    std::ranges::transform(files, std::back_inserter(arguments), literal);
    return arguments;
}

} // namespace emac::workspace
