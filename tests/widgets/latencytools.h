// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checkoutfolder.h"
#include "core/analysis/latency/latency.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emac::tests {

/// Laws in time made by hand: of a lognormal time with a band of evidence around it.
struct HandMade
{
    double median = 0.2; ///< in seconds
    double sigma = 0.6;
    double spread = 1.1; ///< the ends of the band are so many times slower, or faster
    double successLower = 0.9975;
    double successUpper = 0.9985;
    double tail = 1; ///< what the lower end reaches of its successes

    double timeOf(double part) const
    {
        double low = -8;
        double high = 8;
        for (int i = 0; i < 100; ++i) {
            const double middle = (low + high) / 2;
            (0.5 * std::erfc(-middle / std::sqrt(2.0)) < part ? low : high) = middle;
        }
        return median * std::exp(sigma * low);
    }

    /// Up to `part` of the successes.
    analysis::Curve curve(double factor, double success, double part) const
    {
        analysis::Curve points;
        constexpr int count = 150;
        for (int i = 1; i < count; ++i) {
            const double z = -4 + 8.0 * i / count;
            const double at = 0.5 * std::erfc(-z / std::sqrt(2.0));
            if (at > part)
                break;
            points.push_back({median * factor * std::exp(sigma * z), success * at});
        }
        return points;
    }

    analysis::LatencyBand band() const
    {
        analysis::LatencyBand result;
        result.successLower = successLower;
        result.successUpper = successUpper;
        const double nominal = (successLower + successUpper) / 2;
        result.lower = curve(spread, successLower, tail);
        result.upper = curve(1 / spread, successUpper, 1);
        result.nominal = curve(1, nominal, 1);
        for (const double part : analysis::reportedPercentiles) {
            analysis::Percentile percentile;
            percentile.part = part;
            percentile.lower = timeOf(std::min(1.0, part * successLower / successUpper)) / spread;
            percentile.nominal = timeOf(part);
            const double needed = part * successUpper / successLower;
            if (needed < tail)
                percentile.upper = timeOf(needed) * spread;
            result.percentiles.push_back(percentile);
        }
        return result;
    }

    analysis::NodeLatency law() const
    {
        analysis::NodeLatency result;
        result.independent = band();
        auto slower = *this;
        slower.median *= 1.25;
        slower.successLower -= 0.003;
        slower.successUpper -= 0.003;
        result.sharedFate = slower.band();
        auto widest = *this;
        widest.spread = 1.9;
        widest.successLower -= 0.006;
        widest.successUpper = std::min(1.0, widest.successUpper + 0.0005);
        widest.tail = 1;
        result.envelope = widest.band();
        result.envelope->nominal.clear();
        for (auto& percentile : result.envelope->percentiles)
            percentile.nominal.reset();
        return result;
    }
};

/// The checkout journey, with latency evidence of each component: `cart` is what that of cart says.
inline QByteArray checkoutWithLatency(const char* cart = "latency: {lognormal: {median: 15ms, p99: 60ms}}")
{
    auto text = CheckoutFolder::intentText();
    text.replace("    availability: {window: 30d, target: 0.995}\n",
                 "    availability: {window: 30d, target: 0.99}\n"
                 "    latency: {window: 30d, objective: {metric: p99, threshold: 400ms}}\n"
                 "    deadline: {window: 30d, seconds: 0.5, target: 0.98}\n");
    QByteArray evidence = "failureDomains: [zone-a]\n      latency: {lognormal: {median: 10ms, p99: 40ms}}\n"
                          "    cart: {kind: service, ";
    evidence += cart;
    evidence += *cart != '\0' ? "," : "";
    text.replace("failureDomains: [zone-a]\n    cart: {kind: service,", evidence);
    text.replace("pricing: {", "pricing: {latency: {lognormal: {median: 20ms, p99: 50ms}}, ");
    text.replace("paya: {", "paya: {latency: {lognormal: {median: 80ms, p99: 250ms}}, ");
    text.replace("payb: {", "payb: {latency: {lognormal: {median: 90ms, p99: 300ms}}, ");
    return text;
}

/// The same, judged on its availability alone.
inline QByteArray withoutObjectivesOnTime()
{
    auto text = checkoutWithLatency();
    text.replace("    latency: {window: 30d, objective: {metric: p99, threshold: 400ms}}\n", "");
    text.replace("    deadline: {window: 30d, seconds: 0.5, target: 0.98}\n", "");
    return text;
}

/// Evidence that says nothing of the slowest calls.
inline const char* openTail()
{
    return "latency: {quantiles: {p50: 15ms, p90: 60ms}}";
}

} // namespace emac::tests
