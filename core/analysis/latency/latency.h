// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/memo.h"
#include "core/base/duration.h"
#include "core/base/watch.h"
#include "core/journey/inputs.h"
#include "core/journey/intent.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace emac::analysis {

/// The percentiles that are reported, as parts of the successful executions.
inline constexpr std::array reportedPercentiles{0.5, 0.9, 0.95, 0.99, 0.999};
/// Their names in documents.
inline constexpr std::array<std::string_view, reportedPercentiles.size()> percentileNames{"p50", "p90", "p95", "p99",
                                                                                          "p999"};
/// Which of the reported percentiles is called so.
std::optional<std::size_t> percentileIndex(std::string_view name);

/// A value from `seconds` up to the next point.
struct CurvePoint
{
    double seconds = 0;
    double probability = 0;
    bool operator==(const CurvePoint&) const = default;
};
/// A non-decreasing step function: 0 before its first point.
using Curve = std::vector<CurvePoint>;

/// A percentile of the time that successful executions take, in seconds. Absent: unbounded, the curve never gets there.
struct Percentile
{
    double part = 0; ///< in (0, 1)
    std::optional<double> lower;
    std::optional<double> nominal; ///< absent also where the assumption has no nominal curve
    std::optional<double> upper;
    bool operator==(const Percentile&) const = default;
};

/// P(succeeds within `limit`).
struct DeadlineProbability
{
    base::Duration limit{0};
    double lower = 0;
    std::optional<double> nominal; ///< absent where the assumption has no nominal curve
    double upper = 1;
    bool operator==(const DeadlineProbability&) const = default;
};

/// S(t) = P(it has succeeded by t) of one node under one assumption.
struct LatencyBand
{
    /// S⁻, S⁺ and the nominal curve, reduced to few points that keep the steps: lower never above the exact S⁻, upper
    /// never below S⁺. They reach the percentiles and the deadlines below just as these say; elsewhere they may be
    /// looser than what would be said there. Beside an envelope lower and nominal lie at least at its lower one. Empty
    /// where no curve was asked for, or where the assumption has no nominal one.
    Curve lower;
    Curve upper;
    Curve nominal;
    double successLower = 0; ///< S⁻(∞), with success after every finite time
    double successUpper = 1; ///< S⁺(∞)
    std::vector<Percentile> percentiles; ///< in the order in which they were asked for
    std::vector<DeadlineProbability> deadlines; ///< as above
    /// The largest part of a bounded percentile that the time grid adds to the distance of its ends; the rest is
    /// evidence. Of an envelope: by which part an end of one would move, at most, if no law below were stepped.
    double numericWidth = 0;
    bool operator==(const LatencyBand&) const = default;
};

/// The laws of one node, of what stands below it alone.
struct NodeLatency
{
    LatencyBand independent;
    /// A scenario, not a bound. Absent where it was not asked for.
    std::optional<LatencyBand> sharedFate;
    /// Whatever the dependence. Absent where it was not asked for.
    std::optional<LatencyBand> envelope;
    /// More components repeat than there are states for: their calls are taken as separate, the independent curve is
    /// scaled to A⁺.
    bool approximate = false;
    bool operator==(const NodeLatency&) const = default;
};

struct LatencyAnalysis
{
    /// Absent for an empty journey, and where calls that somebody waits for have no latency evidence: `lacking`.
    std::optional<NodeLatency> law;
    std::vector<std::string> lacking; ///< components, in document order
    /// Components whose evidence leaves the tail open: add a `max`, or a higher quantile. In document order.
    std::vector<std::string> openTails;
    journey::Notes notes;
    bool operator==(const LatencyAnalysis&) const = default;
};

struct LatencyOptions
{
    std::vector<double> percentiles{reportedPercentiles.begin(), reportedPercentiles.end()}; ///< each in (0, 1)
    std::vector<base::Duration> deadlines;
    /// Whose law: a node of the tree or of a fragment's body; the journey's where it is absent.
    /// There is no law of a node that is not there.
    std::optional<journey::NodeId> node;
    bool sharedFate = true;
    bool envelope = true;
    std::size_t curvePoints = 0; ///< at most, of each curve; 0: no curves
    /// The calls of this node take `factor` times as long: what a change of one law does to the whole. Rounded as with
    /// factor 1, on a grid that is fine whatever the stated times are: compare it with that.
    struct Scaled
    {
        journey::NodeId call{};
        double factor = 1;
    };
    std::optional<Scaled> scaled;
};

/// The outcome laws of semantics § 4, in time. A pure function of the journey, the inputs and the options; a memo,
/// which may be null, makes it faster after small changes, and changes nothing else.
/// @returns nothing where the watch expired.
std::optional<LatencyAnalysis> analyseLatency(const journey::Journey& journey, const journey::Inputs& inputs,
                                              const LatencyOptions& options = {}, const base::Watch& watch = {},
                                              Memo* memo = nullptr);

/// Puts the envelope beside the other laws and raises what they guarantee, percentiles and probabilities by a deadline,
/// to what holds whatever the dependence (semantics § 4); the curves, too. @pre the envelope answers the same options
void addEnvelope(NodeLatency& law, LatencyBand envelope);

/// p_U: the larger of the upper ends under independence and under shared fate. Absent: unbounded.
/// @pre the percentile with this index was asked for
std::optional<double> upperPercentile(const NodeLatency& law, std::size_t percentile);

} // namespace emac::analysis
