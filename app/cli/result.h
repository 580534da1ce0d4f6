// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/intent.h"
#include "core/workspace/evaluate.h"

#include <string>
#include <vector>

namespace emac::cli {

/// What `emac analyze` has found out.
struct Result
{
    const journey::Intent& intent;
    const workspace::Evaluation& found;
};

/// The messages in English; one about a node begins with its place key.
std::vector<std::string> noteTexts(const Result& result, const journey::Notes& notes);

/// A table of percentiles and deadlines, and what is missing where one is unbounded; empty where nothing is lacking
/// that could be added. Begins with an empty line.
std::string latencyText(const analysis::LatencyAnalysis& latency);

/// An AnalysisResult as one JSON document, with one trailing newline. What is not computed is null.
std::string toJson(const Result& result);

/// The same for people.
std::string toText(const Result& result);

} // namespace emac::cli
