// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/validity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

// Components, failure domains, objectives, evidence and governance.
namespace emac::journey {

using base::Code;

namespace {

Fault fault(Code code, std::vector<std::string> arguments)
{
    return base::Message{code, std::move(arguments)};
}

/// The first of these faults.
template<typename... Faults>
Fault first(Faults&&... faults)
{
    Fault found;
    ((found || (found = std::forward<Faults>(faults), found)) || ...);
    return found;
}

Fault positiveFault(base::Duration duration, const char* what)
{
    if (duration == base::Duration(0))
        return fault(Code::DurationNotPositive, {base::toString(duration), what});
    return durationFault(duration);
}

Fault positiveFault(std::optional<base::Duration> duration, const char* what)
{
    return duration ? positiveFault(*duration, what) : Fault{};
}

Fault positiveFault(std::optional<double> number, const char* what)
{
    if (number && !(*number > 0 && std::isfinite(*number)))
        return fault(Code::NumberOutOfRange, {fmt::format("{}", *number), what, "above 0"});
    return {};
}

template<typename Words>
Fault wordFault(const std::string& word, const char* what, const Words& words)
{
    if (word.empty() || std::ranges::find(words, word) != words.end())
        return {};
    return fault(Code::UnknownWord, {what, word, fmt::format("{}", fmt::join(words, ", "))});
}

Fault observedFault(const Observed& observed)
{
    constexpr std::uint64_t exactIntegers = 9007199254740992U; // 2⁵³
    if (observed.good > observed.total || observed.total < 1)
        return fault(Code::ObservedCounts, {std::to_string(observed.good), std::to_string(observed.total)});
    if (observed.total > exactIntegers)
        return fault(Code::NumberOutOfRange,
                     {std::to_string(observed.total), "total", fmt::format("in [1, {}]", exactIntegers)});
    return {};
}

Fault latencyFault(const ConstantLatency& latency)
{
    return durationFault(latency.value);
}

Fault latencyFault(const LognormalLatency& latency)
{
    if (!latency.quantiles)
        return lognormalFault(latency);
    const auto [median, p99] = *latency.quantiles;
    if (auto found = first(positiveFault(median, "median"), positiveFault(p99, "p99")))
        return found;
    if (p99 <= median)
        return fault(Code::LognormalOrder, {base::toString(p99), base::toString(median)});
    return {};
}

/// "p99.9", as it is written.
std::string quantileKey(const base::Ratio& probability)
{
    return fmt::format("p{}", probability.success() * 100);
}

Fault latencyFault(const QuantileLatency& latency)
{
    if (latency.knots.empty() && !latency.max)
        return fault(Code::EmptyMapping, {"quantiles"});
    // As many digits as a key p99.9… may have.
    constexpr std::int64_t finest = 100'000'000'000'000'000;
    std::string key;
    base::Duration before{0};
    double probability = 0;
    const auto next = [&](std::string name, base::Duration value) -> Fault {
        if (auto found = durationFault(value))
            return found;
        if (value < before)
            return fault(Code::QuantilesDecrease,
                         {std::move(name), base::toString(value), key, base::toString(before)});
        key = std::move(name);
        before = value;
        return {};
    };
    for (const auto& knot : latency.knots) {
        auto name = quantileKey(knot.probability);
        if (targetFault(knot.probability) || knot.probability.success() <= probability
            || !knot.probability.decimal().wholeMultiple(finest))
            return fault(Code::QuantileKey, {std::move(name)});
        probability = knot.probability.success();
        if (auto found = next(std::move(name), knot.value))
            return found;
    }
    return latency.max ? next("max", *latency.max) : Fault{};
}

Fault latencyFault(const HistogramLatency& latency)
{
    if (latency.buckets.empty())
        return fault(Code::EmptyList, {"histogram"});
    double bound = -std::numeric_limits<double>::infinity();
    double count = 0;
    for (const auto& bucket : latency.buckets) {
        if (!(bucket.upperBound >= 0 && (bucket.upperBound <= journey::longestTime || std::isinf(bucket.upperBound))))
            return fault(Code::NumberOutOfRange, {fmt::format("{}", bucket.upperBound), "le",
                                                  fmt::format("in [0, {:.0f}], or +Inf", journey::longestTime)});
        if (!(bucket.upperBound > bound))
            return fault(Code::HistogramBounds, {fmt::format("{}", bucket.upperBound), fmt::format("{}", bound)});
        if (!(bucket.count >= 0 && std::isfinite(bucket.count)))
            return fault(Code::NumberOutOfRange, {fmt::format("{}", bucket.count), "count", "of at least 0"});
        if (bucket.count < count)
            return fault(Code::HistogramNotCumulative, {fmt::format("{}", bucket.count), fmt::format("{}", count)});
        bound = bucket.upperBound;
        count = bucket.count;
    }
    if (!std::isinf(bound))
        return fault(Code::HistogramWithoutInf, {});
    return count > 0 ? Fault{} : fault(Code::HistogramEmpty, {});
}

Fault latencyFault(const SampledLatency& latency)
{
    return latency.path.empty() ? fault(Code::EmptyText, {"samples"}) : Fault{};
}

Fault windowFault(base::Duration window)
{
    return positiveFault(window, "window");
}

} // namespace

double LognormalLatency::mostSigma(double mu)
{
    return (std::log(longestTime) - mu) / standardNormal99;
}

Fault lognormalFault(const LognormalLatency& latency)
{
    const auto [least, most] = std::pair(LognormalLatency::leastMu, LognormalLatency::mostMu);
    if (!(latency.mu >= least && latency.mu <= most))
        return fault(Code::NumberOutOfRange,
                     {fmt::format("{}", latency.mu), "mu", fmt::format("in [{}, {}]", least, most)});
    if (auto found = positiveFault(latency.sigma, "sigma"))
        return found;
    if (const double largest = LognormalLatency::mostSigma(latency.mu); latency.sigma > largest)
        return fault(Code::NumberOutOfRange,
                     {fmt::format("{}", latency.sigma), "sigma",
                      fmt::format("of at most {:.4g}, with which the p99 is 10 years", largest)});
    return {};
}

Fault componentFault(const Component& component, const Component* before)
{
    const auto differs = [&](auto Component::*member) {
        return before == nullptr || !(before->*member == component.*member);
    };
    if (differs(&Component::name)) {
        if (auto found = nameFault(component.name, "components"))
            return found;
    }
    if (differs(&Component::atomicSloRef)) {
        if (auto found = referenceFault(component.atomicSloRef))
            return found;
    }
    if (differs(&Component::latencySloRef)) {
        if (auto found = referenceFault(component.latencySloRef))
            return found;
    }
    if (component.inlineAvailability && differs(&Component::inlineAvailability)) {
        if (auto found = probabilityFault(*component.inlineAvailability))
            return found;
    }
    if (component.observed && differs(&Component::observed)) {
        if (auto found = observedFault(*component.observed))
            return found;
    }
    if (component.inlineAvailability && component.observed
        && (differs(&Component::inlineAvailability) || differs(&Component::observed)))
        return fault(Code::NumberBesideObserved, {component.name});
    if (component.failure.kind == FailureTime::Kind::Constant && differs(&Component::failure)) {
        if (auto found = durationFault(component.failure.constant))
            return found;
    }
    if (component.latency && differs(&Component::latency)) {
        if (auto found = std::visit([](const auto& latency) { return latencyFault(latency); }, *component.latency))
            return found;
    }
    if (differs(&Component::failureDomains)) {
        for (const auto& domain : component.failureDomains) {
            if (auto found = domainFault(domain))
                return found;
        }
    }
    return {};
}

Fault ruleFault(const DomainRule& rule)
{
    return first(domainFault(rule.name),
                 wordFault(rule.kind, "kind", std::array<std::string, 2>{"declared", "inferred"}),
                 rule.availability ? probabilityFault(*rule.availability) : Fault{});
}

Fault objectivesFault(const Objectives& objectives)
{
    if (const auto& one = objectives.availability) {
        if (auto found = first(windowFault(one->window), targetFault(one->target)))
            return found;
    }
    if (const auto& one = objectives.latency) {
        const std::array<std::string, 5> metrics{"p50", "p90", "p95", "p99", "p999"};
        auto metric = one->metric.empty() ? fault(Code::EmptyText, {"metric"}) : Fault{};
        if (auto found = first(windowFault(one->window), metric, wordFault(one->metric, "metric", metrics),
                               positiveFault(one->threshold, "threshold")))
            return found;
    }
    if (const auto& one = objectives.deadline)
        return first(windowFault(one->window), positiveFault(one->limit, "seconds"), targetFault(one->target));
    return {};
}

Fault expectedEventsFault(std::optional<double> events)
{
    return positiveFault(events, "expectedEvents");
}

Fault evidenceFault(const EvidencePolicy& evidence)
{
    if (auto found = first(positiveFault(evidence.window, "evidenceWindow"), positiveFault(evidence.maxAge, "maxAge")))
        return found;
    if (const auto coverage = evidence.minTraceEdgeCoverage; coverage && !(*coverage >= 0 && *coverage <= 1))
        return fault(Code::ProbabilityOutOfRange, {fmt::format("{}", *coverage)});
    const auto unnamed = std::ranges::find(evidence.inputs, std::string(), &EvidencePolicy::Source::type);
    return unnamed == evidence.inputs.end() ? Fault{} : fault(Code::EmptyText, {"type"});
}

Fault governanceFault(const Governance& governance)
{
    for (const auto* rows : {&governance.alerts.page, &governance.alerts.ticket}) {
        for (const auto& row : *rows) {
            if (auto found = first(positiveFault(row.rate, "burnRate"), positiveFault(row.longWindow, "longWindow"),
                                   positiveFault(row.shortWindow, "shortWindow")))
                return found;
        }
    }
    for (const auto& action : governance.actions) {
        if (action.maxActions && *action.maxActions < 0)
            return fault(Code::NumberOutOfRange, {std::to_string(*action.maxActions), "maxActions", "of at least 0"});
        if (auto found = windowFault(action.rateWindow.value_or(base::Duration(1))))
            return found;
    }
    const auto& delivery = governance.delivery;
    return first(positiveFault(governance.alerts.budgetWindow, "sloBudgetWindow"),
                 wordFault(delivery.provider, "provider", std::array<std::string, 2>{"argo-rollouts", "flagger"}),
                 positiveFault(delivery.maxCanaryBurnRate, "maxCanaryBurnRate"),
                 positiveFault(delivery.maxP99LatencySeconds, "maxP99LatencySeconds"));
}

} // namespace emac::journey
