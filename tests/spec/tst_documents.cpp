// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "diagnostics.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace emac;

/// Kinds of documents, models, OpenSLO; and the published files.
class TestDocuments : public QObject
{
    Q_OBJECT

private slots:
    void kinds_data();
    void kinds();
    void model();
    void modelFaults_data();
    void modelFaults();
    void openSlo_data();
    void openSlo();
    void catalogueSaysErrorsAsWarnings();
    void published_data();
    void published();
    void publishedIntent();
    void publishedModels();
    void largeJourneys();
    void examples_data();
    void examples();
};

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString dataFolder()
{
    const auto given = qEnvironmentVariable("EMAC_TEST_DATA");
    return (given.isEmpty() ? QStringLiteral(EMAC_SOURCE_DIR "/../shared/data") : given)
           + QStringLiteral("/emac-checkout");
}

void row(const char* name, const char* text, std::initializer_list<const char*> expected)
{
    QTest::newRow(name) << QByteArray(text) << strings(expected);
}

} // namespace

void TestDocuments::kinds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const QByteArray published = "apiVersion: emac.dev/v1alpha1\nkind: ";
    const QByteArray replay = "apiVersion: emac.sanity/v1\nkind: ";
    for (const auto* kind : {"ModelDelta", "DerivationReport", "JourneyLayout"})
        QTest::newRow(kind) << QByteArray(published + kind) << QStringList();
    for (const auto* kind : {"SanityReplayPolicy", "AtomicAvailabilityInputs", "ReplayScenario",
                             "SanityDerivationReport", "SanityReplaySummary"})
        QTest::newRow(kind) << QByteArray(replay + kind) << QStringList();
    row("trace evidence", "schema: emac.sanity.trace/v1\n", {});
    row("deployment evidence", "schema: emac.sanity.deployment/v1\n", {});
    row("unknown evidence", "schema: emac.sanity.trace/v9\n", {"1:9 error EMAC-202"});
    row("JSON", "{\"apiVersion\": \"emac.sanity/v1\", \"kind\": \"SanityReplaySummary\"}", {});
    row("wrong apiVersion", "apiVersion: emac.sanity/v1\nkind: DerivationReport\n", {"2:7 error EMAC-204"});
    row("no apiVersion", "kind: ModelDelta\n", {"1:7 error EMAC-204"});
    row("PrometheusRule", "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\n", {"2:7 error EMAC-202"});
    row("AnalysisTemplate", "apiVersion: argoproj.io/v1alpha1\nkind: AnalysisTemplate\n", {"2:7 error EMAC-202"});
    row("a Kubernetes Service", "apiVersion: v1\nkind: Service\n", {"2:7 error EMAC-202"});
    row("several, one faulty", "schema: emac.sanity.trace/v1\n---\nkind: Nothing\n", {"3:7 error EMAC-202"});
    row("a scalar", "text\n", {"1:1 error EMAC-201"});
}

void TestDocuments::kinds()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto diagnostics = spec::validateFile(text.toStdString(), "f");
    QVERIFY2(brief(diagnostics) == expected, inWords(diagnostics).c_str());
}

void TestDocuments::model()
{
    const auto result =
        spec::readModel("apiVersion: emac.sanity/v1\n"
                        "kind: DiscoveredJourneyModel\n"
                        "metadata: {name: m, labels: {a: b}}\n"
                        "spec:\n"
                        "  whatever: [1]\n"
                        "  operatorGraph: {expression: x, root: {type: race, id: r, branches: [{ref: a}, {ref: b}]}}\n"
                        "  failureDomains:\n"
                        "    effective: {a: [net, 'zone:1'], b: [unknown], c: []}\n"
                        "    details: {a: {status: conflicting, observations: []}, d: {status: missing}, e: {x: 1}}\n"
                        "  confidence: {overall: 0.35, evidenceFlags: [f1, 'f2:b']}\n",
                        "f");
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    const auto& model = *result.value;
    QCOMPARE(model.name, std::string("m"));
    QCOMPARE(model.kind, std::string("DiscoveredJourneyModel"));
    QVERIFY(journey::equalContent(model.root,
                                  journey::makeExpression(journey::Race{{journey::makeExpression(journey::Call{"a"}),
                                                                         journey::makeExpression(journey::Call{"b"})},
                                                                        {}},
                                                          "r")));
    const std::map<std::string, journey::EffectiveDomains> domains{
        {"a", {{"net", "zone:1"}, "conflicting"}}, {"b", {{"unknown"}, ""}}, {"c", {}}, {"d", {{}, "missing"}}};
    QVERIFY(model.domains == domains);
    QVERIFY(model.domains.at("a").unknown() && model.domains.at("b").unknown() && !model.domains.at("c").unknown());
    QVERIFY(model.confidence == 0.35);
    QVERIFY((model.evidenceFlags == std::vector<std::string>{"f1", "f2:b"}));
}

void TestDocuments::modelFaults_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const auto model = [](const char* name, const char* spec, std::initializer_list<const char*> expected) {
        QTest::newRow(name)
            << QByteArray("apiVersion: emac.dev/v1alpha1\nkind: AcceptedJourneyModel\nmetadata: {name: m}\nspec:\n")
                   + spec
            << strings(expected);
    };
    row("an intent", "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\n", {"2:7 error EMAC-203"});
    model("confidence", "  confidence: {overall: 1.5}\n", {"5:25 error EMAC-218"});
    model("domains", "  failureDomains: {effective: {a: net}}\n", {"5:35 error EMAC-213"});
    model("a fragment", "  operatorGraph: {root: {use: f}}\n", {"5:31 error EMAC-303"});
    model("an operator", "  operatorGraph: {root: {type: rase}}\n", {"5:32 error EMAC-306"});
    model("only inferred domains", "  failureDomains: {inferred: [{name: z, members: [a]}]}\n", {});
}

void TestDocuments::modelFaults()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto result = spec::readModel(text.toStdString(), "f");
    QVERIFY2(brief(result.diagnostics) == expected, inWords(result.diagnostics).c_str());
}

void TestDocuments::openSlo_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QStringList>("expected");
    const auto slo = [](const char* name, const char* objectives, std::initializer_list<const char*> expected) {
        QTest::newRow(name) << QByteArray(
                                   "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: s}\nspec:\n  service: x\n"
                                   "  indicatorRef: i\n  budgetingMethod: Occurrences\n")
                                   + objectives
                            << strings(expected);
    };
    slo("a target", "  objectives: [{target: 0.99}]\n", {});
    slo("a percentage", "  objectives: [{displayName: d, op: lte, value: 0.2, targetPercent: 99}]\n", {});
    slo("target of 1", "  objectives: [{target: 1}]\n", {"8:25 error EMAC-311"});
    slo("percentage of 100", "  objectives: [{targetPercent: 100}]\n", {"8:32 error EMAC-218"});
    slo("an operator", "  objectives: [{op: eq, target: 0.9}]\n", {"8:21 error EMAC-216"});
    slo("no objectives", "  objectives: []\n", {"8:15 error EMAC-221"});
    row("no indicator",
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: s}\nspec: {service: x, budgetingMethod: Occurrences, "
        "objectives: [{target: 0.9}]}\n",
        {"4:7 warning EMAC-415"});
    row("dots", "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: a.b}\nspec: {}\n", {"3:18 warning EMAC-413"});
    row("no name", "apiVersion: openslo/v1\nkind: SLI\nmetadata: {}\nspec: {}\n", {"3:11 error EMAC-212"});
    row("DataSource",
        "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: d}\nspec: {type: p, connectionDetails: {a: b}}\n",
        {});
    row("AlertPolicy",
        "apiVersion: openslo/v1\nkind: AlertPolicy\nmetadata: {name: d}\nspec: {conditions: [{conditionRef: c}]}\n",
        {"4:7 error EMAC-212"});
    row("AlertCondition",
        "apiVersion: openslo/v1\nkind: AlertCondition\nmetadata: {name: d}\nspec: {severity: page, condition: {kind: "
        "burnrate}}\n",
        {});
    row("AlertNotificationTarget",
        "apiVersion: openslo/v1\nkind: AlertNotificationTarget\nmetadata: {name: d}\nspec: {target: mail}\n", {});
    row("an older version", "apiVersion: openslo/v1alpha\nkind: Service\nmetadata: {name: d}\nspec: {}\n",
        {"1:13 error EMAC-217"});
}

void TestDocuments::openSlo()
{
    QFETCH(QByteArray, text);
    QFETCH(QStringList, expected);
    const auto diagnostics = spec::validateFile(text.toStdString(), "f");
    QVERIFY2(brief(diagnostics) == expected, inWords(diagnostics).c_str());
}

void TestDocuments::catalogueSaysErrorsAsWarnings()
{
    spec::Catalogue catalogue;
    const std::string slo =
        "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: s}\nspec:\n  service: x\n  indicatorRef: i\n"
        "  budgetingMethod: Occurrences\n  objectives: [{target: 7}]\n";
    catalogue.addFile(slo, "one");
    catalogue.addFile(slo, "two");
    catalogue.addFile("openslo/v1: [", "three");
    catalogue.addFile("apiVersion: v1\nkind: Service\n", "four");
    catalogue.addFile("apiVersion: openslo/v1alpha\nkind: SLO\n", "five");
    const auto expected =
        strings({"8:25 warning EMAC-414", "3:18 warning EMAC-407", "8:25 warning EMAC-414", "1:14 warning EMAC-414"});
    QVERIFY2(brief(catalogue.diagnostics()) == expected, inWords(catalogue.diagnostics()).c_str());
    QCOMPARE(catalogue.size(), std::size_t(2));
    QCOMPARE(catalogue.find("s").size(), std::size_t(2));
    QVERIFY(!catalogue.find("s")[0]->objectives[0].target);
    QVERIFY((catalogue.names() == std::vector<std::string>{"s"}));
}

void TestDocuments::published_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(dataFolder(), {QStringLiteral("*.yaml"), QStringLiteral("*.json")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = files.next();
        // Compiled artifacts of other systems are no documents of ours.
        if (!path.contains(QStringLiteral("/compiled/argo/"))
            && !path.contains(QStringLiteral("/compiled/prometheus/")))
            QTest::newRow(qPrintable(QDir(dataFolder()).relativeFilePath(path))) << path;
    }
    QTest::newRow("all") << QString();
}

void TestDocuments::published()
{
    QFETCH(QString, path);
    if (!QDir(dataFolder()).exists())
        QSKIP("the published files are not here: set EMAC_TEST_DATA");
    if (path.isEmpty())
        return;
    const auto diagnostics = spec::validateFile(contentOf(path).toStdString(), "f");
    QVERIFY2(!base::hasErrors(diagnostics), inWords(diagnostics).c_str());
}

void TestDocuments::publishedIntent()
{
    const auto text = contentOf(dataFolder() + QStringLiteral("/examples/checkout/spec/emac.checkout.yaml"));
    if (text.isEmpty())
        QSKIP("the published files are not here: set EMAC_TEST_DATA");
    const auto result = spec::readIntent(text.toStdString(), "f");
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    const auto& intent = result.value->intent;
    QCOMPARE(intent.objectives.availability->target.failure(), 0.005);
    QCOMPARE(base::seconds(intent.objectives.latency->threshold), 0.4);
    QCOMPARE(intent.journey.components.list().size(), std::size_t(5));
    QCOMPARE(intent.journey.domainRules.size(), std::size_t(3));
    QCOMPARE(intent.governance.alerts.page.size(), std::size_t(2));
    QCOMPARE(intent.governance.actions.size(), std::size_t(1));
    QCOMPARE(intent.evidence.inputs.size(), std::size_t(2));
}

void TestDocuments::publishedModels()
{
    const QString path =
        dataFolder()
        + QStringLiteral("/replay/checkout/generated/models/missing_or_conflicting_evidence.discovered-model.yaml");
    const auto text = contentOf(path);
    if (text.isEmpty())
        QSKIP("the published files are not here: set EMAC_TEST_DATA");
    const auto result = spec::readModel(text.toStdString(), "f");
    QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    QVERIFY(result.value->root);
    QVERIFY(result.value->confidence == 0.350625);
    QCOMPARE(result.value->evidenceFlags.size(), std::size_t(4));
    QVERIFY(result.value->domains.at("paya").unknown());
    QVERIFY(result.value->domains.at("payb").unknown());
    QVERIFY(!result.value->domains.at("front").unknown());
}

void TestDocuments::largeJourneys()
{
    const QDir folder(dataFolder() + QStringLiteral("/../aralia"));
    if (!folder.exists())
        QSKIP("the Aralia journeys are not here: set EMAC_TEST_DATA");
    // Hundreds of components, and fragments that would be tens of millions of nodes if written out.
    for (const auto& name : folder.entryList({QStringLiteral("*.yaml")}, QDir::Files)) {
        const auto result = spec::readIntent(contentOf(folder.filePath(name)).toStdString(), name.toStdString());
        QVERIFY(result.value);
        QVERIFY2(result.diagnostics.empty(), inWords(result.diagnostics).c_str());
    }
}

void TestDocuments::examples_data()
{
    QTest::addColumn<QString>("path");
    QDirIterator files(QStringLiteral(EMAC_SOURCE_DIR "/resources/examples"), {QStringLiteral("*.yaml")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const auto path = files.next();
        if (path.contains(QStringLiteral("/compiled/")))
            continue; // for other programs to read
        QTest::newRow(qPrintable(path.section(QLatin1Char('/'), -3))) << path;
    }
}

void TestDocuments::examples()
{
    QFETCH(QString, path);
    const auto diagnostics = spec::validateFile(contentOf(path).toStdString(), "f");
    QVERIFY2(diagnostics.empty(), inWords(diagnostics).c_str());
}

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"
