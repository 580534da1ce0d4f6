// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/git.h"
#include "core/workspace/git_answers.h"
#include "core/workspace/git_call.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;

namespace {

base::Result<GitDiff> runDiff(const fs::path& program, const fs::path& folder, std::vector<std::string> what,
                              const base::Watch& watch)
{
    GitCall call;
    call.mostOutput = std::size_t(1) << 20U;
    call.arguments = {"diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames"};
    call.arguments.insert(call.arguments.end(), what.begin(), what.end());
    auto result = runGit(program, folder, std::move(call), watch);
    if (!result.value)
        return {std::nullopt, std::move(result.diagnostics)};
    if (result.value->ending == Ending::TooMuch)
        return {GitDiff{std::move(result.value->output), true}, {}};
    if (!result.diagnostics.empty())
        return {std::nullopt, std::move(result.diagnostics)};
    // Of two files, the status 1 only says that they differ.
    const int fine = std::ranges::find(what, "--no-index") != what.end() ? 1 : 0;
    if (result.value->status > fine)
        return {std::nullopt, {{refusal(*result.value), {}}}};
    return {GitDiff{std::move(result.value->output), false}, {}};
}

/// Gone with all that is in it.
class TemporaryFolder
{
public:
    TemporaryFolder()
    {
        std::error_code error;
        auto name = (fs::temp_directory_path(error) / "emac-XXXXXX").string();
        if (!error && ::mkdtemp(name.data()) != nullptr)
            m_path = name;
    }
    ~TemporaryFolder()
    {
        std::error_code error;
        if (!m_path.empty())
            fs::remove_all(m_path, error);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    TemporaryFolder(TemporaryFolder&&) = delete;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;

    const fs::path& path() const { return m_path; }
    bool write(const std::string& name, const std::string& text) const
    {
        if (m_path.empty())
            return false;
        std::error_code error;
        fs::create_directories((m_path / name).parent_path(), error);
        std::ofstream file(m_path / name, std::ios::binary);
        file << text;
        return static_cast<bool>(file.flush());
    }

private:
    fs::path m_path;
};

base::Diagnostics notWritten(const fs::path& folder)
{
    const char* named = std::getenv("TMPDIR");
    std::error_code error;
    auto place = folder.empty() ? fs::temp_directory_path(error) : folder;
    if (error && named != nullptr)
        place = named;
    return {{{base::Code::NoTemporaryFile, {place.string()}}, {}}};
}

} // namespace

base::Result<GitDiff> differenceOf(const std::string& name, const std::string& before, const std::string& after,
                                   const base::Watch& watch)
{
    if (before == after)
        return {GitDiff(), {}};
    const auto program = findProgram("git");
    if (!program)
        return {std::nullopt, {{{base::Code::ProgramMissing, {"git"}}, {}}}};
    const TemporaryFolder folder;
    if (!folder.write("a/" + name, before) || !folder.write("b/" + name, after))
        return {std::nullopt, notWritten(folder.path())};
    return runDiff(*program, folder.path(), {"--no-prefix", "--no-index", "--", "a/" + name, "b/" + name}, watch);
}

base::Result<GitDiff> Git::diff(const FileStatus& file, const base::Watch& watch) const
{
    if (!file.differs())
        return {GitDiff(), {}};
    if (file.state == FileState::New || file.state == FileState::Ignored) {
        const auto name = file.path.generic_string();
        return runDiff(m_program, m_root, {"--no-index", "--", "/dev/null", name == "-" ? "./-" : name}, watch);
    }
    return runDiff(m_program, m_root, withFiles({"HEAD"}, {file.path}), watch);
}

base::Result<GitDiff> Git::diff(const FileStatus& file, const std::string& text, const base::Watch& watch) const
{
    const TemporaryFolder folder;
    const auto name = file.path.generic_string();
    std::string before = "/dev/null";
    if (file.state == FileState::Unchanged || file.state == FileState::Modified || file.state == FileState::Deleted
        || file.state == FileState::Conflicted) {
        GitCall call;
        call.arguments = {"cat-file", "blob", "HEAD:" + name};
        auto result = gitAnswer(m_program, m_root, std::move(call), watch);
        if (!result.value)
            return {std::nullopt, std::move(result.diagnostics)};
        before = "a/" + name;
        if (!folder.write(before, result.value->output))
            return {std::nullopt, notWritten(folder.path())};
    }
    if (!folder.write("b/" + name, text))
        return {std::nullopt, notWritten(folder.path())};
    return runDiff(m_program, folder.path(), {"--no-prefix", "--no-index", "--", before, "b/" + name}, watch);
}

} // namespace emac::workspace
