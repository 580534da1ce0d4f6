// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/spec/clip.h"
#include "tests/journey/short_form.h"
#include "widgets/editing/carried.h"

#include <QDataStream>
#include <QIODevice>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::widgets;
using journey::OperatorType;
using Kind = Carried::Kind;

Q_DECLARE_METATYPE(emac::widgets::Carried)

namespace {

QString format()
{
    return mimeOf({})->formats().front();
}

QByteArray bytes(qint32 version, qint32 kind, qint32 type, const QByteArray& behind = {})
{
    QByteArray result;
    QDataStream stream(&result, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << version << kind << type << QStringLiteral("cart") << QString();
    return result + behind;
}

journey::Component cart()
{
    auto component = journey::componentNamed("cart");
    component.inlineAvailability = base::Ratio(*base::Decimal::parse("0.999"));
    component.failureDomains = {"zone:a"};
    return component;
}

} // namespace

/// What a palette offers, on its way to a drawing.
class TestCarried : public QObject
{
    Q_OBJECT

private slots:
    void comesBackAsItWas_data()
    {
        QTest::addColumn<Carried>("carried");
        QTest::addColumn<QString>("words");
        QTest::newRow("operator") << Carried{Kind::Operator, OperatorType::Race, {}, {}} << QStringLiteral("Race");
        QTest::newRow("new call") << Carried{} << QStringLiteral("new call");
        QTest::newRow("component") << Carried{Kind::Component, OperatorType::Call, QStringLiteral("cärt: 1"), {}}
                                   << QStringLiteral("cärt: 1");
        QTest::newRow("from elsewhere") << Carried{Kind::Component, OperatorType::Call, QStringLiteral("cart"),
                                                   QStringLiteral("steps: [{ref: cart}]")}
                                        << QStringLiteral("cart");
        QTest::newRow("fragment") << Carried{Kind::Fragment, OperatorType::Call, QStringLiteral("pay"), {}}
                                  << QStringLiteral("pay");
    }

    void comesBackAsItWas()
    {
        QFETCH(const Carried, carried);
        const auto data = mimeOf(carried);
        QCOMPARE(data->formats().size(), 1); // nothing that another program would take
        const auto back = carriedBy(data.get());
        QVERIFY(back.has_value());
        QVERIFY(*back == carried);
        QTEST(wordsOf(carried), "words");
    }

    void whatIsForeignIsRefused_data()
    {
        QTest::addColumn<QByteArray>("data");
        const auto call = static_cast<qint32>(OperatorType::Call);
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("noise") << QByteArray("\xff\x00garbage", 9);
        QTest::newRow("an older version") << bytes(0, 1, call);
        QTest::newRow("a newer version") << bytes(2, 1, call);
        QTest::newRow("an unknown kind") << bytes(1, 7, call);
        QTest::newRow("a negative kind") << bytes(1, -1, call);
        QTest::newRow("an unknown operator") << bytes(1, 0, 99);
        QTest::newRow("a call is no frame") << bytes(1, 0, call);
        QTest::newRow("a use is no frame") << bytes(1, 0, static_cast<qint32>(OperatorType::Use));
        QTest::newRow("cut off") << bytes(1, 1, call).chopped(3);
        QTest::newRow("more behind it") << bytes(1, 1, call, "x");
    }

    void whatIsForeignIsRefused()
    {
        QFETCH(const QByteArray, data);
        QMimeData mime;
        mime.setData(format(), data);
        QVERIFY(!carriedBy(&mime));
    }

    void otherDataIsNotForUs()
    {
        QVERIFY(!carriedBy(nullptr));
        QMimeData mime;
        mime.setText(QStringLiteral("ref: cart"));
        QVERIFY(!carriedBy(&mime));
        mime.setData(format(), bytes(1, 1, static_cast<qint32>(OperatorType::Call)));
        QVERIFY(carriedBy(&mime)); // beside other data it is
    }

    void whatIsPutDown()
    {
        const auto journey = tests::intentOf("Series(a, b) | f = c").journey;
        const auto text = [&journey](const Carried& carried) {
            const auto cargo = cargoOf(carried, journey);
            return cargo ? QString::fromStdString(journey::expressionText(cargo->nodes.front())) : QString();
        };
        QCOMPARE(text({Kind::Component, OperatorType::Call, QStringLiteral("a"), {}}), QStringLiteral("a"));
        QCOMPARE(text({}), QStringLiteral("service-1"));
        QCOMPARE(text({Kind::Operator, OperatorType::Retry, {}, {}}), QStringLiteral("Retry(service-1)"));
        QCOMPARE(text({Kind::Fragment, OperatorType::Call, QStringLiteral("f"), {}}), QStringLiteral("Use(f)"));
        QCOMPARE(text({Kind::Fragment, OperatorType::Call, QStringLiteral("g"), {}}), QString());
    }

    void aComponentFromElsewhereBringsWhatItIs()
    {
        const auto definition = QString::fromStdString(spec::writeClip(cart()));
        const Carried carried{Kind::Component, OperatorType::Call, QStringLiteral("cart"), definition};
        const auto empty = cargoOf(carried, {});
        QCOMPARE(empty->components.size(), 1U);
        QVERIFY(journey::equalContent(empty->components.front(), cart()));
        // One of the journey's own wins.
        const auto own = cargoOf(carried, tests::intentOf("cart").journey);
        QVERIFY(own->components.empty());
        // What cannot be read is a new component all the same.
        const auto broken =
            cargoOf({Kind::Component, OperatorType::Call, QStringLiteral("cart"), QStringLiteral("[")}, {});
        QVERIFY(broken->components.at(0) == journey::componentNamed("cart"));
    }

    void theToolSaysWhenItIsAnother()
    {
        PlacingTool tool;
        QSignalSpy changed(&tool, &PlacingTool::changed);
        tool.set({});
        QCOMPARE(changed.size(), 0);
        tool.set(Carried{});
        tool.set(Carried{});
        QCOMPARE(changed.size(), 1);
        tool.set({});
        QCOMPARE(changed.size(), 2);
        QVERIFY(!tool.carried());
    }
};

QTEST_MAIN(TestCarried)
#include "tst_carried.moc"
