// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/artifacts.h"
#include "core/workspace/descriptor.h"
#include "core/workspace/working_copy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;

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

/// A file beside its place until it is put there; gone where it was not.
class Beside
{
public:
    explicit Beside(const fs::path& place) : m_place(place)
    {
        constexpr int attempts = 100;
        for (int i = 0; i < attempts && m_file.number() < 0; ++i) {
            m_path = place.parent_path()
                     / ('.' + place.filename().string() + '.' + std::to_string(::getpid()) + '-' + std::to_string(i));
            m_file = Descriptor(::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, newFile));
            if (m_file.number() < 0 && errno != EEXIST)
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
        if (m_file.number() < 0 || !writeAll(m_file.number(), bytes)
            || (replaces && ::fchmod(m_file.number(), there.st_mode & permissionBits) != 0)
            || ::fsync(m_file.number()) != 0 || ::rename(m_path.c_str(), m_place.c_str()) != 0)
            return lastError();
        m_put = true;
        return std::nullopt;
    }

private:
    fs::path m_place;
    fs::path m_path;
    Descriptor m_file{-1};
    bool m_put = false;
};

/// @returns why not
std::optional<std::string> write(const PlannedFile& file)
{
    constexpr const char* changed = "it has changed meanwhile";
    std::error_code error;
    if (resolved(file.path) != file.path)
        return changed;
    fs::create_directories(file.path.parent_path(), error);
    if (error)
        return error.message();
    if (fs::exists(fs::symlink_status(file.path, error))) {
        auto now = readFile(file.path);
        if (!now.value)
            return base::english(now.diagnostics.front().message);
        if (now.value != file.before)
            return changed;
    } else if (file.before) {
        return changed;
    }
    return file.changes() ? Beside(file.path).put(file.after) : std::nullopt;
}

} // namespace

base::Result<std::vector<WrittenFile>> writeArtifacts(const ArtifactPlan& plan)
{
    base::Result<std::vector<WrittenFile>> result;
    result.value.emplace();
    for (const auto& file : plan.files) {
        if (auto reason = write(file)) {
            result.diagnostics.push_back({{base::Code::ArtifactNotWritten, {file.path.string(), std::move(*reason)}},
                                          {file.path.string(), 0, 0}});
            break;
        }
        result.value->push_back({file.path, file.changes()});
    }
    return result;
}

} // namespace emac::workspace
