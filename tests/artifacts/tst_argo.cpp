// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/flatten.h"
#include "tests/artifacts/work_folder.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace emac;

/// The analysis template and the steps of the rollout.
class TestArgo : public QObject
{
    Q_OBJECT

private slots:
    void schema_data();
    void schema();
    void schemaIsStrict();
    void metrics();
    void repeatedMetrics();
    void steps_data();
    void steps();
};

namespace {

constexpr const char* analysisTemplate = "compiled/argo/analysis-template.yaml";
constexpr const char* rollout = "compiled/argo/rollout-snippet.yaml";

tests::SmallIntent gated(const char* governance)
{
    tests::SmallIntent small;
    small.objectives += "\n    latency: {window: 30d, objective: {metric: p99, threshold: 400ms}, evidence: {promql: "
                        "\"histogram_quantile(0.99, sum(rate(shop_seconds_bucket[{{ .window }}])) by (le))\"}}";
    small.governance = governance;
    return small;
}

constexpr const char* everyGuard =
    "{progressiveDelivery: {provider: argo-rollouts, gate: {maxCanaryBurnRate: 2.5, maxP99LatencySeconds: 0.4}},"
    " actions: [{kind: promote, guard: \"0.5 < A_plus && A_minus >= 99% && p999_U <= 400ms && conf(delta) > 0.8 &&"
    " burn_rate <= 1 && no_unresolved_domain_conflict\", parameterBounds: {maxTrafficStep: 0.2},"
    " rateLimit: {maxActions: 2, window: 30m}}]}";

QByteArray validate(const char* definition, const std::filesystem::path& object, int& status)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral("python3"),
                  {QStringLiteral(EMAC_SOURCE_DIR "/tests/artifacts/validate_objects.py"),
                   QString::fromStdString((tests::publishedFolder() / "schemas" / definition).string()),
                   QString::fromStdString(object.string())});
    status = process.waitForFinished(60'000) && process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return process.readAll();
}

} // namespace

void TestArgo::schema_data()
{
    if (tests::publishedFolder().empty())
        QSKIP("the schemas are not there (EMAC_TEST_DATA)");
    QTest::addColumn<QString>("text"); ///< empty: the example
    QTest::newRow("checkout example") << QString();
    QTest::newRow("every guard") << QString::fromStdString(gated(everyGuard).text());
    auto labelled = gated(everyGuard);
    labelled.metadata = "labels: {team: \"7\", flag: \"true\"}";
    QTest::newRow("labels that look like other types") << QString::fromStdString(labelled.text());
}

void TestArgo::schema()
{
    QFETCH(QString, text);
    const tests::WorkFolder folder;
    std::string intent = "emac.yaml";
    std::string prefix;
    if (text.isEmpty()) {
        folder.copy(EMAC_SOURCE_DIR "/resources/examples/checkout", "x");
        intent = "x/emac.checkout.yaml";
        prefix = "x/";
    } else {
        folder.write(intent, text.toStdString());
    }
    const auto files = folder.compiled(intent);
    for (const auto& [definition, path] :
         {std::pair("argo-at.yaml", analysisTemplate), std::pair("argo-rollout.yaml", rollout)}) {
        QVERIFY(files.contains(prefix + path));
        folder.write("object.yaml", files.at(prefix + path));
        int status = -1;
        const auto said = validate(definition, folder.path("object.yaml"), status);
        QVERIFY2(status == 0, said.constData());
    }
}

/// A misspelt key and a value of another type do not pass.
void TestArgo::schemaIsStrict()
{
    if (tests::publishedFolder().empty())
        QSKIP("the schemas are not there (EMAC_TEST_DATA)");
    const tests::WorkFolder folder;
    folder.write("emac.yaml", gated(everyGuard).text());
    const auto text = QString::fromStdString(folder.compiled("emac.yaml").at(analysisTemplate));
    for (const auto& [before, after] :
         {std::pair("successCondition", "sucessCondition"), std::pair("failureLimit: 1", "failureLimit: [1]"),
          std::pair("kind: AnalysisTemplate", "kind: Analysis")}) {
        auto faulty = text;
        faulty.replace(QString::fromLatin1(before), QString::fromLatin1(after));
        QVERIFY(faulty != text);
        folder.write("object.yaml", faulty.toStdString());
        int status = -1;
        validate("argo-at.yaml", folder.path("object.yaml"), status);
        QCOMPARE(status, 1);
    }
}

/// Each conjunct of the guard in its order, then the canary; all fit for inline steps.
void TestArgo::metrics()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml", gated(everyGuard).text());
    const auto flat = tests::flatten(folder.compiled("emac.yaml").at(analysisTemplate));
    const auto metric = [&](const char* name, const char* key) {
        return flat.value(QStringLiteral("spec.metrics[shop-%1].%2").arg(QLatin1String(name), QLatin1String(key)));
    };
    struct Row
    {
        const char* name;
        const char* query;
        const char* holds;
        const char* fails;
    };
    const std::vector<Row> rows{
        {"optimistic-availability-bound", "journey:shop:availability_bound{bound=\"optimistic\"}", ">0.5", "<=0.5"},
        {"pessimistic-availability-bound", "journey:shop:availability_bound{bound=\"pessimistic\"}", ">=0.99", "<0.99"},
        {"latency-p999-upper-bound", "journey:shop:latency_seconds:p999_upper_bound", "<=0.4", ">0.4"},
        {"model-delta-confidence", "journey:shop:model_delta:confidence", ">0.8", "<=0.8"},
        {"burnrate-1h", "journey:shop:slo_errors_per_request:ratio_rate1h/{{args.error-budget}}", "<=1", ">1"},
        {"unresolved-domain-conflict", "journey:shop:model:unresolved_domain_conflict", "==0", "!=0"},
        {"canary-burnrate-5m",
         "(1-((sum(rate(shop_total{result=\"success\",rollout=\"canary\"}[5m]))or0*sum(rate(shop_total{rollout="
         "\"canary\"}[5m])))/(sum(rate(shop_total{rollout=\"canary\"}[5m]))>0)))/{{args.error-budget}}",
         "<=2.5", ">2.5"},
        {"canary-latency-p99-5m",
         "histogram_quantile(0.99,sum(rate(shop_seconds_bucket{rollout=\"canary\"}[5m]))by(le))", "<=0.4", ">0.4"},
    };
    for (const auto& row : rows) {
        const auto condition = [](const char* comparison) -> QString {
            return QStringLiteral("len(result)>0&&!isNaN(result[0])&&result[0]") + QLatin1String(comparison);
        };
        QCOMPARE(metric(row.name, "provider.prometheus.query"), QString::fromLatin1(row.query));
        QCOMPARE(metric(row.name, "successCondition"), condition(row.holds));
        QCOMPARE(metric(row.name, "failureCondition"), condition(row.fails));
        QCOMPARE(metric(row.name, "count"), QStringLiteral("5"));
        QCOMPARE(metric(row.name, "interval"), QStringLiteral("1m"));
    }
    QCOMPARE(flat.keys().filter(QRegularExpression(QStringLiteral("^spec\\.metrics.*\\.count$"))).size(),
             qsizetype(rows.size()));
    QCOMPARE(flat.value(QStringLiteral("spec.args[error-budget].value")), QStringLiteral("0.005"));
    QCOMPARE(flat.value(QStringLiteral("spec.args[max-p99-latency-seconds].value")), QStringLiteral("0.4"));
}

/// Argo refuses two metrics of one name.
void TestArgo::repeatedMetrics()
{
    const tests::WorkFolder folder;
    folder.write("emac.yaml",
                 gated("{actions: [{kind: promote, guard: A_minus >= 0.9}, {kind: scale, guard: A_minus >= 0.1},"
                       " {kind: promote, guard: A_minus >= 0.95 && A_minus < 1}]}")
                     .text());
    const auto flat = tests::flatten(folder.compiled("emac.yaml").at(analysisTemplate));
    QStringList names;
    for (const auto& key : flat.keys().filter(QRegularExpression(QStringLiteral("^spec\\.metrics.*\\.name$"))))
        names << flat[key];
    names.sort();
    const QStringList expected{QStringLiteral("shop-pessimistic-availability-bound"),
                               QStringLiteral("shop-pessimistic-availability-bound-2"),
                               QStringLiteral("shop-pessimistic-availability-bound-3")};
    QCOMPARE(names, expected);
}

void TestArgo::steps_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QStringList>("steps");
    const auto row = [](const char* action, std::initializer_list<const char*> steps) {
        QStringList list;
        for (const auto* step : steps)
            list << QString::fromLatin1(step);
        QTest::newRow(action) << QString::fromLatin1(action) << list;
    };
    row("{kind: promote, guard: A_minus > 0}", {"10:5m", "50:10m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: 0.25}}",
        {"10:5m", "25:10m", "50:10m", "75:10m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: 29%}}",
        {"10:5m", "29:10m", "58:10m", "87:10m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: 1}}", {"10:5m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: 0.1}}",
        {"10:5m", "20:10m", "30:10m", "40:10m", "50:10m", "60:10m", "70:10m", "80:10m", "90:10m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: 1.5}}", {"10:5m", "50:10m"});
    row("{kind: promote, guard: A_minus > 0, parameterBounds: {maxTrafficStep: big}}", {"10:5m", "50:10m"});
    row("{kind: promote, guard: A_minus > 0, rateLimit: {maxActions: 1, window: 8m}}", {"10:8m", "50:10m"});
    row("{kind: promote, guard: A_minus > 0, rateLimit: {maxActions: 2, window: 1h}}", {"10:30m", "50:30m"});
    row("{kind: promote, guard: A_minus > 0, rateLimit: {maxActions: 7, window: 1h}}", {"10:515s", "50:10m"});
    row("{kind: promote, guard: A_minus > 0, rateLimit: {maxActions: 0, window: 1h}}", {"10:5m", "50:10m"});
}

void TestArgo::steps()
{
    QFETCH(QString, action);
    const tests::WorkFolder folder;
    folder.write("emac.yaml", gated(("{actions: [" + action.toStdString() + "]}").c_str()).text());
    const auto flat = tests::flatten(folder.compiled("emac.yaml").at(rollout));
    const auto at = [&](int step, const char* key) {
        return flat.value(QStringLiteral("spec.strategy.canary.steps[%1].%2").arg(step).arg(QLatin1String(key)));
    };
    QStringList steps;
    for (int i = 0; !at(i, "setWeight").isEmpty(); i += 3) {
        steps << at(i, "setWeight") + u':' + at(i + 1, "pause.duration");
        QCOMPARE(at(i + 2, "analysis.templates[0].templateName"), QStringLiteral("emac-shop-slo-gate"));
    }
    QTEST(steps, "steps");
}

QTEST_GUILESS_MAIN(TestArgo)
#include "tst_argo.moc"
