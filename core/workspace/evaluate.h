// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/latency/latency.h"
#include "core/governance/decision.h"
#include "core/spec/resolve.h"
#include "core/workspace/open.h"

#include <optional>

namespace emac::workspace {

/// All that follows from an intent and what it refers to.
struct Evaluation
{
    journey::Inputs inputs;
    base::Diagnostics diagnostics; ///< of the references; with an error among them the numbers say little
    journey::Notes notes; ///< of the inputs, then of the analysis, then of the latency
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

/// What is asked of a journey's latency for its decision and its reports: the reported percentiles and the deadlines of
/// the objectives (the limit of the deadline objective, then the threshold of the latency objective, each once), under
/// all assumptions, without curves.
analysis::LatencyOptions latencyOptions(const journey::Objectives& objectives);

/// Inputs, analysis and decision of the document, with the catalogue and the model of the opened file; its own document
/// and text are not looked at. Other costs than analyse() and decide() are linear.
/// @returns nothing where the watch expired
std::optional<Evaluation> evaluate(const spec::IntentDocument& document, const OpenedIntent& opened,
                                   spec::InputChoice choice = spec::InputChoice::Target, const base::Watch& watch = {},
                                   EarlierEvaluation memory = {});

} // namespace emac::workspace
