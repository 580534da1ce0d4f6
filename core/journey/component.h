// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/decimal.h"
#include "core/base/duration.h"
#include "core/journey/element.h"

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace emac::journey {

/// Observed outcomes. 0 ≤ good ≤ total, total ≥ 1.
struct Observed
{
    std::uint64_t good = 0;
    std::uint64_t total = 0;
    bool operator==(const Observed&) const = default;
};

// Latency of the successful calls, as evidence states it.
struct ConstantLatency
{
    base::Duration value{0};
    bool operator==(const ConstantLatency&) const = default;
};
/// So many standard deviations above the mean lies the 99th percentile of a normal law.
inline constexpr double standardNormal99 = 2.3263478740408408;

/// By median and p99, or by mu and sigma of the logarithm of seconds.
struct LognormalLatency
{
    static constexpr double leastMu = -20.7; ///< ln 1 ns
    static constexpr double mostMu = 19.5; ///< ln of ten years
    /// With which the p99 is ten years.
    static double mostSigma(double mu);
    struct Quantiles
    {
        base::Duration median{0};
        base::Duration p99{0};
        bool operator==(const Quantiles&) const = default;
    };
    double mu = 0; ///< the median from 1 ns to ten years: see leastMu and mostMu
    double sigma = 0; ///< above 0; with the p99 at most ten years
    std::optional<Quantiles> quantiles{}; ///< where it is stated by them
    bool operator==(const LognormalLatency&) const = default;
};
/// Knots (p, t) with p and t non-decreasing; `max` is the end of the support.
struct QuantileLatency
{
    struct Knot
    {
        base::Ratio probability;
        base::Duration value{0};
        bool operator==(const Knot&) const = default;
    };
    std::vector<Knot> knots;
    std::optional<base::Duration> max;
    bool operator==(const QuantileLatency&) const = default;
};
/// Seconds: ten years, the largest finite time of any latency evidence.
inline constexpr double longestTime = 315'360'000;

/// Cumulative Prometheus buckets; the last is +Inf, and counts more than 0.
struct HistogramLatency
{
    struct Bucket
    {
        double upperBound = std::numeric_limits<double>::infinity(); ///< seconds, at least 0
        double count = 0; ///< cumulative
        bool operator==(const Bucket&) const = default;
    };
    std::vector<Bucket> buckets;
    bool operator==(const HistogramLatency&) const = default;
};
struct SampledLatency
{
    std::string path; ///< of a CSV file, relative to the intent's folder
    bool operator==(const SampledLatency&) const = default;
};
using LatencyEvidence =
    std::variant<ConstantLatency, LognormalLatency, QuantileLatency, HistogramLatency, SampledLatency>;

/// When a failing call has failed.
struct FailureTime
{
    enum class Kind
    {
        Unstated,
        Immediate,
        LikeSuccess,
        Constant
    };
    Kind kind = Kind::Unstated;
    base::Duration constant{0};
    bool operator==(const FailureTime&) const = default;
};

struct Telemetry
{
    std::string spanService;
    std::string spanOperation;
    std::map<std::string, std::string> metrics; ///< availabilityGood, availabilityTotal, latencyHistogram, …
    bool operator==(const Telemetry&) const = default;
};

/// A service or an external dependency that calls refer to.
struct Component
{
    std::string name;
    std::string kind; ///< "service", "external_dependency", …; free text; a service where it is empty
    std::string notes;
    std::string atomicSloRef; ///< "openslo:NAME" or "openslo:NAME#displayName"; may be empty
    std::string latencySloRef; ///< as above
    std::optional<base::Ratio> inlineAvailability; ///< the inline `availability` number; wins over the reference
    std::optional<Observed> observed; ///< `availability: {observed: …}`; stands beside the reference
    std::optional<bool> independentCalls; ///< `calls: independent` or `shared`; shared where it is not stated
    FailureTime failure;
    std::optional<LatencyEvidence> latency;
    std::vector<std::string> failureDomains; ///< "kind" or "kind:value"
    std::optional<Telemetry> telemetry;
    Version version = 0;

    bool operator==(const Component&) const = default;
};
using ComponentPtr = std::shared_ptr<const Component>;

/// Equal in all but the version.
bool equalContent(const Component& a, const Component& b);

} // namespace emac::journey
