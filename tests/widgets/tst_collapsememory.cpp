// SPDX-License-Identifier: GPL-3.0-or-later
// Closed operators are closed again when the file is opened the next time.
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "core/workspace/open.h"
#include "widgets/canvas/collapsememory.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/canvas/journeyview.h"

#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

struct Window
{
    JourneyDocument document;
    SelectionModel selection;
    DisplayUnits units;
    JourneyView view{&document, &selection, &units};

    explicit Window(const QString& path) : document(workspace::openIntent(path.toStdString()))
    {
        view.resize(1200, 700);
        view.show();
        QSignalSpy drawn(&view, &JourneyView::drawn);
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QVERIFY(!document.isReadable() || !drawn.isEmpty() || drawn.wait());
    }

    JourneyScene& scene() { return *static_cast<JourneyScene*>(view.scene()); }
    NodeId node(const std::string& name) const
    {
        for (const auto& place : nodePlaces(document.intent().journey)) {
            if (displayName(*place.node) == name)
                return place.node->id;
        }
        return {};
    }
    void clickTriangle(const std::string& name)
    {
        QSignalSpy drawn(&view, &JourneyView::drawn);
        const auto triangle = scene().item(node(name))->disclosure();
        QVERIFY(!triangle.isEmpty());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.mapFromScene(triangle.center()));
        QVERIFY(!drawn.isEmpty() || drawn.wait());
    }
    QStringList closed()
    {
        QStringList names;
        for (const auto& place : nodePlaces(document.intent().journey)) {
            if (scene().isClosed(place.node->id))
                names << QString::fromStdString(displayName(*place.node));
        }
        return names;
    }
};

} // namespace

class TestCollapseMemory : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("emac-test"));
        QCoreApplication::setApplicationName(QStringLiteral("collapsememory"));
    }
    void init() { QSettings().clear(); }
    void cleanupTestCase() { QSettings().clear(); }

    void closedStaysClosed()
    {
        const CheckoutFolder folder;
        {
            Window window(folder.path());
            window.clickTriangle("payment");
            QCOMPARE(window.closed(), QStringList{QStringLiteral("payment")});
        }
        {
            Window window(folder.path());
            QCOMPARE(window.closed(), QStringList{QStringLiteral("payment")});
            QVERIFY(window.scene().item(window.node("paya")) == nullptr); // in the first drawing
            window.clickTriangle("payment");
            QVERIFY(window.closed().isEmpty());
        }
        Window window(folder.path());
        QVERIFY(window.closed().isEmpty());
        QVERIFY(QSettings().value(QStringLiteral("canvas/closed")).toList().isEmpty());
    }

    void neitherFileKnowsOfIt()
    {
        const CheckoutFolder folder;
        Window window(folder.path());
        window.clickTriangle("payment");
        QVERIFY(!window.document.isModified());
        QVERIFY(!QFile::exists(folder.path(QStringLiteral(".emac/layout/checkout.yaml"))));
    }

    void otherFilesAreOpen()
    {
        const CheckoutFolder folder;
        folder.write(QStringLiteral("other.yaml"), CheckoutFolder::intentText());
        {
            Window window(folder.path());
            window.clickTriangle("payment");
        }
        Window window(folder.path(QStringLiteral("other.yaml")));
        QVERIFY(window.closed().isEmpty());
    }

    /// The place of the parallel is another once a parallel stands before it.
    void savedEditsAreFollowed()
    {
        const CheckoutFolder folder;
        {
            Window window(folder.path());
            window.clickTriangle("parallel");
            const auto before = window.node("parallel");
            const auto& components = window.document.intent().journey.components;
            QVERIFY(components.find("cart"));
            QSignalSpy drawn(&window.view, &JourneyView::drawn);
            auto other = makeExpression(Parallel{{makeExpression(Call{"cart"}), makeExpression(Call{"pricing"})}});
            QCOMPARE(window.document.apply(InsertBeside{window.node("front"), Side::Before, other}, {}), QString());
            QVERIFY(drawn.wait());
            QCOMPARE(window.document.save(), QString());
            QVERIFY(window.scene().isClosed(before));
        }
        Window window(folder.path());
        const auto steps = journey::children(*window.document.intent().journey.root);
        QVERIFY(!window.scene().isClosed(steps[0]->id));
        QVERIFY(window.scene().isClosed(steps[2]->id));
        QCOMPARE(window.closed().size(), 1);
    }

    void aFileThatCannotBeReadAtFirst()
    {
        const CheckoutFolder folder;
        {
            Window window(folder.path());
            window.clickTriangle("payment");
        }
        folder.write(QStringLiteral("checkout.yaml"), "nothing: [");
        Window window(folder.path());
        QVERIFY(!window.document.isReadable());
        QCOMPARE(window.document.setText(CheckoutFolder::intentText().toStdString()), QString());
        QTRY_COMPARE(window.closed(), QStringList{QStringLiteral("payment")});
    }

    void itIsBounded()
    {
        QVariantList many;
        for (int i = 0; i < CollapseMemory::mostFiles; ++i)
            many.append(QStringList{QStringLiteral("/file-%1").arg(i), QStringLiteral("key")});
        QSettings().setValue(QStringLiteral("canvas/closed"), many);
        const CheckoutFolder folder;
        Window window(folder.path());
        window.clickTriangle("payment");
        const auto entries = QSettings().value(QStringLiteral("canvas/closed")).toList();
        QCOMPARE(entries.size(), CollapseMemory::mostFiles);
        QCOMPARE(entries.front().toStringList(), (QStringList{folder.path(), QStringLiteral("payment")}));
        QCOMPARE(entries.back().toStringList().front(), QStringLiteral("/file-%1").arg(CollapseMemory::mostFiles - 2));
    }
};

QTEST_MAIN(TestCollapseMemory)
#include "tst_collapsememory.moc"
