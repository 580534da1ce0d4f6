// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/latency/latency.h"
#include "core/governance/decision.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::artifacts {

/// A file that artifacts are made from.
struct SourceFile
{
    std::string path; ///< as artifacts name it: relative to the working copy, with '/'
    std::string text; ///< its bytes
};

/// A journey that the compiled names must not collide with.
struct OtherJourney
{
    std::string name;
    std::string path; ///< for people
};

/// Where a Prometheus is, as a data source of the working copy states it.
struct PrometheusSource
{
    std::string name;
    std::string address; ///< a URL
};

/// How Prometheus gets its rules.
enum class Flavor
{
    Operator, ///< PrometheusRule objects of the Prometheus operator
    Plain ///< rule files
};

/// All that artifacts are made from.
struct Request
{
    const journey::Intent& intent;
    const journey::Inputs& inputs;
    const analysis::Analysis& analysis; ///< of the intent with the inputs
    const governance::Decision& decision; ///< on the analysis
    SourceFile intentFile;
    std::optional<SourceFile> modelFile; ///< the model in play
    /// Of the discovered model that the intent refers to; absent where it refers to none, or it states none.
    std::optional<double> discoveredConfidence;
    std::vector<PrometheusSource> prometheus; ///< by preference
    std::vector<OtherJourney> others;
    Flavor flavor = Flavor::Operator;
    /// All files at their standard places below `outputFolder`, whatever the intent says.
    std::optional<std::string> outputFolder{};
    const analysis::LatencyAnalysis* latency = nullptr; ///< of the intent with the inputs; null: not computed
};

/// Something to say about the intent, at its place.
struct Finding
{
    base::Message message;
    journey::Element element;
    std::string field{}; ///< as spec::SourceMap names it; empty for the element as a whole
    bool operator==(const Finding&) const = default;
};
using Findings = std::vector<Finding>;

} // namespace emac::artifacts
