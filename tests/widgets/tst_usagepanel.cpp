// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "widgets/document/documentstore.h"
#include "widgets/palette/usagepanel.h"

#include <QLabel>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QTreeWidget>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

QByteArray search(const char* steps)
{
    return QByteArray("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: search}\nspec:\n"
                      "  operator:\n    type: parallel\n    branches: ")
           + steps + "\n  components:\n    cart: {availability: 0.99}\n    index: {availability: 0.99}\n";
}

/// "search 2×", "  in parallel, line 7"
QStringList shown(const QTreeWidget& tree)
{
    QStringList lines;
    for (int i = 0; i < tree.topLevelItemCount(); ++i) {
        const auto* journey = tree.topLevelItem(i);
        lines << journey->text(0) + u' ' + journey->text(1);
        for (int j = 0; j < journey->childCount(); ++j)
            lines << QStringLiteral("  ") + journey->child(j)->text(0) + QStringLiteral(", ")
                         + journey->child(j)->text(1);
    }
    return lines;
}

struct Panel
{
    CheckoutFolder folder;
    DocumentStore store;
    UsageTracker usage{&store};
    UsagePanel panel{&usage};

    Panel()
    {
        folder.write(QStringLiteral("search.yaml"), search("[{ref: index}, {ref: cart}, {ref: cart}]"));
        panel.resize(260, 400);
        panel.show();
        usage.setIntent(folder.path());
    }

    QTreeWidget& tree() const { return *panel.findChild<QTreeWidget*>(); }
    QString summary() const { return panel.findChild<QLabel*>(QStringLiteral("usageSummary"))->text(); }
};

} // namespace

/// Where a component is used, in all journeys of a working copy.
class TestUsagePanel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void allJourneysThatCallIt()
    {
        Panel it;
        QVERIFY(!it.summary().isEmpty());
        it.panel.showComponent(QStringLiteral("cart"));
        QTRY_COMPARE(shown(it.tree()),
                     QStringList({QStringLiteral("checkout 1×"), QStringLiteral("  in parallel, line 13"),
                                  QStringLiteral("search 2×"), QStringLiteral("  in parallel, line 7"),
                                  QStringLiteral("  in parallel, line 7")}));
        QCOMPARE(it.summary(), QStringLiteral("Called 3 times in 2 journeys."));
        it.panel.showComponent(QStringLiteral("front"));
        QCOMPARE(it.summary(), QStringLiteral("Called once."));
        it.panel.showComponent(QStringLiteral("nobody"));
        QTRY_COMPARE(it.summary(), QStringLiteral("No journey of the working copy calls it."));
        QCOMPARE(it.tree().topLevelItemCount(), 0);
    }

    void whatChangesOnDiskIsSeen()
    {
        Panel it;
        it.panel.showComponent(QStringLiteral("index"));
        QTRY_COMPARE(it.summary(), QStringLiteral("Called once."));
        QTest::qWait(300); // the watcher has begun
        it.folder.write(QStringLiteral("search.yaml"), search("[{ref: cart}, {ref: cart}]"));
        QTRY_COMPARE(shown(it.tree()), QStringList{QStringLiteral("search not called")});
    }

    void anOpenJourneyCountsAsItIsNow()
    {
        Panel it;
        const auto document = it.store.add(workspace::openIntent(it.folder.path().toStdString()));
        const auto root = document->intent().journey.root->id;
        const auto call = journey::makeExpression(journey::Call{"cart"});
        QCOMPARE(document->apply(journey::InsertChild{root, 0, call}, QStringLiteral("insert")), QString());
        it.panel.showComponent(QStringLiteral("cart"));
        QTRY_COMPARE(it.summary(), QStringLiteral("Called 4 times in 2 journeys."));
    }

    void aCallLeadsThere()
    {
        Panel it;
        it.panel.showComponent(QStringLiteral("cart"));
        QTRY_COMPARE(it.tree().topLevelItemCount(), 2);
        QSignalSpy asked(&it.panel, &UsagePanel::callRequested);
        it.tree().setFocus();
        it.tree().setCurrentItem(it.tree().topLevelItem(1)->child(1));
        QTest::keyClick(&it.tree(), Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.at(0).at(0).toString(), it.folder.path(QStringLiteral("search.yaml")));
        QCOMPARE(asked.at(0).at(1).toString(), QStringLiteral("parallel/cart#1"));
        it.tree().setCurrentItem(it.tree().topLevelItem(0));
        QTest::keyClick(&it.tree(), Qt::Key_Return);
        QCOMPARE(asked.at(1).at(1).toString(), QString());
    }

    void anotherWorkingCopyIsAnotherAnswer()
    {
        Panel it;
        it.panel.showComponent(QStringLiteral("index"));
        QTRY_COMPARE(it.summary(), QStringLiteral("Called once."));
        const CheckoutFolder elsewhere;
        it.usage.setIntent(elsewhere.path());
        QTRY_COMPARE(it.summary(), QStringLiteral("No journey of the working copy calls it."));
        it.usage.setIntent({});
        it.usage.setIntent(it.folder.path());
        QTRY_COMPARE(it.summary(), QStringLiteral("Called once."));
    }
};

QTEST_MAIN(TestUsagePanel)
#include "tst_usagepanel.moc"
