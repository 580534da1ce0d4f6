// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/working_copy.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <set>
#include <system_error>
#include <utility>

namespace emac::workspace {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// Breadth first, so that nearer folders are read before a limit is reached.
class Search
{
public:
    /// What is done with each file.
    using Use = std::function<void(const fs::path& path, const std::string& text)>;

    Search(Use use, base::Diagnostics& diagnostics, const SearchLimits& limits, const base::Watch& watch)
        : m_use(std::move(use))
        , m_diagnostics(diagnostics)
        , m_limits(limits)
        , m_watch(watch)
    {
    }

    void run(const std::vector<fs::path>& places)
    {
        for (const auto& place : places) {
            std::error_code error;
            if (fs::is_regular_file(place, error))
                readYaml(place);
            else if (fs::is_directory(place, error))
                m_folders.push_back({place, 0});
            else
                skipped(place, error ? error.message() : "no file or folder");
            while (!m_folders.empty() && !m_stopped) {
                const auto [folder, depth] = m_folders.front();
                m_folders.pop_front();
                enter(folder, depth);
            }
        }
    }

private:
    struct Folder
    {
        fs::path path;
        int depth;
    };

    void enter(const fs::path& folder, int depth)
    {
        std::error_code error;
        if (!m_entered.insert(fs::canonical(folder, error)).second)
            return;
        std::vector<fs::directory_entry> entries;
        for (auto entry = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
             !error && entry != fs::directory_iterator(); entry.increment(error)) {
            if (m_watch.expired()) {
                stop(folder, "it was cancelled");
                return;
            }
            if (++m_entries > m_limits.files) {
                stop(folder, std::to_string(m_limits.files) + " entries");
                break;
            }
            entries.push_back(*entry);
        }
        if (error)
            skipped(folder, error.message());
        std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path(); });
        for (const auto& entry : entries)
            look(entry, depth);
    }

    void look(const fs::directory_entry& entry, int depth)
    {
        std::error_code error;
        const auto name = entry.path().filename().string();
        if (name.starts_with('.'))
            return;
        if (entry.is_directory(error)) {
            // A link to a folder may lead anywhere, and round in circles.
            if (entry.is_symlink(error) || name == "node_modules")
                return;
            if (depth < m_limits.depth)
                m_folders.push_back({entry.path(), depth + 1});
            else
                reached(entry.path(), std::to_string(m_limits.depth) + " levels of folders");
            return;
        }
        const auto extension = entry.path().extension();
        if (extension == ".yaml" || extension == ".yml")
            readYaml(entry.path());
    }

    void readYaml(const fs::path& path)
    {
        std::error_code error;
        const auto size = fs::is_regular_file(path, error) ? fs::file_size(path, error) : 0;
        if (size > m_limits.bytes) { // one oversized file is no reason to leave out the others
            skipped(path, std::to_string(size) + " bytes are too many");
            return;
        }
        if (m_bytes + size > m_limits.bytes) {
            stop(path, std::to_string(m_limits.bytes) + " bytes");
            return;
        }
        if (m_stopped || !m_files.insert(fs::canonical(path, error)).second)
            return;
        const auto text = readFile(path);
        if (!text.value) {
            for (const auto& diagnostic : text.diagnostics)
                skipped(path, reasonOf(diagnostic.message));
            return;
        }
        m_bytes += text.value->size();
        m_use(path, *text.value);
    }

    /// Without the path, which stands before the message.
    static std::string reasonOf(const base::Message& message)
    {
        if (message.code == Code::FileUnreadable)
            return message.arguments.back();
        return base::substitute(base::messageTemplate(message.code).what, message.arguments);
    }

    void skipped(const fs::path& path, const std::string& reason)
    {
        m_diagnostics.push_back({{Code::FileSkipped, {reason}}, {path.string(), 0, 0}});
    }

    /// Says once for each limit that not all was searched.
    void reached(const fs::path& path, const std::string& limit)
    {
        if (m_reached.insert(limit).second)
            m_diagnostics.push_back({{Code::SearchStopped, {path.string(), limit}}, {path.string(), 0, 0}});
    }

    void stop(const fs::path& path, const std::string& reason)
    {
        reached(path, reason);
        m_stopped = true;
    }

    Use m_use;
    base::Diagnostics& m_diagnostics;
    const SearchLimits& m_limits;
    const base::Watch& m_watch;
    std::deque<Folder> m_folders;
    std::set<fs::path> m_entered;
    std::set<fs::path> m_files;
    std::set<std::string> m_reached;
    std::size_t m_entries = 0;
    std::uintmax_t m_bytes = 0;
    bool m_stopped = false;
};

} // namespace

void searchYaml(const std::vector<fs::path>& places,
                const std::function<void(const fs::path& path, const std::string& text)>& use,
                base::Diagnostics& diagnostics, const SearchLimits& limits, const base::Watch& watch)
{
    Search(use, diagnostics, limits, watch).run(places);
}

spec::Catalogue loadCatalogue(const std::vector<fs::path>& places, base::Diagnostics& diagnostics,
                              const SearchLimits& limits, const base::Watch& watch)
{
    spec::Catalogue catalogue;
    for (const auto& place : places)
        catalogue.addSearched(place.string());
    const auto add = [&](const fs::path& path, const std::string& text) {
        if (text.find("openslo/") != std::string::npos)
            catalogue.addFile(text, path.string(), watch);
    };
    Search(add, diagnostics, limits, watch).run(places);
    return catalogue;
}

std::vector<FoundJourney> findJourneys(const std::vector<fs::path>& places, const SearchLimits& limits,
                                       const base::Watch& watch)
{
    std::vector<FoundJourney> found;
    const auto add = [&](const fs::path& path, const std::string& text) {
        if (text.find("JourneyIntent") == std::string::npos)
            return;
        const auto read = spec::readIntent(text, path.string(), watch);
        if (read.value)
            found.push_back({read.value->intent.name, path});
    };
    base::Diagnostics ignored; // the search for OpenSLO documents has said the same
    Search(add, ignored, limits, watch).run(places);
    return found;
}

} // namespace emac::workspace
