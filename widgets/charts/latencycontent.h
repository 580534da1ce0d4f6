// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "widgets/charts/timeaxis.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace emac::widgets {

/// What the latency chart, its table and its read-out show, as a value.
struct LatencyContent
{
    struct Named
    {
        QString name;
        analysis::LatencyBand band;
        bool operator==(const Named&) const = default;
    };
    struct PercentileObjective
    {
        std::size_t percentile = 0; ///< of analysis::reportedPercentiles
        double threshold = 0; ///< in seconds
        bool operator==(const PercentileObjective&) const = default;
    };
    struct DeadlineObjective
    {
        double limit = 0; ///< in seconds
        double target = 0; ///< in (0, 1)
        bool operator==(const DeadlineObjective&) const = default;
    };
    /// The probability axis: as it is, or in nines, so that the tail and the availability can be read.
    enum class Probability
    {
        Linear,
        Nines
    };

    std::optional<analysis::NodeLatency> journey;
    std::optional<Named> selected;
    std::optional<Named> accepted; ///< of the accepted model's tree
    std::optional<PercentileObjective> percentileObjective;
    std::optional<DeadlineObjective> deadlineObjective;
    std::size_t percentile = 3; ///< of analysis::reportedPercentiles: the one that is marked
    timeaxis::Scale time = timeaxis::Scale::Linear;
    Probability probability = Probability::Nines;
    bool stale = false; ///< drawn in grey
    bool operator==(const LatencyContent&) const = default;
};

/// The value at a time: of the last point that is not later; 0 before the first. O(log points)
double valueAt(const analysis::Curve& curve, double seconds);

/// Which kind of curve a line of the read-out belongs to.
enum class LawCurve
{
    Independent,
    SharedFate,
    Envelope,
    Selected,
    Accepted
};

/// A line of what holds at one time.
struct ReadoutLine
{
    LawCurve curve{};
    QString name;
    QString values; ///< "98.1 % … 98.9 % … 99.2 %": at least, nominal, at most
};

/// Of every curve that is there, in their order.
std::vector<ReadoutLine> readoutAt(const LatencyContent& content, double seconds);

/// The content in sentences, for a screen reader: the marked percentile under each assumption, and the objectives.
QString latencySummary(const LatencyContent& content);

/// The times and probabilities that the chart shows.
struct LatencyView
{
    timeaxis::Range time; ///< in positions of the content's time axis
    timeaxis::Range probability; ///< in positions: probabilities, or nines
};
LatencyView viewOf(const LatencyContent& content);

} // namespace emac::widgets
