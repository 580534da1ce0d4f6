// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/component.h"
#include "core/spec/vocabulary_values.h"

// Components and failure domains.
namespace emac::spec::table {

namespace {

void addLatency(Vocabulary& vocabulary)
{
    add(vocabulary,
        MappingType{
            "latencyConstant", "Always the same time", {required("constant", duration(), "the time")}, {}, false});
    add(vocabulary, MappingType{"latencyLognormal",
                                "A lognormal law",
                                {required("lognormal", mapping("lognormal"), "its parameters")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"latencyQuantiles",
                    "Some quantiles of the law",
                    {required("quantiles", mapping("quantiles"), "p50, p99 …, and max, the end of the support")},
                    {},
                    false});
    add(vocabulary,
        MappingType{"latencyHistogram",
                    "A Prometheus histogram",
                    {required("histogram", filledList(mapping("bucket")), "cumulative buckets, the last one +Inf")},
                    {},
                    false});
    add(vocabulary,
        MappingType{"latencySamples",
                    "Measured times",
                    {required("samples", text(),
                              "a CSV file with one time a line (seconds, or 20ms), relative to the intent's folder")},
                    {},
                    false});
    add(vocabulary, UnionType{"latency",
                              "Latency of the successful calls",
                              "",
                              {{"latencyConstant", "constant"},
                               {"latencyLognormal", "lognormal"},
                               {"latencyQuantiles", "quantiles"},
                               {"latencyHistogram", "histogram"},
                               {"latencySamples", "samples"}},
                              0});
    add(vocabulary, MappingType{"lognormalByQuantiles",
                                "By median and 99th percentile",
                                {required("median", positiveDuration(), "half of the calls take no longer"),
                                 required("p99", positiveDuration(), "99 of 100 calls take no longer")},
                                {},
                                false});
    add(vocabulary, MappingType{"lognormalByParameters",
                                "By mean and deviation of the logarithm of the seconds",
                                {required("mu",
                                          ranged(Value::Kind::Number, {journey::LognormalLatency::leastMu,
                                                                       journey::LognormalLatency::mostMu}),
                                          "mean of the logarithm"),
                                 required("sigma", positiveNumber(), "standard deviation of the logarithm")},
                                {},
                                false});
    add(vocabulary, UnionType{"lognormal",
                              "Parameters of a lognormal law",
                              "",
                              {{"lognormalByQuantiles", "median"}, {"lognormalByParameters", "mu"}},
                              0});
    add(vocabulary, MappingType{"quantiles",
                                "Quantiles that do not decrease",
                                {optional("max", duration(), "no call takes longer")},
                                duration(),
                                false});
    add(vocabulary, MappingType{"bucket",
                                "One bucket of a histogram",
                                {required("le", bound(), "upper bound in seconds, or +Inf"),
                                 required("count", ranged(Value::Kind::Number, {0, std::nullopt}),
                                          "observations up to the bound, cumulative")},
                                {},
                                false});
}

} // namespace

void addComponents(Vocabulary& vocabulary)
{
    add(vocabulary,
        MappingType{
            "component",
            "A service or an external dependency",
            {
                optional("kind", text(), "what it is: service, external_dependency …", "service"),
                optional("notes", text(), "free text"),
                optional("atomicSLORef", reference(), "the SLO whose target is its availability"),
                optional(
                    "availability", oneOf({unitRatio(), mapping("availabilityEvidence")}),
                    "an inline number, which overrides the SLO's target, or {observed: …}, which stands beside it"),
                optional("calls", word({"shared", "independent"}),
                         "whether two calls in one journey share their outcome", "shared"),
                optional("failure", oneOf({word({"immediate", "likeSuccess"}), mapping("failureTime")}),
                         "when a failing call has failed"),
                optional("latency", mapping("latency"), "latency of the successful calls"),
                optional("latencySLORef", reference(), "a threshold SLO that states one quantile of the latency"),
                optional("failureDomains", list(domain()), "what it shares its fate with: 'kind' or 'kind:value'"),
                optional("telemetry", mapping("telemetry"), "where its measurements are"),
            },
            {},
            true});
    add(vocabulary, MappingType{"availabilityEvidence",
                                "What is known of the availability besides a target",
                                {required("observed", mapping("observed"), "observed outcomes")},
                                {},
                                false});
    add(vocabulary, MappingType{"observed",
                                "Observed outcomes of calls",
                                {required("good", count(), "calls that succeeded"),
                                 required("total", ranged(Value::Kind::Count, {1, std::nullopt}), "all calls")},
                                {},
                                false});
    add(vocabulary,
        MappingType{
            "failureTime", "A constant time to fail", {required("constant", duration(), "the time")}, {}, false});
    add(vocabulary, MappingType{"telemetry",
                                "Where measurements of a component are",
                                {optional("span", mapping("span"), "its spans in traces"),
                                 optional("metrics", map(text()), "its series: availabilityGood, availabilityTotal …")},
                                {},
                                false});
    add(vocabulary,
        MappingType{"span",
                    "Spans of a component in traces",
                    {optional("service", text(), "service name"), optional("operation", text(), "span name")},
                    {},
                    false});
    addLatency(vocabulary);

    add(vocabulary, MappingType{"failureDomains",
                                "Rules for failure domains",
                                {optional("rules", list(mapping("domainRule")), "one rule for each domain")},
                                {},
                                false});
    add(vocabulary,
        MappingType{
            "domainRule",
            "A failure domain",
            {required("name", domain(), "'kind' or 'kind:value'; a bare kind speaks of each value of it"),
             optional("kind", word({"declared", "inferred"}), "where it is known from", "declared"),
             optional("source", text(), "what it is inferred from"),
             optional("key", text(), "the label that carries its value"), optional("description", text(), "free text"),
             optional("availability", unitRatio(), "how often the domain itself is up, for the common-cause law")},
            {},
            true});
}

} // namespace emac::spec::table
