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
        found.notes.insert(found.notes.end(), later->notes.begin(), later->notes.end());
        found.latency = std::move(later->latency);
        found.decision = std::move(*later->decision);
        return found;
    }
    auto decision = governance::decide(intent, found.inputs, found.analysis, nullptr, model, watch, memory.memo);
    if (!decision)
        return std::nullopt;
    found.decision = std::move(*decision);
    return found;
}

namespace {

/// There are objectives on time, and what they are judged on is there, or never will be.
bool isJudgeable(const analysis::LatencyAnalysis& latency, const journey::Intent& intent)
{
    if (!intent.objectives.latency && !intent.objectives.deadline)
        return false;
    if (!latency.law)
        return true;
    switch (intent.governance.latency.value_or(journey::LatencyAssumption::UpperConfidence)) {
    case journey::LatencyAssumption::Independent:
        return true;
    case journey::LatencyAssumption::UpperConfidence:
        return latency.law->sharedFate.has_value();
    case journey::LatencyAssumption::Envelope:
        break;
    }
    return latency.law->envelope.has_value();
}

} // namespace

std::optional<LatencyEvaluation> evaluateLatency(const journey::Intent& intent, const Evaluation& found,
                                                 const journey::AcceptedModel* model,
                                                 const analysis::LatencyOptions& options, const base::Watch& watch,
                                                 analysis::Memo* memo, const LatencySteps& steps)
{
    const auto analyse = [&](bool sharedFate, bool envelope) {
        auto asked = options;
        asked.sharedFate = sharedFate;
        asked.envelope = envelope;
        return steps.analyse(intent.journey, found.inputs, asked, watch, memo);
    };
    LatencyEvaluation known;
    const auto judge = [&] {
        known.decision = governance::decide(intent, found.inputs, found.analysis, &known.latency, model, watch, memo);
        return known.decision.has_value();
    };
    if (!steps.deliver) {
        auto whole = analyse(true, true);
        if (!whole)
            return std::nullopt;
        known.latency = std::move(*whole);
    } else {
        for (const bool sharedFate : {false, true}) {
            auto inner = analyse(sharedFate, false);
            if (!inner)
                return std::nullopt;
            known.latency = std::move(*inner);
            known.notes = known.latency.notes;
            if (isJudgeable(known.latency, intent) && !judge())
                return std::nullopt;
            steps.deliver(known);
            if (!known.latency.law)
                break;
        }
        if (known.latency.law) {
            auto outer = analyse(false, true);
            if (!outer)
                return std::nullopt;
            analysis::addEnvelope(*known.latency.law, std::move(*outer->law->envelope));
        }
    }
    const auto insights = analysis::latencyInsights(intent, found.inputs, watch, memo);
    if (!insights || !judge())
        return std::nullopt;
    known.notes = known.latency.notes;
    known.notes.insert(known.notes.end(), insights->begin(), insights->end());
    known.complete = true;
    return known;
}

} // namespace emac::workspace
