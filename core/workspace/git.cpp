// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git.h"

#include "core/workspace/git_answers.h"
#include "core/workspace/git_call.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;
using namespace std::chrono_literals;

namespace {

base::Diagnostics said(Code code, std::vector<std::string> arguments)
{
    return {{{code, std::move(arguments)}, {}}};
}

bool isOnDisk(const fs::path& path)
{
    std::error_code error;
    return fs::exists(fs::symlink_status(path, error));
}

/// What the entries of `git status` say of a file. @param known the index has it
FileStatus stateOf(const fs::path& root, const fs::path& file, const StatusAnswer& answer, bool known)
{
    FileStatus status{file, FileState::Unchanged, known, false};
    const auto name = file.generic_string();
    const StatusEntry* changed = nullptr;
    bool untracked = false;
    bool ignored = false;
    for (const auto& entry : answer.entries) {
        if (entry.kind == StatusEntry::Kind::Untracked)
            untracked = untracked || entry.path == name || (entry.path.ends_with('/') && name.starts_with(entry.path));
        else if (entry.kind == StatusEntry::Kind::Ignored)
            ignored = ignored || entry.path == name || (entry.path.ends_with('/') && name.starts_with(entry.path));
        else if (entry.path == name)
            changed = &entry;
    }
    const bool onDisk = isOnDisk(root / file);
    if (changed != nullptr && changed->kind == StatusEntry::Kind::Unmerged) {
        status.state = FileState::Conflicted;
    } else if (changed != nullptr) {
        status.tracked = true;
        status.staged = changed->index != '.';
        if (changed->inHead)
            status.state = onDisk ? FileState::Modified : FileState::Deleted;
        else
            status.state = onDisk ? FileState::New : FileState::Missing;
    } else if (untracked || ignored) {
        status.state = ignored ? FileState::Ignored : FileState::New;
    } else if (!known) {
        status.state = onDisk ? FileState::Foreign : FileState::Missing;
    }
    return status;
}

base::Result<StatusAnswer> askStatus(const fs::path& program, const fs::path& root, std::vector<std::string> arguments,
                                     const base::Watch& watch)
{
    std::vector<std::string> all{"status", "--porcelain=v2", "-z", "--branch", "--no-renames"};
    all.insert(all.end(), std::make_move_iterator(arguments.begin()), std::make_move_iterator(arguments.end()));
    GitCall call;
    call.arguments = std::move(all);
    auto result = gitAnswer(program, root, std::move(call), watch);
    if (!result.value)
        return {std::nullopt, std::move(result.diagnostics)};
    auto answer = readStatus(result.value->output);
    if (!answer)
        return {std::nullopt, said(Code::GitUnreadable, {result.value->output.substr(0, 80)})};
    return {std::move(answer), {}};
}

base::Result<std::vector<FileStatus>> statesOf(const fs::path& program, const fs::path& root,
                                               const std::vector<fs::path>& files, const base::Watch& watch)
{
    if (files.empty())
        return {std::vector<FileStatus>(), {}};
    auto answer = askStatus(program, root, withFiles({"--untracked-files=all", "--ignored=traditional"}, files), watch);
    if (!answer.value)
        return {std::nullopt, std::move(answer.diagnostics)};
    GitCall call;
    call.arguments = withFiles({"ls-files", "-z", "--full-name"}, files);
    auto list = gitAnswer(program, root, std::move(call), watch);
    if (!list.value)
        return {std::nullopt, std::move(list.diagnostics)};
    const auto names = readList(list.value->output);
    const std::set<std::string> known(names.begin(), names.end());
    std::vector<FileStatus> states;
    states.reserve(files.size());
    for (const auto& file : files)
        states.push_back(stateOf(root, file, *answer.value, known.contains(file.generic_string())));
    return {std::move(states), {}};
}

GitOperation operationIn(const fs::path& folder)
{
    for (const auto& [name, operation] :
         {std::pair("MERGE_HEAD", GitOperation::Merge), std::pair("rebase-merge", GitOperation::Rebase),
          std::pair("rebase-apply", GitOperation::Rebase), std::pair("CHERRY_PICK_HEAD", GitOperation::CherryPick),
          std::pair("REVERT_HEAD", GitOperation::Revert)}) {
        if (isOnDisk(folder / name))
            return operation;
    }
    return GitOperation::None;
}

/// Hash of a commit; empty where there is none. Looked up whatever else has failed or been stopped, so without a watch.
std::string hashOf(const std::string& revision, const fs::path& program, const fs::path& root)
{
    GitCall call;
    call.arguments = {"rev-parse", "--verify", "--quiet", revision};
    const auto result = gitAnswer(program, root, std::move(call), {});
    return result.value ? result.value->output.substr(0, result.value->output.find('\n')) : std::string();
}

/// Names of the hooks that can refuse a commit, as far as there are any.
std::string hooksOf(const fs::path& program, const fs::path& root)
{
    GitCall call;
    call.arguments = {"rev-parse", "--git-path", "hooks"};
    const auto result = gitAnswer(program, root, std::move(call), {});
    if (!result.value)
        return {};
    const auto folder = root / result.value->output.substr(0, result.value->output.find('\n'));
    std::string names;
    for (const auto* name : {"pre-commit", "prepare-commit-msg", "commit-msg"}) {
        std::error_code error;
        if (fs::is_regular_file(folder / name, error) && ::access((folder / name).c_str(), X_OK) == 0)
            names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return names;
}

/// Makes the index know files that it does not, as empty ones, so that a commit can be limited to them.
base::Diagnostics announce(const fs::path& program, const fs::path& root, const std::vector<fs::path>& files,
                           const base::Watch& watch)
{
    if (files.empty())
        return {};
    GitCall call;
    call.arguments = withFiles({"add", "--intent-to-add"}, files);
    call.looks = false;
    return gitAnswer(program, root, std::move(call), watch).diagnostics;
}

/// Takes them off the index again, as far as they are there. Another program may hold it for a moment: tried for a
/// second, whatever has been stopped.
base::Diagnostics withdraw(const fs::path& program, const fs::path& root, const std::vector<fs::path>& files)
{
    if (files.empty())
        return {};
    GitCall list;
    list.arguments = withFiles({"ls-files", "-z", "--full-name"}, files);
    const auto listed = gitAnswer(program, root, std::move(list), {});
    if (!listed.value || listed.value->output.empty())
        return {};
    GitCall call;
    call.arguments = {"update-index", "-z", "--force-remove", "--stdin"};
    call.input = listed.value->output;
    call.looks = false;
    base::Diagnostics failures;
    for (const auto pause : {10ms, 100ms, 300ms, 600ms}) {
        failures = gitAnswer(program, root, call, {}).diagnostics;
        if (failures.empty())
            return {};
        std::this_thread::sleep_for(pause);
    }
    base::Diagnostics warnings;
    const auto reason = base::english(failures.front().message);
    for (const auto& file : readList(listed.value->output))
        warnings.push_back({{Code::GitNotUnstaged, {file, reason}}, {}});
    return warnings;
}

} // namespace

std::string wordsOfGit(const base::Message& message)
{
    const auto code = static_cast<int>(message.code);
    const bool fromGit = code >= static_cast<int>(Code::GitNoRepository) && code <= static_cast<int>(Code::GitRefused);
    return fromGit && message.arguments.size() > 1 ? message.arguments[1] : std::string();
}

base::Result<Git> Git::open(const fs::path& folder, const base::Watch& watch)
{
    const auto program = findProgram("git");
    if (!program)
        return {std::nullopt, said(Code::ProgramMissing, {"git"})};
    GitCall call;
    call.arguments = {"rev-parse", "--show-toplevel", "--absolute-git-dir"};
    auto result = gitAnswer(*program, folder, std::move(call), watch);
    if (!result.value)
        return {std::nullopt, std::move(result.diagnostics)};
    const std::string_view output = result.value->output;
    const auto end = output.find('\n');
    const auto last = end == std::string_view::npos ? end : output.find('\n', end + 1);
    if (last == std::string_view::npos || last + 1 != output.size())
        return {std::nullopt, said(Code::GitUnreadable, {result.value->output.substr(0, 80)})};
    return {Git(*program, output.substr(0, end), output.substr(end + 1, last - end - 1)), {}};
}

base::Result<fs::path> Git::relative(const fs::path& path) const
{
    std::error_code error;
    const auto resolved = fs::weakly_canonical(fs::absolute(path, error), error);
    auto within = resolved.lexically_relative(m_root);
    if (error || within.empty() || within == "." || *within.begin() == "..")
        return {std::nullopt, said(Code::GitPathOutside, {path.string(), m_root.string()})};
    return {std::move(within), {}};
}

base::Result<GitStatus> Git::status(const std::vector<fs::path>& files, const base::Watch& watch) const
{
    std::vector<fs::path> within;
    for (const auto& file : files) {
        auto path = relative(file);
        if (!path.value)
            return {std::nullopt, std::move(path.diagnostics)};
        within.push_back(std::move(*path.value));
    }
    auto whole = askStatus(m_program, m_root, {"--untracked-files=normal", "--ignore-submodules=dirty"}, watch);
    if (!whole.value)
        return {std::nullopt, std::move(whole.diagnostics)};
    auto states = statesOf(m_program, m_root, within, watch);
    if (!states.value)
        return {std::nullopt, std::move(states.diagnostics)};

    GitStatus status{std::move(whole.value->head),
                     std::move(whole.value->branch),
                     std::move(whole.value->upstream),
                     whole.value->ahead,
                     whole.value->behind,
                     operationIn(m_gitFolder),
                     std::move(*states.value),
                     0,
                     0};
    for (const auto& entry : whole.value->entries) {
        const bool asked = std::ranges::any_of(status.files, [&entry](const FileStatus& file) {
            const auto name = file.path.generic_string();
            return name == entry.path || (entry.path.ends_with('/') && name.starts_with(entry.path));
        });
        if (asked)
            continue;
        ++status.otherChanges;
        if (entry.kind == StatusEntry::Kind::Changed && entry.index != '.')
            ++status.otherStaged;
    }
    return {std::move(status), {}};
}

base::Result<GitCommit> Git::commit(const std::vector<fs::path>& files, const std::string& message,
                                    const base::Watch& watch) const
{
    if (message.find_first_not_of(" \t\r\n") == std::string::npos)
        return {std::nullopt, said(Code::GitMessageEmpty, {})};
    auto before = status(files, watch);
    if (!before.value)
        return {std::nullopt, std::move(before.diagnostics)};
    // Git would take the commit for the end of the revert, and forget what it was about.
    if (before.value->operation == GitOperation::Revert)
        return {std::nullopt, said(Code::GitRevertUnfinished, {})};
    std::vector<fs::path> changed;
    std::vector<fs::path> unknown;
    for (const auto& file : before.value->files) {
        if (file.state == FileState::Foreign)
            return {std::nullopt, said(Code::GitPathOutside, {file.path.string(), m_root.string()})};
        if (!file.differs() || std::ranges::find(changed, file.path) != changed.end())
            continue;
        changed.push_back(file.path);
        if (!file.tracked)
            unknown.push_back(file.path);
    }
    if (changed.empty())
        return {std::nullopt, said(Code::GitNothingToCommit, {})};

    auto failures = announce(m_program, m_root, unknown, watch);
    if (failures.empty()) {
        GitCall call;
        call.arguments = withFiles({"commit", "--only", "--message=" + message}, changed);
        call.looks = false;
        call.limit = 20min; // hooks may run tests
        auto result = runGit(m_program, m_root, std::move(call), watch);
        failures = std::move(result.diagnostics);
        if (result.value && failures.empty() && result.value->status != 0) {
            failures = {{refusal(*result.value, hooksOf(m_program, m_root)), {}}};
        } else if (result.value) {
            // What did not end by itself may have made its commit before: a hook that comes later may take its time.
            auto head = hashOf("HEAD", m_program, m_root);
            if (failures.empty()
                || (head != before.value->head && hashOf("HEAD^", m_program, m_root) == before.value->head)) {
                GitCommit made{std::move(head), std::move(before.value->branch), capped(result.value->errors)};
                return {std::move(made), std::move(failures)};
            }
        }
    }
    auto warnings = withdraw(m_program, m_root, unknown);
    std::ranges::move(warnings, std::back_inserter(failures));
    return {std::nullopt, std::move(failures)};
}

} // namespace emac::workspace
