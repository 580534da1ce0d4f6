// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/governance/decision.h"
#include "core/spec/catalogue.h"
#include "core/spec/read.h"
#include "core/spec/resolve.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace emac;

/// The published replay: its three generated models against the published intent.
class TestReplay : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void scenarios_data();
    void scenarios();

private:
    QString m_root;
};

namespace {

std::string textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

/// As published: eight digits after the point.
QString published(double value)
{
    return QString::number(value, 'f', 8);
}

} // namespace

void TestReplay::initTestCase()
{
    const auto byDefault = QStringLiteral(EMAC_SOURCE_DIR "/../shared/data");
    m_root = qEnvironmentVariable("EMAC_TEST_DATA", byDefault) + QStringLiteral("/emac-checkout");
    if (!QDir(m_root).exists())
        QSKIP(qPrintable(QStringLiteral("the published inputs are not at ") + m_root));
}

void TestReplay::scenarios_data()
{
    QTest::addColumn<QJsonObject>("expected");
    QFile file(m_root + QStringLiteral("/replay/checkout/generated/summaries/summary.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto summary = QJsonDocument::fromJson(file.readAll()).object();
    const auto list = summary[QStringLiteral("spec")].toObject()[QStringLiteral("scenarios")].toArray();
    QCOMPARE(list.size(), 3);
    for (const auto& scenario : list)
        QTest::newRow(qPrintable(scenario[QStringLiteral("scenario")].toString())) << scenario.toObject();
}

void TestReplay::scenarios()
{
    QFETCH(QJsonObject, expected);
    const auto name = expected[QStringLiteral("scenario")].toString();
    const QString intentPath = m_root + QStringLiteral("/examples/checkout/spec/emac.checkout.yaml");
    const QString modelPath =
        m_root + QStringLiteral("/replay/checkout/generated/models/") + name + QStringLiteral(".discovered-model.yaml");
    const auto document = spec::readIntent(textOf(intentPath), intentPath.toStdString());
    const auto model = spec::readModel(textOf(modelPath), modelPath.toStdString());
    QVERIFY(document.clean());
    QVERIFY(model.clean());

    spec::Catalogue catalogue;
    const QDir slos(QString(m_root + QStringLiteral("/examples/checkout/atomic/openslo")));
    for (const auto& file : slos.entryList({QStringLiteral("*.yaml")}, QDir::Files))
        catalogue.addFile(textOf(slos.filePath(file)), file.toStdString());
    const auto resolution =
        spec::resolve(*document.value, intentPath.toStdString(), catalogue, &*model.value, spec::InputChoice::Target);
    QVERIFY(!base::hasErrors(resolution.diagnostics));

    const auto& intent = document.value->intent;
    const auto analysis = analysis::analyse(intent.journey, resolution.inputs).value();
    const auto decision = governance::decide(intent, resolution.inputs, analysis, nullptr, &*model.value).value();
    const auto plus = published(1 - analysis.journey->independent.value().worst);
    const auto minus = published(1 - analysis.journey->sharedFate.worst);
    const auto verdict = QString::fromLatin1(governance::word(decision.verdict.value()));
    qInfo("%-32s A+ %s  A- %s  confidence %g  %s", qPrintable(name), qPrintable(plus), qPrintable(minus),
          decision.confidence.value(), qPrintable(verdict));
    for (const auto& reason : decision.reasons)
        qInfo("    %s", base::english(reason.message).c_str());

    QCOMPARE(plus, published(expected[QStringLiteral("A_plus")].toDouble()));
    QCOMPARE(minus, published(expected[QStringLiteral("A_minus")].toDouble()));
    QCOMPARE(decision.confidence.value(), expected[QStringLiteral("confidence")].toDouble());
    QCOMPARE(verdict, expected[QStringLiteral("decision")].toString());
    QStringList flags;
    for (const auto& flag : decision.flags)
        flags << QString::fromStdString(flag);
    QCOMPARE(flags, expected[QStringLiteral("evidenceFlags")].toVariant().toStringList());
}

QTEST_GUILESS_MAIN(TestReplay)
#include "tst_replay.moc"
