// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/evaluate.h"

#include <utility>

namespace emac::workspace {

std::optional<Evaluation> evaluate(const spec::IntentDocument& document, const OpenedIntent& opened,
                                   spec::InputChoice choice, const base::Watch& watch, EarlierEvaluation memory)
{
    const auto& intent = document.intent;
    auto resolution = spec::resolve(document, opened.path, *opened.catalogue, opened.model.get(), choice);
    if (memory.inputs != nullptr)
        resolution.inputs.keepVersions(*memory.inputs);
    auto analysis = analysis::analyse(intent.journey, resolution.inputs, watch, memory.memo);
    if (!analysis)
        return std::nullopt;
    auto decision = governance::decide(intent, resolution.inputs, *analysis, opened.model.get(), watch, memory.memo);
    if (!decision)
        return std::nullopt;
    auto notes = std::move(resolution.notes);
    notes.insert(notes.end(), analysis->notes.begin(), analysis->notes.end());
    return Evaluation{std::move(resolution.inputs), std::move(resolution.diagnostics), std::move(notes),
                      std::move(*analysis), std::move(*decision)};
}

} // namespace emac::workspace
