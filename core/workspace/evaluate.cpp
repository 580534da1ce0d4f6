// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/evaluate.h"

#include "core/analysis/latency/insights.h"

#include <algorithm>
#include <utility>

namespace emac::workspace {

analysis::LatencyOptions latencyOptions(const journey::Objectives& objectives)
{
    analysis::LatencyOptions options;
    if (objectives.deadline)
        options.deadlines.push_back(objectives.deadline->limit);
    if (objectives.latency
        && std::ranges::find(options.deadlines, objectives.latency->threshold) == options.deadlines.end())
        options.deadlines.push_back(objectives.latency->threshold);
    return options;
}

std::optional<Evaluation> evaluate(const spec::IntentDocument& document, const OpenedIntent& opened,
                                   spec::InputChoice choice, const base::Watch& watch, EarlierEvaluation memory,
                                   Latency latency)
{
    const auto& intent = document.intent;
    const auto* model = opened.model.get();
    auto resolution = spec::resolve(document, opened.path, *opened.catalogue, model, choice, opened.samples);
    if (memory.inputs != nullptr)
        resolution.inputs.keepVersions(*memory.inputs);
    auto analysis = analysis::analyse(intent.journey, resolution.inputs, watch, memory.memo);
    if (!analysis)
        return std::nullopt;
    Evaluation found{std::move(resolution.inputs),
                     std::move(resolution.diagnostics),
                     std::move(resolution.notes),
                     std::move(*analysis),
                     {},
                     {}};
    found.notes.insert(found.notes.end(), found.analysis.notes.begin(), found.analysis.notes.end());
    if (latency == Latency::Computed) {
        auto later = evaluateLatency(intent, found, model, latencyOptions(intent.objectives), watch, memory.memo);
        if (!later)
            return std::nullopt;
        const auto insights = analysis::latencyInsights(intent, found.inputs, watch, memory.memo);
        if (!insights)
            return std::nullopt;
        found.notes.insert(found.notes.end(), later->latency.notes.begin(), later->latency.notes.end());
        found.notes.insert(found.notes.end(), insights->begin(), insights->end());
        found.latency = std::move(later->latency);
        found.decision = std::move(later->decision);
        return found;
    }
    auto decision = governance::decide(intent, found.inputs, found.analysis, nullptr, model, watch, memory.memo);
    if (!decision)
        return std::nullopt;
    found.decision = std::move(*decision);
    return found;
}

std::optional<LatencyEvaluation> evaluateLatency(const journey::Intent& intent, const Evaluation& found,
                                                 const journey::AcceptedModel* model,
                                                 const analysis::LatencyOptions& options, const base::Watch& watch,
                                                 analysis::Memo* memo)
{
    auto latency = analysis::analyseLatency(intent.journey, found.inputs, options, watch, memo);
    if (!latency)
        return std::nullopt;
    auto decision = governance::decide(intent, found.inputs, found.analysis, &*latency, model, watch, memo);
    if (!decision)
        return std::nullopt;
    return LatencyEvaluation{std::move(*latency), std::move(*decision)};
}

} // namespace emac::workspace
