// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/open.h"

#include "core/spec/layout_file.h"
#include "core/workspace/working_copy.h"

#include <algorithm>
#include <iterator>
#include <system_error>

namespace emac::workspace {

namespace {

void append(base::Diagnostics& to, base::Diagnostics from)
{
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void readPlacement(OpenedIntent& opened, const base::Watch& watch)
{
    const auto path = layoutPath(opened.path);
    std::error_code error;
    if (!std::filesystem::exists(path, error))
        return;
    auto file = readFile(path);
    opened.layoutDiagnostics = std::move(file.diagnostics);
    if (!file.value)
        return;
    auto read = spec::readLayout(*file.value, path.string(), opened.document->intent.journey, watch);
    append(opened.layoutDiagnostics, std::move(read.diagnostics));
    if (read.value)
        opened.placement = std::move(*read.value);
}

} // namespace

spec::SampleFiles readSampleFiles(const std::filesystem::path& path, const std::vector<std::string>& samplePaths,
                                  const base::Watch& watch)
{
    spec::SampleFiles files;
    const auto folder = folderOf(path);
    const auto root = confinement(path);
    for (const auto& name : samplePaths) {
        if (watch.expired())
            break;
        base::Result<spec::SampledTimes> read;
        if (!liesIn(root, folder / name)) {
            read.diagnostics = {{{base::Code::PathOutside, {name, "latency.samples", root.string()}}, {name, 0, 0}}};
        } else {
            const auto file = resolved(folder / name);
            auto text = readFile(file);
            read.diagnostics = std::move(text.diagnostics);
            if (text.value)
                read = spec::readSamples(*text.value, file.string());
        }
        files.emplace(name, std::make_shared<const base::Result<spec::SampledTimes>>(std::move(read)));
    }
    return files;
}

bool equalSamples(const spec::SampleFiles& a, const spec::SampleFiles& b)
{
    return std::ranges::equal(a, b, [](const auto& one, const auto& other) {
        return one.first == other.first
               && (one.second == other.second
                   || (one.second->value == other.second->value
                       && one.second->diagnostics == other.second->diagnostics));
    });
}

Surroundings openSurroundings(const std::filesystem::path& path, const std::vector<std::string>& samplePaths,
                              const OpenOptions& options, const base::Watch& watch)
{
    Surroundings found;
    if (const auto modelPath = options.model ? options.model : acceptedModelPath(path)) {
        found.modelPath = modelPath->string();
        auto text = readFile(*modelPath);
        append(found.diagnostics, std::move(text.diagnostics));
        if (text.value) {
            auto model = spec::readModel(*text.value, found.modelPath, watch);
            append(found.diagnostics, std::move(model.diagnostics));
            if (model.value) {
                found.model = std::make_shared<const journey::AcceptedModel>(std::move(*model.value));
                found.modelText = std::move(*text.value);
            }
        }
    }
    found.catalogue = std::make_shared<const spec::Catalogue>(
        loadCatalogue(searchPlaces(path, options.sloPlaces), found.diagnostics, {}, watch));
    append(found.diagnostics, found.catalogue->diagnostics());
    found.samples = readSampleFiles(path, samplePaths, watch);
    return found;
}

OpenedIntent openIntent(const std::filesystem::path& path, const OpenOptions& options, const base::Watch& watch)
{
    OpenedIntent opened;
    opened.path = path.string();
    opened.catalogue = std::make_shared<const spec::Catalogue>();

    auto file = readFile(path);
    append(opened.diagnostics, std::move(file.diagnostics));
    if (!file.value)
        return opened;
    opened.text = std::move(*file.value);

    auto read = spec::readIntent(opened.text, opened.path, watch);
    append(opened.diagnostics, std::move(read.diagnostics));
    if (!read.value)
        return opened;
    opened.document = std::move(read.value);
    readPlacement(opened, watch);
    append(opened.diagnostics, checkPaths(*opened.document, path, opened.path));

    auto found = openSurroundings(path, spec::samplePaths(opened.document->intent.journey), options, watch);
    opened.catalogue = std::move(found.catalogue);
    opened.model = std::move(found.model);
    opened.modelPath = std::move(found.modelPath);
    opened.modelText = std::move(found.modelText);
    opened.samples = std::move(found.samples);
    append(opened.diagnostics, std::move(found.diagnostics));
    return opened;
}

} // namespace emac::workspace
