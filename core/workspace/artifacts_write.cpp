// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/artifacts.h"
#include "core/workspace/descriptor.h"
#include "core/workspace/working_copy.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

namespace {

constexpr mode_t newFile = 0666; ///< less what the umask takes away
constexpr mode_t permissionBits = 07777;

std::string lastError()
{
    return std::generic_category().message(errno);
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::write(file, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count < 0 ? 0 : count));
    }
    return true;
}

/// A file beside its place until it is put there; gone where it was not. Its name is the same in every run, so that one
/// that was left by a run that was killed is overwritten by the next; of two runs at once, one waits, for a second.
class Beside
{
public:
    explicit Beside(const fs::path& place)
        : m_place(place)
        , m_path(place.parent_path() / ('.' + place.filename().string().substr(0, mostOfName) + ".emac-new"))
    {
        constexpr auto mostAttempts = 100;
        constexpr auto pause = std::chrono::milliseconds(10);
        for (int i = 0; i < mostAttempts && m_file.number() < 0; ++i) {
            if (i > 0)
                std::this_thread::sleep_for(pause);
            Descriptor file(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, newFile));
            m_error = taken(file);
            if (m_error == 0)
                m_file = std::move(file);
            else if (m_error != EWOULDBLOCK)
                break;
        }
    }
    ~Beside()
    {
        if (m_file.number() >= 0 && !m_put)
            ::unlink(m_path.c_str());
    }
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    Beside(Beside&&) = delete;
    Beside& operator=(Beside&&) = delete;

    /// @returns why not
    std::optional<std::string> put(std::string_view bytes)
    {
        struct stat there
        {
        };
        const bool replaces = ::stat(m_place.c_str(), &there) == 0;
        if (m_error != 0)
            return std::generic_category().message(m_error);
        if (!writeAll(m_file.number(), bytes)
            || (replaces && ::fchmod(m_file.number(), there.st_mode & permissionBits) != 0)
            || ::fsync(m_file.number()) != 0 || ::rename(m_path.c_str(), m_place.c_str()) != 0)
            return lastError();
        m_put = true;
        return std::nullopt;
    }

private:
    /// Makes the file ours, and empty. @returns 0, or an error: EWOULDBLOCK while another run has it, or has just put
    /// it in its place
    int taken(const Descriptor& file) const
    {
        struct stat opened
        {
        };
        struct stat there
        {
        };
        if (file.number() < 0 || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0 || ::fstat(file.number(), &opened) != 0)
            return errno;
        if (!S_ISREG(opened.st_mode) || opened.st_nlink > 1)
            return EEXIST;
        if (::lstat(m_path.c_str(), &there) != 0 || opened.st_ino != there.st_ino)
            return EWOULDBLOCK;
        return ::ftruncate(file.number(), 0) == 0 ? 0 : errno;
    }

    static constexpr std::size_t mostOfName = 200; ///< so that a name as long as may be gets a longer one beside it

    fs::path m_place;
    fs::path m_path;
    Descriptor m_file;
    int m_error = 0; ///< why there is none
    bool m_put = false;
};

base::Message notWritten(const fs::path& path, std::string reason)
{
    return {Code::ArtifactNotWritten, {path.string(), std::move(reason)}};
}

/// @returns why not
std::optional<base::Message> write(const PlannedFile& file)
{
    const base::Message changed{Code::ArtifactChanged, {file.path.string()}};
    std::error_code error;
    if (resolved(file.path) != file.path)
        return changed;
    fs::create_directories(file.path.parent_path(), error);
    if (error)
        return notWritten(file.path, error.message());
    if (fs::exists(fs::symlink_status(file.path, error))) {
        auto now = readFile(file.path);
        if (!now.value)
            return now.diagnostics.front().message;
        if (now.value != file.before)
            return changed;
    } else if (file.before) {
        return changed;
    }
    if (!file.changes())
        return std::nullopt;
    auto reason = Beside(file.path).put(file.after);
    return reason ? std::optional(notWritten(file.path, std::move(*reason))) : std::nullopt;
}

} // namespace

base::Result<std::vector<WrittenFile>> writeArtifacts(const ArtifactPlan& plan)
{
    base::Result<std::vector<WrittenFile>> result;
    result.value.emplace();
    for (const auto& file : plan.files) {
        if (auto message = write(file)) {
            result.diagnostics.push_back({std::move(*message), {file.path.string(), 0, 0}});
            break;
        }
        result.value->push_back({file.path, file.changes()});
    }
    return result;
}

} // namespace emac::workspace
