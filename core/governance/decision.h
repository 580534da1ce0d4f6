// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/latency/latency.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"
#include "core/journey/model.h"

#include <optional>
#include <string>
#include <vector>

namespace emac::governance {

enum class Verdict
{
    Pass,
    Review,
    Fail
};

/// "PASS", "REVIEW", "FAIL".
const char* word(Verdict verdict);

/// How one objective fares.
struct ObjectiveJudgement
{
    std::string name; ///< "availability", "latency", "deadline"
    std::optional<Verdict> verdict; ///< absent: not assessed
    double target = 0; ///< availability: the target; latency: the threshold in seconds; deadline: the target
    /// How far the pessimistic end of the judged band misses the target (a latency: in seconds above the threshold);
    /// absent where it meets it, and where the percentile has no upper bound.
    std::optional<double> shortfall;
    struct Ends
    {
        double lower = 0;
        std::optional<double> upper; ///< absent: unbounded
        bool operator==(const Ends&) const = default;
    };
    /// What a latency (seconds) or a deadline (probability) is judged on: the ends over all bands of the assumption
    /// named for automation. Absent where that has not been computed, and for the availability, of which the analysis
    /// speaks.
    std::optional<Ends> judged;
    bool operator==(const ObjectiveJudgement&) const = default;
};

struct Decision
{
    std::optional<Verdict> verdict; ///< absent: an empty journey, or one without objective; `reasons` says which
    /// All of them, each with its element: first what decides, in the order of the tests, then what
    /// holds and what is not assessed (severity Note).
    journey::Notes reasons;
    std::vector<ObjectiveJudgement> objectives;
    std::optional<double> confidence; ///< of the model in play
    std::vector<std::string> flags; ///< its evidence flags
    /// |ΔA⁻| against the model's tree; absent where that test is skipped.
    std::optional<double> modelDelta;
};

/// The published thresholds of the replay's policy.
inline constexpr double autoAcceptConfidence = 0.80;
inline constexpr double highImpactDelta = 0.001;

/// First the evidence (confidence, flags, unstated availabilities, unknown domains under redundancy), then the
/// objectives, then the distance to the accepted model. `latency` is that of the whole journey, with the percentile of
/// the latency objective and the deadline of the deadline objective among what was asked for; it may be null: then
/// these objectives are not assessed. `model` may be null. Analyses the model's tree with the same
/// inputs for ΔA⁻, with the memo where there is one; it may be that of the analysis.
/// @returns nothing where the watch expired.
std::optional<Decision> decide(const journey::Intent& intent, const journey::Inputs& inputs,
                               const analysis::Analysis& analysis, const analysis::LatencyAnalysis* latency,
                               const journey::AcceptedModel* model, const base::Watch& watch = {},
                               analysis::Memo* memo = nullptr);

} // namespace emac::governance
