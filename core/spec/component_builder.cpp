// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/component_builder.h"

#include "core/journey/validity.h"
#include "core/spec/scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace emac::spec {

using base::Code;
using namespace journey;

namespace {

std::optional<Observed> observed(const Fields& fields, Checker& checker)
{
    const auto good = fields.count("good");
    const auto total = fields.count("total");
    if (!good || !total)
        return std::nullopt;
    if (*good > *total) {
        checker.report(Code::ObservedCounts, fields.entry("good")->value->position,
                       {std::to_string(*good), std::to_string(*total)});
        return std::nullopt;
    }
    return Observed{*good, *total};
}

FailureTime failureTime(const Fields& component)
{
    const auto word = component.text("failure");
    if (word == "immediate")
        return {FailureTime::Kind::Immediate, base::Duration(0)};
    if (word == "likeSuccess")
        return {FailureTime::Kind::LikeSuccess, base::Duration(0)};
    if (const auto constant = component.mapping("failure").duration("constant"))
        return {FailureTime::Kind::Constant, *constant};
    return {};
}

std::optional<LatencyEvidence> lognormal(const Fields& fields, Checker& checker)
{
    const auto mu = fields.number("mu");
    const auto sigma = fields.number("sigma");
    if (mu && sigma) {
        const LognormalLatency result{*mu, *sigma, std::nullopt};
        const auto found = journey::lognormalFault(result);
        if (!found)
            return result;
        checker.report(found->code, fields.entry("sigma")->value->position, found->arguments);
        return std::nullopt;
    }
    const auto median = fields.duration("median");
    const auto p99 = fields.duration("p99");
    if (!median || !p99)
        return std::nullopt;
    if (*median >= *p99) {
        checker.report(Code::LognormalOrder, fields.entry("p99")->value->position,
                       {fields.text("p99"), fields.text("median")});
        return std::nullopt;
    }
    const double logarithm = std::log(base::seconds(*median));
    return LognormalLatency{logarithm, (std::log(base::seconds(*p99)) - logarithm) / standardNormal99,
                            LognormalLatency::Quantiles{*median, *p99}};
}

std::optional<LatencyEvidence> quantiles(const Fields& fields, Checker& checker)
{
    struct Written
    {
        QuantileLatency::Knot knot;
        const yaml::Entry* entry;
    };
    std::vector<Written> written;
    if (fields.node() == nullptr)
        return std::nullopt;
    for (const auto& entry : fields.node()->entries) {
        const auto probability = quantileProbability(entry.key);
        const auto value = fields.duration(entry.key);
        if (probability && value)
            written.push_back({{*toRatio(*probability), *value}, &entry});
    }
    std::ranges::stable_sort(written, {}, [](const Written& one) { return one.knot.probability.success(); });
    QuantileLatency result;
    result.max = fields.duration("max");
    if (result.max)
        written.push_back({{{}, *result.max}, fields.entry("max")});
    bool increasing = true;
    for (std::size_t i = 1; i < written.size(); ++i) {
        const auto& before = *written[i - 1].entry;
        const auto& entry = *written[i].entry;
        if (written[i].knot.value < written[i - 1].knot.value) {
            checker.report(Code::QuantilesDecrease, entry.value->position,
                           {entry.key, entry.value->text, before.key, before.value->text});
            increasing = false;
        }
    }
    if (result.max)
        written.pop_back();
    for (auto& one : written)
        result.knots.push_back(std::move(one.knot));
    if (!increasing || (result.knots.empty() && !result.max))
        return std::nullopt;
    return result;
}

std::optional<LatencyEvidence> histogram(const Fields& latency, Checker& checker)
{
    HistogramLatency result;
    const auto items = latency.items("histogram");
    const auto* written = latency.value("histogram", yaml::Kind::Sequence);
    bool sound = true;
    const auto contradiction = [&](Code code, const yaml::Node& node, std::vector<std::string> arguments) {
        checker.report(code, node.position, std::move(arguments));
        sound = false;
    };
    for (const auto& item : items) {
        const Fields bucket(item.node, checker.faults(), item.reach);
        const auto bound = toBound(bucket.text("le"));
        const auto count = bucket.number("count");
        if (!bound || !count) {
            sound = false;
            continue;
        }
        if (*bound < 0 || (*bound > journey::longestTime && !std::isinf(*bound)))
            contradiction(Code::NumberOutOfRange, *bucket.entry("le")->value,
                          {bucket.text("le"), "le", fmt::format("in [0, {:.0f}], or +Inf", journey::longestTime)});
        if (!result.buckets.empty()) {
            const auto& before = result.buckets.back();
            if (*bound <= before.upperBound)
                contradiction(Code::HistogramBounds, *bucket.entry("le")->value,
                              {bucket.text("le"), fmt::format("{}", before.upperBound)});
            if (*count < before.count)
                contradiction(Code::HistogramNotCumulative, *bucket.entry("count")->value,
                              {bucket.text("count"), fmt::format("{}", before.count)});
        }
        result.buckets.push_back({*bound, *count});
    }
    // Where the last bucket is faulty itself, that has been said.
    const bool lastIsKnown = !items.empty() && written->items.back().value.get() == items.back().node;
    if (sound && lastIsKnown && !std::isinf(result.buckets.back().upperBound))
        contradiction(Code::HistogramWithoutInf, *items.back().node, {});
    else if (sound && lastIsKnown && result.buckets.back().count <= 0)
        contradiction(Code::HistogramEmpty, *items.back().node, {});
    if (!sound || result.buckets.empty())
        return std::nullopt;
    return result;
}

std::optional<LatencyEvidence> latency(const Fields& fields, Checker& checker)
{
    const auto* type = fields.node() == nullptr ? nullptr : vocabulary().typeOf("latency", *fields.node());
    if (type == nullptr)
        return std::nullopt;
    if (type->name == "latencyLognormal")
        return lognormal(fields.mapping("lognormal"), checker);
    if (type->name == "latencyQuantiles")
        return quantiles(fields.mapping("quantiles"), checker);
    if (type->name == "latencyHistogram")
        return histogram(fields, checker);
    if (type->name == "latencySamples") {
        auto path = fields.text("samples");
        if (!path.empty())
            return SampledLatency{std::move(path)};
        if (const auto* written = fields.entry("samples"))
            checker.report(Code::EmptyText, written->value->position, {"samples"});
        return std::nullopt;
    }
    const auto constant = fields.duration("constant");
    return constant ? std::optional<LatencyEvidence>(ConstantLatency{*constant}) : std::nullopt;
}

std::optional<Telemetry> telemetry(const Fields& fields)
{
    if (fields.node() == nullptr)
        return std::nullopt;
    const auto span = fields.mapping("span");
    return Telemetry{span.text("service"), span.text("operation"), fields.textMap("metrics")};
}

} // namespace

Component buildComponent(std::string name, const Fields& fields, Checker& checker)
{
    Component component;
    component.name = std::move(name);
    component.kind = fields.text("kind");
    component.notes = fields.text("notes");
    component.atomicSloRef = fields.text("atomicSLORef");
    component.latencySloRef = fields.text("latencySLORef");
    component.inlineAvailability = fields.ratio("availability");
    component.observed = observed(fields.mapping("availability").mapping("observed"), checker);
    if (const auto calls = fields.text("calls"); !calls.empty())
        component.independentCalls = calls == "independent";
    component.failure = failureTime(fields);
    component.latency = latency(fields.mapping("latency"), checker);
    component.failureDomains = fields.texts("failureDomains");
    component.telemetry = telemetry(fields.mapping("telemetry"));
    component.version = newVersion();
    return component;
}

} // namespace emac::spec
