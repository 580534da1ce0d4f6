// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/progress.h"
#include "app/cli/result.h"
#include "core/workspace/evaluate.h"

#include <algorithm>
#include <optional>

namespace emac::cli {

Exit analyze(const AnalyzeArguments& arguments)
{
    const Progress progress("reading and analysing " + arguments.intent);
    const auto opened = open(arguments);

    auto diagnostics = opened.diagnostics;
    std::optional<workspace::Evaluation> evaluation;
    if (opened.document) {
        evaluation = workspace::evaluate(*opened.document, opened,
                                         arguments.observed ? spec::InputChoice::Observed : spec::InputChoice::Target,
                                         {}, {}, workspace::Latency::Computed);
        // Without a stop token or a deadline it always has a value.
        diagnostics.insert(diagnostics.end(), evaluation.value().diagnostics.begin(), evaluation->diagnostics.end());
        base::sortByPlace(diagnostics);
    }
    for (const auto& diagnostic : diagnostics)
        report(base::toString(diagnostic));
    if (std::ranges::any_of(diagnostics, [](const auto& d) { return d.message.code == base::Code::FileUnreadable; }))
        return Exit::CouldNotRun;
    if (!evaluation || base::hasErrors(diagnostics))
        return Exit::InvalidInput;

    const Result result{opened.document->intent, *evaluation};
    return write(arguments.json ? toJson(result) : toText(result)) ? Exit::Fine : Exit::CouldNotRun;
}

} // namespace emac::cli
