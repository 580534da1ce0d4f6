// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
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
    journey::Notes notes; ///< of the inputs, then of the analysis
    analysis::Analysis analysis;
    governance::Decision decision;
};

/// What an evaluation takes over from the one before, of nearly the same journey: faster, and the same result.
struct EarlierEvaluation
{
    analysis::Memo* memo = nullptr; ///< may be null
    const journey::Inputs* inputs = nullptr; ///< may be null
};

/// Inputs, analysis and decision of the document, with the catalogue and the model of the opened file; its own document
/// and text are not looked at. Other costs than analyse() and decide() are linear.
/// @returns nothing where the watch expired
std::optional<Evaluation> evaluate(const spec::IntentDocument& document, const OpenedIntent& opened,
                                   spec::InputChoice choice = spec::InputChoice::Target, const base::Watch& watch = {},
                                   EarlierEvaluation memory = {});

} // namespace emac::workspace
