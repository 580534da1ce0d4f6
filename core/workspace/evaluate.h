// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/latency/latency.h"
#include "core/governance/decision.h"
#include "core/spec/resolve.h"
#include "core/workspace/open.h"

#include <functional>
#include <optional>

namespace emac::workspace {

/// All that follows from an intent and what it refers to.
struct Evaluation
{
    journey::Inputs inputs;
    base::Diagnostics diagnostics; ///< of the references; with an error among them the numbers say little
    journey::Notes notes; ///< of the inputs, then of the analysis, then of the latency and its insights
    analysis::Analysis analysis;
    std::optional<analysis::LatencyAnalysis> latency; ///< absent where it was not asked for
    governance::Decision decision; ///< where there is no latency analysis, its objectives are not assessed
};

/// What an evaluation takes over from the one before, of nearly the same journey: faster, and the same result.
struct EarlierEvaluation
{
    analysis::Memo* memo = nullptr; ///< may be null
    const journey::Inputs* inputs = nullptr; ///< may be null
};

/// Whether evaluate() computes the latency laws, which take longer than all else.
enum class Latency
{
    Skipped,
    Computed
};

/// What is asked of a journey's latency for its decision and its reports: the reported percentiles and the deadlines of
/// the objectives (the limit of the deadline objective, then the threshold of the latency objective, each once), under
/// all assumptions, without curves.
analysis::LatencyOptions latencyOptions(const journey::Objectives& objectives);

/// Inputs, analysis and decision of the document, with the catalogue and the model of the opened file; its own document
/// and text are not looked at. Other costs than analyse(), analyseLatency() and decide() are linear.
/// @returns nothing where the watch expired
std::optional<Evaluation> evaluate(const spec::IntentDocument& document, const OpenedIntent& opened,
                                   spec::InputChoice choice = spec::InputChoice::Target, const base::Watch& watch = {},
                                   EarlierEvaluation memory = {}, Latency latency = Latency::Skipped);

/// The part that evaluate() can leave, for those who compute it apart.
struct LatencyEvaluation
{
    analysis::LatencyAnalysis latency;
    /// Of the whole: it replaces the one without latency. Before all is complete, absent unless objectives on time can
    /// be judged already.
    std::optional<governance::Decision> decision;
    journey::Notes notes; ///< those of the latency; then, where it is complete, the insights
    bool complete = false; ///< nothing more comes
};

/// How laws in time are computed: analysis::analyseLatency(), or what stands for it.
using AnalyseLatency = std::function<std::optional<analysis::LatencyAnalysis>(
    const journey::Journey&, const journey::Inputs&, const analysis::LatencyOptions&, const base::Watch&,
    analysis::Memo*)>;

/// For those who show what is known while the rest is computed: the independent law comes first, then shared fate, then
/// the envelope, with all that it raises.
struct LatencySteps
{
    /// Hears of each step before the last one. Null: there are none, and all is computed in one go.
    std::function<void(const LatencyEvaluation&)> deliver;
    AnalyseLatency analyse = analysis::analyseLatency;
};

/// `found` is an evaluation of the intent. The options may be latencyOptions() with curves, or with more percentiles
/// and deadlines behind those. `model` and `memo` may be null; the memo is not that of another thread. The result is
/// the same with and without steps.
/// @returns nothing where the watch expired
std::optional<LatencyEvaluation> evaluateLatency(const journey::Intent& intent, const Evaluation& found,
                                                 const journey::AcceptedModel* model,
                                                 const analysis::LatencyOptions& options, const base::Watch& watch = {},
                                                 analysis::Memo* memo = nullptr, const LatencySteps& steps = {});

} // namespace emac::workspace
