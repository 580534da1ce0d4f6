// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkoutfolder.h"
#include "core/journey/paths.h"
#include "core/workspace/open.h"
#include "widgets/canvas/camera.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;
using emac::tests::CheckoutFolder;

namespace {

/// The checkout journey in a window.
struct Window
{
    CheckoutFolder folder;
    JourneyDocument document;
    SelectionModel selection;
    DisplayUnits units;
    JourneyView view{&document, &selection, &units};

    explicit Window(const QByteArray& text = CheckoutFolder::intentText()) : document(opened(folder, text))
    {
        view.resize(1200, 700);
        view.show();
        QSignalSpy drawn(&view, &JourneyView::drawn);
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QVERIFY(!drawn.isEmpty() || drawn.wait());
        view.setFocus();
    }

    static workspace::OpenedIntent opened(const CheckoutFolder& folder, const QByteArray& text)
    {
        folder.write(QStringLiteral("checkout.yaml"), text);
        return workspace::openIntent(folder.path().toStdString());
    }

    JourneyScene& scene() { return *static_cast<JourneyScene*>(view.scene()); }

    /// By component, operator word or explicit id; none for an unknown name.
    NodeId node(const QString& name) const
    {
        for (const auto& place : nodePlaces(document.intent().journey)) {
            if (QString::fromStdString(displayName(*place.node)) == name)
                return place.node->id;
        }
        return {};
    }
    QString name(NodeId id) const
    {
        const auto found = findNode(document.intent().journey, id);
        return found ? QString::fromStdString(displayName(*found)) : QString();
    }
    QStringList selected() const
    {
        QStringList names;
        for (const auto& element : selection.elements())
            names << name(element.node);
        return names;
    }
    QPoint pointOf(const QString& name) { return view.mapFromScene(scene().item(node(name))->box().center()); }
    /// Within a frame, but on none of its children.
    QPoint headerOf(const QString& name)
    {
        return view.mapFromScene(scene().item(node(name))->box().topLeft() + QPointF(40, 14));
    }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, at);
    }
    void wheel(QPoint at, QPoint turn, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(at, view.viewport()->mapToGlobal(at), {}, turn, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(view.viewport(), &event);
    }
    QPointF scenePoint(QPoint at) const { return view.viewportTransform().inverted().map(QPointF(at)); }
};

/// Scroll bars stand on whole pixels.
bool samePixel(QPointF a, QPointF b, double zoom)
{
    return std::abs(a.x() - b.x()) * zoom <= 1 && std::abs(a.y() - b.y()) * zoom <= 1;
}

} // namespace

class TestCanvasView : public QObject
{
    Q_OBJECT

private slots:
    void whatIsSelectedElsewhereComesIntoSight()
    {
        Window window;
        window.view.setZoom(3);
        const auto isInSight = [&](const char* name) {
            const auto sight = window.view.mapToScene(window.view.viewport()->rect()).boundingRect();
            return sight.contains(window.scene().item(window.node(QString::fromLatin1(name)))->box());
        };
        for (const auto* name : {"payb", "front", "paya"}) {
            window.selection.select(Element::ofNode(window.node(QString::fromLatin1(name))));
            QVERIFY2(isInSight(name), name);
        }
    }

    void whatIsInsertedComesIntoSight()
    {
        Window window;
        window.view.setZoom(3);
        window.selection.select(Element::ofNode(window.node(QStringLiteral("front"))));
        const auto call = makeExpression(Call{"paya"});
        const auto id = call->id;
        QCOMPARE(window.document.apply(InsertBeside{window.node(QStringLiteral("payment")), Side::After, call},
                                       QStringLiteral("insert")),
                 QString());
        window.selection.select(Element::ofNode(id));
        QTRY_VERIFY(window.scene().item(id) != nullptr);
        const auto sight = window.view.mapToScene(window.view.viewport()->rect()).boundingRect();
        QVERIFY(sight.contains(window.scene().item(id)->box()));
    }

    void drawsAllFitsAndSaysWhatItIs()
    {
        Window window;
        for (const auto* name : {"front", "cart", "pricing", "paya", "payb", "parallel", "payment"})
            QVERIFY2(window.scene().item(window.node(QString::fromLatin1(name))) != nullptr, name);
        const auto shown = window.view.mapToScene(window.view.viewport()->rect()).boundingRect();
        QVERIFY(shown.contains(window.scene().contentRect()));
        QCOMPARE(window.view.accessibleName(), QStringLiteral("Journey drawing"));
        QCOMPARE(window.view.accessibleDescription(),
                 QStringLiteral("Series(front, Parallel(cart, pricing), Race(paya, payb))"));
    }

    void clickSelects()
    {
        Window window;
        QSignalSpy changed(&window.selection, &SelectionModel::changed);
        window.click(window.pointOf(QStringLiteral("paya")));
        QCOMPARE(window.selected(), QStringList{QStringLiteral("paya")});
        QCOMPARE(changed.size(), 1);
        window.click(window.headerOf(QStringLiteral("parallel")));
        QCOMPARE(window.selected(), QStringList{QStringLiteral("parallel")});
        QCOMPARE(changed.size(), 2);
    }

    void controlClickAddsAndTakesAway()
    {
        Window window;
        window.click(window.pointOf(QStringLiteral("paya")));
        window.click(window.pointOf(QStringLiteral("front")), Qt::ControlModifier);
        QCOMPARE(window.selected(), (QStringList{QStringLiteral("paya"), QStringLiteral("front")}));
        QCOMPARE(window.name(window.selection.current().node), QStringLiteral("front")); // the last one
        window.click(window.pointOf(QStringLiteral("paya")), Qt::ControlModifier);
        QCOMPARE(window.selected(), QStringList{QStringLiteral("front")});
    }

    void emptyGroundAndEscapeClear()
    {
        Window window;
        window.click(window.pointOf(QStringLiteral("paya")));
        window.click({5, 5});
        QCOMPARE(window.selected(), QStringList());
        window.click(window.pointOf(QStringLiteral("paya")));
        QTest::keyClick(&window.view, Qt::Key_Escape);
        QCOMPARE(window.selected(), QStringList());
        QVERIFY(window.scene().selectedNodes().empty());
    }

    void rubberBandSelectsWhatItHolds()
    {
        Window window;
        const auto frame =
            window.scene().item(window.node(QStringLiteral("payment")))->box().adjusted(-12, -12, 12, 12);
        auto* viewport = window.view.viewport();
        QTest::mousePress(viewport, Qt::LeftButton, {}, window.view.mapFromScene(frame.topLeft()));
        QTest::mouseMove(viewport, window.view.mapFromScene(frame.center()));
        QTest::mouseMove(viewport, window.view.mapFromScene(frame.bottomRight()));
        QTest::mouseRelease(viewport, Qt::LeftButton, {}, window.view.mapFromScene(frame.bottomRight()));
        QCOMPARE(window.selected(),
                 (QStringList{QStringLiteral("payment"), QStringLiteral("paya"), QStringLiteral("payb")}));
    }

    void selectionFromOutsideHighlights()
    {
        Window window;
        const auto before = window.view.grab().toImage();
        window.selection.select(Element::ofNode(window.node(QStringLiteral("cart"))));
        QVERIFY(window.scene().item(window.node(QStringLiteral("cart")))->isSelected());
        QCOMPARE(window.selected(), QStringList{QStringLiteral("cart")}); // and is not told back otherwise
        QVERIFY(window.view.grab().toImage() != before);

        window.selection.select(Element::component("paya"));
        QVERIFY(!window.scene().item(window.node(QStringLiteral("cart")))->isSelected());
        QVERIFY(window.scene().item(window.node(QStringLiteral("paya")))->isRelated());
        QVERIFY(!window.scene().item(window.node(QStringLiteral("payb")))->isRelated());
        QCOMPARE(window.selection.current(), Element::component("paya"));

        window.click({5, 5});
        QVERIFY(window.selection.elements().empty());
        QVERIFY(!window.scene().item(window.node(QStringLiteral("paya")))->isRelated());
    }

    void revealedComesIntoSight()
    {
        Window window;
        window.view.setZoom(4);
        for (const auto& element :
             {Element::component("payb"), Element::ofNode(window.node(QStringLiteral("front")))}) {
            window.selection.reveal(element);
            const auto name = element.node == NodeId{} ? QStringLiteral("payb") : QStringLiteral("front");
            QVERIFY(window.view.viewport()->rect().contains(window.pointOf(name)));
        }
    }

    void wheelWithControlZoomsAtThePointer()
    {
        Window window;
        const QPoint at(900, 200);
        for (const int turn : {120, 120, 360, -240, -120, 1200}) {
            const auto before = window.scenePoint(at);
            const double zoom = window.view.zoom();
            QSignalSpy changed(&window.view, &JourneyView::zoomChanged);
            window.wheel(at, {0, turn}, Qt::ControlModifier);
            QVERIFY(turn > 0 ? window.view.zoom() > zoom : window.view.zoom() < zoom);
            QCOMPARE(changed.size(), 1);
            QVERIFY(samePixel(window.scenePoint(at), before, window.view.zoom()));
        }
    }

    void wheelScrolls()
    {
        Window window;
        const auto before = window.scenePoint({0, 0});
        const double zoom = window.view.zoom();
        window.wheel({600, 300}, {0, -120}, {});
        QCOMPARE(window.view.zoom(), zoom);
        QVERIFY(samePixel(window.scenePoint({0, 0}), before + QPointF(0, 60) / zoom, zoom));
        window.wheel({600, 300}, {0, -120}, Qt::ShiftModifier);
        QVERIFY(samePixel(window.scenePoint({0, 0}), before + QPointF(60, 60) / zoom, zoom));
    }

    void zoomKeepsItsRange()
    {
        Window window;
        window.view.setZoom(100);
        QCOMPARE(window.view.zoom(), Camera::maximumZoom);
        window.view.setZoom(0.0001);
        QCOMPARE(window.view.zoom(), Camera::minimumZoom);
        window.view.setZoom(1);
        window.view.zoomIn();
        QVERIFY(window.view.zoom() > 1);
        window.view.zoomOut();
        QCOMPARE(window.view.zoom(), 1.0);
    }

    void pans_data()
    {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::newRow("middle button") << Qt::MiddleButton;
        QTest::newRow("space and left button") << Qt::LeftButton;
    }

    void pans()
    {
        QFETCH(Qt::MouseButton, button);
        Window window;
        const QPoint from = window.pointOf(QStringLiteral("front"));
        const QPoint to = from + QPoint(140, -60);
        const auto grabbed = window.scenePoint(from);
        if (button == Qt::LeftButton)
            QTest::keyPress(&window.view, Qt::Key_Space);
        QTest::mousePress(window.view.viewport(), button, {}, from);
        QTest::mouseMove(window.view.viewport(), to);
        QTest::mouseRelease(window.view.viewport(), button, {}, to);
        QVERIFY(samePixel(window.scenePoint(to), grabbed, window.view.zoom()));
        QCOMPARE(window.selected(), QStringList());
        QTest::keyRelease(&window.view, Qt::Key_Space);
        window.click(window.pointOf(QStringLiteral("front")));
        QCOMPARE(window.selected(), QStringList{QStringLiteral("front")}); // panning is over
    }

    void keysMoveTheSelection_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("to");
        const auto add = [](const char* from, Qt::Key key, const char* to) {
            QTest::addRow("%s %d", from, key) << QString::fromLatin1(from) << int(key) << QString::fromLatin1(to);
        };
        add("front", Qt::Key_Right, "parallel");
        add("front", Qt::Key_Left, "front");
        add("front", Qt::Key_Up, "front"); // the root series is not drawn
        add("parallel", Qt::Key_Left, "front");
        add("parallel", Qt::Key_Right, "payment");
        add("parallel", Qt::Key_Down, "cart");
        add("cart", Qt::Key_Down, "pricing");
        add("cart", Qt::Key_Up, "cart");
        add("cart", Qt::Key_Right, "cart");
        add("pricing", Qt::Key_Up, "cart");
        add("pricing", Qt::Key_Left, "parallel");
        add("payment", Qt::Key_Right, "payment");
        add("cart", Qt::Key_Home, "front");
        add("cart", Qt::Key_End, "payment");
    }

    void keysMoveTheSelection()
    {
        QFETCH(QString, from);
        QFETCH(int, key);
        Window window;
        window.selection.select(Element::ofNode(window.node(from)));
        QTest::keyClick(&window.view, static_cast<Qt::Key>(key));
        QTEST(window.selected().join(QLatin1Char(' ')), "to");
    }

    void arrowsScrollWhereNothingIsSelected()
    {
        Window window;
        const auto before = window.scenePoint({0, 0});
        QTest::keyClick(&window.view, Qt::Key_Down);
        QCOMPARE(window.selected(), QStringList());
        QVERIFY(window.scenePoint({0, 0}).y() > before.y());
    }

    void numbersFollowTheDocument()
    {
        Window window;
        const auto* paya = window.scene().item(window.node(QStringLiteral("paya")));
        QTRY_VERIFY(!paya->look().numbers.isEmpty());
        const auto before = paya->look().numbers;
        const auto box = paya->box();
        QSignalSpy drawn(&window.view, &JourneyView::drawn);
        QCOMPARE(window.document.apply(SetAvailability{"paya", base::Ratio(*base::Decimal::parse("0.9"))}, {}),
                 QString());
        QTRY_VERIFY(paya->look().numbers != before);
        QCOMPARE(*paya->look().heat, 20.0);
        QVERIFY(drawn.isEmpty()); // a number asks for no layout
        QCOMPARE(paya->box(), box);
    }

    void newDrawingKeepsZoomAndCentre()
    {
        Window window;
        window.view.setZoom(0.8);
        const QPoint centre = window.view.viewport()->rect().center();
        const auto before = window.scenePoint(centre);
        const auto race = window.node(QStringLiteral("payment"));
        const double width = window.scene().item(race)->box().width();
        QSignalSpy drawn(&window.view, &JourneyView::drawn);
        // A longer header: the frame grows.
        QCOMPARE(window.document.apply(SetDuration{race, std::chrono::nanoseconds(123456789123456)}, {}), QString());
        QVERIFY(drawn.wait());
        QVERIFY(window.scene().item(race)->box().width() > width);
        QCOMPARE(window.view.zoom(), 0.8);
        QVERIFY(samePixel(window.scenePoint(centre), before, 0.8));
    }

    void fitFollowsTheWindowUntilZoomed()
    {
        Window window;
        const double zoom = window.view.zoom();
        window.view.resize(700, 500);
        QVERIFY(window.view.zoom() < zoom);
        window.view.setZoom(0.5);
        window.view.resize(1200, 700);
        QCOMPARE(window.view.zoom(), 0.5);
        window.selection.select(Element::ofNode(window.node(QStringLiteral("payment"))));
        window.view.fitSelection();
        QVERIFY(window.view.zoom() > 0.5);
        window.view.fitAll();
        QCOMPARE(window.view.zoom(), zoom);
    }

    void longJourneyOpensAtItsBeginning()
    {
        QByteArray steps;
        QByteArray components;
        for (int i = 0; i < 600; ++i) {
            const QByteArray name = "call-" + QByteArray::number(i);
            steps += "      - ref: " + name + "\n";
            components += "    " + name + ": {kind: service, availability: 0.999}\n";
        }
        Window window("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\nmetadata: {name: long}\nspec:\n"
                      "  operator:\n    type: series\n    steps:\n"
                      + steps + "  components:\n" + components);
        const auto visible = [&window](const QString& name) {
            const auto box = window.scene().item(window.node(name))->box();
            return window.view.viewport()->rect().contains(window.view.mapFromScene(box).boundingRect());
        };
        QVERIFY(window.view.zoom() >= 0.2);
        QVERIFY(visible(QStringLiteral("call-0")));
        QVERIFY(visible(QStringLiteral("call-6"))); // its rows are as wide as the window
        const auto width = window.scene().contentRect().width() * window.view.zoom();
        QVERIFY2(width > 0.8 * window.view.viewport()->width(), qPrintable(QString::number(width)));
        QVERIFY(!visible(QStringLiteral("call-599")));
        window.view.fitAll();
        QVERIFY(visible(QStringLiteral("call-0")));
        QVERIFY(visible(QStringLiteral("call-599")));
    }

    void noJourneyShowsAHint_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty journey") << QByteArray("apiVersion: emac.dev/v1alpha1\nkind: JourneyIntent\n"
                                                     "metadata: {name: sketch}\nspec: {}\n");
        QTest::newRow("no journey at all") << QByteArray("[not: a journey");
    }

    void noJourneyShowsAHint()
    {
        QFETCH(QByteArray, text);
        const CheckoutFolder folder;
        folder.write(QStringLiteral("sketch.yaml"), text);
        JourneyDocument document(workspace::openIntent(folder.path(QStringLiteral("sketch.yaml")).toStdString()));
        SelectionModel selection;
        const DisplayUnits units;
        JourneyView view(&document, &selection, &units);
        view.resize(600, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto image = view.grab().toImage();
        int written = 0;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 100; y < 200; ++y)
                written += image.pixel(x, y) != image.pixel(1, 1) ? 1 : 0;
        }
        QVERIFY(written > 500);
        QTest::keyClick(&view, Qt::Key_Home);
        QVERIFY(selection.elements().empty());
    }
};

QTEST_MAIN(TestCanvasView)
#include "tst_canvasview.moc"
