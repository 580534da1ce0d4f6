// SPDX-License-Identifier: GPL-3.0-or-later
// Where something can be added, and that it is said before; what the pointer looks like.
#include "canvaswindow.h"
#include "core/journey/paths.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/canvas/gestures/preview.h"

#include <QHelpEvent>
#include <QStandardPaths>
#include <QToolTip>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

QList<QPointF> handles(CanvasWindow& window)
{
    for (const auto* item : window.scene().items()) {
        if (const auto* preview = dynamic_cast<const PreviewItem*>(item))
            return {preview->preview().handles.begin(), preview->preview().handles.end()};
    }
    return {};
}

QStringList allNodes()
{
    return {name("front"), name("cart"),     name("pricing"), name("paya"),
            name("payb"),  name("parallel"), name("payment")};
}

} // namespace

class TestCanvasHandles : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    /// Wherever the pointer is and whatever is selected: no place has two handles, and none stands on another.
    void onePlaceHasOneHandle_data()
    {
        QTest::addColumn<QString>("selected");
        QTest::newRow("nothing selected") << QString();
        for (const auto& selected : allNodes())
            QTest::newRow(qPrintable(selected)) << selected;
    }
    void onePlaceHasOneHandle()
    {
        QFETCH(QString, selected);
        CanvasWindow window;
        window.view.setZoom(1);
        window.view.fitAll();
        window.select(selected);
        int most = 0;
        for (int y = 0; y < window.viewport()->height(); y += 17) {
            for (int x = 0; x < window.viewport()->width(); x += 19) {
                window.move({x, y}, {}, Qt::NoButton);
                const auto shown = handles(window);
                most = std::max(most, static_cast<int>(shown.size()));
                for (qsizetype i = 0; i < shown.size(); ++i) {
                    for (qsizetype j = 0; j < i; ++j)
                        QVERIFY(QLineF(shown[i], shown[j]).length() >= 2 * handleRadius);
                }
            }
        }
        QVERIFY(most >= 1);
    }

    /// What two handles that are shown together add is not the same journey.
    void twoHandlesAddTwoThings_data() { onePlaceHasOneHandle_data(); }
    void twoHandlesAddTwoThings()
    {
        QFETCH(QString, selected);
        CanvasWindow window;
        window.select(selected);
        const auto& scene = window.scene();
        const auto cargo = journey::newCall(window.journey(), "x");
        const auto node = window.node(selected);
        const DrawnPage page{window.journey(), scene.root(), scene.drawing()};
        const auto bounds = scene.contentRect();
        for (double y = bounds.top(); y < bounds.bottom(); y += 9) {
            for (double x = bounds.left(); x < bounds.right(); x += 9) {
                QStringList trees;
                for (const auto& handle : addHandles(page, {x, y}, node)) {
                    const auto edit = journey::puttingDown(window.journey(), cargo, handle.landing);
                    QVERIFY(edit);
                    const auto after = journey::apply(window.document().intent(), *edit);
                    QVERIFY(after.value);
                    trees << QString::fromStdString(journey::expressionText(after.value->journey.root));
                }
                QCOMPARE(trees.removeDuplicates(), qsizetype(0));
            }
        }
    }

    void aHandleSaysWhatItAdds_data()
    {
        QTest::addColumn<QString>("selected");
        QTest::addColumn<QString>("at"); ///< "front >": after it; "> front": before it; "front parallel": between them
        QTest::addColumn<QString>("words");
        QTest::newRow("after") << QString() << name("front >") << name("add after front");
        QTest::newRow("before") << QString() << name("> cart") << name("add before cart");
        QTest::newRow("on an arrow") << QString() << name("parallel payment") << name("add after Parallel");
        QTest::newRow("after what is selected") << name("payment") << name("payment >") << name("add after payment");
    }
    void aHandleSaysWhatItAdds()
    {
        QFETCH(QString, selected);
        QFETCH(QString, at);
        CanvasWindow window;
        window.select(selected);
        const auto ends = at.split(u' ');
        const auto onEdge = [&](const QString& node, bool right) {
            const auto box = window.box(node);
            return window.view.mapFromScene(
                QPointF(right ? box.right() : box.left(), window.scene().drawing().axes.at(window.node(node))));
        };
        const auto point = ends[0] == name(">")   ? onEdge(ends[1], false)
                           : ends[1] == name(">") ? onEdge(ends[0], true)
                                                  : window.between(ends[0], ends[1]);
        QCOMPARE(window.viewport()->cursor().shape(), Qt::ArrowCursor);
        window.move(point, {}, Qt::NoButton);
        QTEST(window.words(), "words");
        QCOMPARE(window.viewport()->cursor().shape(), Qt::PointingHandCursor);
        // The tool tip of the frame or card beneath is not meant.
        QHelpEvent tip(QEvent::ToolTip, point, window.viewport()->mapToGlobal(point));
        QCoreApplication::sendEvent(window.viewport(), &tip);
        QVERIFY2(!QToolTip::isVisible(), qPrintable(QToolTip::text()));
        window.move(window.ground(), {}, Qt::NoButton);
        QCOMPARE(window.words(), QString());
        QCOMPARE(window.viewport()->cursor().shape(), Qt::ArrowCursor);
        // On a card it is shown as ever.
        const auto card = window.at(name("front"));
        window.move(card, {}, Qt::NoButton);
        QHelpEvent other(QEvent::ToolTip, card, window.viewport()->mapToGlobal(card));
        QCoreApplication::sendEvent(window.viewport(), &other);
        QVERIFY(QToolTip::isVisible());
        QToolTip::hideText();
        QTRY_VERIFY(!QToolTip::isVisible());
    }

    /// What was refused stays to be read though the pointer moves.
    void handlesDoNotHushARefusal()
    {
        CanvasWindow window;
        window.select(name("front"));
        window.view.sayRefusal(name("no"));
        QCOMPARE(window.words(), name("no"));
        window.move(window.at(name("pricing")), {}, Qt::NoButton);
        QCOMPARE(window.words(), name("no"));
        const auto label = window.viewport()->findChild<QLabel*>(name("gestureWords"))->geometry();
        const auto box = window.view.mapFromScene(window.box(name("front"))).boundingRect();
        QVERIFY(label.adjusted(-40, -40, 40, 40).intersects(box));
        QTRY_COMPARE_WITH_TIMEOUT(window.words(), QString(), 7000);
    }

    void spaceLeavesTheToolItsCursor()
    {
        CanvasWindow window;
        PlacingTool tool;
        window.view.setPlacingTool(&tool);
        tool.set(Carried{Carried::Kind::Component, journey::OperatorType::Call, name("cart")});
        const auto shape = [&] { return window.viewport()->cursor().shape(); };
        QCOMPARE(shape(), Qt::CrossCursor);
        QTest::keyPress(&window.view, Qt::Key_Space);
        QCOMPARE(shape(), Qt::OpenHandCursor);
        const auto corner = window.view.mapToScene(0, 0);
        window.press({300, 300});
        QCOMPARE(shape(), Qt::ClosedHandCursor);
        window.move({340, 310});
        window.release({340, 310});
        QVERIFY(window.view.mapToScene(0, 0) != corner);
        QCOMPARE(shape(), Qt::OpenHandCursor);
        QTest::keyRelease(&window.view, Qt::Key_Space);
        QCOMPARE(shape(), Qt::CrossCursor);
        QCOMPARE(window.steps(), 0);
        tool.set(std::nullopt);
        QCOMPARE(shape(), Qt::ArrowCursor);
        window.view.setPlacingTool(nullptr);
    }
};

QTEST_MAIN(TestCanvasHandles)
#include "tst_canvashandles.moc"
