// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/governance/decision.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <string>
#include <vector>

namespace emac::cli {

/// What `emac analyze` has found out.
struct Result
{
    const journey::Intent& intent;
    const journey::Inputs& inputs;
    const analysis::Analysis& analysis;
    const governance::Decision& decision;
    journey::Notes notes; ///< of the inputs and of the analysis
};

/// The messages in English; one about a node begins with its place key.
std::vector<std::string> noteTexts(const Result& result, const journey::Notes& notes);

/// An AnalysisResult as one JSON document, with one trailing newline. What is not computed is null.
std::string toJson(const Result& result);

/// The same for people.
std::string toText(const Result& result);

} // namespace emac::cli
