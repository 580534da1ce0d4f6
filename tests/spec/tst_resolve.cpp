// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/resolve.h"
#include "diagnostics.h"

#include <QTest>

#include <cmath>

using namespace emac;
using journey::Provenance;

/// From an intent and a catalogue to the inputs of an analysis.
class TestResolve : public QObject
{
    Q_OBJECT

private slots:
    void clopperPearson_data();
    void clopperPearson();
    void clopperPearsonIsExact_data();
    void clopperPearsonIsExact();
    void clopperPearsonOfManyCalls();
    void references_data();
    void references();
    void inputs();
    void alphaIsShared();
    void notes();
    void effectiveDomains();
    void ownPart_data();
    void ownPart();
    void danglingSaysWhere();
    void versions();
};

namespace {

const char* const slos = R"(apiVersion: openslo/v1
kind: SLO
metadata: {name: one}
spec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{target: 0.999999999}]}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: several}
spec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{displayName: fast, target: 0.9}, {displayName: slow, targetPercent: 99.9}]}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: none}
spec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{displayName: x}]}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: twice}
spec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{target: 0.9}]}
---
apiVersion: openslo/v1
kind: SLO
metadata: {name: twice}
spec: {service: s, indicatorRef: i, budgetingMethod: Occurrences, objectives: [{target: 0.9}]}
)";

spec::Catalogue catalogue()
{
    spec::Catalogue result;
    result.addFile(slos, "slos.yaml");
    return result;
}

spec::IntentDocument read(const std::string& body)
{
    return std::move(*spec::readIntent(intentText(body), "f").value);
}

std::string oneComponent(const std::string& fields)
{
    return "  operator: {ref: a}\n  components:\n    a: {" + fields + "}\n";
}

spec::Resolution resolved(const std::string& body, const journey::AcceptedModel* model = nullptr,
                          spec::InputChoice choice = spec::InputChoice::Target)
{
    return spec::resolve(read(body), "f", catalogue(), model, choice);
}

bool close(double actual, double expected)
{
    return std::abs(actual - expected) <= 1e-12 * std::max(1e-300, std::abs(expected));
}

} // namespace

void TestResolve::clopperPearson_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<int>("total");
    QTest::addColumn<double>("lower");
    QTest::addColumn<double>("upper");
    // Published to four digits: Clopper and Pearson (1934), tables in Brown, Cai, DasGupta (2001) and textbooks.
    QTest::newRow("0 of 10") << 0 << 10 << 0.0 << 0.3085;
    QTest::newRow("1 of 10") << 1 << 10 << 0.0025 << 0.4450;
    QTest::newRow("5 of 10") << 5 << 10 << 0.1871 << 0.8129;
    QTest::newRow("10 of 10") << 10 << 10 << 0.6915 << 1.0;
    QTest::newRow("2 of 20") << 2 << 20 << 0.0123 << 0.3170;
    QTest::newRow("10 of 100") << 10 << 100 << 0.0490 << 0.1762;
}

void TestResolve::clopperPearson()
{
    QFETCH(int, failures);
    QFETCH(int, total);
    QFETCH(double, lower);
    QFETCH(double, upper);
    const auto n = static_cast<std::uint64_t>(total);
    const auto interval = spec::clopperPearson({n - static_cast<std::uint64_t>(failures), n}, 0.05);
    QVERIFY(std::abs(interval.lower - lower) < 5e-5);
    QVERIFY(std::abs(interval.upper - upper) < 5e-5);
    QCOMPARE(interval.nominal, static_cast<double>(failures) / total);
}

void TestResolve::clopperPearsonIsExact_data()
{
    QTest::addColumn<int>("failures");
    QTest::addColumn<int>("total");
    QTest::addColumn<double>("alpha");
    for (const double alpha : {0.05, 0.001}) {
        for (const int total : {1, 2, 10, 40}) {
            for (int failures = 0; failures <= total; failures += std::max(1, total / 7))
                QTest::addRow("%d of %d at %g", failures, total, alpha) << failures << total << alpha;
        }
    }
}

void TestResolve::clopperPearsonIsExact()
{
    QFETCH(int, failures);
    QFETCH(int, total);
    QFETCH(double, alpha);
    const auto n = static_cast<std::uint64_t>(total);
    const auto interval = spec::clopperPearson({n - static_cast<std::uint64_t>(failures), n}, alpha);
    // The definition: at either end the binomial tail beyond what was seen has probability alpha/2.
    const auto tail = [total](int from, int to, double p) {
        long double sum = 0;
        for (int k = from; k <= to; ++k)
            sum += std::exp(std::lgamma(total + 1.0L) - std::lgamma(k + 1.0L) - std::lgamma(total - k + 1.0L)
                            + static_cast<long double>(k) * std::log(static_cast<long double>(p))
                            + static_cast<long double>(total - k) * std::log1p(-static_cast<long double>(p)));
        return static_cast<double>(sum);
    };
    if (failures == 0) {
        QCOMPARE(interval.lower, 0.0);
        QVERIFY(close(interval.upper, -std::expm1(std::log(alpha / 2) / total)));
    } else {
        QVERIFY(std::abs(tail(failures, total, interval.lower) / (alpha / 2) - 1) < 1e-10);
    }
    if (failures == total) {
        QCOMPARE(interval.upper, 1.0);
        QVERIFY(close(interval.lower, std::pow(alpha / 2, 1.0 / total)));
    } else {
        QVERIFY(std::abs(tail(0, failures, interval.upper) / (alpha / 2) - 1) < 1e-10);
    }
}

void TestResolve::clopperPearsonOfManyCalls()
{
    // For many calls and few failures the ends are those of Poisson's law: 5 failures, [1.6235, 11.6683].
    const std::uint64_t total = 1'000'000'000'000;
    const auto interval = spec::clopperPearson({total - 5, total}, 0.05);
    QVERIFY(std::abs(interval.lower * 1e12 - 1.623486) < 1e-5);
    QVERIFY(std::abs(interval.upper * 1e12 - 11.668332) < 1e-5);
    const std::uint64_t most = 9'007'199'254'740'992;
    const auto half = spec::clopperPearson({most / 2, most}, 0.05);
    QVERIFY(half.lower <= 0.5 && half.upper >= 0.5 && half.upper - half.lower < 1e-7);
}

void TestResolve::references_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const char* fields, std::initializer_list<const char*> expected) {
        QTest::newRow(name) << QByteArray(fields) << strings(expected);
    };
    row("a target", "atomicSLORef: openslo:one", {});
    row("one of several", "atomicSLORef: 'openslo:several#slow'", {});
    row("inline", "availability: 0.9", {});
    row("observed", "availability: {observed: {good: 9, total: 10}}", {});
    row("dangling", "atomicSLORef: openslo:elsewhere", {"7:5 warning EMAC-410", "7:23 error EMAC-402"});
    row("dangling, near", "atomicSLORef: openslo:severel", {"7:5 warning EMAC-410", "7:23 error EMAC-403"});
    row("dangling beside a number", "availability: 0.9, atomicSLORef: openslo:elsewhere", {"7:42 error EMAC-402"});
    row("ambiguous", "atomicSLORef: openslo:several", {"7:5 warning EMAC-410", "7:23 error EMAC-404"});
    row("unknown objective", "atomicSLORef: 'openslo:several#quick'", {"7:5 warning EMAC-410", "7:23 error EMAC-405"});
    row("defined twice", "atomicSLORef: openslo:twice", {"7:5 warning EMAC-410", "7:23 error EMAC-406"});
    row("without a target", "atomicSLORef: openslo:none", {"7:5 warning EMAC-410", "7:23 error EMAC-408"});
    row("overridden", "atomicSLORef: openslo:one, availability: 0.9", {"7:50 warning EMAC-409"});
    row("observed beside", "atomicSLORef: openslo:one, availability: {observed: {good: 9, total: 10}}", {});
    row("nothing", "notes: n", {"7:5 warning EMAC-410"});
    row("a wrong number is said by the reader alone", "availability: 1.5", {});
    row("wrong counts are said by the reader alone", "availability: {observed: {good: 9, total: 3}}", {});
    row("a wrong number beside a target", "availability: often, atomicSLORef: openslo:one", {});
}

void TestResolve::references()
{
    QFETCH(QByteArray, fields);
    QFETCH(QStringList, expected);
    const auto resolution = resolved(oneComponent(fields.toStdString()));
    QVERIFY2(brief(resolution.diagnostics) == expected, inWords(resolution.diagnostics).c_str());
}

void TestResolve::inputs()
{
    const auto resolution =
        resolved("  operator: {type: series, steps: [{ref: t}, {ref: i}, {ref: o}, {ref: n}]}\n"
                 "  components:\n"
                 "    t: {atomicSLORef: openslo:one, calls: independent, failureDomains: [net, unknown]}\n"
                 "    i: {atomicSLORef: 'openslo:several#slow', availability: 99%, latency: {constant: 1s}}\n"
                 "    o: {availability: {observed: {good: 90, total: 100}}, failureDomains: [d]}\n"
                 "    n: {}\n");
    const auto& target = *resolution.inputs.find("t");
    QVERIFY((target.failure == journey::FailureProbability{1e-9, 1e-9, 1e-9}));
    QVERIFY((target.provenance == Provenance{Provenance::Source::Target, "openslo:one", {"slos.yaml", 4, 89}, {}, {}}));
    QVERIFY(target.stated && target.independentCalls && !target.latency && target.domainsUnknown);
    QVERIFY((target.domains == std::vector<std::string>{"net", "unknown"}));

    const auto& inlined = *resolution.inputs.find("i");
    QVERIFY((inlined.failure == journey::FailureProbability{0.01, 0.01, 0.01}));
    QVERIFY((inlined.provenance
             == Provenance{Provenance::Source::Inline,
                           "openslo:several#slow",
                           {"f", 8, 61},
                           base::Place{"slos.yaml", 9, 149},
                           0.001}));
    QVERIFY(inlined.stated && inlined.latency && !inlined.domainsUnknown && inlined.domains.empty());

    const auto& observed = *resolution.inputs.find("o");
    QVERIFY(observed.failure == spec::clopperPearson({90, 100}, 0.05));
    QVERIFY((observed.provenance == Provenance{Provenance::Source::Observed, "", {"f", 9, 34}, {}, {}}));

    const auto& nothing = *resolution.inputs.find("n");
    QVERIFY((nothing.failure == journey::FailureProbability{0, 0, 1}));
    QVERIFY(!nothing.stated && nothing.provenance == Provenance());

    QVERIFY(target.version != inlined.version && target.version > 0);
    QCOMPARE(resolution.inputs.size(), std::size_t(4));
}

void TestResolve::alphaIsShared()
{
    const std::string components = "  components:\n    a: {availability: {observed: {good: 9, total: 10}}}\n"
                                   "    b: {availability: {observed: {good: 9, total: 10}}}\n"
                                   "    c: {atomicSLORef: openslo:one}\n"
                                   "    d: {availability: {observed: {good: 9, total: 10}}}\n";
    const auto two = resolved("  operator: {type: series, steps: [{ref: a}, {ref: b}, {ref: c}]}\n" + components);
    QVERIFY(two.inputs.find("a")->failure == spec::clopperPearson({9, 10}, 0.025));
    // d is observed, but not part of the journey.
    const auto one = resolved("  operator: {type: series, steps: [{ref: a}, {ref: a}]}\n" + components);
    QVERIFY(one.inputs.find("a")->failure == spec::clopperPearson({9, 10}, 0.05));
}

void TestResolve::notes()
{
    const std::string body = "  operator: {type: series, steps: [{ref: o}, {ref: t}, {ref: both}]}\n  components:\n"
                             "    o: {availability: {observed: {good: 9, total: 10}}}\n"
                             "    t: {atomicSLORef: openslo:one}\n"
                             "    both: {atomicSLORef: openslo:one, availability: {observed: {good: 9, total: 10}}}\n";
    const auto target = resolved(body);
    QVERIFY(
        (target.notes == journey::Notes{{{base::Code::ObservedUsedInstead, {"o"}}, journey::Element::component("o")}}));
    QVERIFY(target.inputs.find("both")->provenance.source == Provenance::Source::Target);
    const auto observed = resolved(body, nullptr, spec::InputChoice::Observed);
    QVERIFY(
        (observed.notes == journey::Notes{{{base::Code::TargetUsedInstead, {"t"}}, journey::Element::component("t")}}));
    QVERIFY(observed.inputs.find("both")->provenance.source == Provenance::Source::Observed);
    QCOMPARE(observed.inputs.find("both")->provenance.reference, std::string("openslo:one"));
}

void TestResolve::effectiveDomains()
{
    journey::AcceptedModel model;
    model.domains = {{"a", {{"elsewhere"}, "consistent"}}, {"b", {{"net"}, "conflicting"}}, {"c", {}}};
    const auto resolution =
        resolved("  operator: {type: series, steps: [{ref: a}, {ref: b}, {ref: c}, {ref: d}]}\n  components:\n"
                 "    a: {availability: 0.9, failureDomains: [net]}\n"
                 "    b: {availability: 0.9, failureDomains: [net]}\n"
                 "    c: {availability: 0.9, failureDomains: [net]}\n"
                 "    d: {availability: 0.9, failureDomains: [net]}\n",
                 &model);
    const auto domains = [&](const char* name) { return resolution.inputs.find(name)->domains; };
    QVERIFY((domains("a") == std::vector<std::string>{"elsewhere"}) && !resolution.inputs.find("a")->domainsUnknown);
    QVERIFY((domains("b") == std::vector<std::string>{"net"}) && resolution.inputs.find("b")->domainsUnknown);
    QVERIFY(domains("c").empty());
    QVERIFY((domains("d") == std::vector<std::string>{"net"}));
}

void TestResolve::ownPart_data()
{
    QTest::addColumn<QByteArray>("fields");
    QTest::addColumn<bool>("aboveOne");
    QTest::newRow("target above") << QByteArray("atomicSLORef: openslo:one, failureDomains: ['net:x']") << true;
    QTest::newRow("target below") << QByteArray("atomicSLORef: 'openslo:several#slow', failureDomains: [other]")
                                  << false;
    QTest::newRow("target equal") << QByteArray("atomicSLORef: 'openslo:several#slow', failureDomains: [same]")
                                  << false;
    QTest::newRow("below one, above the product")
        << QByteArray("atomicSLORef: 'openslo:several#slow', failureDomains: [same, other]") << true;
    QTest::newRow("perhaps above") << QByteArray(
        "availability: {observed: {good: 10, total: 10}}, failureDomains: [net]")
                                   << false;
    QTest::newRow("the value has a rule of its own")
        << QByteArray("availability: 0.9995, failureDomains: ['net:good']") << false;
    QTest::newRow("inline is the reader's") << QByteArray("availability: 0.9999, failureDomains: [net]") << false;
}

void TestResolve::ownPart()
{
    QFETCH(QByteArray, fields);
    QFETCH(bool, aboveOne);
    const auto resolution = resolved(
        oneComponent(fields.toStdString())
        + "  failureDomains: {rules: [{name: net, availability: 0.999}, {name: 'net:good', availability: 0.9999},"
          " {name: same, availability: 0.999}, {name: other, availability: 0.9995}]}\n");
    const QStringList expected = aboveOne ? QStringList{QStringLiteral("7:5 error EMAC-326")} : QStringList();
    QVERIFY2(brief(resolution.diagnostics) == expected, inWords(resolution.diagnostics).c_str());
}

void TestResolve::danglingSaysWhere()
{
    auto searched = catalogue();
    searched.addSearched("/srv/copy");
    searched.addSearched("more");
    const auto resolution = spec::resolve(read(oneComponent("atomicSLORef: openslo:twic")), "f", searched, nullptr,
                                          spec::InputChoice::Target);
    QCOMPARE(
        base::english(resolution.diagnostics.back().message),
        std::string("no SLO is named 'twic' (component 'a'); searched: /srv/copy, more; expected metadata.name of an "
                    "OpenSLO document of kind SLO; did you mean 'twice'?"));
}

/// What is the same as before keeps its version; what is not gets one of its own.
void TestResolve::versions()
{
    const auto inputs = [](const std::string& b) {
        return resolved("  operator: {ref: a}\n  components:\n    a: {availability: 0.9}\n    b: {" + b + "}\n").inputs;
    };
    const auto before = inputs("availability: 0.8");
    auto same = inputs("availability: 0.8");
    QVERIFY(same.find("a")->version != before.find("a")->version);
    same.keepVersions(before);
    QCOMPARE(*same.find("a"), *before.find("a"));
    QCOMPARE(*same.find("b"), *before.find("b"));

    auto other = inputs("availability: 0.8, failureDomains: [zone]");
    other.keepVersions(before);
    QCOMPARE(*other.find("a"), *before.find("a"));
    QVERIFY(other.find("b")->version > same.find("b")->version);
}

QTEST_GUILESS_MAIN(TestResolve)
#include "tst_resolve.moc"
