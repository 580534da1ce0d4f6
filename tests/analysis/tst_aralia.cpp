// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/read.h"
#include "core/spec/resolve.h"
#include "tests/analysis/journeys.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

using namespace emac;
using namespace emac::tests;

/// Ten fault trees of the Aralia benchmark as journeys, against the exact values that were computed for them.
class TestAralia : public QObject
{
    Q_OBJECT

private slots:
    void models_data();
    void models();
};

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString folder()
{
    const auto given = qEnvironmentVariable("EMAC_TEST_DATA");
    return (given.isEmpty() ? QStringLiteral(EMAC_SOURCE_DIR "/../shared/data") : given) + QStringLiteral("/aralia/");
}

} // namespace

void TestAralia::models_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("expected");
    QTest::addColumn<double>("sharpLower");
    QTest::addColumn<double>("sharpUpper");
    const auto lines = contentOf(folder() + QStringLiteral("reference.tsv")).split('\n');
    if (lines.size() < 2)
        QSKIP("the Aralia journeys are not here: set EMAC_TEST_DATA");
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const auto fields = lines[i].trimmed().split('\t');
        if (fields.size() < 8)
            continue;
        QTest::newRow(fields[0].constData())
            << contentOf(folder() + QString::fromUtf8(fields[0]) + QStringLiteral(".yaml")) << fields[3].toDouble()
            << fields[6].toDouble() << fields[7].toDouble();
    }
}

/// Within five seconds, to ten digits; at every node the bounds hold, and they hold the sharp ones.
void TestAralia::models()
{
    QFETCH(QByteArray, text);
    QFETCH(double, expected);
    QFETCH(double, sharpLower);
    QFETCH(double, sharpUpper);
    const auto document = spec::readIntent(text.toStdString(), "aralia.yaml");
    QVERIFY(document.value);
    const auto resolution = spec::resolve(*document.value, "aralia.yaml", {}, nullptr, spec::InputChoice::Target);
    const auto& journey = document.value->intent.journey;
    QElapsedTimer timer;
    timer.start();
    const auto analysis = analysis::analyse(journey, resolution.inputs, base::Watch({}, std::chrono::seconds(5)));
    const double milliseconds = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    QVERIFY(analysis);
    const auto got = analysis->journey->independent.value();
    qInfo("%.17g, relative error %.1e, %.1f ms", got.worst, relativeError(got.worst, expected), milliseconds);
    QVERIFY(relativeError(got.worst, expected) <= 1e-10);
    QCOMPARE(got.best, got.worst);
    const auto& envelope = analysis->journey->envelope;
    QVERIFY(!envelope.sharp);
    QVERIFY(envelope.failure.best <= sharpLower * (1 + 1e-9) && envelope.failure.worst >= sharpUpper * (1 - 1e-9));
    for (const auto& [id, node] : analysis->nodes) {
        QVERIFY(node.independent && node.independent->worst <= node.sharedFate.worst);
        QVERIFY(node.sharedFate.worst <= node.envelope.failure.worst * (1 + 1e-12));
    }
}

QTEST_GUILESS_MAIN(TestAralia)
#include "tst_aralia.moc"
