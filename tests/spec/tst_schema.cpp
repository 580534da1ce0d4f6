// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/schema.h"
#include "core/spec/vocabulary.h"

#include <QFile>
#include <QTest>

using namespace emac;

/// The vocabulary table and the JSON Schema that is made from it.
class TestSchema : public QObject
{
    Q_OBJECT

private slots:
    void tableIsComplete();
    void everyKeyIsDescribed();
    void quantiles_data();
    void quantiles();
    void publishedCopyIsCurrent();
};

namespace {

void look(const spec::Value& value, QStringList& missing)
{
    const auto& all = spec::vocabulary();
    if (value.kind == spec::Value::Kind::Mapping && !all.mappings.contains(value.type)
        && !all.unions.contains(value.type))
        missing << QString::fromStdString(value.type);
    for (const auto& part : value.parts)
        look(part, missing);
}

} // namespace

void TestSchema::tableIsComplete()
{
    QStringList missing;
    for (const auto& [name, type] : spec::vocabulary().mappings) {
        for (const auto& key : type.keys)
            look(key.value, missing);
    }
    for (const auto& [name, type] : spec::vocabulary().unions) {
        for (const auto& alternative : type.alternatives) {
            if (!spec::vocabulary().mappings.contains(alternative.type))
                missing << QString::fromStdString(alternative.type);
        }
    }
    QCOMPARE(missing, QStringList());
}

void TestSchema::everyKeyIsDescribed()
{
    QStringList bare;
    for (const auto& [name, type] : spec::vocabulary().mappings) {
        for (const auto& key : type.keys) {
            if (key.description.empty() || key.description.find('\n') != std::string::npos
                || (key.required && !key.fallback.empty()))
                bare << QString::fromStdString(name + '.' + key.name);
        }
    }
    QCOMPARE(bare, QStringList());
}

void TestSchema::quantiles_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("probability");
    QTest::newRow("p50") << QStringLiteral("p50") << QStringLiteral("50%");
    QTest::newRow("p5") << QStringLiteral("p5") << QStringLiteral("5%");
    QTest::newRow("p999") << QStringLiteral("p999") << QStringLiteral("0.999");
    QTest::newRow("p99.9") << QStringLiteral("p99.9") << QStringLiteral("99.9%");
    for (const auto* key : {"p", "50", "p0", "p100", "p-1", "p1e1", "p.5", "p5.", "p150.5", "pp", "max"})
        QTest::newRow(key) << QString::fromLatin1(key) << QString();
}

void TestSchema::quantiles()
{
    QFETCH(QString, key);
    QFETCH(QString, probability);
    QCOMPARE(QString::fromStdString(spec::quantileProbability(key.toStdString()).value_or("")), probability);
}

void TestSchema::publishedCopyIsCurrent()
{
    QFile file(QStringLiteral(EMAC_SOURCE_DIR "/resources/schema/journey-intent.schema.json"));
    const auto current = QByteArray::fromStdString(spec::jsonSchema());
    if (qEnvironmentVariableIsSet("EMAC_UPDATE_GOLDENS")) {
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(current), qint64(current.size()));
        return;
    }
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY2(file.readAll() == current, "out of date: run this test with EMAC_UPDATE_GOLDENS=1");
}

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
