// SPDX-License-Identifier: GPL-3.0-or-later
// What is shown of a drag is what comes of it; and the view stands still.
#include "canvaswindow.h"
#include "widgets/canvas/gestures/preview.h"

#include <QRandomGenerator>
#include <QScrollBar>
#include <QStandardPaths>

using namespace emac;
using namespace emac::widgets;
using emac::tests::CanvasWindow;

namespace {

QString name(const char* text)
{
    return QString::fromLatin1(text);
}

const Preview& preview(CanvasWindow& window)
{
    static const Preview none;
    for (const auto* item : window.scene().items()) {
        if (const auto* shown = dynamic_cast<const PreviewItem*>(item))
            return shown->preview();
    }
    return none;
}

} // namespace

class TestCanvasPlacing : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QLocale::setDefault(QLocale::c());
    }

    /// Wherever in its frame a node is put down, it was shown there before.
    void theGhostIsWhereItLands_data()
    {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("frame"); ///< empty: the page
        QTest::newRow("a step of the page") << name("front") << QString();
        QTest::newRow("a frame on the page") << name("payment") << QString();
        QTest::newRow("the first branch") << name("cart") << name("parallel");
        QTest::newRow("the last branch") << name("payb") << name("payment");
    }
    void theGhostIsWhereItLands()
    {
        QFETCH(QString, node);
        QFETCH(QString, frame);
        CanvasWindow window;
        window.scene().setGlideTime(0);
        QRandomGenerator random(20221122);
        int placed = 0;
        for (int i = 0; i < 25; ++i) {
            const auto ground = frame.isEmpty() ? window.scene().contentRect().adjusted(-30, -60, 60, 200)
                                                : window.box(frame).adjusted(2, 20, -2, -2);
            const auto to = window.view.mapFromScene(
                ground.topLeft()
                + QPointF(random.generateDouble() * ground.width(), random.generateDouble() * ground.height()));
            const auto from = window.view.mapFromScene(window.box(node).topLeft() + QPointF(30, 10));
            const auto keys = i % 2 == 0 ? Qt::AltModifier : Qt::NoModifier;
            window.press(from);
            window.move((from + to) / 2, keys);
            window.move(to, keys);
            if (window.words() != name("place here")) {
                QTest::keyClick(&window.view, Qt::Key_Escape);
                window.release(to, keys);
                continue;
            }
            ++placed;
            const auto ghost = preview(window).ghosts.front();
            window.release(to, keys);
            QTRY_COMPARE(window.box(node).topLeft().toPoint(), ghost.topLeft().toPoint());
        }
        QVERIFY(placed > 3);
    }

    /// A branch on the page's ground leaves its frame: where it goes, and what it leaves, is said and shown.
    void leavingAFrameIsSaid()
    {
        CanvasWindow window;
        const auto far = window.view.mapFromScene(window.scene().contentRect().bottomRight() + QPointF(-10, 60));
        window.press(window.at(name("paya")));
        window.move(window.ground());
        window.move(far);
        QCOMPARE(window.words(), name("to the end of the journey, out of payment"));
        QVERIFY(preview(window).band);
        QVERIFY(preview(window).mark.adjusted(-1, -1, 1, 1).contains(preview(window).band->p2()));
        window.release(far);
        QCOMPARE(window.tree(), name("Series(front, Parallel(cart, pricing), Race(payb), paya)"));
        QCOMPARE(window.lastStep(), name("Move paya to the end of the journey, out of payment"));
    }

    void toTheBeginning()
    {
        CanvasWindow window;
        const auto far = window.view.mapFromScene(window.scene().contentRect().bottomLeft() + QPointF(2, 60));
        window.press(window.at(name("paya")));
        window.move(window.ground());
        window.move(far);
        QCOMPARE(window.words(), name("to the beginning of the journey, out of payment"));
        window.release(far);
        QCOMPARE(window.tree(), name("Series(paya, front, Parallel(cart, pricing), Race(payb))"));
    }

    void withinAFrameNothingIsLeft()
    {
        CanvasWindow window;
        window.press(window.at(name("payb")));
        window.move(window.at(name("paya"), 0.5, 0.7));
        window.move(window.at(name("paya"), 0.2));
        QVERIFY2(!window.words().contains(name("out of")), qPrintable(window.words()));
        QTest::keyClick(&window.view, Qt::Key_Escape);
        window.release(window.at(name("paya"), 0.2));
        QCOMPARE(window.steps(), 0);
    }

    /// While something lands, its ghost leaves the mark and the arrow in sight.
    void theGhostLeavesTheMarkInSight_data()
    {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("onto");
        for (const auto* onto : {"arrow", "race", "card"})
            QTest::newRow(onto) << name("front") << name(onto);
        QTest::newRow("a frame onto a card") << name("payment") << name("card"); // larger than what it lands on
    }
    void theGhostLeavesTheMarkInSight()
    {
        QFETCH(QString, node);
        QFETCH(QString, onto);
        CanvasWindow window;
        const auto from = window.view.mapFromScene(window.box(node).topLeft() + QPointF(30, 10));
        auto to = window.at(name("cart"), 0.8);
        if (onto == name("arrow"))
            to = window.between(name("parallel"), name("payment"));
        else if (onto == name("race"))
            to = window.view.mapFromScene(
                QPointF(window.box(name("paya")).center().x(),
                        (window.box(name("paya")).bottom() + window.box(name("payb")).top()) / 2));
        window.press(from);
        window.move((from + to) / 2);
        window.move(to);
        const auto& shown = preview(window);
        QVERIFY(!shown.mark.isEmpty());
        QCOMPARE(shown.ghosts.size(), std::size_t(1));
        QVERIFY(!shown.ghosts.front().contains(shown.mark.center()));
        QVERIFY(!shown.ghosts.front().contains(window.view.mapToScene(to)));
        QCOMPARE(shown.carried, node);
        const auto ghost = window.view.mapFromScene(shown.ghosts.front()).boundingRect();
        QVERIFY2(ghost.width() <= 242 && ghost.height() <= 98, "a small one does");
        window.release(to);
    }

    /// Until the person has chosen what to see, what is added beyond the edge comes into sight with all the rest.
    void aJourneyThatGrowsStaysInSight()
    {
        CanvasWindow window;
        window.view.resize(900, 500);
        QCOMPARE(window.document().apply(
                     journey::RemoveNodes{{window.node(name("payment")), window.node(name("parallel"))}}, name("edit")),
                 QString());
        QTRY_VERIFY(window.isDrawn());
        window.view.fitAll();
        auto last = window.view.zoom();
        const auto first = last;
        auto end = window.node(name("front"));
        for (int i = 0; i < 12; ++i) {
            QSignalSpy drawn(&window.view, &JourneyView::drawn);
            auto cargo = journey::newCall(window.journey());
            const auto edit = journey::puttingDown(window.journey(), cargo, journey::Beside{end, journey::Side::After});
            end = cargo.nodes.front()->id;
            const Selection select{journey::Element::ofNode(end)};
            QCOMPARE(window.document().apply(*edit, name("edit"), select), QString());
            QVERIFY(drawn.wait());
            const auto sight = window.view.mapToScene(window.viewport()->rect()).boundingRect();
            QVERIFY(sight.contains(window.scene().item(end)->box()));
            QVERIFY(window.view.zoom() <= last);
            last = window.view.zoom();
        }
        QVERIFY(last < first);
    }

    /// What is new and in sight is no reason to scroll, though it is near the edge; what is beyond it is one.
    void onlyWhatIsOutOfSightScrolls()
    {
        CanvasWindow window;
        window.view.setZoom(1);
        const auto insertAt = [&](int fromTheEdge) {
            auto* bar = window.view.horizontalScrollBar();
            const auto right = window.view.mapFromScene(window.box(name("payb")).topRight()).x();
            bar->setValue(bar->value() + right - (window.viewport()->width() - fromTheEdge));
            const auto corner = window.view.mapToScene(0, 0);
            QSignalSpy drawn(&window.view, &JourneyView::drawn);
            auto cargo = journey::newCall(window.journey());
            const auto edit =
                journey::puttingDown(window.journey(), cargo, journey::Into{window.node(name("payment")), 1});
            const Selection select{journey::Element::ofNode(cargo.nodes.front()->id)};
            [&] { QCOMPARE(window.document().apply(*edit, name("edit"), select), QString()); }();
            [&] { QVERIFY(drawn.wait()); }();
            return window.view.mapToScene(0, 0) == corner;
        };
        QVERIFY(insertAt(20));
        QVERIFY(!insertAt(-40));
    }

    /// 40 edits, and not one pixel of creep; odd sizes and zooms are the ones that round.
    void theViewStandsStill_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<double>("zoom");
        QTest::newRow("even") << QSize(1200, 700) << 1.0;
        QTest::newRow("odd") << QSize(1201, 701) << 1.0;
        QTest::newRow("zoomed out") << QSize(1200, 701) << 0.83;
        QTest::newRow("zoomed in") << QSize(1203, 700) << 1.37;
    }
    void theViewStandsStill()
    {
        QFETCH(QSize, size);
        QFETCH(double, zoom);
        CanvasWindow window;
        window.view.resize(size);
        window.view.setZoom(zoom);
        const auto corner = window.view.mapToScene(0, 0);
        for (int i = 0; i < 20; ++i) {
            QSignalSpy drawn(&window.view, &JourneyView::drawn);
            auto cargo = journey::newCall(window.journey());
            const auto edit =
                journey::puttingDown(window.journey(), cargo,
                                     journey::Into{window.node(i % 2 == 0 ? name("payment") : name("parallel")), 0});
            QCOMPARE(window.document().apply(*edit, name("edit")), QString());
            QVERIFY(drawn.wait());
            QCOMPARE(window.view.mapToScene(0, 0), corner);
        }
        while (window.document().undoStack()->canUndo()) {
            QSignalSpy drawn(&window.view, &JourneyView::drawn);
            window.document().undoStack()->undo();
            QVERIFY(drawn.wait());
            QCOMPARE(window.view.mapToScene(0, 0), corner);
        }
    }
};

QTEST_MAIN(TestCanvasPlacing)
#include "tst_canvasplacing.moc"
