// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/usage.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace emac;
namespace fs = std::filesystem;

namespace {

QByteArray journeyText(const QByteArray& name, const QByteArray& spec)
{
    return "apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: " + name + "}\nspec:\n" + spec;
}

QByteArray sloText(const QByteArray& name, const QByteArray& service)
{
    return "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: " + name + "}\nspec:\n  service: " + service
           + "\n  budgetingMethod: Occurrences\n  objectives: [{target: 0.999}]\n";
}

/// "cart: race 7, 9": the calls of a component.
QString callsText(const workspace::JourneyUsage& journey, const std::string& component)
{
    QStringList words;
    const auto found = journey.calls.find(component);
    if (found == journey.calls.end())
        return {};
    for (const auto& call : found->second)
        words << QString::fromStdString(call.inside) + u' ' + QString::number(call.line);
    return words.join(QStringLiteral(", "));
}

} // namespace

/// Which components a working copy knows, and who calls them.
class TestUsage : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void callsOfAJourney();
    void callsInFragments();
    void servicesOfSlos();
    void filesThatDoNotRead();
    void limitsAreTold();
    void stops();
    void examples_data();
    void examples();
    void publishedData();

private:
    fs::path root() const { return m_folder->path().toStdString(); }
    void write(const char* relative, const QByteArray& bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestUsage::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestUsage::write(const char* relative, const QByteArray& bytes) const
{
    const QString path = m_folder->filePath(QString::fromUtf8(relative));
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestUsage::callsOfAJourney()
{
    write("a/shop.yaml", journeyText("shop", "  operator:\n"
                                             "    type: series\n"
                                             "    steps:\n"
                                             "      - ref: cart\n"
                                             "      - type: race\n"
                                             "        id: pay\n"
                                             "        branches:\n"
                                             "          - ref: bank\n"
                                             "          - ref: cart\n"
                                             "  components:\n"
                                             "    cart: {availability: 0.99}\n"
                                             "    bank: {}\n"
                                             "    spare: {}\n"));
    const auto usage = workspace::readUsage({root()});
    QVERIFY(usage.diagnostics.empty());
    QCOMPARE(usage.journeys.size(), 1U);
    const auto& shop = usage.journeys.front();
    QCOMPARE(shop.name, "shop");
    QCOMPARE(shop.path, root() / "a" / "shop.yaml");
    QCOMPARE(shop.components.size(), 3U);
    QVERIFY(shop.components.front().inlineAvailability.has_value());
    QCOMPARE(callsText(shop, "cart"), QStringLiteral("series 8, pay 13"));
    QCOMPARE(callsText(shop, "bank"), QStringLiteral("pay 12"));
    QVERIFY(!shop.calls.contains("spare"));
    QCOMPARE(QString::fromStdString(shop.calls.at("cart").at(1).key), QStringLiteral("series/race/cart"));
}

void TestUsage::callsInFragments()
{
    write("shop.yaml", journeyText("shop", "  operator: {use: pay}\n"
                                           "  fragments:\n"
                                           "    pay: {ref: bank}\n"
                                           "  components: {bank: {}}\n"));
    const auto usage = workspace::readUsage({root()});
    QCOMPARE(callsText(usage.journeys.at(0), "bank"), QStringLiteral("pay 7"));
}

void TestUsage::servicesOfSlos()
{
    write("slo.yaml", sloText("pay-latency", "pay") + "---\n" + sloText("pay-availability", "pay") + "---\n"
                          + sloText("cart", "cart"));
    const auto usage = workspace::readUsage({root()});
    QCOMPARE(usage.services, (std::vector<workspace::SloService>{{"cart", "cart"}, {"pay", "pay-availability"}}));
    QVERIFY(usage.journeys.empty());
}

void TestUsage::filesThatDoNotRead()
{
    write("broken.yaml", "kind: JourneyIntent\nspec: {operator: [\n");
    write("faulty.yaml", journeyText("faulty", "  operator: {ref: nobody}\n"));
    write("notes.yaml", "kind: ConfigMap\napiVersion: v1\ndata: {about: a JourneyIntent}\n");
    write("sound.yaml", journeyText("sound", "  operator: {ref: a}\n  components: {a: {}}\n"));
    const auto usage = workspace::readUsage({root(), root() / "missing"});
    QStringList names;
    for (const auto& journey : usage.journeys)
        names << QString::fromStdString(journey.name);
    QCOMPARE(names, QStringList({QStringLiteral("faulty"), QStringLiteral("sound")}));
    QStringList told;
    for (const auto& diagnostic : usage.diagnostics) {
        QCOMPARE(diagnostic.message.code, base::Code::FileSkipped);
        told << QString::fromStdString(fs::path(diagnostic.place.file).filename().string());
    }
    told.sort();
    QCOMPARE(told,
             QStringList({QStringLiteral("broken.yaml"), QStringLiteral("faulty.yaml"), QStringLiteral("missing")}));
}

void TestUsage::limitsAreTold()
{
    for (int i = 0; i < 9; ++i)
        write(qPrintable(QStringLiteral("%1.yaml").arg(i)), journeyText(QByteArray::number(i), "  components: {}\n"));
    workspace::SearchLimits limits;
    limits.files = 5;
    const auto usage = workspace::readUsage({root()}, limits);
    QVERIFY(usage.journeys.size() <= 5);
    QCOMPARE(usage.diagnostics.size(), 1U);
    QCOMPARE(usage.diagnostics.front().message.code, base::Code::SearchStopped);
}

void TestUsage::stops()
{
    write("a.yaml", journeyText("a", "  components: {}\n"));
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(workspace::readUsage({root()}, {}, base::Watch(stop.get_token())).journeys.empty());
}

void TestUsage::examples_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("component");
    QTest::newRow("checkout") << QStringLiteral("checkout") << QStringLiteral("paya");
    QTest::newRow("media") << QStringLiteral("media-streaming") << QString();
    QTest::newRow("travel") << QStringLiteral("travel-booking") << QString();
}

void TestUsage::examples()
{
    QFETCH(const QString, folder);
    QFETCH(const QString, component);
    const QString path = QStringLiteral(EMAC_SOURCE_DIR "/resources/examples/") + folder;
    const auto usage = workspace::readUsage({path.toStdString()});
    QVERIFY(usage.diagnostics.empty());
    QCOMPARE(usage.journeys.size(), 1U);
    QVERIFY(!usage.services.empty());
    const auto& journey = usage.journeys.front();
    QVERIFY(!journey.components.empty());
    if (!component.isEmpty())
        QCOMPARE(journey.calls.at(component.toStdString()).size(), 1U);
    for (const auto& [called, places] : journey.calls) {
        for (const auto& place : places)
            QVERIFY2(place.line > 0, called.c_str());
    }
}

void TestUsage::publishedData()
{
    const auto data = qEnvironmentVariable("EMAC_TEST_DATA", QStringLiteral(EMAC_SOURCE_DIR "/../shared/data"));
    if (!QDir(data).exists())
        QSKIP("the published inputs are not here");
    QElapsedTimer timer;
    timer.start();
    const auto usage = workspace::readUsage({data.toStdString()});
    qInfo("%zu journeys, %zu services, %zu told, in %lld ms", usage.journeys.size(), usage.services.size(),
          usage.diagnostics.size(), static_cast<long long>(timer.elapsed()));
    QVERIFY(!usage.journeys.empty());
}

QTEST_GUILESS_MAIN(TestUsage)

#include "tst_usage.moc"
