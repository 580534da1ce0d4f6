// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/artifacts/burn_rates.h"
#include "core/artifacts/query.h"
#include "core/artifacts/request.h"
#include "core/artifacts/shared_fate.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::artifacts {

/// The queries of an availability objective.
struct Sli
{
    Query good;
    Query total;

    /// The share of bad events over the window, of the canary alone with `matcher`. Absent series of good events count
    /// as none, so that a total outage is a ratio of 1; without events, and without their series, there is no ratio.
    /// Empty where the canary cannot be told.
    std::string errorRatio(const std::string& window) const;
    std::optional<std::string> errorRatio(const std::string& window, const std::string& matcher) const;
};

/// The guard of an action 'promote'.
struct PromoteGuard
{
    std::string text;
    std::string field; ///< where it stands
};

/// Where what is compiled goes: relative to the intent's folder, or below Request::outputFolder.
struct OutputPaths
{
    std::string recordingRules;
    std::string alerts;
    std::string analysisTemplate;
    std::string rollout;
    std::string report;
};

/// What the intent says, as all artifacts need it.
struct Subject
{
    const Request& request;
    std::string name; ///< of objects: RFC 1123
    std::string alert; ///< of alerts: "Checkout"
    std::string title; ///< for people
    std::string operatorPath; ///< "Series(front,Parallel(cart,pricing))", cut where it is long
    std::optional<std::string> evidenceWindow; ///< "30d"
    SharedFate fate;
    std::optional<std::string> errorBudget; ///< 1 − target, exactly: "0.005"; absent without objective
    std::optional<Sli> sli; ///< absent without objective or without queries
    std::optional<Query> latency; ///< of the latency objective
    std::vector<BurnRow> rows; ///< without an SLI there are none
    std::vector<PromoteGuard> guards; ///< of the actions 'promote'
    OutputPaths paths;

    /// "journey:checkout:" and what follows it.
    std::string record(const std::string& what) const;
    /// The series of the error ratio over the window.
    std::string errorRatioRecord(const std::string& window) const
    {
        return record("slo_errors_per_request:ratio_rate" + window);
    }
    const journey::Intent& intent() const { return request.intent; }
};

/// Empty where a finding is an error.
std::optional<Subject> subjectOf(const Request& request, Findings& findings);

} // namespace emac::artifacts
