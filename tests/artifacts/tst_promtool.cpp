// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/write.h"
#include "tests/artifacts/flatten.h"
#include "tests/artifacts/work_folder.h"
#include "tests/journey/random_intent.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace emac;
using artifacts::Flavor;

/// Compiled rules, as Prometheus itself reads and evaluates them.
class TestPromtool : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void lint_data();
    void lint();
    void alerting();
    void randomIntents();

private:
    void promtool(const QStringList& arguments) const;
    void check(const QStringList& files) const;

    QString m_promtool;
};

namespace {

constexpr const char* rules = "prometheus/recording-rules.yaml";
constexpr const char* alerts = "prometheus/alerts.yaml";

constexpr const char* latency = R"y(
    latency:
      window: 30d
      objective: {metric: p99, threshold: 400ms}
      evidence: {promql: "histogram_quantile(0.99, sum(rate(shop_seconds_bucket[{{ .window }}])) by (le))"})y";

/// What stands below `spec:`, as a file of its own.
std::string belowSpec(const std::string& text)
{
    auto below = QString::fromStdString(text).section(QStringLiteral("\nspec:\n"), 1);
    below = QStringLiteral("\n") + below;
    return below.replace(QStringLiteral("\n  "), QStringLiteral("\n")).toStdString();
}

QMap<QString, QString> withoutSpec(const QMap<QString, QString>& flat)
{
    QMap<QString, QString> groups;
    for (auto entry = flat.begin(); entry != flat.end(); ++entry) {
        if (entry.key().startsWith(QStringLiteral("spec.")))
            groups[entry.key().mid(5)] = entry.value();
    }
    return groups;
}

} // namespace

void TestPromtool::initTestCase()
{
    m_promtool = QStandardPaths::findExecutable(QStringLiteral("promtool"));
    QVERIFY2(!m_promtool.isEmpty(), "promtool is missing: install the package prometheus");
}

void TestPromtool::promtool(const QStringList& arguments) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(m_promtool, arguments);
    QVERIFY(process.waitForFinished(120'000));
    const bool fine = process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    QStringList output;
    for (const auto& line : QString::fromUtf8(process.readAll()).split(u'\n')) {
        if (!line.isEmpty() && !line.startsWith(QStringLiteral("Checking"))
            && !line.contains(QStringLiteral("SUCCESS")))
            output << line;
    }
    QVERIFY2(fine, qPrintable(output.join(u'\n')));
}

void TestPromtool::check(const QStringList& files) const
{
    QVERIFY(!files.isEmpty());
    promtool(QStringList{QStringLiteral("check"), QStringLiteral("rules"), QStringLiteral("--lint=all"),
                         QStringLiteral("--lint-fatal")}
             + files);
}

void TestPromtool::lint_data()
{
    QTest::addColumn<QString>("example"); ///< empty: the small intent
    QTest::addColumn<QString>("more"); ///< of its governance
    for (const auto* name : {"checkout", "media-streaming", "travel-booking"})
        QTest::newRow(name) << QString::fromLatin1(name) << QString();
    const auto row = [](const char* name, const char* governance) {
        QTest::newRow(name) << QString() << QString::fromLatin1(governance);
    };
    row("without policy", "{}");
    row("own windows", "{alerts: {burnRatePolicy: {page: [{burnRate: 20, longWindow: 90m, shortWindow: 450s}]}}}");
    row("a week", "{alerts: {sloBudgetWindow: 7d}}");
    row("an hour", "{alerts: {sloBudgetWindow: 1h}}");
}

/// Both flavours hold the same groups, and both pass.
void TestPromtool::lint()
{
    QFETCH(QString, example);
    QFETCH(QString, more);
    const tests::WorkFolder folder;
    std::string intent = "emac.yaml";
    if (example.isEmpty()) {
        tests::SmallIntent small;
        small.objectives += latency;
        small.governance = more.toStdString();
        folder.write(intent, small.text());
    } else {
        folder.copy(std::filesystem::path(EMAC_SOURCE_DIR "/resources/examples") / example.toStdString(), "x");
        intent = "x/emac." + example.toStdString() + ".yaml";
    }
    const auto compiled = [&](Flavor flavor) { return folder.compiled(intent, {flavor, folder.path("out")}); };
    const auto ofOperator = compiled(Flavor::Operator);
    const auto plain = compiled(Flavor::Plain);
    QStringList files;
    for (const auto* name : {rules, alerts}) {
        const auto path = std::string("out/") + name;
        QVERIFY(ofOperator.contains(path) && plain.contains(path));
        QCOMPARE(withoutSpec(tests::flatten(ofOperator.at(path))), tests::flatten(plain.at(path)));
        for (const auto& [prefix, text] :
             {std::pair("plain/", plain.at(path)), std::pair("operator/", belowSpec(ofOperator.at(path)))}) {
            folder.write(prefix + std::string(name), text);
            files << QString::fromStdString(folder.path(prefix + std::string(name)).string());
        }
    }
    check(files);
}

void TestPromtool::alerting()
{
    const tests::WorkFolder folder;
    tests::SmallIntent small;
    small.objectives += latency;
    folder.write("emac.yaml", small.text());
    const auto compiled = folder.compiled("emac.yaml", {Flavor::Plain, {}});
    folder.write("recording-rules.yaml", compiled.at(std::string("compiled/") + rules));
    folder.write("alerts.yaml", compiled.at(std::string("compiled/") + alerts));
    QStringList arguments{QStringLiteral("test"), QStringLiteral("rules")};
    for (const auto* test : {"alerting.test.yaml", "days.test.yaml"}) {
        folder.copy(std::filesystem::path(EMAC_SOURCE_DIR "/tests/artifacts") / test, test);
        arguments << QString::fromStdString(folder.path(test).string());
    }
    promtool(arguments);
}

namespace {

std::string randomQuery(tests::Random& random)
{
    return random.oneOf<std::string>({
        "sum(rate(x_total{a=\"b\",c!~\"5..|[45]{2}\"}[{{ .window }}]))",
        "sum(increase(x_total[30d]))",
        "x_total{job='y'}",
        "x_total",
        "{__name__=~\"x_.*_total\"}",
        "sum by (route) (rate(x_total{}[{{window}}])) # by route",
        "sum(rate(x_total[5m])) + sum(rate(y_total[5m]))",
        "sum_over_time(sum(rate(x_total[1m]))[{{ .window }}:1m])",
        "sum(\n  rate(x_total{path=`/a\"b`}[{{ .window }}] offset 1m)\n)\n",
    });
}

/// One that compiles: what has no availability gets one.
journey::Intent compilableIntent(tests::Random& random)
{
    using namespace std::chrono_literals;
    auto intent = tests::randomIntent(random);
    while (!intent.journey.root)
        intent = tests::randomIntent(random);
    intent.name = random.oneOf<std::string>({"checkout", "media-streaming", "Shop {{ x }} \"2\"", "größe/1", "7"});
    intent.evidence.discoveredModelRef.clear();
    const auto components = intent.journey.components.list();
    for (const auto& component : components) {
        auto stated = *component;
        stated.atomicSloRef.clear();
        stated.latencySloRef.clear();
        stated.observed.reset();
        stated.inlineAvailability = base::Ratio(base::Decimal::parse("0.99").value());
        intent.journey.components =
            intent.journey.components.with(std::make_shared<const journey::Component>(std::move(stated)));
    }
    for (auto& rule : intent.journey.domainRules)
        rule.availability.reset();
    if (auto& objective = intent.objectives.availability) {
        objective->goodEventQuery = randomQuery(random);
        objective->totalEventQuery = randomQuery(random);
        objective->target = base::Ratio(
            base::Decimal::parse(random.oneOf<std::string>({"0.995", "0.5", "0.01", "0.999999999", "0.9999"})).value());
    }
    if (auto& objective = intent.objectives.latency)
        objective->promql = randomQuery(random);
    while (random.chance(0.5))
        intent.governance.alerts.ticket.push_back({random.oneOf<double>({0.5, 1, 2.2, 13.44, 1e-9, 1000}),
                                                   random.between(1, 5000) * 1min, random.between(1, 5'000'000) * 1ms});
    return intent;
}

} // namespace

/// Whatever the intent is, Prometheus takes its rules.
void TestPromtool::randomIntents()
{
    const tests::WorkFolder folder;
    tests::Random random(20);
    QStringList files;
    for (int i = 0; i < 60; ++i) {
        const auto place = "j" + std::to_string(i) + "/";
        folder.write(place + ".git/x", ""); // a working copy of its own
        folder.write(place + "samples/times.csv", "seconds\n0.02\n0.5\n");
        const auto text = spec::write(compilableIntent(random));
        folder.write(place + "emac.yaml", text);
        const auto plan = folder.plan(place + "emac.yaml", {Flavor::Plain, folder.path(place + "out")});
        std::string said;
        for (const auto& diagnostic : plan.diagnostics)
            said += base::toString(diagnostic) + '\n';
        QVERIFY2(plan.files.size() >= 3, (said + text).c_str());
        const auto written = workspace::writeArtifacts(plan);
        QVERIFY(written.clean());
        for (const auto* name : {rules, alerts})
            files << QString::fromStdString(folder.path(place + "out/" + name).string());
    }
    check(files);
}

QTEST_GUILESS_MAIN(TestPromtool)
#include "tst_promtool.moc"
