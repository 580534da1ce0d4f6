// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/result.h"
#include "core/spec/resolve.h"
#include "core/workspace/open.h"

#include <algorithm>

namespace emac::cli {

Exit analyze(const AnalyzeArguments& arguments)
{
    const Progress progress("reading and analysing " + arguments.intent);
    workspace::OpenOptions options;
    if (!arguments.model.empty())
        options.model = arguments.model;
    options.sloPlaces.assign(arguments.sloPlaces.begin(), arguments.sloPlaces.end());
    const auto opened = workspace::openIntent(arguments.intent, options);

    auto diagnostics = opened.diagnostics;
    spec::Resolution resolution;
    if (opened.document) {
        resolution = spec::resolve(*opened.document, opened.path, *opened.catalogue, opened.model.get(),
                                   arguments.observed ? spec::InputChoice::Observed : spec::InputChoice::Target);
        diagnostics.insert(diagnostics.end(), resolution.diagnostics.begin(), resolution.diagnostics.end());
        base::sortByPlace(diagnostics);
    }
    for (const auto& diagnostic : diagnostics)
        report(base::toString(diagnostic));
    if (std::ranges::any_of(diagnostics, [](const auto& d) { return d.message.code == base::Code::FileUnreadable; }))
        return Exit::CouldNotRun;
    if (!opened.document || base::hasErrors(diagnostics))
        return Exit::InvalidInput;

    // Without a stop token or a deadline these always have a value.
    const auto& intent = opened.document->intent;
    const auto analysis = analysis::analyse(intent.journey, resolution.inputs);
    const auto decision = governance::decide(intent, resolution.inputs, analysis.value(), opened.model.get());
    auto notes = resolution.notes;
    notes.insert(notes.end(), analysis->notes.begin(), analysis->notes.end());
    if (analysis->commonCauseMissing)
        notes.push_back(*analysis->commonCauseMissing);
    const Result result{intent, resolution.inputs, *analysis, decision.value(), std::move(notes)};
    return write(arguments.json ? toJson(result) : toText(result)) ? Exit::Fine : Exit::CouldNotRun;
}

} // namespace emac::cli
