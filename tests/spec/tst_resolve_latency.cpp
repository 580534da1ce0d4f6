// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/latency_laws.h"
#include "core/spec/resolve.h"
#include "diagnostics.h"

#include <QTest>

#include <limits>

using namespace emac;
using namespace std::chrono_literals;
using journey::LatencyLaw;

/// From the latency evidence of an intent to the laws of its inputs.
class TestResolveLatency : public QObject
{
    Q_OBJECT

private slots:
    void faults_data();
    void faults();
    void laws();
    void alphaIsShared();
    void samplesAreSaidToBeFaulty();
    void overriddenThreshold();
    void pathsOfSamples();
};

namespace {

spec::Catalogue catalogue()
{
    const std::string head = "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: ";
    const std::string rest = "}\nspec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [";
    std::string text;
    const auto add = [&](const char* name, const char* objectives) {
        text += (text.empty() ? "" : "---\n") + head + name + rest + objectives + "]}\n";
    };
    add("quick", "{op: lte, value: 0.2, target: 0.99}");
    add("strict", "{op: lt, value: 1.5, targetPercent: 95}");
    add("several", "{displayName: fast, op: lte, value: 0.1, target: 0.9}, "
                   "{displayName: slow, op: lte, value: 1, target: 0.99}");
    add("plain", "{target: 0.99}");
    add("no-value", "{op: lte, target: 0.99}");
    add("no-op", "{value: 0.2, target: 0.99}");
    add("no-target", "{op: lte, value: 0.2}");
    add("above", "{op: gte, value: 0.2, target: 0.99}");
    add("zero", "{op: lte, value: 0, target: 0.99}");
    add("negative", "{op: lte, value: -1, target: 0.99}");
    add("endless", "{op: lte, value: 1e9, target: 0.99}");
    spec::Catalogue result;
    result.addFile(text, "slos.yaml");
    return result;
}

spec::SampleFiles samples()
{
    const auto file = [](const char* text) {
        return std::make_shared<const base::Result<spec::SampledTimes>>(spec::readSamples(text, "times.csv"));
    };
    base::Result<spec::SampledTimes> unreadable;
    unreadable.diagnostics = {{{base::Code::FileUnreadable, {"gone.csv", "No such file"}}, {"gone.csv", 0, 0}}};
    return {{"times.csv", file("0.1\n0.2\n")},
            {"faulty.csv", file("0.1\nslow\n-1\n")},
            {"gone.csv", std::make_shared<const base::Result<spec::SampledTimes>>(unreadable)}};
}

spec::Resolution resolved(const std::string& spec)
{
    const auto document = spec::readIntent(intentText(spec), "f");
    return spec::resolve(*document.value, "f", catalogue(), nullptr, spec::InputChoice::Target, samples());
}

spec::Resolution resolvedComponent(const std::string& fields)
{
    return resolved("  operator: {ref: a}\n  components:\n    a: {availability: 0.9, " + fields + "}\n");
}

} // namespace

void TestResolveLatency::faults_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const char* fields, std::initializer_list<const char*> expected) {
        QTest::newRow(name) << QByteArray(fields) << strings(expected);
    };
    row("dangling", "latencySLORef: openslo:gone", {"7:43 error EMAC-402"});
    row("several objectives", "latencySLORef: openslo:several", {"7:43 error EMAC-404"});
    row("unknown objective", "latencySLORef: 'openslo:several#brisk'", {"7:43 error EMAC-405"});
    row("no threshold", "latencySLORef: openslo:plain", {"7:43 error EMAC-417"});
    row("no value", "latencySLORef: openslo:no-value", {"7:43 error EMAC-417"});
    row("no op", "latencySLORef: openslo:no-op", {"7:43 error EMAC-417"});
    row("no target", "latencySLORef: openslo:no-target", {"7:43 error EMAC-408"});
    row("wrong op", "latencySLORef: openslo:above", {"7:43 error EMAC-418"});
    row("a threshold of 0", "latencySLORef: openslo:zero", {"7:43 error EMAC-419"});
    row("a negative threshold", "latencySLORef: openslo:negative", {"7:43 error EMAC-419"});
    row("a threshold of 30 years", "latencySLORef: openslo:endless", {"7:43 error EMAC-419"});
    row("samples that were not read", "latency: {samples: other.csv}", {"7:47 error EMAC-420"});
    row("samples that cannot be read", "latency: {samples: gone.csv}", {"7:47 error EMAC-420"});
    row("samples with faults", "latency: {samples: faulty.csv}",
        {"7:47 error EMAC-420", "2:1 error EMAC-332", "3:1 error EMAC-312"});
    row("said by the reader alone", "latency: {quantiles: {p50: 2s, p90: 1s}}", {});
}

void TestResolveLatency::faults()
{
    QFETCH(const QByteArray, fields);
    const auto resolution = resolvedComponent(fields.toStdString());
    QTEST(brief(resolution.diagnostics), "expected");
    QVERIFY(!resolution.inputs.find("a")->latency);
}

void TestResolveLatency::laws()
{
    const auto law = [](const std::string& fields) {
        const auto resolution = resolvedComponent(fields);
        const auto* input = resolution.inputs.find("a");
        return resolution.diagnostics.empty() && input->latency ? *input->latency : LatencyLaw::constant(0s);
    };
    const auto ratio = [](std::string_view text) { return base::Ratio(*base::Decimal::parse(text)); };
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QVERIFY(law("latency: {constant: 5ms}") == LatencyLaw::constant(5ms));
    QVERIFY(law("latency: {lognormal: {mu: -3, sigma: 0.5}}") == LatencyLaw(LatencyLaw::Lognormal{-3, 0.5}));
    QVERIFY(law("latency: {quantiles: {p50: 1ms, max: 2ms}}")
            == spec::latencyLaw(journey::QuantileLatency{{{ratio("0.5"), 1ms}}, 2ms}));
    QVERIFY(law("latency: {histogram: [{le: 0.1, count: 3}, {le: +Inf, count: 4}]}")
            == spec::latencyLaw(journey::HistogramLatency{{{0.1, 3}, {infinity, 4}}}, 0.05));
    QVERIFY(law("latency: {samples: times.csv}") == spec::latencyLaw({100ms, 200ms}, 0.05));
    QVERIFY(law("latencySLORef: openslo:quick") == spec::latencyLaw(ratio("0.99"), 200ms));
    QVERIFY(law("latencySLORef: openslo:strict") == spec::latencyLaw(ratio("0.95"), 1500ms));
    QVERIFY(law("latencySLORef: 'openslo:several#slow'") == spec::latencyLaw(ratio("0.99"), 1s));

    const auto failing = resolvedComponent("failure: {constant: 30ms}");
    QVERIFY(!failing.inputs.find("a")->latency);
    QVERIFY(
        (failing.inputs.find("a")->failureTime == journey::FailureTime{journey::FailureTime::Kind::Constant, 30ms}));
}

/// Of all intervals that called components use: of availabilities, of histograms and of samples.
void TestResolveLatency::alphaIsShared()
{
    const std::string histogram = "latency: {histogram: [{le: 0.1, count: 3}, {le: +Inf, count: 4}]}";
    const std::string observed = "availability: {observed: {good: 9, total: 10}}";
    const auto resolution = resolved(
        "  operator: {type: series, steps: [{ref: a}, {ref: b}, {ref: c}, {ref: d}, {ref: e}]}\n  components:\n"
        "    a: {"
        + observed + ", " + histogram
        + "}\n    b: {availability: 0.9, latency: {samples: times.csv}}\n"
          "    c: {availability: 0.9, latency: {samples: gone.csv}}\n"
          "    d: {availability: 0.9, latency: {quantiles: {p50: 1s}}, latencySLORef: openslo:quick}\n"
          "    e: {"
        + observed + "}\n    uncalled: {" + observed + ", " + histogram + "}\n");
    const double alpha = 0.05 / 4; // a twice, b, e
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QVERIFY(*resolution.inputs.find("a")->latency
            == spec::latencyLaw(journey::HistogramLatency{{{0.1, 3}, {infinity, 4}}}, alpha));
    QVERIFY(*resolution.inputs.find("b")->latency == spec::latencyLaw({100ms, 200ms}, alpha));
    QVERIFY(resolution.inputs.find("e")->failure == spec::clopperPearson({9, 10}, alpha));
}

void TestResolveLatency::samplesAreSaidToBeFaulty()
{
    const auto arguments = [](const std::string& path) {
        const auto resolution = resolvedComponent("latency: {samples: " + path + "}");
        for (const auto& diagnostic : resolution.diagnostics) {
            if (diagnostic.message.code == base::Code::SamplesFaulty)
                return diagnostic.message.arguments;
        }
        return std::vector<std::string>();
    };
    QCOMPARE(arguments("faulty.csv"), (std::vector<std::string>{"a", "faulty.csv", "line 2: 'slow' is no time"}));
    QCOMPARE(arguments("gone.csv"),
             (std::vector<std::string>{"a", "gone.csv", "'gone.csv' cannot be read: No such file"}));
    QCOMPARE(arguments("other.csv"), (std::vector<std::string>{"a", "other.csv", "it has not been read"}));
}

void TestResolveLatency::overriddenThreshold()
{
    const auto resolution = resolvedComponent("latencySLORef: openslo:quick, latency: {constant: 1s}");
    QCOMPARE(brief(resolution.diagnostics), strings({"7:67 warning EMAC-416"}));
    QCOMPARE(resolution.diagnostics[0].message.arguments,
             (std::vector<std::string>{"a", "200ms", "openslo:quick", "slos.yaml:4:110"}));
    QVERIFY(*resolution.inputs.find("a")->latency == LatencyLaw::constant(1s));
    // What is wrong with the reference is said all the same.
    const auto faulty = resolvedComponent("latencySLORef: openslo:plain, latency: {constant: 1s}");
    QCOMPARE(brief(faulty.diagnostics), strings({"7:43 error EMAC-417"}));
    QVERIFY(*faulty.inputs.find("a")->latency == LatencyLaw::constant(1s));
}

void TestResolveLatency::pathsOfSamples()
{
    const auto document = spec::readIntent(
        intentText("  components:\n    a: {latency: {samples: y.csv}}\n    b: {latency: {samples: x.csv}}\n"
                   "    c: {latency: {samples: y.csv}}\n    d: {latency: {constant: 1s}}\n    e: {}\n"),
        "f");
    QCOMPARE(spec::samplePaths(document.value->intent.journey), (std::vector<std::string>{"x.csv", "y.csv"}));
}

QTEST_GUILESS_MAIN(TestResolveLatency)
#include "tst_resolve_latency.moc"
