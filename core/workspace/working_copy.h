// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace emac::workspace {

/// The bytes of a file, or why not: FileUnreadable, FileTooLarge (more than 64 MiB; then it is not read).
/// Directories, devices and pipes are refused.
base::Result<std::string> readFile(const std::filesystem::path& path);

/// The nearest folder at or above `path` that holds a `.git`; empty where there is none.
std::optional<std::filesystem::path> gitRoot(const std::filesystem::path& path);

/// Where OpenSLO documents for this intent are looked for: the Git working copy that holds it; without one, the
/// intent's folder and its parent (unless that is the root of the file system) with all below; and the places added.
std::vector<std::filesystem::path> searchPlaces(const std::filesystem::path& intent,
                                                const std::vector<std::filesystem::path>& added = {});

/// What a search reads at most; where it stops short, a diagnostic says so.
struct SearchLimits
{
    std::size_t files = 20'000; ///< directory entries looked at
    int depth = 16;
    std::size_t bytes = 64U << 20U; ///< of YAML text read
};

/// Calls use(path, text) for all YAML files (.yaml, .yml) below the places. Hidden folders, node_modules and links that
/// lead to folders are skipped. Folders are taken in the order of their names, nearer ones first; none twice. Files
/// that cannot be read and limits that are reached are warnings in `diagnostics`.
void searchYaml(const std::vector<std::filesystem::path>& places,
                const std::function<void(const std::filesystem::path& path, const std::string& text)>& use,
                base::Diagnostics& diagnostics, const SearchLimits& limits = {}, const base::Watch& watch = {});

/// The OpenSLO documents of the files that searchYaml() finds; files that do not mention "openslo/" are not parsed. The
/// catalogue names the places. Files that cannot be read and limits
/// that are reached are warnings in `diagnostics`; the catalogue's own diagnostics stay in it.
spec::Catalogue loadCatalogue(const std::vector<std::filesystem::path>& places, base::Diagnostics& diagnostics,
                              const SearchLimits& limits = {}, const base::Watch& watch = {});

struct FoundJourney
{
    std::string name; ///< metadata.name
    std::filesystem::path path;
};

/// The JourneyIntents below the places, in the order and within the limits of loadCatalogue().
std::vector<FoundJourney> findJourneys(const std::vector<std::filesystem::path>& places,
                                       const SearchLimits& limits = {}, const base::Watch& watch = {});

/// What the files that an intent names are confined to, links resolved: the Git working copy that holds it; without
/// one, the parent of the intent's folder.
std::filesystem::path confinement(const std::filesystem::path& intent);

/// The intent's folder, links resolved.
std::filesystem::path folderOf(const std::filesystem::path& intent);

/// Where a path leads, links resolved, those too that lead to what does not exist yet. Empty where they go in circles.
std::filesystem::path resolved(std::filesystem::path path);

/// Whether a path leads to what lies below the root. @pre root is resolved
bool liesIn(const std::filesystem::path& root, const std::filesystem::path& path);

/// An error (PathOutside) for each file that the intent names (outputs, reference, samples) and that, links resolved,
/// does not lie in the Git working copy; without one, in the parent of the intent's folder. Diagnostics name the intent
/// as `file`.
base::Diagnostics checkPaths(const spec::IntentDocument& document, const std::filesystem::path& intent,
                             const std::string& file);

/// `.emac/accepted/<file name of the intent>` beside the intent; empty where there is no such file.
std::optional<std::filesystem::path> acceptedModelPath(const std::filesystem::path& intent);

/// `.emac/layout/<file name of the intent>` beside the intent, whether there is such a file or not.
std::filesystem::path layoutPath(const std::filesystem::path& intent);

} // namespace emac::workspace
