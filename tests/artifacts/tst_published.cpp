// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/artifacts/flatten.h"
#include "tests/artifacts/published_differences.h"
#include "tests/artifacts/work_folder.h"

#include <QRegularExpression>
#include <QTest>

using namespace emac;
using tests::Differences;
using tests::How;

Q_DECLARE_METATYPE(emac::tests::Differences)

/// What is compiled from the published example and for the scenarios of its replay, held against the published files.
/// Both are read; numbers count as equal that agree in eight digits after the point, as many as were published.
class TestPublished : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void comparisonFindsFaults();
    void example_data();
    void example();
    void replay_data();
    void replay();

private:
    std::map<std::string, std::string> compiled(const std::string& model) const;

    std::filesystem::path m_published;
};

namespace {

const std::string checkout = "examples/checkout/";

using Flat = QMap<QString, QString>;
using Found = std::vector<std::pair<How, QString>>;

Found differences(const Flat& published, const Flat& ours, bool ourOwn)
{
    Found found;
    for (auto entry = published.begin(); entry != published.end(); ++entry) {
        if (!ours.contains(entry.key()))
            found.emplace_back(How::PublishedOnly, entry.key());
        else if (ours[entry.key()] != entry.value())
            found.emplace_back(How::Differs, entry.key());
    }
    for (auto entry = ours.begin(); ourOwn && entry != ours.end(); ++entry) {
        if (!published.contains(entry.key()))
            found.emplace_back(How::OursOnly, entry.key());
    }
    return found;
}

/// Every difference is listed, and everything listed is a difference.
QStringList notAsListed(const Flat& published, const Flat& ours, const Differences& listed, bool ourOwn)
{
    static const char* const words[] = {"differs", "ours only", "published only"};
    std::vector<bool> used(listed.size(), false);
    QStringList faults;
    for (const auto& [how, path] : differences(published, ours, ourOwn)) {
        bool known = false;
        for (std::size_t i = 0; i < listed.size(); ++i) {
            const QRegularExpression pattern(QRegularExpression::anchoredPattern(QString::fromLatin1(listed[i].path)));
            if (listed[i].how != how || !pattern.match(path).hasMatch())
                continue;
            known = true;
            used[i] = true;
        }
        if (!known)
            faults << QStringLiteral("%1: %2\n    published %3\n    ours      %4")
                          .arg(QLatin1String(words[static_cast<int>(how)]), path, published.value(path),
                               ours.value(path));
    }
    for (std::size_t i = 0; i < listed.size(); ++i) {
        if (!used[i])
            faults << QStringLiteral("listed, but no difference any more: %1").arg(QLatin1String(listed[i].path));
    }
    return faults;
}

Differences joined(Differences first, const Differences& second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

} // namespace

void TestPublished::initTestCase()
{
    m_published = tests::publishedFolder();
    if (m_published.empty())
        QSKIP("the published inputs are not there (EMAC_TEST_DATA)");
    m_published /= "emac-checkout";
}

/// The comparison itself.
void TestPublished::comparisonFindsFaults()
{
    const auto flat = tests::flatten("rules: [{record: a, expr: vector(0.123456784)}, {record: a, expr: x}]\n");
    QCOMPARE(flat.size(), 4);
    QCOMPARE(notAsListed(flat, tests::flatten("rules: [{record: a, expr: vector( 0.12345678)}, {record: a, expr: x}]"),
                         {}, true),
             QStringList());
    const auto other = tests::flatten("rules: [{record: a, expr: vector(0.12345677)}, {record: a}]\nmore: 1\n");
    QCOMPARE(notAsListed(flat, other, {}, true).size(), 3);
    const Differences listed{{How::Differs, R"(rules\[a\]\.expr)", "one"},
                             {How::PublishedOnly, R"(rules\[a#2\]\.expr)", "two"},
                             {How::OursOnly, "more", "three"}};
    QCOMPARE(notAsListed(flat, other, listed, true), QStringList());
    QCOMPARE(notAsListed(flat, flat, listed, true).size(), 3);
}

/// The published intent in its place, compiled; the published files themselves are not ours to overwrite.
std::map<std::string, std::string> TestPublished::compiled(const std::string& model) const
{
    const tests::WorkFolder folder;
    for (const auto* part : {"spec", "atomic", "model_discovery"})
        folder.copy(m_published / checkout / part, checkout + part);
    std::optional<std::string> modelPath;
    if (!model.empty()) {
        modelPath = "model.yaml";
        folder.copy(m_published / "replay/checkout/generated/models" / (model + ".discovered-model.yaml"), *modelPath);
    }
    return folder.compiled(checkout + "spec/emac.checkout.yaml", {}, modelPath);
}

void TestPublished::example_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<Differences>("listed");
    const auto row = [](const char* file, const Differences& listed) {
        QTest::newRow(file) << QString::fromLatin1(file) << joined(tests::inMetadata, listed);
    };
    row("compiled/prometheus/recording-rules.yaml", tests::inRecordingRules);
    row("compiled/prometheus/alerts.yaml", tests::inAlerts);
    row("compiled/argo/analysis-template.yaml", tests::inAnalysisTemplate);
    row("compiled/argo/rollout-snippet.yaml", tests::inRollout);
    row("compiled/report/derivation.checkout.yaml", tests::inReport);
}

void TestPublished::example()
{
    QFETCH(QString, file);
    QFETCH(Differences, listed);
    const auto path = checkout + file.toStdString();
    const auto files = compiled({});
    QCOMPARE(files.size(), std::size_t(5));
    QVERIFY(files.contains(path));
    const auto published = workspace::readFile(m_published / path);
    QVERIFY(published.value);
    const auto flat = tests::flatten(*published.value);
    QVERIFY(flat.size() > 5);
    const auto faults = notAsListed(flat, tests::flatten(files.at(path)), listed, true);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

void TestPublished::replay_data()
{
    QTest::addColumn<Differences>("listed");
    const auto shared = joined(tests::inReplay, tests::inReplayOfSharedFate);
    QTest::newRow("baseline_separate_domains") << tests::inReplay;
    QTest::newRow("payment_shared_fate_drift") << shared;
    QTest::newRow("missing_or_conflicting_evidence") << shared;
}

void TestPublished::replay()
{
    QFETCH(Differences, listed);
    const std::string scenario = QTest::currentDataTag();
    const auto files = compiled(scenario);
    const auto& report = files.at(checkout + "compiled/report/derivation.checkout.yaml");
    const auto published =
        workspace::readFile(m_published / "replay/checkout/generated/reports" / (scenario + ".derivation.yaml"));
    QVERIFY(published.value);
    const auto faults = notAsListed(tests::flatten(*published.value), tests::flatten(report), listed, false);
    QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestPublished)
#include "tst_published.moc"
