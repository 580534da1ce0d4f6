// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/working_copy.h"

#include "core/workspace/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <system_error>
#include <variant>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

namespace {

constexpr std::size_t largestFile = 64U << 20U;

base::Result<std::string> failed(Code code, const fs::path& path, std::vector<std::string> arguments)
{
    return {std::nullopt, {{{code, std::move(arguments)}, {path.string(), 0, 0}}}};
}

base::Result<std::string> unreadable(const fs::path& path, const std::string& reason)
{
    return failed(Code::FileUnreadable, path, {path.string(), reason});
}

/// The same where a name in it is too long for any file: what stands from there on is kept as it is.
fs::path weaklyCanonical(const fs::path& path, std::error_code& error)
{
    auto canonical = fs::weakly_canonical(path, error);
    fs::path rest;
    auto folder = path;
    while (error == std::errc::filename_too_long && path.native().size() < PATH_MAX && folder.has_relative_path()) {
        rest = rest.empty() ? folder.filename() : folder.filename() / rest;
        folder = folder.parent_path();
        canonical = (fs::weakly_canonical(folder, error) / rest).lexically_normal();
    }
    return error ? fs::path() : canonical;
}

std::string errorText(int number)
{
    return std::generic_category().message(number);
}

} // namespace

base::Result<std::string> readFile(const fs::path& path)
{
    // A device or pipe may wait for ever, or act on being opened: looked at first, opened without waiting, looked at
    // again.
    std::error_code error;
    const auto status = fs::status(path, error);
    if (error)
        return unreadable(path, error.message());
    if (fs::is_directory(status))
        return unreadable(path, errorText(EISDIR));
    if (!fs::is_regular_file(status))
        return unreadable(path, "not a regular file");
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (file.number() < 0)
        return unreadable(path, errorText(errno));
    struct stat opened
    {
    };
    if (::fstat(file.number(), &opened) != 0 || !S_ISREG(opened.st_mode))
        return unreadable(path, "not a regular file");
    if (static_cast<std::uintmax_t>(opened.st_size) > largestFile)
        return failed(Code::FileTooLarge, path, {std::to_string(opened.st_size), std::to_string(largestFile)});

    std::string text;
    text.reserve(static_cast<std::size_t>(opened.st_size));
    std::array<char, 1U << 16U> buffer{};
    for (;;) {
        const auto count = ::read(file.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return unreadable(path, errorText(errno));
        if (count == 0)
            break;
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > largestFile) // it grows while it is read
            return failed(Code::FileTooLarge, path, {std::to_string(text.size()), std::to_string(largestFile)});
    }
    return {std::move(text), {}};
}

std::optional<fs::path> gitRoot(const fs::path& path)
{
    std::error_code error;
    auto folder = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error)
        return std::nullopt;
    for (;; folder = folder.parent_path()) {
        if (fs::exists(folder / ".git", error))
            return folder;
        if (folder == folder.parent_path())
            return std::nullopt;
    }
}

fs::path folderOf(const fs::path& intent)
{
    std::error_code error;
    return fs::weakly_canonical(fs::absolute(intent, error), error).parent_path();
}

fs::path confinement(const fs::path& intent)
{
    return gitRoot(intent).value_or(folderOf(intent).parent_path());
}

std::vector<fs::path> searchPlaces(const fs::path& intent, const std::vector<fs::path>& added)
{
    std::vector<fs::path> places;
    if (const auto root = gitRoot(intent)) {
        places.push_back(*root);
    } else {
        const auto folder = folderOf(intent);
        places.push_back(folder);
        if (folder.parent_path() != folder.root_path())
            places.push_back(folder.parent_path());
    }
    places.insert(places.end(), added.begin(), added.end());
    return places;
}

std::optional<fs::path> acceptedModelPath(const fs::path& intent)
{
    const auto path = folderOf(intent) / ".emac" / "accepted" / intent.filename();
    std::error_code error;
    return fs::is_regular_file(path, error) ? std::optional(path) : std::nullopt;
}

fs::path layoutPath(const fs::path& intent)
{
    return folderOf(intent) / ".emac" / "layout" / intent.filename();
}

fs::path resolved(fs::path path)
{
    constexpr int mostLinks = 40;
    for (int links = 0; links < mostLinks; ++links) {
        std::error_code error;
        path = weaklyCanonical(path, error);
        if (error)
            return {};
        // weakly_canonical leaves a link as it is where its target is missing.
        fs::path prefix;
        auto part = path.begin();
        for (; part != path.end(); ++part) {
            prefix /= *part;
            if (fs::is_symlink(fs::symlink_status(prefix, error)))
                break;
        }
        if (part == path.end())
            return path;
        auto target = prefix.parent_path() / fs::read_symlink(prefix, error);
        if (error)
            return {};
        for (++part; part != path.end(); ++part)
            target /= *part;
        path = std::move(target);
    }
    return {};
}

bool liesIn(const fs::path& root, const fs::path& path)
{
    if (path.native().find('\0') != std::string::npos)
        return false;
    const auto relative = resolved(path).lexically_relative(root);
    return !relative.empty() && *relative.begin() != "..";
}

base::Diagnostics checkPaths(const spec::IntentDocument& document, const fs::path& intent, const std::string& file)
{
    const auto folder = folderOf(intent);
    const auto root = confinement(intent);
    base::Diagnostics diagnostics;
    const auto check = [&](const std::string& path, const journey::Element& element, const std::string& field) {
        if (path.empty() || liesIn(root, folder / path))
            return;
        base::Place place{file, 0, 0};
        if (const auto found = document.sources.find(element, field))
            place = {file, found->value.line, found->value.column};
        diagnostics.push_back({{Code::PathOutside, {path, field, root.string()}}, place});
    };
    const auto& governed = document.intent.governance;
    const auto whole = journey::Element::journey();
    check(governed.alerts.promRuleOutput, whole, "spec.governance.alerts.promRuleOutput");
    check(governed.delivery.analysisTemplateOutput, whole,
          "spec.governance.progressiveDelivery.analysisTemplateOutput");
    check(document.intent.evidence.discoveredModelRef, whole, "spec.evidence.modelDiscovery.discoveredModelRef");
    for (const auto& component : document.intent.journey.components.list()) {
        if (!component->latency)
            continue;
        if (const auto* samples = std::get_if<journey::SampledLatency>(&*component->latency))
            check(samples->path, journey::Element::component(component->name), "latency.samples");
    }
    base::sortByPlace(diagnostics);
    return diagnostics;
}

} // namespace emac::workspace
