// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionregistry.h"
#include "widgets/common/format.h"

#include <QTest>

using namespace emac::widgets;

class TestActionRegistry : public QObject
{
    Q_OBJECT

private slots:
    void actionsAreFoundByIdAndMenu()
    {
        ActionRegistry registry;
        int called = 0;
        auto* save = registry.add(QStringLiteral("file.save"), ActionRegistry::Menu::File, QStringLiteral("&Save…"),
                                  {QKeySequence(Qt::CTRL | Qt::Key_S)}, [&called] { ++called; });
        auto* about =
            registry.add(QStringLiteral("help.about"), ActionRegistry::Menu::Help, QStringLiteral("About"), {}, [] {});
        QCOMPARE(registry.action(QStringLiteral("file.save")), save);
        QCOMPARE(registry.action(QStringLiteral("file.none")), nullptr);
        QCOMPARE(registry.actions(ActionRegistry::Menu::Help), QList<QAction*>{about});
        QCOMPARE(save->toolTip(), QStringLiteral("Save (Ctrl+S)"));
        save->trigger();
        QCOMPARE(called, 1);
    }

    void availabilityNeverReadsBetterThanItIs_data()
    {
        QTest::addColumn<double>("unavailability");
        QTest::addColumn<QString>("text");
        QTest::newRow("checkout A-") << 0.0074855104975 << QStringLiteral("99.251 %");
        QTest::newRow("checkout A+") << 0.0025229380499875 << QStringLiteral("99.747 %");
        QTest::newRow("short decimal") << 0.0005 << QStringLiteral("99.9500 %");
        QTest::newRow("just missed") << 0.0050004 << QStringLiteral("99.499 %");
        QTest::newRow("nine nines") << 1e-9 << QStringLiteral("99.999999900 %");
        QTest::newRow("a half") << 0.5 << QStringLiteral("50.0 %");
        QTest::newRow("always") << 0.0 << QStringLiteral("100 %");
        QTest::newRow("never") << 1.0 << QStringLiteral("0 %");
    }
    void availabilityNeverReadsBetterThanItIs()
    {
        QFETCH(double, unavailability);
        QFETCH(QString, text);
        QLocale::setDefault(QLocale::c());
        QCOMPARE(availabilityText(unavailability), text);
    }
};

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"
