// SPDX-License-Identifier: GPL-3.0-or-later
#include "paneltools.h"
#include "widgets/canvas/collapsing.h"
#include "widgets/canvas/journeyscene.h"
#include "widgets/canvas/journeyview.h"
#include "widgets/drawing/dottext.h"
#include "widgets/drawing/journeydrawing.h"
#include "widgets/editing/layoutactions.h"

#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;
using emac::tests::OpenJourney;

class TestLayoutActions : public QObject
{
    Q_OBJECT

private slots:
    void layOutIsOneUndoStep()
    {
        OpenJourney o;
        ActionRegistry registry;
        LayoutActions actions(&registry);
        auto* all = registry.action(QStringLiteral("journey.layOutAll"));
        auto* selected = registry.action(QStringLiteral("journey.layOutSelection"));
        actions.setDocument(o.document.get());
        QVERIFY(!all->isEnabled() && !selected->isEnabled());

        Placement placement;
        placement.nodes = {
            {o.call("paya").node, {1, 2}}, {o.node(OperatorType::Race).node, {3, 4}}, {o.call("front").node, {5, 6}}};
        placement.loose = {{"stock", {7, 8}}};
        o.document->setPlacement(placement, QStringLiteral("Place"));
        QVERIFY(all->isEnabled() && !selected->isEnabled());
        o.document->selection()->select(o.call("cart"));
        QVERIFY(!selected->isEnabled()); // it stands where the layout has it
        o.document->selection()->select(o.node(OperatorType::Race));
        QVERIFY(selected->isEnabled());

        const int steps = o.document->undoStack()->count();
        selected->trigger();
        const std::map<NodeId, Offset> rest{{o.call("front").node, {5, 6}}};
        QCOMPARE(o.document->value().placement.nodes, rest); // with what is below the race
        QCOMPARE(o.document->undoStack()->count(), steps + 1);
        all->trigger();
        QVERIFY(o.document->value().placement.nodes.empty());
        QCOMPARE(o.document->value().placement.loose, placement.loose);
        QVERIFY(!all->isEnabled());
        o.document->undoStack()->undo();
        QCOMPARE(o.document->value().placement.nodes, rest);
        o.document->undoStack()->undo();
        QCOMPARE(o.document->value().placement, placement);
        actions.setDocument(nullptr);
        QVERIFY(!all->isEnabled() && !selected->isEnabled());
    }

    void aClickOnTheTriangleClosesAndOpens()
    {
        OpenJourney o;
        JourneyView view(o.document.get(), o.document->selection(), &o.units);
        QSignalSpy drawn(&view, &JourneyView::drawn);
        view.resize(1200, 700);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTRY_VERIFY(!drawn.isEmpty());
        auto& scene = *static_cast<JourneyScene*>(view.scene());
        const auto race = o.node(OperatorType::Race).node;
        const auto click = [&] {
            const auto triangle = view.mapFromScene(scene.item(race)->disclosure().center());
            const auto before = drawn.size();
            QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, triangle);
            QTRY_VERIFY(drawn.size() > before);
        };
        o.document->selection()->select(o.call("paya"));
        click();
        QVERIFY(scene.isClosed(race));
        QVERIFY(scene.item(o.call("paya").node) == nullptr);
        QCOMPARE(o.document->selection()->elements(), Selection{Element::ofNode(race)});
        click();
        QVERIFY(!scene.isClosed(race));
        QVERIFY(scene.item(o.call("paya").node) != nullptr);

        click();
        const auto before = drawn.size();
        o.document->selection()->reveal(o.call("payb")); // from a problem, say
        QTRY_VERIFY(drawn.size() > before);
        QVERIFY(scene.item(o.call("payb").node)->isSelected());
        QVERIFY(
            view.mapToScene(view.viewport()->rect()).boundingRect().contains(scene.item(o.call("payb").node)->box()));
    }

    void aLooseComponentIsListedAndExported()
    {
        OpenJourney o;
        Placement placement;
        placement.loose = {{"stock", {0, 600}}};
        QTRY_VERIFY(tests::isCurrent(*o.document));
        const auto plain = subjectOf(*o.document, AvailabilityUnit::Percent);
        o.document->setPlacement(placement, QStringLiteral("Place"));
        QTRY_VERIFY(tests::isCurrent(*o.document));
        const auto& notes = o.document->evaluation()->notes;
        QVERIFY(std::ranges::any_of(notes, [](const Note& note) {
            return note.message.code == base::Code::ComponentNotCalled && note.element == Element::component("stock");
        }));

        const auto subject = subjectOf(*o.document, AvailabilityUnit::Percent);
        QVERIFY(!dotText(plain).contains("stock"));
        QVERIFY(dotText(subject).contains("stock"));
        const auto heightOf = [](const DrawingSubject& shown) {
            JourneyDrawing drawing(shown);
            QSignalSpy finished(&drawing, &JourneyDrawing::finished);
            return finished.wait() ? drawing.size().height() : 0;
        };
        QVERIFY(heightOf(subject) > heightOf(plain) + 100);
    }
};

QTEST_MAIN(TestLayoutActions)
#include "tst_layoutactions.moc"
