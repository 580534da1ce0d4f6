// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/insights.h"
#include "core/journey/paths.h"
#include "core/workspace/evaluate.h"
#include "tests/artifacts/work_folder.h"

#include <QRegularExpression>
#include <QTest>

using namespace emac;
namespace fs = std::filesystem;

/// The compiled files of the examples are those that compile now. After a change that is meant to change them:
/// for e in checkout media-streaming travel-booking; do emac compile resources/examples/$e/emac.$e.yaml; done
class TestExamples : public QObject
{
    Q_OBJECT

private slots:
    void current_data();
    void current();
    void insights_data();
    void insights();
};

namespace {

/// Numbers with twelve digits: intervals of observed outcomes come from the C library, which rounds the last digits
/// differently on different processors.
QString rounded(const std::string& text)
{
    static const QRegularExpression decimal(QStringLiteral("\\b\\d+\\.\\d{13,}(e-?\\d+)?"));
    const auto whole = QString::fromStdString(text);
    QString out;
    qsizetype at = 0;
    for (auto found = decimal.globalMatch(whole); found.hasNext();) {
        const auto match = found.next();
        out += whole.mid(at, match.capturedStart() - at) + QString::number(match.captured().toDouble(), 'g', 12);
        at = match.capturedEnd();
    }
    return out + whole.mid(at);
}

} // namespace

void TestExamples::current_data()
{
    QTest::addColumn<bool>("exactly");
    QTest::newRow("checkout") << true;
    QTest::newRow("media-streaming") << false;
    QTest::newRow("travel-booking") << false;
}

void TestExamples::current()
{
    QFETCH(bool, exactly);
    const std::string name = QTest::currentDataTag();
    const fs::path source = EMAC_SOURCE_DIR;
    const auto example = fs::path("resources/examples") / name;
    const tests::WorkFolder folder;
    folder.copy(source / "resources/examples", "resources/examples");
    const auto compiled = folder.compiled((example / ("emac." + name + ".yaml")).string());
    QVERIFY(compiled.size() >= 3);
    for (const auto& [path, text] : compiled) {
        const auto committed = workspace::readFile(source / path);
        QVERIFY2(committed.value, path.c_str());
        QCOMPARE(rounded(*committed.value), rounded(text));
        QVERIFY2(!exactly || *committed.value == text, path.c_str());
    }
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(source / example / "compiled"))
        files += entry.is_regular_file() ? 1 : 0;
    QCOMPARE(files, compiled.size()); // none is left over from earlier
}

void TestExamples::insights_data()
{
    QTest::addColumn<QStringList>("said");
    QTest::newRow("checkout") << QStringList();
    // Fallbacks behind calls of which nobody says when they have failed.
    QTest::newRow("media-streaming") << QStringList{
        QStringLiteral("ranking EMAC-776: regional-ranking"), QStringLiteral("manifest EMAC-776: manifest-service"),
        QStringLiteral("origin EMAC-776: origin-shield, origin-west"),
        QStringLiteral("fragments/load-profile/fallback EMAC-776: profile-cache")};
    QTest::newRow("travel-booking") << QStringList{QStringLiteral("flights EMAC-776: flight-search")};
}

/// What the times make of the operators of the examples: these, and nothing else.
void TestExamples::insights()
{
    QFETCH(QStringList, said);
    const std::string name = QTest::currentDataTag();
    const auto opened = workspace::openIntent(std::filesystem::path(EMAC_SOURCE_DIR) / "resources/examples" / name
                                              / ("emac." + name + ".yaml"));
    const auto& intent = opened.document->intent;
    const auto found = workspace::evaluate(*opened.document, opened).value();
    const auto insights = analysis::latencyInsights(intent, found.inputs).value();
    std::map<journey::NodeId, std::string> keys;
    for (const auto& place : journey::nodePlaces(intent.journey))
        keys[place.node->id] = place.key;
    QStringList actual;
    for (const auto& [message, element] : insights)
        actual << QString::fromStdString(keys.at(element.node) + ' ' + base::codeName(message.code) + ": "
                                         + message.arguments.front());
    QCOMPARE(actual, said);
}

QTEST_GUILESS_MAIN(TestExamples)
#include "tst_examples.moc"
