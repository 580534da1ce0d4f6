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

/// A part of what is lost: "payment_race_domain_correlation", "domain_correlation", 0.004975.
struct Contributor
{
    std::string name;
    std::string kind;
    double value = 0;
};

/// Each operator at which shared fate takes something away that independence had, then the objective's shortfall.
std::vector<Contributor> contributors(const Result& result);

/// An AnalysisResult as one JSON document (formats.md § 4), with one trailing newline. What is not computed is null.
std::string toJson(const Result& result);

/// The same for people.
std::string toText(const Result& result);

} // namespace emac::cli
