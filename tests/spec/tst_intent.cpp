// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/spec/read.h"
#include "diagnostics.h"

#include <QTest>

#include <cmath>

using namespace emac;
using namespace emac::journey;

/// Reading as a whole: every field of the vocabulary, its value and its place.
class TestIntent : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void metadata();
    void objectives();
    void tree();
    void fragments();
    void components();
    void domainRules();
    void evidence();
    void governance();
    void places_data();
    void places();
    void sharedPlaces();
    void defaults();
    void faultyPartsAreLeftOut();

private:
    spec::IntentDocument m_document;
};

namespace {

const char* const everything = R"(apiVersion: emac.dev/v1alpha1
kind: JourneyIntent
metadata:
  name: all
  displayName: All of it
  labels: {team: one, emac.example: "true"}
spec:
  objectives:
    availability: {window: 30d, target: 99.5%, sli: {goodEventQuery: g, totalEventQuery: t}}
    latency: {window: 7d, objective: {metric: p99, threshold: 0.4}, evidence: {promql: q}}
    deadline: {window: 28d, seconds: 400ms, target: 0.99}
  expectedEvents: 1200000
  operator:
    type: series
    id: root
    notes: the root
    steps:
      - ref: a
        id: first
        notes: a call
      - type: timeout
        deadline: 800ms
        body: {type: retry, attempts: 3, backoff: 20ms, body: {ref: b}}
      - type: branch
        choices:
          - {label: card, probability: [0.68, 74%], body: {use: pay}}
          - {probability: 0.3, body: {ref: c}}
      - {type: kofn, k: 2, branches: [{ref: a}, {ref: b}, {ref: c}]}
      - {type: fallback, primary: {ref: a}, alternates: [{ref: b}, {ref: c}]}
      - {type: optional, wait: false, body: {ref: d}}
      - {type: optional, body: {use: pay, id: again}}
      - {type: parallel, join: all, branches: [{type: call, ref: e}, {type: use, use: pay}]}
  fragments:
    pay: {type: race, semantics: hedged, hedgeDelay: 50ms, branches: [{ref: f}, {ref: g}]}
  components:
    a:
      kind: service
      notes: about a
      atomicSLORef: "openslo:slo-a"
      latencySLORef: openslo:slo-l#fast
      availability: 0.999999999
      calls: independent
      failure: {constant: 30ms}
      latency: {constant: 5ms}
      failureDomains: ["k8s/zone:eu-1a", net]
      telemetry: {span: {service: s, operation: "GET /a"}, metrics: {availabilityGood: x, other: y}}
    b: {availability: {observed: {good: 999412, total: 1000000}}, failure: immediate, latency: {lognormal: {median: 20ms, p99: 180ms}}, failureDomains: [net]}
    c: {kind: external_dependency, calls: shared, failure: likeSuccess, latency: {quantiles: {p99: 85ms, p50: 12ms, p99.9: 100ms, max: 2s}}, failureDomains: [net]}
    d: {latency: {histogram: [{le: 0.005, count: 120}, {le: "+Inf", count: 4000}]}}
    e: {latency: {samples: path/to.csv}}
    f: {latency: {lognormal: {mu: -3.5, sigma: 0.5}}, failureDomains: [net]}
    g: {failureDomains: [unknown]}
  evidence:
    modelDiscovery:
      enabled: true
      evidenceWindow: 30d
      freshness: {maxAge: 1h}
      coveragePolicy: {minTraceEdgeCoverage: 0.80, requirePaymentBranchCoverage: false}
      discoveredModelRef: ../model.yaml
      inputs: [{type: traces, notes: n}, {type: manifests}]
  failureDomains:
    rules:
      - {name: "k8s/zone", kind: inferred, source: kubernetes, key: topology, description: d}
      - {name: net, availability: 0.9999999999}
  governance:
    evaluationMode: conservative
    useBoundsForAutomation: {availability: commonCause, latency: independent}
    alerts:
      promRuleOutput: out/alerts.yaml
      sloBudgetWindow: 30d
      burnRatePolicy:
        page: [{burnRate: 14.4, longWindow: 1h, shortWindow: 5m}]
        ticket: [{burnRate: 1, longWindow: 3d, shortWindow: 6h}]
    progressiveDelivery:
      provider: flagger
      analysisTemplateOutput: out/analysis.yaml
      gate: {maxCanaryBurnRate: 1.5, maxP99LatencySeconds: 0.4}
    actions:
      - kind: promote
        guard: A_minus >= 0.995
        parameterBounds: {maxTrafficStep: 0.50, n: 1}
        rollback: {onGuardViolation: true, action: undo}
        rateLimit: {maxActions: 2, window: 10m}
      - kind: scale
)";

base::Ratio ratio(const char* text)
{
    return base::Ratio(*base::Decimal::parse(text));
}

base::Duration duration(const char* text)
{
    return *base::parseDuration(text);
}

ExpressionPtr call(const char* component)
{
    return makeExpression(Call{component});
}

} // namespace

void TestIntent::initTestCase()
{
    auto result = spec::readIntent(everything, "f");
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    m_document = std::move(*result.value);
}

void TestIntent::metadata()
{
    const auto& intent = m_document.intent;
    QCOMPARE(intent.name, std::string("all"));
    QCOMPARE(intent.displayName, std::string("All of it"));
    QVERIFY((intent.labels == std::map<std::string, std::string>{{"team", "one"}, {"emac.example", "true"}}));
    QVERIFY(intent.expectedEvents == 1200000.0);
}

void TestIntent::objectives()
{
    Objectives expected;
    expected.availability = {duration("30d"), ratio("0.995"), "g", "t"};
    expected.latency = {duration("7d"), "p99", duration("400ms"), "q"};
    expected.deadline = {duration("28d"), duration("0.4"), ratio("0.99")};
    QVERIFY(m_document.intent.objectives == expected);
}

void TestIntent::tree()
{
    const auto retry = makeExpression(Retry{3, duration("20ms"), call("b")});
    Branch branch;
    branch.choices.push_back({"card", {ratio("0.68"), ratio("0.74")}, makeExpression(Use{"pay"})});
    branch.choices.push_back({"", {ratio("0.3"), ratio("0.3")}, call("c")});
    const auto expected = makeExpression(Series{{
                                             makeExpression(Call{"a"}, "first", "a call"),
                                             makeExpression(Timeout{duration("800ms"), retry}),
                                             makeExpression(branch),
                                             makeExpression(KofN{2, {call("a"), call("b"), call("c")}}),
                                             makeExpression(Fallback{call("a"), {call("b"), call("c")}}),
                                             makeExpression(Optional{call("d"), false}),
                                             makeExpression(Optional{makeExpression(Use{"pay"}, "again"), {}}),
                                             makeExpression(Parallel{{call("e"), makeExpression(Use{"pay"})}}),
                                         }},
                                         "root", "the root");
    QVERIFY2(equalContent(m_document.intent.journey.root, expected),
             expressionText(m_document.intent.journey.root).c_str());
}

void TestIntent::fragments()
{
    const auto& fragments = m_document.intent.journey.fragments;
    QCOMPARE(fragments.size(), std::size_t(1));
    QCOMPARE(fragments[0].name, std::string("pay"));
    QVERIFY(equalContent(fragments[0].body, makeExpression(Race{{call("f"), call("g")}, duration("50ms")})));
}

void TestIntent::components()
{
    const auto& components = m_document.intent.journey.components;
    QCOMPARE(components.list().size(), std::size_t(7));
    const auto& a = *components.find("a");
    QCOMPARE(a.kind, std::string("service"));
    QCOMPARE(a.notes, std::string("about a"));
    QCOMPARE(a.atomicSloRef, std::string("openslo:slo-a"));
    QCOMPARE(a.latencySloRef, std::string("openslo:slo-l#fast"));
    QVERIFY(a.inlineAvailability == ratio("0.999999999"));
    QCOMPARE(a.inlineAvailability->failure(), 1e-9);
    QVERIFY(a.independentCalls == true);
    QVERIFY((a.failure == FailureTime{FailureTime::Kind::Constant, duration("30ms")}));
    QVERIFY((a.latency == LatencyEvidence(ConstantLatency{duration("5ms")})));
    QVERIFY((a.failureDomains == std::vector<std::string>{"k8s/zone:eu-1a", "net"}));
    QVERIFY((a.telemetry == Telemetry{"s", "GET /a", {{"availabilityGood", "x"}, {"other", "y"}}}));

    const auto& b = *components.find("b");
    QCOMPARE(b.kind, std::string());
    QVERIFY((b.observed == Observed{999412, 1000000}));
    QVERIFY(!b.inlineAvailability && !b.telemetry && !b.independentCalls.has_value());
    QVERIFY(b.failure.kind == FailureTime::Kind::Immediate);
    const auto& lognormal = std::get<LognormalLatency>(*b.latency);
    QVERIFY((lognormal.quantiles == LognormalLatency::Quantiles{duration("20ms"), duration("180ms")}));
    QCOMPARE(lognormal.mu, std::log(0.02));
    QCOMPARE(std::exp(lognormal.mu + 2.3263478740408408 * lognormal.sigma), 0.18);

    const auto& c = *components.find("c");
    QCOMPARE(c.kind, std::string("external_dependency"));
    QVERIFY(c.failure.kind == FailureTime::Kind::LikeSuccess);
    const QuantileLatency quantiles{
        {{ratio("0.5"), duration("12ms")}, {ratio("0.99"), duration("85ms")}, {ratio("0.999"), duration("100ms")}},
        duration("2s")};
    QVERIFY(c.latency == LatencyEvidence(quantiles));

    const HistogramLatency histogram{{{0.005, 120}, {std::numeric_limits<double>::infinity(), 4000}}};
    QVERIFY(components.find("d")->latency == LatencyEvidence(histogram));
    QVERIFY(components.find("e")->latency == LatencyEvidence(SampledLatency{"path/to.csv"}));
    QVERIFY(components.find("f")->latency == LatencyEvidence(LognormalLatency{-3.5, 0.5, std::nullopt}));
    QVERIFY(!components.find("g")->latency);
}

void TestIntent::domainRules()
{
    const std::vector<DomainRule> expected{{"k8s/zone", "inferred", "kubernetes", "topology", "d", {}},
                                           {"net", "", "", "", "", ratio("0.9999999999")}};
    QVERIFY(m_document.intent.journey.domainRules == expected);
}

void TestIntent::evidence()
{
    EvidencePolicy expected;
    expected.enabled = true;
    expected.window = duration("30d");
    expected.maxAge = duration("1h");
    expected.minTraceEdgeCoverage = 0.8;
    expected.requirePaymentBranchCoverage = false;
    expected.discoveredModelRef = "../model.yaml";
    expected.inputs = {{"traces", "n"}, {"manifests", ""}};
    QVERIFY(m_document.intent.evidence == expected);
}

void TestIntent::governance()
{
    Governance expected;
    expected.evaluationMode = "conservative";
    expected.availability = AvailabilityAssumption::CommonCause;
    expected.latency = LatencyAssumption::Independent;
    expected.alerts = {"out/alerts.yaml",
                       duration("30d"),
                       {{14.4, duration("1h"), duration("5m")}},
                       {{1, duration("3d"), duration("6h")}}};
    expected.delivery = {"flagger", "out/analysis.yaml", 1.5, 0.4};
    expected.actions = {
        {"promote", "A_minus >= 0.995", {{"maxTrafficStep", "0.50"}, {"n", "1"}}, true, "undo", 2, duration("10m")},
        {"scale", "", {}, {}, "", {}, {}}};
    QVERIFY(m_document.intent.governance == expected);
}

void TestIntent::places_data()
{
    QTest::addColumn<QString>("element");
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("place"); // key line:column, value line:column, text of the span
    const auto row = [](const char* element, const char* field, const char* place) {
        QTest::newRow(qPrintable(QString::fromLatin1(element) + QLatin1Char(' ') + QString::fromLatin1(field)))
            << QString::fromLatin1(element) << QString::fromLatin1(field) << QString::fromLatin1(place);
    };
    row("journey", "metadata.name", "4:3 4:9 all");
    row("journey", "metadata.labels.team", "6:12 6:18 one");
    row("journey", "spec.expectedEvents", "12:3 12:19 1200000");
    row("journey", "spec.governance.alerts.promRuleOutput", "69:7 69:23 out/alerts.yaml");
    row("journey", "spec.governance.actions.0.rateLimit.maxActions", "83:21 83:33 2");
    row("availability", "target", "9:33 9:41 99.5%");
    row("availability", "sli.goodEventQuery", "9:54 9:70 g");
    row("deadline", "seconds", "11:29 11:38 400ms");
    row("component a", "availability", "41:7 41:21 0.999999999");
    row("component a", "telemetry.span.service", "46:26 46:35 s");
    row("component b", "availability.observed.good", "47:35 47:41 999412");
    row("rule net", "availability", "64:21 64:35 0.9999999999");
    row("fragment pay", "", "34:5 34:10");
    row("node /steps/0", "ref", "18:9 18:14 a");
    row("node /steps/1", "deadline", "22:9 22:19 800ms");
    row("node /steps/2", "choices.0.probability", "26:27 26:40");
    row("node /steps/2", "choices.0.probability.1", "26:47 26:47 74%");
    row("node /steps/2", "choices.1.probability", "27:14 27:27 0.3");
    row("node /steps/5", "wait", "30:26 30:32 false");
    row("node /fragments/pay", "hedgeDelay", "34:42 34:54 50ms");
}

void TestIntent::places()
{
    QFETCH(QString, element);
    QFETCH(QString, field);
    QFETCH(QString, place);
    const auto name = element.section(QLatin1Char(' '), 1).toStdString();
    auto wanted = Element::journey();
    if (element.startsWith(QLatin1String("component")))
        wanted = Element::component(name);
    else if (element.startsWith(QLatin1String("rule")))
        wanted = Element::domainRule(name);
    else if (element.startsWith(QLatin1String("fragment")))
        wanted = Element::fragment(name);
    else if (element == QLatin1String("availability") || element == QLatin1String("deadline"))
        wanted = Element::objective(element.toStdString());
    for (const auto& node : nodePlaces(m_document.intent.journey)) {
        if (element.startsWith(QLatin1String("node")) && node.path == name)
            wanted = Element::ofNode(node.node->id);
    }
    const auto found = m_document.sources.find(wanted, field.toStdString());
    QVERIFY(found.has_value());
    auto actual = QStringLiteral("%1:%2 %3:%4")
                      .arg(found->key.line)
                      .arg(found->key.column)
                      .arg(found->value.line)
                      .arg(found->value.column);
    if (found->kind == yaml::Kind::Scalar && place.count(QLatin1Char(' ')) > 1)
        actual += QLatin1Char(' ')
                  + QString::fromStdString(std::string(everything).substr(found->span.begin, found->span.length()));
    QCOMPARE(actual, place);
    QVERIFY(!found->shared);
}

void TestIntent::sharedPlaces()
{
    const auto result = spec::readIntent(intentText("  operator: {type: series, steps: [&one {ref: a}, *one]}\n"
                                                    "  components:\n"
                                                    "    a: &a {availability: 0.9}\n"
                                                    "    b: {<<: *a, notes: n}\n"),
                                         "f");
    const auto& read = result.value->intent.journey;
    const auto steps = journey::children(*read.root);
    QVERIFY(steps[0]->id != steps[1]->id);
    const auto& sources = result.value->sources;
    QVERIFY(!sources.find(Element::ofNode(steps[0]->id), "ref")->shared);
    QVERIFY(sources.find(Element::ofNode(steps[1]->id), "ref")->shared);
    QVERIFY(!sources.find(Element::component("a"), "availability")->shared);
    QVERIFY(sources.find(Element::component("b"), "availability")->shared);
    QVERIFY(!sources.find(Element::component("b"), "notes")->shared);
    QVERIFY(read.components.find("b")->inlineAvailability == ratio("0.9"));
}

void TestIntent::defaults()
{
    const auto result =
        spec::readIntent(intentText("  operator: {type: series, steps: [{type: race, branches: [{ref: a}]}, {type: "
                                    "retry, attempts: 2, body: {ref: a}},"
                                    " {type: optional, body: {ref: a}}]}\n  components: {a: {failureDomains: [d]}}\n"),
                         "f");
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    const auto steps = journey::children(*result.value->intent.journey.root);
    QCOMPARE(std::get<Race>(steps[0]->op).hedgeDelay, std::nullopt);
    QCOMPARE(std::get<Retry>(steps[1]->op).backoff, std::nullopt);
    QVERIFY(std::get<Optional>(steps[2]->op).waits());
    QVERIFY(result.value->intent.governance == Governance());
    QVERIFY(result.value->intent.evidence == EvidencePolicy());
    QVERIFY(result.value->intent.objectives == Objectives());
}

void TestIntent::faultyPartsAreLeftOut()
{
    const auto result = spec::readIntent(
        intentText("  operator:\n"
                   "    type: series\n"
                   "    steps:\n"
                   "      - {type: retry, attempts: 2, body: {type: what}}\n"
                   "      - {type: kofn, k: 5, branches: [{ref: a}, {use: nothing}]}\n"
                   "      - {type: branch, choices: [{probability: 7, body: {ref: a}}]}\n"
                   "  components: {a: {failureDomains: [d, ''], latency: {quantiles: {p50: 2s, p90: 1s}}}, b: 3}\n"),
        "f");
    const auto& journey = result.value->intent.journey;
    Branch branch;
    branch.choices.push_back({"", {ratio("0"), ratio("1")}, call("a")});
    QVERIFY(equalContent(journey.root,
                         makeExpression(Series{{makeExpression(KofN{1, {call("a")}}), makeExpression(branch)}})));
    QCOMPARE(journey.components.list().size(), std::size_t(1));
    QVERIFY((journey.components.find("a")->failureDomains == std::vector<std::string>{"d"}));
    QVERIFY(!journey.components.find("a")->latency);
}

QTEST_GUILESS_MAIN(TestIntent)
#include "tst_intent.moc"
