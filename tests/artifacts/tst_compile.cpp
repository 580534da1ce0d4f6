// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/compile_cases.h"
#include "tests/artifacts/flatten.h"
#include "tests/spec/diagnostics.h"

#include <QRegularExpression>
#include <QTest>

#include <clocale>
#include <locale>
#include <set>

using namespace emac;
using artifacts::Flavor;
using base::Code;
using namespace emac::tests;

/// What is compiled from which intent, and what is said about it.
class TestCompile : public QObject
{
    Q_OBJECT

private slots:
    void findings_data();
    void findings();
    void everyFindingHasItsRow();
    void thresholdsArePrintedAsTheProductIs();
    void places();
    void outputPaths_data();
    void outputPaths();
    void burnRows_data();
    void burnRows();
    void whatIsMissingIsLeftOut();
    void namesAndTexts();
    void reasonsOfTheWidth();
    void modelInPlay();
    void latencyBounds();
    void sameBytesInEveryLocale();
};

namespace {

QStringList names(const std::vector<Code>& codes)
{
    QStringList list;
    for (const auto code : codes)
        list << QString::fromStdString(base::codeName(code));
    list.sort();
    return list;
}

} // namespace

void TestCompile::findings_data()
{
    QTest::addColumn<std::size_t>("number");
    const auto all = cases();
    for (std::size_t i = 0; i < all.size(); ++i)
        QTest::newRow(all[i].tag) << i;
}

void TestCompile::findings()
{
    QFETCH(std::size_t, number);
    const auto c = cases().at(number);
    const tests::WorkFolder folder;
    folder.write("emac.yaml", c.intent.text());
    for (const auto& [path, text] : c.others)
        folder.write(path, text);
    const auto plan = folder.plan("emac.yaml");
    std::vector<Code> said;
    for (const auto& diagnostic : plan.diagnostics) {
        said.push_back(diagnostic.message.code);
        qInfo("%s", base::toString(diagnostic).c_str());
    }
    QCOMPARE(names(said), names(c.said));
    QCOMPARE(plan.files.empty(), base::hasErrors(plan.diagnostics));
}

void TestCompile::everyFindingHasItsRow()
{
    // Said when files are written: tst_artifact_files.
    std::set<Code> covered{Code::ArtifactOfAnother, Code::ArtifactStale, Code::ArtifactChanged};
    for (const auto& c : cases())
        covered.insert(c.said.begin(), c.said.end());
    QStringList missing;
#define EMAC_MESSAGE(name, number, severity, what, expected, mend)                                                     \
    if (number >= 500 && number < 550 && !covered.contains(Code::name))                                                \
        missing << QStringLiteral(#name);
#include "core/base/messages.def"
#undef EMAC_MESSAGE
    QCOMPARE(missing, QStringList());
}

/// 14.4 times 0.1, which as a product of two doubles is 1.4400000000000002.
void TestCompile::thresholdsArePrintedAsTheProductIs()
{
    const tests::WorkFolder folder;
    auto intent = SmallIntent();
    intent.objectives.replace(intent.objectives.find("0.995"), 5, "0.9");
    folder.write("emac.yaml", intent.text());
    std::vector<std::string> thresholds;
    for (const auto& diagnostic : folder.plan("emac.yaml").diagnostics)
        if (diagnostic.message.code == Code::BurnRowSilent)
            thresholds.push_back(diagnostic.message.arguments.back());
    QCOMPARE(thresholds, std::vector<std::string>{"1.44"});
}

/// Findings stand at what they speak of.
void TestCompile::places()
{
    const tests::WorkFolder folder;
    auto intent = with(&SmallIntent::objectives, sli("x", "sum(x)"));
    intent.name = "Shop";
    intent.governance = "{actions: [{kind: other}, {kind: promote, guard: weather}], alerts: {burnRatePolicy: {page: "
                        "[{burnRate: 0.5, longWindow: 1h, shortWindow: 5m}]}}}";
    folder.write("emac.yaml", intent.text());
    QCOMPARE(brief(folder.plan("emac.yaml").diagnostics), strings({"3:18 warning EMAC-505", "5:103 error EMAC-510"}));
    intent.objectives = sli("x", "x");
    folder.write("emac.yaml", intent.text());
    QCOMPARE(brief(folder.plan("emac.yaml").diagnostics),
             strings({"3:18 warning EMAC-505", "8:64 warning EMAC-519", "8:100 warning EMAC-515",
                      "8:100 warning EMAC-513", "8:100 warning EMAC-513", "8:100 warning EMAC-513"}));
}

void TestCompile::outputPaths_data()
{
    QTest::addColumn<QString>("governance");
    QTest::addColumn<QString>("out");
    QTest::addColumn<QStringList>("files");
    const auto row = [](const char* name, const char* governance, const char* out,
                        std::initializer_list<const char*> files) {
        QTest::newRow(name) << QString::fromLatin1(governance) << QString::fromLatin1(out) << strings(files);
    };
    row("none stated", "{progressiveDelivery: {gate: {maxCanaryBurnRate: 1}}}", "",
        {"sub/compiled/argo/analysis-template.yaml", "sub/compiled/argo/rollout-snippet.yaml",
         "sub/compiled/prometheus/alerts.yaml", "sub/compiled/prometheus/recording-rules.yaml",
         "sub/compiled/report/derivation.shop.yaml"});
    row("alerts stated", "{alerts: {promRuleOutput: ../made/p/a.yaml}}", "",
        {"made/p/a.yaml", "made/prometheus/recording-rules.yaml", "made/report/derivation.shop.yaml"});
    row("alerts beside the intent", "{alerts: {promRuleOutput: a.yaml}}", "",
        {"prometheus/recording-rules.yaml", "report/derivation.shop.yaml", "sub/a.yaml"});
    row("template stated",
        "{progressiveDelivery: {analysisTemplateOutput: ../gate.yaml, gate: {maxCanaryBurnRate: 1}}}", "",
        {"gate.yaml", "sub/compiled/argo/rollout-snippet.yaml", "sub/compiled/prometheus/alerts.yaml",
         "sub/compiled/prometheus/recording-rules.yaml", "sub/compiled/report/derivation.shop.yaml"});
    row("another folder", "{alerts: {promRuleOutput: ../made/p/a.yaml}}", "else/where",
        {"else/where/prometheus/alerts.yaml", "else/where/prometheus/recording-rules.yaml",
         "else/where/report/derivation.shop.yaml"});
}

void TestCompile::outputPaths()
{
    QFETCH(QString, governance);
    QFETCH(QString, out);
    const tests::WorkFolder folder;
    folder.write("sub/emac.yaml", governed(governance.toStdString()).text());
    workspace::CompileOptions options;
    if (!out.isEmpty())
        options.out = folder.path(out.toStdString());
    QStringList files;
    for (const auto& [path, text] : folder.compiled("sub/emac.yaml", options)) {
        files << QString::fromStdString(path);
        QVERIFY(text.starts_with("# Compiled by emac"));
        QVERIFY(text.ends_with('\n') && !text.ends_with("\n\n"));
    }
    QTEST(files, "files");
}

void TestCompile::burnRows_data()
{
    QTest::addColumn<QString>("alerts");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QStringList>("rows"); ///< "page 14.4 1h 5m"
    const auto row = [](const char* name, const char* alerts, const char* target,
                        std::initializer_list<const char*> rows) {
        QTest::newRow(name) << QString::fromLatin1(alerts) << QString::fromLatin1(target) << strings(rows);
    };
    row("standard", "{}", "0.995", {"page 14.4 1h 5m", "page 6 6h 30m", "ticket 3 24h 2h", "ticket 1 3d 6h"});
    row("the published policy",
        "{burnRatePolicy: {page: [{burnRate: 14.4, longWindow: 1h, shortWindow: 5m}, {burnRate: 6, longWindow: 6h, "
        "shortWindow: 30m}], ticket: [{burnRate: 1, longWindow: 3d, shortWindow: 6h}]}}",
        "0.995", {"page 14.4 1h 5m", "page 6 6h 30m", "ticket 1 3d 6h", "ticket 3 24h 2h"});
    row("a week", "{sloBudgetWindow: 7d}", "0.995",
        {"page 3.36 1h 5m", "page 1.4 6h 30m", "ticket 1 24h 2h", "ticket 1 3d 6h"});
    row("two weeks", "{sloBudgetWindow: 14d}", "0.995",
        {"page 6.72 1h 5m", "page 2.8 6h 30m", "ticket 1.4 24h 2h", "ticket 1 3d 6h"});
    row("four weeks", "{sloBudgetWindow: 28d}", "0.995",
        {"page 13.44 1h 5m", "page 5.6 6h 30m", "ticket 2.8 24h 2h", "ticket 1 3d 6h"});
    row("31 days", "{sloBudgetWindow: 31d}", "0.995",
        {"page 14.88 1h 5m", "page 6.2 6h 30m", "ticket 3.1 24h 2h", "ticket 1.033 3d 6h"});
    row("a quarter", "{sloBudgetWindow: 90d}", "0.9999",
        {"page 43.2 1h 5m", "page 18 6h 30m", "ticket 9 24h 2h", "ticket 3 3d 6h"});
    row("low target", "{}", "0.8", {"ticket 3 24h 2h", "ticket 1 3d 6h"});
    row("own windows",
        "{burnRatePolicy: {page: [{burnRate: 20, longWindow: 90m, shortWindow: 450s}, {burnRate: 10, longWindow: 1h, "
        "shortWindow: 1m}]}}",
        "0.995", {"page 20 90m 450s", "page 10 1h 1m", "page 6 6h 30m", "ticket 3 24h 2h", "ticket 1 3d 6h"});
}

/// As the alerts have them; and whatever window an alert asks for is recorded.
void TestCompile::burnRows()
{
    QFETCH(QString, alerts);
    QFETCH(QString, target);
    const tests::WorkFolder folder;
    auto intent = governed("{alerts: " + alerts.toStdString() + "}");
    intent.objectives.replace(intent.objectives.find("0.995"), 5, target.toStdString());
    folder.write("emac.yaml", intent.text());
    const auto files = folder.compiled("emac.yaml", {Flavor::Plain, {}});
    const auto flat = tests::flatten(files.at("compiled/prometheus/alerts.yaml"));
    const auto recorded = tests::flatten(files.at("compiled/prometheus/recording-rules.yaml"));
    const auto budget = QString::fromStdString(base::Decimal::parse(target.toStdString())->complement().toString());
    QStringList rows;
    for (const auto& [name, severity] : {std::pair("TooFast", "page"), std::pair("Sustained", "ticket")}) {
        const auto expression = flat.value(
            QStringLiteral("groups[emac.shop.slo-alerts].rules[ShopErrorBudgetBurn%1].expr").arg(QLatin1String(name)));
        static const QRegularExpression pattern(QStringLiteral(
            "ratio_rate(\\w+)>\\(([0-9.]+)\\*([^)]*)\\)\\)and\\(\\w*:\\w*:\\w*:ratio_rate(\\w+)>\\(([0-9.]+)\\*"));
        auto found = pattern.globalMatch(expression);
        while (found.hasNext()) {
            const auto match = found.next();
            QCOMPARE(match.captured(2), match.captured(5));
            QCOMPARE(match.captured(3), budget);
            rows << QStringList{QLatin1String(severity), match.captured(2), match.captured(1), match.captured(4)}.join(
                u' ');
            for (const int window : {1, 4})
                QVERIFY(recorded.contains(
                    QStringLiteral("groups[emac.shop.sli].rules[journey:shop:slo_errors_per_request:ratio_rate%1].expr")
                        .arg(match.captured(window))));
        }
    }
    QTEST(rows, "rows");
}

/// A journey without objective, and one without queries, has its bounds and a report, and no file of an earlier compile
/// goes on alerting.
void TestCompile::whatIsMissingIsLeftOut()
{
    for (const auto& objectives : {std::string("{}"), availability("")}) {
        const tests::WorkFolder folder;
        folder.write("emac.yaml", with(&SmallIntent::objectives, objectives).text());
        const auto files = folder.compiled("emac.yaml", {Flavor::Plain, {}});
        QCOMPARE(files.size(), std::size_t(3));
        QCOMPARE(tests::flatten(files.at("compiled/prometheus/alerts.yaml")).value(QStringLiteral("groups")),
                 QStringLiteral("[]"));
        const auto rules = tests::flatten(files.at("compiled/prometheus/recording-rules.yaml"));
        QVERIFY(!rules.contains(QStringLiteral("groups[emac.shop.sli].name")));
        QVERIFY(rules.contains(QStringLiteral("groups[emac.shop.synthetic-sli].name")));
        const auto report = tests::flatten(files.at("compiled/report/derivation.shop.yaml"));
        QCOMPARE(report.value(QStringLiteral("spec.governance.decision")),
                 objectives == "{}" ? QStringLiteral("null") : QStringLiteral("FAIL"));
    }
}

/// Odd names reach series, objects and alerts in a form that each takes; texts for people stay as they are.
void TestCompile::namesAndTexts()
{
    const tests::WorkFolder folder;
    auto intent = with(&SmallIntent::name, "\"Web Shop.v2 {{ x }}\"");
    intent.metadata = "displayName: \"Shop {{ $value }}\"";
    folder.write("emac.yaml", intent.text());
    const auto files = folder.compiled("emac.yaml", {Flavor::Plain, {}});
    QVERIFY(files.contains("compiled/report/derivation.web-shop-v2-x.yaml"));
    const auto rules = tests::flatten(files.at("compiled/prometheus/recording-rules.yaml"));
    QVERIFY(rules.contains(
        QStringLiteral("groups[emac.web-shop-v2-x.sli].rules[journey:Web_Shop_v2____x___:requests:rate5m].expr")));
    const auto alerts = tests::flatten(files.at("compiled/prometheus/alerts.yaml"));
    const auto alert = QStringLiteral("groups[emac.web-shop-v2-x.slo-alerts].rules[WebShopV2XErrorBudgetBurnTooFast].");
    QCOMPARE(alerts.value(alert + QStringLiteral("annotations.summary")),
             QStringLiteral("Shop{{\"{{\"}}$value}}isburningerrorbudgettoofast(page)"));
    QCOMPARE(alerts.value(alert + QStringLiteral("labels.slo")), QStringLiteral("WebShop.v2{{\"{{\"}}x}}"));
}

/// What makes the pessimistic bound lower is named for what it is.
void TestCompile::reasonsOfTheWidth()
{
    const tests::WorkFolder folder;
    auto intent =
        with(&SmallIntent::tree, "{type: series, steps: [{type: retry, id: try, attempts: 3, body: {ref: c}}, "
                                 "{type: race, id: pay, branches: [{ref: a}, {ref: b}]}]}");
    intent.components = "{a: {availability: 0.995}, b: {availability: 0.995}, c: {availability: 0.999}}";
    folder.write("emac.yaml", intent.text());
    const auto files = folder.compiled("emac.yaml", {Flavor::Plain, {}});
    const auto report = tests::flatten(files.at("compiled/report/derivation.shop.yaml"));
    const auto value = [&](const char* key) { return report.value(QLatin1String("spec.") + QLatin1String(key)); };
    QCOMPARE(value("governance.provenance.dominantContributors[0]"), QStringLiteral("theattemptsoftryfailtogether"));
    QCOMPARE(value("composition.pessimisticAssumptions[0]"),
             QStringLiteral("Fullcorrelationoftheattemptsofaretry:try"));
    QCOMPARE(value("composition.pessimisticAssumptions[1]"),
             QStringLiteral("Independenceofalternativesthatstatenofailuredomain:a,b"));
    QCOMPARE(value("composition.formulas.retryPessimistic"), QStringLiteral("Aofoneattempt"));
    const auto rules = tests::flatten(files.at("compiled/prometheus/recording-rules.yaml"));
    QVERIFY(rules.values().contains(QStringLiteral("attemptsofaretryfailtogether")));
}

/// The domains of the model decide, its confidence is recorded, and all files name it.
void TestCompile::modelInPlay()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", SmallIntent().text());
    folder.write(".emac/accepted/emac.yaml",
                 "apiVersion: emac.dev/v1alpha1\nkind: AcceptedJourneyModel\nmetadata: {name: m}\nspec:\n"
                 "  failureDomains: {effective: {a: [x], b: [unknown]}}\n  confidence: {overall: 0.9}\n");
    const auto files = folder.compiled("emac.yaml", {Flavor::Plain, {}});
    for (const auto& [path, text] : files)
        QVERIFY(text.find("# accepted model: .emac/accepted/emac.yaml sha256-") != std::string::npos);
    const auto rules = tests::flatten(files.at("compiled/prometheus/recording-rules.yaml"));
    const auto rule = [&](const char* name, const char* key) {
        return rules.value(QStringLiteral("groups[emac.shop.synthetic-sli].rules[journey:shop:%1].%2")
                               .arg(QLatin1String(name), QLatin1String(key)));
    };
    QCOMPARE(rule("model:unresolved_domain_conflict", "expr"), QStringLiteral("vector(1)"));
    QCOMPARE(rule("model:unresolved_domain_conflict", "labels.source"), QStringLiteral(".emac/accepted/emac.yaml"));
    QCOMPARE(rule("model_delta:confidence", "expr"), QStringLiteral("vector(0.9)"));
    const auto report = tests::flatten(files.at("compiled/report/derivation.shop.yaml"));
    QCOMPARE(report.value(QStringLiteral("spec.governance.decision")), QStringLiteral("REVIEW"));
    QCOMPARE(report.value(QStringLiteral("spec.confidence.overall")), QStringLiteral("0.9"));
    QCOMPARE(report.value(QStringLiteral("spec.failureDomains.b[0]")), QStringLiteral("unknown"));
}

namespace {

/// As in many countries of Europe, and worse.
struct OddNumbers : std::numpunct<char>
{
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\1"; }
};

} // namespace

void TestCompile::sameBytesInEveryLocale()
{
    const tests::WorkFolder folder;
    folder.write(
        "emac.yaml",
        governed("{alerts: {sloBudgetWindow: 28d}, progressiveDelivery: {gate: {maxCanaryBurnRate: 1234.5}}}").text());
    const auto before = folder.compiled("emac.yaml");
    QCOMPARE(before.size(), std::size_t(5));
    QCOMPARE(folder.compiled("emac.yaml"), before);
    const auto global = std::locale::global(std::locale(std::locale::classic(), new OddNumbers));
    const auto odd = folder.compiled("emac.yaml");
    std::locale::global(global);
    QCOMPARE(odd, before);
    QVERIFY(before.at("compiled/argo/analysis-template.yaml").find("<= 1234.5") != std::string::npos);
    for (const auto* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8"}) {
        if (std::setlocale(LC_ALL, name) != nullptr)
            QCOMPARE(folder.compiled("emac.yaml"), before);
    }
    std::setlocale(LC_ALL, "C");
}

/// p99 where it is bounded, and the percentiles that a guard asks for.
void TestCompile::latencyBounds()
{
    auto intent = governed("{actions: [{kind: promote, guard: p50_U < 1 && A_minus > 0}]}");
    intent.components =
        "{a: {availability: 0.995, failureDomains: [net], latency: {constant: 30ms}}, b: {availability: "
        "0.995, failureDomains: [net], latency: {constant: 30ms}}, c: {availability: 0.999, latency: "
        "{constant: 20ms}}}";
    const tests::WorkFolder folder;
    folder.write("emac.yaml", intent.text());
    const auto files = folder.compiled("emac.yaml");
    const auto recorded = [&files](const char* percentile) {
        static const QRegularExpression number(QStringLiteral("vector\\(([0-9.]+)\\)"));
        const auto rules = QString::fromStdString(files.at("compiled/prometheus/recording-rules.yaml"));
        const auto at = rules.indexOf(
            QStringLiteral("journey:shop:latency_seconds:%1_upper_bound\n").arg(QLatin1String(percentile)));
        return at < 0 ? -1.0 : number.match(rules, at).captured(1).toDouble();
    };
    for (const auto* percentile : {"p50", "p99"})
        QVERIFY2(recorded(percentile) >= 0.05 && recorded(percentile) <= 0.0503, percentile);
    QCOMPARE(recorded("p95"), -1.0);
    const auto report = QString::fromStdString(files.at("compiled/report/derivation.shop.yaml"));
    QVERIFY(report.contains(QStringLiteral("p99UpperBound:")) && report.contains(QStringLiteral("p50UpperBound:")));
}

QTEST_GUILESS_MAIN(TestCompile)
#include "tst_compile.moc"
