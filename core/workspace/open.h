// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/diagnostic.h"
#include "core/base/watch.h"
#include "core/journey/model.h"
#include "core/journey/placement.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "core/spec/resolve.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace emac::workspace {

/// A JourneyIntent and all that its analysis needs from the disk.
struct OpenedIntent
{
    std::string path; ///< as given
    std::string text; ///< as on disk
    /// Absent where the file cannot be read or holds no JourneyIntent.
    std::optional<spec::IntentDocument> document;
    base::Diagnostics diagnostics; ///< of the text, the search and the model
    journey::Placement placement; ///< of layoutPath(); empty where there is no such file
    base::Diagnostics layoutDiagnostics; ///< of that file; they say nothing against the analysis
    std::shared_ptr<const spec::Catalogue> catalogue; ///< never null
    std::shared_ptr<const journey::AcceptedModel> model; ///< null where there is none
    std::string modelPath; ///< empty where there is none
    std::string modelText; ///< the bytes that the model has been read from
    spec::SampleFiles samples; ///< all that the document names
};

struct OpenOptions
{
    std::optional<std::filesystem::path> model; ///< else `.emac/accepted/<file name>`, else none
    std::vector<std::filesystem::path> sloPlaces; ///< searched besides the working copy
};

/// What an analysis needs besides the intent itself.
struct Surroundings
{
    std::shared_ptr<const spec::Catalogue> catalogue; ///< never null
    std::shared_ptr<const journey::AcceptedModel> model; ///< null where there is none
    std::string modelPath; ///< empty where there is none
    std::string modelText; ///< the bytes that the model has been read from
    spec::SampleFiles samples; ///< those that were asked for
    base::Diagnostics diagnostics; ///< of the search and the model; those of sample files are with these
};

/// Reads the model of the intent at `path`, the OpenSLO documents around it and these sample files; the intent itself
/// is not read.
Surroundings openSurroundings(const std::filesystem::path& path, const std::vector<std::string>& samplePaths,
                              const OpenOptions& options = {}, const base::Watch& watch = {});

/// Reads sample files, named relative to the folder of the intent at `path`. One that lies outside of what
/// checkPaths() allows, that cannot be read or that has more than 64 MiB has the reason instead of times.
spec::SampleFiles readSampleFiles(const std::filesystem::path& path, const std::vector<std::string>& samplePaths,
                                  const base::Watch& watch = {});

/// Whether each file holds the same as that of the same path.
bool equalSamples(const spec::SampleFiles& a, const spec::SampleFiles& b);

/// Reads the intent, its model, its sample files and the OpenSLO documents around it. What is wrong is in
/// `diagnostics`.
OpenedIntent openIntent(const std::filesystem::path& path, const OpenOptions& options = {},
                        const base::Watch& watch = {});

} // namespace emac::workspace
