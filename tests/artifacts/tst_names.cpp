// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/artifacts/document.h"
#include "core/artifacts/names.h"

#include <QTest>

#include <limits>

using namespace emac;
using namespace emac::artifacts;
using namespace std::chrono_literals;

/// Names, durations and numbers as Prometheus, Kubernetes and Go take them.
class TestNames : public QObject
{
    Q_OBJECT

private slots:
    void names_data();
    void names();
    void labels_data();
    void labels();
    void durations_data();
    void durations();
    void numbers_data();
    void numbers();
    void digest();
    void headers_data();
    void headers();
};

void TestNames::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("series");
    QTest::addColumn<QString>("object");
    QTest::addColumn<QString>("alert");
    const auto row = [](const char* name, const char* series, const char* object, const char* alert) {
        QTest::newRow(name) << QString::fromUtf8(name) << QString::fromLatin1(series) << QString::fromLatin1(object)
                            << QString::fromLatin1(alert);
    };
    row("checkout", "checkout", "checkout", "Checkout");
    row("media-streaming", "media_streaming", "media-streaming", "MediaStreaming");
    row("Big Shop/v2", "Big_Shop_v2", "big-shop-v2", "BigShopV2");
    row("2fa", "2fa", "2fa", "2fa");
    row("..x--", "__x__", "x", "X");
    row("Größe", "Gr__e", "gr-e", "GrE"); // one character, one '_'
    row("日本", "__", "", "");
    row("", "", "", "");
    const QString name(300, u'a');
    QTest::newRow("long") << name << name << name.left(200) << (u'A' + name.mid(1));
    QTest::newRow("cut before a dash") << QString(QString(199, u'a') + u'-' + u'b')
                                       << QString(QString(199, u'a') + u'_' + u'b') << QString(199, u'a')
                                       << QString(u'A' + QString(198, u'a') + u'B');
}

void TestNames::names()
{
    QFETCH(QString, name);
    QTEST(QString::fromStdString(seriesName(name.toStdString())), "series");
    QTEST(QString::fromStdString(artifacts::objectName(name.toStdString())), "object");
    QTEST(QString::fromStdString(alertName(name.toStdString())), "alert");
}

void TestNames::labels_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("key");
    QTest::addColumn<bool>("value");
    const auto row = [](const QString& text, bool key, bool value) {
        QTest::newRow(qPrintable(text)) << text << key << value;
    };
    row(QStringLiteral("team"), true, true);
    row(QStringLiteral("emac.example"), true, true);
    row(QStringLiteral("app.kubernetes.io/part-of"), true, false);
    row(QStringLiteral("A_b"), true, true);
    row(QString(), false, true);
    row(QStringLiteral("/x"), false, false);
    row(QStringLiteral("x/"), false, false);
    row(QStringLiteral("Upper.case/x"), false, false);
    row(QStringLiteral("a..b/x"), false, false);
    row(QStringLiteral("a/b/c"), false, false);
    row(QStringLiteral("-x"), false, false);
    row(QStringLiteral("x."), false, false);
    row(QStringLiteral("with blank"), false, false);
    row(QStringLiteral("é"), false, false);
    row(QString(63, u'x'), true, true);
    row(QString(64, u'x'), false, false);
}

void TestNames::labels()
{
    QFETCH(QString, text);
    QTEST(isLabelKey(text.toStdString()), "key");
    QTEST(isLabelValue(text.toStdString()), "value");
}

void TestNames::durations_data()
{
    QTest::addColumn<qint64>("nanoseconds");
    QTest::addColumn<QString>("prometheus"); ///< "none" where it has no such duration
    QTest::addColumn<QString>("go");
    const auto row = [](base::Duration duration, const char* prometheus, const char* go) {
        QTest::newRow(prometheus) << qint64(duration.count()) << QString::fromLatin1(prometheus)
                                  << QString::fromLatin1(go);
    };
    row(5min, "5m", "5m");
    row(90min, "90m", "90m");
    row(24h, "24h", "24h");
    row(36h, "36h", "36h");
    row(48h, "2d", "48h");
    row(72h, "3d", "72h");
    row(30 * 24h, "30d", "720h");
    row(1500ms, "1500ms", "1500ms");
    row(90s, "90s", "90s");
    row(1us, "none", "");
    row(0s, "none", "");
    row(-1h, "none", "");
}

void TestNames::durations()
{
    QFETCH(qint64, nanoseconds);
    QFETCH(QString, go);
    const base::Duration duration(nanoseconds);
    QTEST(QString::fromStdString(prometheusDuration(duration).value_or("none")), "prometheus");
    if (!go.isEmpty())
        QCOMPARE(QString::fromStdString(goDuration(duration)), go);
}

void TestNames::numbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    QTest::newRow("published") << 0.9974770619500125 << QStringLiteral("0.9974770619500125");
    QTest::newRow("whole") << 1.0 << QStringLiteral("1");
    QTest::newRow("tiny") << 1e-9 << QStringLiteral("1.0e-9");
    QTest::newRow("tiny with digits") << 2.5e-12 << QStringLiteral("2.5e-12");
    QTest::newRow("tenth") << 0.1 << QStringLiteral("0.1");
    QTest::newRow("smallest") << std::numeric_limits<double>::denorm_min() << QStringLiteral("5.0e-324");
}

void TestNames::numbers()
{
    QFETCH(double, value);
    const auto content = number(value);
    QTEST(QString::fromStdString(content.text), "text");
    QCOMPARE(base::Decimal::parse(content.text).value().toDouble(), value);
    QCOMPARE(base::Decimal::parse(numberText(value)).value().toDouble(), value);
}

/// The example of FIPS 180-4.
void TestNames::digest()
{
    QCOMPARE(sha256("abc"), std::string("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    QCOMPARE(sha256(""), std::string("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

void TestNames::headers_data()
{
    QTest::addColumn<QString>("path");
    for (const auto* path : {"emac.yaml", "a b/c.yaml", "x sha256-0/y.yaml", "é.yaml"})
        QTest::newRow(path) << QString::fromUtf8(path);
}

/// What the header says of the intent can be read from it.
void TestNames::headers()
{
    QFETCH(QString, path);
    const journey::Intent intent;
    const journey::Inputs inputs;
    const analysis::Analysis analysis;
    const governance::Decision decision;
    Request request{intent, inputs, analysis, decision, {path.toStdString(), "text"}, {}, {}, {}, {}};
    const auto text = header(request) + "rest: 1\n";
    QCOMPARE(intentOfHeader(text), std::optional(path.toStdString()));
    QVERIFY(!intentOfHeader("\n" + text));
    QVERIFY(!intentOfHeader(text.substr(0, text.find('\n') + 1)));
    QVERIFY(!intentOfHeader("# by hand\n"));
    QVERIFY(!intentOfHeader(""));
    QVERIFY(QString::fromStdString(text).contains(QStringLiteral("accepted model: none\n# artifact format: 1\n")));
    request.modelFile = SourceFile{"m.yaml", "abc"};
    QVERIFY(QString::fromStdString(header(request))
                .contains(QStringLiteral("accepted model: m.yaml sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9"
                                         "cb410ff61f20015ad\n")));
}

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
