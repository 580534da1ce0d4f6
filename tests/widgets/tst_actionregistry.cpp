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
};

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"
