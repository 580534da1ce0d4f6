// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "core/spec/resolve.h"
#include "core/workspace/open.h"
#include "core/workspace/working_copy.h"

#include <fmt/format.h>

#include <algorithm>

namespace emac::cli {

namespace {

base::Diagnostics diagnose(const std::string& file, const workspace::OpenOptions& options)
{
    const Progress progress("reading " + file);
    auto text = workspace::readFile(file);
    if (!text.value)
        return text.diagnostics;
    const auto opened = workspace::openIntent(file, options);
    if (!opened.document)
        return spec::validateFile(*text.value, file);
    // An intent is looked at together with what it refers to.
    auto diagnostics = opened.diagnostics;
    const auto resolution = spec::resolve(*opened.document, opened.path, *opened.catalogue, opened.model.get(),
                                          spec::InputChoice::Target, opened.samples);
    diagnostics.insert(diagnostics.end(), resolution.diagnostics.begin(), resolution.diagnostics.end());
    base::sortByPlace(diagnostics);
    return diagnostics;
}

} // namespace

Exit validate(const ValidateArguments& arguments)
{
    workspace::OpenOptions options;
    options.sloPlaces.assign(arguments.sloPlaces.begin(), arguments.sloPlaces.end());
    auto status = Exit::Fine;
    for (const auto& file : arguments.files) {
        const auto diagnostics = diagnose(file, options);
        for (const auto& diagnostic : diagnostics)
            report(base::toString(diagnostic));
        const auto count = [&](base::Severity severity) {
            return std::ranges::count_if(diagnostics, [&](const auto& d) { return d.severity() == severity; });
        };
        const auto errors = count(base::Severity::Error);
        const bool written =
            write(fmt::format("{}: {} (errors: {}, warnings: {})\n", base::printable(file),
                              errors == 0 ? "valid" : "invalid", errors, count(base::Severity::Warning)));
        const bool unreadable = std::ranges::any_of(
            diagnostics, [](const auto& d) { return d.message.code == base::Code::FileUnreadable; });
        if (unreadable || !written)
            status = Exit::CouldNotRun;
        else if (errors > 0 && status == Exit::Fine)
            status = Exit::InvalidInput;
    }
    return status;
}

} // namespace emac::cli
