// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

/// A Git working copy, through the user's own `git` program: so that configuration, hooks and signing are the user's.
namespace emac::workspace {

/// How a file differs from the last commit.
enum class FileState
{
    Unchanged,
    New, ///< not in the last commit, tracked or not
    Modified,
    Deleted, ///< in the last commit, not on disk
    Conflicted,
    Ignored, ///< not tracked, and a rule of .gitignore names it
    Missing, ///< neither in the last commit nor on disk
    Foreign ///< of another repository inside this one
};

struct FileStatus
{
    std::filesystem::path path; ///< relative to the root
    FileState state = FileState::Unchanged;
    bool tracked = false; ///< the index knows it, or the last commit
    bool staged = false; ///< the index holds a change of it, made by the user

    /// Would be part of a commit.
    bool differs() const
    {
        return state == FileState::New || state == FileState::Modified || state == FileState::Deleted
               || state == FileState::Conflicted || state == FileState::Ignored;
    }
    bool operator==(const FileStatus&) const = default;
};

/// What Git has begun and not finished.
enum class GitOperation
{
    None,
    Merge,
    Rebase,
    CherryPick,
    Revert
};

struct GitStatus
{
    std::string head; ///< hash of the last commit; empty before the first
    std::string branch; ///< empty where HEAD is detached
    std::string upstream; ///< empty where there is none
    std::optional<long> ahead; ///< commits that the upstream lacks; absent where that is not known
    std::optional<long> behind;
    GitOperation operation = GitOperation::None;
    std::vector<FileStatus> files; ///< those asked for, in that order
    std::size_t otherChanges = 0; ///< further files that differ; an untracked folder counts as one
    std::size_t otherStaged = 0; ///< among them, those in the index

    bool operator==(const GitStatus&) const = default;
};

struct GitDiff
{
    std::string text; ///< unified, as Git writes it
    bool cut = false; ///< there is more than 1 MiB
};

/// Two texts, the second against the first, as of a file of this name; empty where they are equal. Needs no repository.
/// Errors: ProgramMissing, FileNotWritten, those of run().
base::Result<GitDiff> differenceOf(const std::string& name, const std::string& before, const std::string& after,
                                   const base::Watch& watch = {});

struct GitCommit
{
    std::string id; ///< full hash
    std::string branch; ///< empty where HEAD is detached
    std::string words; ///< what Git and the hooks had to say besides; mostly empty
};

/// All that Git said, verbatim but for a cut in the middle beyond 64 KiB; empty where the message has no such words.
std::string wordsOfGit(const base::Message& message);

/// A working copy, as of opening it. Every call runs `git`, on the calling thread, and takes milliseconds to seconds; a
/// commit as long as its hooks take. Variables such as GIT_DIR and GIT_INDEX_FILE mislead none of them.
/// Errors: those of run() and complaint(), and the ones that the calls name; Git's own words are in wordsOfGit().
class Git
{
public:
    /// Errors: ProgramMissing, GitNoRepository, GitNoWorkTree (a bare repository, or inside `.git`), GitNotTrusted.
    static base::Result<Git> open(const std::filesystem::path& folder, const base::Watch& watch = {});

    const std::filesystem::path& root() const { return m_root; } ///< links resolved

    /// The path from the root, links resolved, whether there is such a file or not. Error: GitPathOutside.
    base::Result<std::filesystem::path> relative(const std::filesystem::path& path) const;

    /// Of the whole working copy, and of these files. Changes nothing, the index included.
    base::Result<GitStatus> status(const std::vector<std::filesystem::path>& files,
                                   const base::Watch& watch = {}) const;

    /// The file against the last commit; against nothing where it is new.
    base::Result<GitDiff> diff(const FileStatus& file, const base::Watch& watch = {}) const;
    /// The same as if the file on disk held the text.
    base::Result<GitDiff> diff(const FileStatus& file, const std::string& text, const base::Watch& watch = {}) const;

    /// Commits just these files as they are on disk, those that are gone included. What else is staged stays staged and
    /// stays out; hooks see what will be committed. Where it fails the index is as before. Refused in the middle of a
    /// merge, cherry-pick or revert; not in that of a rebase, which is where commits are made.
    /// @param message not only blanks (GitMessageEmpty)
    /// Errors: GitLocked, GitNoIdentity, GitHookRefused, GitNotSigned, GitNothingToCommit, GitIgnored, GitInProgress,
    /// GitRevertUnfinished, GitConflict, GitPathOutside, GitRefused; and the warning GitNotUnstaged where a file that
    /// was not tracked has stayed in the index. A value with diagnostics: the commit is made, but what came after it
    /// did not end by itself.
    base::Result<GitCommit> commit(const std::vector<std::filesystem::path>& files, const std::string& message,
                                   const base::Watch& watch = {}) const;

private:
    Git(std::filesystem::path program, std::filesystem::path root, std::filesystem::path folder)
        : m_program(std::move(program))
        , m_root(std::move(root))
        , m_gitFolder(std::move(folder))
    {
    }

    std::filesystem::path m_program;
    std::filesystem::path m_root;
    std::filesystem::path m_gitFolder; ///< the worktree's own
};

} // namespace emac::workspace
