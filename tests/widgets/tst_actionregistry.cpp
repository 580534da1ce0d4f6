// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionregistry.h"
#include "widgets/common/format.h"

#include <QSettings>
#include <QStandardPaths>
#include <QTest>

using namespace emac::widgets;

class TestActionRegistry : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-tests-actions"));
    }
    void init() { QSettings().clear(); }

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

    void shortcutsAreChosenAndKept()
    {
        const auto save = QStringLiteral("file.save");
        const QKeySequence standard(Qt::CTRL | Qt::Key_S);
        const QKeySequence own(Qt::CTRL | Qt::Key_K);
        const auto made = [&](ActionRegistry& registry) {
            return registry.add(save, ActionRegistry::Menu::File, QStringLiteral("Save"), {standard}, [] {});
        };
        {
            ActionRegistry registry;
            const auto* action = made(registry);
            QCOMPARE(registry.setShortcuts(save, {own}), QString());
            QCOMPARE(action->shortcuts(), QList{own});
            QCOMPARE(action->toolTip(), QStringLiteral("Save (Ctrl+K)"));
            QVERIFY(registry.hasOwnShortcuts(save));
        }
        {
            ActionRegistry later;
            const auto* action = made(later);
            QCOMPARE(action->shortcuts(), QList{own});
            QCOMPARE(later.setShortcuts(save, {}), QString());
            QCOMPARE(action->toolTip(), QStringLiteral("Save"));
        }
        ActionRegistry last;
        const auto* action = made(last);
        QVERIFY(action->shortcuts().isEmpty());
        QCOMPARE(last.resetShortcuts(save), QString());
        QCOMPARE(action->shortcuts(), QList{standard});
        QVERIFY(!last.hasOwnShortcuts(save));
        QVERIFY(QSettings().allKeys().isEmpty());
    }

    void aShortcutIsRefusedWhereSomethingElseHasIt_data()
    {
        QTest::addColumn<QKeySequence>("shortcut");
        QTest::addColumn<QString>("reason");
        QTest::newRow("another action's")
            << QKeySequence(Qt::CTRL | Qt::Key_O) << QStringLiteral("Ctrl+O is the shortcut of “Open”.");
        QTest::newRow("the drawing's") << QKeySequence(
            Qt::Key_Return) << QStringLiteral("Return has a meaning of its own on the drawing and in lists.");
    }
    void aShortcutIsRefusedWhereSomethingElseHasIt()
    {
        QFETCH(QKeySequence, shortcut);
        ActionRegistry registry;
        registry.add(QStringLiteral("file.open"), ActionRegistry::Menu::File, QStringLiteral("&Open…"),
                     {QKeySequence(Qt::CTRL | Qt::Key_O)}, [] {});
        const auto* close = registry.add(QStringLiteral("file.close"), ActionRegistry::Menu::File,
                                         QStringLiteral("Close"), {QKeySequence(Qt::CTRL | Qt::Key_W)}, [] {});
        QTEST(registry.setShortcuts(QStringLiteral("file.close"), {shortcut}), "reason");
        QCOMPARE(close->shortcuts(), QList{QKeySequence(Qt::CTRL | Qt::Key_W)});
        QVERIFY(QSettings().allKeys().isEmpty());
    }

    /// Chosen once, and since then the standard one of an action that is added before: neither would work.
    void ofTwoWithOneShortcutTheFirstHasIt()
    {
        const QKeySequence both(Qt::CTRL | Qt::Key_K);
        QSettings().setValue(QStringLiteral("shortcuts/b"), QStringLiteral("Ctrl+K"));
        ActionRegistry registry;
        const auto* a =
            registry.add(QStringLiteral("a"), ActionRegistry::Menu::File, QStringLiteral("A"), {both}, [] {});
        const auto* b = registry.add(QStringLiteral("b"), ActionRegistry::Menu::File, QStringLiteral("B"), {}, [] {});
        QCOMPARE(a->shortcuts(), QList{both});
        QVERIFY(b->shortcuts().isEmpty());
    }
};

QTEST_MAIN(TestActionRegistry)
#include "tst_actionregistry.moc"
