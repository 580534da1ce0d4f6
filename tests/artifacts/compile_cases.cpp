// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/compile_cases.h"

namespace emac::tests {

using base::Code;

std::string availability(const std::string& rest)
{
    return "{availability: {window: 30d, target: 0.995" + rest + "}}";
}

std::string sli(const std::string& good, const std::string& total)
{
    return availability(", sli: {goodEventQuery: '" + good + "', totalEventQuery: '" + total + "'}");
}

SmallIntent with(std::string SmallIntent::*part, std::string text)
{
    SmallIntent intent;
    intent.*part = std::move(text);
    return intent;
}

SmallIntent governed(std::string governance)
{
    return with(&SmallIntent::governance, std::move(governance));
}

namespace {

std::string dataSource(const char* name, const char* address)
{
    return std::string("apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: ") + name
           + "}\nspec: {type: Prometheus, connectionDetails: {address: '" + address + "'}}\n";
}

SmallIntent discovered(const char* reference)
{
    return with(&SmallIntent::more,
                std::string("  evidence: {modelDiscovery: {discoveredModelRef: ") + reference + "}}\n");
}

SmallIntent withLatency(const std::string& promql, const std::string& governance, const char* metric = "p99")
{
    auto intent = governed(governance);
    intent.objectives += std::string("\n    latency: {window: 30d, objective: {metric: ") + metric
                         + ", threshold: 400ms}, evidence: {promql: '" + promql + "'}}";
    return intent;
}

} // namespace

std::vector<Case> cases()
{
    const auto withTarget = [](const char* target) {
        auto intent = SmallIntent();
        intent.objectives.replace(intent.objectives.find("0.995"), 5, target);
        return intent;
    };
    // The latency of c; that of a and b.
    const auto withTimes = [&](const std::string& c, const std::string& both) {
        auto intent = withLatency("rate(x[{{ .window }}])", "{}");
        const auto component = [](const std::string& fields, const std::string& latency) {
            return "{" + fields + (latency.empty() ? "" : ", latency: " + latency) + "}";
        };
        intent.components = "{a: " + component("availability: 0.995, failureDomains: [net]", both)
                            + ", b: " + component("availability: 0.995, failureDomains: [net]", both)
                            + ", c: " + component("availability: 0.999", c) + "}";
        return intent;
    };
    const std::string promote = "{actions: [{kind: promote, guard: ";
    const std::string canary = "{progressiveDelivery: {gate: {maxCanaryBurnRate: 1}}}";
    const std::string quick = "{progressiveDelivery: {gate: {maxP99LatencySeconds: 1}}}";
    const std::map<std::string, std::string> metrics{{"m.yaml", dataSource("m", "http://m:9090")}};
    const std::string model =
        "apiVersion: emac.dev/v1alpha1\nkind: DiscoveredJourneyModel\nmetadata: {name: m}\nspec: ";
    auto sameSeries = with(&SmallIntent::name, "shop.");
    auto sameObject = with(&SmallIntent::name, "SHOP");
    return {
        {"fine", {}, {}},
        {"empty journey",
         with(&SmallIntent::tree, ""),
         {Code::CompileEmptyJourney, Code::ComponentNotCalled, Code::ComponentNotCalled, Code::ComponentNotCalled}},
        {"nothing stated",
         with(&SmallIntent::components, "{a: {availability: 0.9, failureDomains: [x]}, b: {failureDomains: [y]}, c: "
                                        "{availability: 0.9}}"),
         {Code::AvailabilityNotStated, Code::CompileNotStated}},
        {"faulty query", with(&SmallIntent::objectives, sli("sum(rate(x[1m)])", "x")), {Code::QueryFaulty}},
        {"query without end", with(&SmallIntent::objectives, sli("sum(rate(x[1m])", "x")), {Code::QueryUnclosed}},
        {"query of blanks", with(&SmallIntent::objectives, sli(" ", "x")), {Code::QueryEmpty}},
        {"query of all series", with(&SmallIntent::objectives, sli("{}", "x")), {Code::QuerySelectsAll}},
        {"rate without range", with(&SmallIntent::objectives, sli("sum(rate(x))", "x")), {Code::QueryRangeMissing}},
        {"range that is replaced",
         with(&SmallIntent::objectives, sli("sum(rate(x[5m]))", "x")),
         {Code::QueryRangeReplaced}},
        {"template in a label",
         with(&SmallIntent::objectives, sli("rate(x{a=`{{args.z}}`}[5m])", "rate(x[{{ .window }}])")),
         {Code::QueryTemplate}},
        {"a folder of Git",
         governed("{progressiveDelivery: {analysisTemplateOutput: .git/a.yaml, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::PathOutside, Code::PrometheusAddressAssumed}},
        {"a folder of the workbench",
         governed(
             "{progressiveDelivery: {analysisTemplateOutput: .emac/accepted/a.yaml, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::PathOutside, Code::PrometheusAddressAssumed}},
        {"other template", with(&SmallIntent::objectives, sli("x", "rate(x[{{ .i }}])")), {Code::QueryTemplate}},
        {"no window", with(&SmallIntent::objectives, sli("x", "sum(x)")), {Code::QueryWithoutWindow}},
        {"no window in the latency", withLatency("sum(x)", "{}"), {Code::QueryWithoutWindow}},
        {"window below a millisecond",
         governed("{alerts: {burnRatePolicy: {page: [{burnRate: 2, longWindow: 2h, shortWindow: 1us}]}}}"),
         {Code::WindowTooFine, Code::BurnRowAdded, Code::BurnRowAdded, Code::BurnRowAdded, Code::BurnRowAdded}},
        {"no objective", with(&SmallIntent::objectives, "{}"), {Code::CompileNoObjective}},
        {"no queries", with(&SmallIntent::objectives, availability("")), {Code::CompileNoSli}},
        {"labels",
         with(&SmallIntent::metadata, "labels: {team: a b, \"x y\": z, good: fine}"),
         {Code::CompileLabelLeftOut, Code::CompileLabelLeftOut}},
        {"name of an object", with(&SmallIntent::name, "Web_Shop"), {Code::CompileNameDerived}},
        {"no name to be had", with(&SmallIntent::name, "\"日本\""), {Code::CompileNameImpossible}},
        {"series collide",
         with(&SmallIntent::name, "shop-"),
         {Code::CompileNameDerived, Code::CompileNamesCollide},
         {{"other.yaml", sameSeries.text()}}},
        {"objects collide", {}, {Code::CompileNamesCollide}, {{"other.yaml", sameObject.text()}}},
        {"the same name", {}, {Code::CompileNameTwice}, {{"sub/other.yaml", SmallIntent().text()}}},
        {"another name", {}, {}, {{"other.yaml", with(&SmallIntent::name, "shop2").text()}}},
        {"rows added",
         governed("{alerts: {burnRatePolicy: {page: [{burnRate: 10, longWindow: 1h, shortWindow: 5m}], ticket: "
                  "[{burnRate: 1, longWindow: 3d, shortWindow: 6h}]}}}"),
         {Code::BurnRowAdded, Code::BurnRowAdded}},
        {"a week", governed("{alerts: {sloBudgetWindow: 7d}}"), {Code::BurnRowRaised, Code::BurnRowRaised}},
        {"two days",
         governed("{alerts: {sloBudgetWindow: 2d}}"),
         {Code::BurnRowRaised, Code::BurnRowRaised, Code::BurnRowRaised, Code::BurnRowBeyondBudget}},
        {"lasting",
         governed("{alerts: {burnRatePolicy: {page: [{burnRate: 14.4, longWindow: 1h, shortWindow: 5m}, {burnRate: 6, "
                  "longWindow: 6h, shortWindow: 30m}], ticket: [{burnRate: 3, longWindow: 1d, shortWindow: 2h}, "
                  "{burnRate: 0.9, longWindow: 3d, shortWindow: 6h}]}}}"),
         {Code::BurnRowLasting}},
        {"low target", withTarget("0.9"), {Code::BurnRowSilent}},
        {"threshold of 1", withTarget("0.5"), {Code::BurnRowSilent, Code::BurnRowSilent, Code::BurnRowSilent}},
        {"unknown guard",
         governed(promote + "\"A_minus >= 0.9 && weather == 1 && (burn_rate < 1 || A_plus > 0)\"}]}"),
         {Code::GuardConjunctLeftOut, Code::GuardConjunctLeftOut},
         metrics},
        {"guard of another action", governed("{actions: [{kind: scale, guard: weather}]}"), {}},
        {"burn rate without queries",
         [&] {
             auto intent = governed(promote + "burn_rate < 1 && A_minus > 0}]}");
             intent.objectives = availability("");
             return intent;
         }(),
         {Code::GateWithoutQuery, Code::CompileNoSli},
         metrics},
        {"canary without queries",
         [&] {
             auto intent = governed(canary);
             intent.objectives = "{}";
             return intent;
         }(),
         {Code::GateWithoutQuery, Code::CompileNoObjective}},
        {"latency gate without query", governed(quick), {Code::GateWithoutQuery}},
        {"latency gate of another percentile",
         withLatency("rate(x[{{ .window }}])", quick, "p95"),
         {Code::GateWithoutQuery}},
        {"p99 of an open tail", withTimes("{quantiles: {p50: 1ms}}", "{constant: 1ms}"), {Code::CompileP99Open}},
        {"p99 behind failures of unknown times",
         [&] {
             auto intent = withTimes("{constant: 1ms}", "{constant: 1ms}");
             intent.tree =
                 "{type: fallback, primary: {ref: c}, alternates: [{type: series, steps: [{ref: a}, {ref: b}]}]}";
             intent.components.replace(intent.components.find("0.999"), 5, "0.9");
             return intent;
         }(),
         {Code::CompileP99Unbounded, Code::NoDomainUnderRedundancy}},
        {"p99 of many repeated",
         [&] {
             auto intent = withLatency("rate(x[{{ .window }}])", "{}");
             std::string twice;
             std::string components;
             for (int i = 0; i < 11; ++i) {
                 const auto name = "c" + std::to_string(i);
                 twice += std::string(i == 0 ? "" : ", ") + "{ref: " + name + "}, {ref: " + name + "}";
                 components += std::string(i == 0 ? "" : ", ") + name
                               + ": {availability: 0.999, failureDomains: [net], latency: {constant: 1ms}}";
             }
             intent.tree = "{type: race, branches: [" + twice + "]}";
             intent.components = "{" + components + "}";
             return intent;
         }(),
         {Code::CompileP99Approximate}},
        {"p99 of some", withTimes("{constant: 1ms}", ""), {Code::CompileP99Lacking}},
        {"p99 of none", withTimes("", ""), {}},
        {"canary within a subquery",
         [&] {
             auto intent =
                 withLatency("max_over_time(rate(x[1m])[5m:1m])",
                             "{progressiveDelivery: {gate: {maxCanaryBurnRate: 1, maxP99LatencySeconds: 1}}}");
             intent.objectives.replace(intent.objectives.find("sum(rate(shop_total["), 20,
                                       "avg(max_over_time(sum(rate(shop_total[1m]))[");
             return intent;
         }(),
         {Code::CanaryNotSelectable, Code::CanaryNotSelectable, Code::QueryRangeReplaced, Code::QueryRangeReplaced}},
        {"empty gate", governed("{progressiveDelivery: {provider: argo-rollouts}}"), {Code::GateEmpty}},
        {"flagger",
         governed("{progressiveDelivery: {provider: flagger, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::FlaggerNotWritten}},
        {"address assumed", governed(canary), {Code::PrometheusAddressAssumed}},
        {"address stated", governed(canary), {}, metrics},
        {"the same address twice",
         governed(canary),
         {},
         {{"m.yaml", dataSource("m", "http://m:9090")}, {"n.yaml", dataSource("n", "http://m:9090")}}},
        {"two addresses",
         governed(canary),
         {Code::PrometheusAddressAmbiguous},
         {{"m.yaml", dataSource("m", "http://m:9090")}, {"n.yaml", dataSource("n", "http://n:9090")}}},
        {"traffic step",
         governed(promote + "A_minus > 0, parameterBounds: {maxTrafficStep: 0.001}}]}"),
         {Code::TrafficStepIgnored},
         metrics},
        {"discovered model", discovered("m/d.yaml"), {}, {{"m/d.yaml", model + "{confidence: {overall: 0.8}}\n"}}},
        {"discovered model without confidence",
         discovered("m/d.yaml"),
         {Code::DeltaConfidenceUnknown},
         {{"m/d.yaml", model + "{topology: {}}\n"}}},
        {"discovered model that is missing", discovered("m/d.yaml"), {Code::DeltaConfidenceUnknown}},
        {"two outputs in one place",
         governed("{alerts: {promRuleOutput: out/p/x.yaml}, progressiveDelivery: {analysisTemplateOutput: "
                  "out/./p/x.yaml, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::ArtifactsOnePlace},
         metrics},
        {"a file as a folder of another",
         governed("{alerts: {promRuleOutput: out/p/x.yaml}, progressiveDelivery: {analysisTemplateOutput: "
                  "out/p/x.yaml/y.yaml, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::ArtifactInArtifact},
         metrics},
        {"a folder of another as a file",
         governed("{alerts: {promRuleOutput: out/p/x.yaml/y.yaml}, progressiveDelivery: {analysisTemplateOutput: "
                  "out/p/x.yaml, gate: {maxCanaryBurnRate: 1}}}"),
         {Code::ArtifactInArtifact},
         metrics},
        {"an output without a name", governed("{alerts: {promRuleOutput: out/p/}}"), {Code::ArtifactWithoutName}},
        {"an output with too long a name",
         governed("{alerts: {promRuleOutput: out/p/" + std::string(256, 'x') + "}}"),
         {Code::ArtifactNotWritten}},
        {"an output below a file",
         governed("{alerts: {promRuleOutput: file/p/x.yaml}}"),
         {Code::ArtifactNotWritten, Code::ArtifactNotWritten, Code::ArtifactNotWritten},
         {{"file", "no folder\n"}}},
        {"a file that is not ours", {}, {Code::ArtifactForeign}, {{"compiled/prometheus/alerts.yaml", "groups: []\n"}}},
        {"the intent itself",
         governed("{alerts: {promRuleOutput: emac.yaml}}"),
         {Code::ArtifactForeign, Code::PathOutside, Code::PathOutside}},
    };
}

} // namespace emac::tests
