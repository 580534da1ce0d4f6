// SPDX-License-Identifier: GPL-3.0-or-later
// What people do to a drawing: placed nodes, closed operators, loose cards, and how boxes come to new places.
#include "widgets/canvas/collapseactions.h"
#include "widgets/canvas/journeyscene.h"

#include <QApplication>
#include <QGraphicsView>
#include <QLocale>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;

namespace {

ExpressionPtr call(const std::string& name)
{
    return makeExpression(Call{name});
}

layout::Drawing drawn(const JourneyScene& scene)
{
    const auto request = scene.layoutRequest();
    return layout::layOut(
        request.root, [&](const Expression& node) { return request.sizes.at(node.id); }, request.metrics,
        request.arrangement);
}

/// a, race(b, retry(c)), d: drawn.
struct Sample
{
    ExpressionPtr a = call("a");
    ExpressionPtr b = call("b");
    ExpressionPtr c = call("c");
    ExpressionPtr retry = makeExpression(Retry{2, {}, c});
    ExpressionPtr race = makeExpression(Race{{b, retry}, {}});
    ExpressionPtr d = call("d");
    Journey journey{makeExpression(Series{{a, race, d}}), {}, {}, {}};
    JourneyScene scene;
    SelectionModel selection;

    Sample() { show(); }
    void show(const Placement& placement = {})
    {
        scene.setJourney(journey, {}, {}, placement);
        scene.setDrawing(drawn(scene));
    }
    QRectF box(const ExpressionPtr& node) const { return scene.item(node->id)->box(); }
    QPointF offset(const ExpressionPtr& node, const ExpressionPtr& frame) const
    {
        return box(node).topLeft() - box(frame).topLeft();
    }
};

/// The desktop wants no animations.
class StillStyle : public QProxyStyle
{
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* data) const override
    {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, data);
    }
};

} // namespace

class TestCanvasArranged : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void aPlacedNodeStandsWhereItWasPut()
    {
        Sample sample;
        const auto before = sample.box(sample.b);
        const auto at = sample.offset(sample.b, sample.race);
        Placement placement;
        placement.nodes[sample.b->id] = {at.x() + 50, at.y() + 30};
        QVERIFY(sample.scene.setJourney(sample.journey, {}, {}, placement));
        QCOMPARE(sample.box(sample.b), before); // the last picture stays
        sample.scene.setDrawing(drawn(sample.scene));
        QCOMPARE(sample.offset(sample.b, sample.race), at + QPointF(50, 30));
        QVERIFY(!sample.scene.setJourney(sample.journey, {}, {}, placement));
        QVERIFY(sample.scene.setJourney(sample.journey)); // and back
        sample.scene.setDrawing(drawn(sample.scene));
        QCOMPARE(sample.box(sample.b), before);
    }

    void aClosedOperatorIsOneBox()
    {
        Sample sample;
        analysis::Analysis analysis;
        CanvasNumbers numbers;
        numbers.analysis = &analysis;
        numbers.problems.emplace(Element::component("c"), base::Severity::Warning);
        numbers.problems.emplace(Element::ofNode(sample.b->id), base::Severity::Error);
        sample.scene.setNumbers(numbers);
        const auto open = sample.box(sample.race);
        QSignalSpy needed(&sample.scene, &JourneyScene::layoutNeeded);
        sample.scene.setCollapsed({sample.race->id});
        QCOMPARE(needed.size(), 1);
        QVERIFY(sample.scene.isClosed(sample.race->id));
        sample.scene.setDrawing(drawn(sample.scene));
        for (const auto& hidden : {sample.b, sample.c, sample.retry}) {
            QVERIFY(sample.scene.item(hidden->id) == nullptr);
            QCOMPARE(sample.scene.shownAs(hidden->id), sample.race->id);
        }
        QVERIFY(sample.scene.drawing().ports.empty());
        const auto& look = sample.scene.item(sample.race->id)->look();
        QVERIFY(look.closed);
        QCOMPARE(look.title, QStringLiteral("Race"));
        QCOMPARE(look.detail, QStringLiteral("2 calls"));
        QCOMPARE(look.badges, Badges(Badge::Error)); // the worst of what is hidden
        QVERIFY(sample.box(sample.race).height() < open.height());

        numbers.problems.erase(Element::ofNode(sample.b->id));
        QVERIFY(sample.scene.setNumbers(numbers) > 0);
        QCOMPARE(sample.scene.item(sample.race->id)->look().badges, Badges(Badge::Warning));

        sample.scene.setCollapsed({});
        sample.scene.setDrawing(drawn(sample.scene));
        QCOMPARE(sample.box(sample.race), open);
        QVERIFY(!sample.scene.item(sample.race->id)->look().closed);
        QVERIFY(sample.scene.item(sample.b->id) != nullptr);
    }

    void onlyWhatHasAFrameCanBeClosed()
    {
        Sample sample;
        QSignalSpy needed(&sample.scene, &JourneyScene::layoutNeeded);
        sample.scene.setCollapsed({sample.a->id, sample.journey.root->id, call("stranger")->id});
        QVERIFY(needed.isEmpty());
        for (const auto& node : {sample.a, sample.journey.root})
            QVERIFY(!sample.scene.isClosed(node->id));
    }

    void closedOperatorsStayClosedThroughEdits()
    {
        Sample sample;
        sample.scene.setCollapsed({sample.retry->id});
        sample.scene.setDrawing(drawn(sample.scene));
        const auto race = replaced(*sample.race, Race{{sample.retry, sample.b, call("e")}, {}});
        sample.journey.root = replaced(*sample.journey.root, Series{{sample.d, race}});
        sample.show();
        QVERIFY(sample.scene.item(sample.retry->id)->look().closed);
        QCOMPARE(sample.scene.item(sample.retry->id)->look().detail, QStringLiteral("1 call"));
        QVERIFY(sample.scene.item(sample.c->id) == nullptr);
        // It becomes a call, and an operator again.
        sample.journey.root = replaced(*sample.journey.root, Series{{replaced(*sample.retry, Call{"x"})}});
        sample.show();
        QVERIFY(!sample.scene.item(sample.retry->id)->look().closed);
    }

    void selectingWhatIsHiddenOpensIt()
    {
        Sample sample;
        sample.scene.setCollapsed({sample.race->id, sample.retry->id});
        sample.scene.setDrawing(drawn(sample.scene));
        QSignalSpy needed(&sample.scene, &JourneyScene::layoutNeeded);
        sample.scene.showSelection({sample.race->id}, {});
        QVERIFY(needed.isEmpty());
        sample.scene.showSelection({sample.c->id}, {});
        QVERIFY(!needed.isEmpty());
        sample.scene.setDrawing(drawn(sample.scene));
        QVERIFY(sample.scene.item(sample.c->id) != nullptr);
        QVERIFY(sample.scene.collapsed().empty());
    }

    void aSelectedComponentOutlinesWhatHidesItsCalls()
    {
        Sample sample;
        sample.scene.setCollapsed({sample.race->id});
        sample.scene.setDrawing(drawn(sample.scene));
        sample.scene.showSelection({}, {"c"});
        QVERIFY(sample.scene.isClosed(sample.race->id));
        QVERIFY(sample.scene.item(sample.race->id)->isRelated());
        QCOMPARE(sample.scene.boxOf(Element::component("c")), sample.box(sample.race));
    }

    void closingKeepsTheSelectionInSight()
    {
        Sample sample;
        Collapsing collapsing(&sample.scene, &sample.selection);
        sample.selection.select(
            {Element::ofNode(sample.a->id), Element::ofNode(sample.c->id), Element::ofNode(sample.b->id)});
        collapsing.toggle(sample.race->id);
        QCOMPARE(sample.selection.elements(),
                 (Selection{Element::ofNode(sample.a->id), Element::ofNode(sample.race->id)}));
        QVERIFY(sample.scene.isClosed(sample.race->id));
        QVERIFY(collapsing.canExpand());
        collapsing.toggle(sample.race->id);
        QVERIFY(!sample.scene.isClosed(sample.race->id));
    }

    void actionsAreOnWhereThereIsSomethingToDo()
    {
        Sample sample;
        Collapsing collapsing(&sample.scene, &sample.selection);
        ActionRegistry registry;
        CollapseActions actions(&registry);
        const auto enabled = [&registry] {
            QStringList ids;
            for (const auto* action : registry.actions()) {
                if (action->isEnabled())
                    ids << action->objectName().mid(5);
            }
            return ids.join(u' ');
        };
        QCOMPARE(enabled(), QString());
        actions.setCollapsing(&collapsing);
        QCOMPARE(enabled(), QStringLiteral("collapseAll"));
        sample.selection.select(Element::ofNode(sample.a->id)); // the page cannot be closed
        QCOMPARE(enabled(), QStringLiteral("collapseAll"));
        sample.selection.select(Element::ofNode(sample.c->id)); // the retry around it can
        QCOMPARE(enabled(), QStringLiteral("collapse collapseAll"));
        registry.action(QStringLiteral("view.collapse"))->trigger();
        QVERIFY(sample.scene.isClosed(sample.retry->id));
        QCOMPARE(sample.selection.elements(), Selection{Element::ofNode(sample.retry->id)});
        QCOMPARE(enabled(), QStringLiteral("collapse expand collapseAll expandAll"));
        registry.action(QStringLiteral("view.expand"))->trigger();
        QVERIFY(!sample.scene.isClosed(sample.retry->id));
        registry.action(QStringLiteral("view.collapseAll"))->trigger();
        QVERIFY(sample.scene.isClosed(sample.race->id) && sample.scene.isClosed(sample.retry->id));
        QCOMPARE(sample.selection.elements(), Selection{Element::ofNode(sample.race->id)});
        QCOMPARE(enabled(), QStringLiteral("expand expandAll"));
        registry.action(QStringLiteral("view.expandAll"))->trigger();
        QVERIFY(sample.scene.collapsed().empty());
        actions.setCollapsing(nullptr);
        QCOMPARE(enabled(), QString());
    }

    void looseComponentsAreCardsBesideTheJourney()
    {
        Sample sample;
        Placement placement;
        placement.loose = {{"stock", {20, -300}}, {"mail", {30, 20}}, {"sms", {40, 10}}, {"b", {0, -500}}};
        sample.show(placement);
        const QRectF drawing(0, 0, sample.scene.drawing().bounds.width, sample.scene.drawing().bounds.height);
        const auto stock = sample.scene.boxOf(Element::component("stock"));
        const auto mail = sample.scene.boxOf(Element::component("mail"));
        const auto sms = sample.scene.boxOf(Element::component("sms"));
        QCOMPARE(stock.topLeft(), QPointF(20, -300));
        QCOMPARE(mail.left(), 30.0);
        QVERIFY(mail.top() > drawing.bottom()); // pushed aside
        QVERIFY(!mail.intersects(sms) && sms.top() > drawing.bottom());
        QCOMPARE(sample.scene.boxOf(Element::component("b")), sample.box(sample.b)); // that one is called
        for (const auto& box : {stock, mail, sms})
            QVERIFY(sample.scene.contentRect().contains(box));

        sample.scene.showSelection({sample.a->id}, {"mail"});
        QCOMPARE(sample.scene.selectedElements(),
                 (Selection{Element::ofNode(sample.a->id), Element::component("mail")}));
        const auto under = sample.scene.items(mail.center());
        QCOMPARE(under.size(), 1);
        QCOMPARE(JourneyScene::elementOf(under.front()), Element::component("mail"));

        placement.loose.erase(placement.loose.begin());
        QVERIFY(sample.scene.setJourney(sample.journey, {}, {}, placement));
        sample.scene.setDrawing(drawn(sample.scene));
        QVERIFY(sample.scene.boxOf(Element::component("stock")).isEmpty());
        QCOMPARE(sample.scene.boxOf(Element::component("mail")), mail);
    }

    void fragmentsHaveNoLooseComponents()
    {
        JourneyScene scene;
        const Journey journey{makeExpression(Use{"f"}), {{"f", call("a")}}, {}, {}};
        Placement placement;
        placement.loose = {{"stock", {0, 0}}};
        scene.setJourney(journey, "f", {}, placement);
        scene.setDrawing(drawn(scene));
        QVERIFY(scene.boxOf(Element::component("stock")).isEmpty());
    }

    void anEmptyJourneyCanHaveLooseComponents()
    {
        JourneyScene scene;
        Placement placement;
        placement.loose = {{"stock", {7, 8}}};
        QVERIFY(scene.setJourney({}, {}, {}, placement));
        scene.setDrawing(drawn(scene));
        QCOMPARE(scene.contentRect().topLeft(), QPointF(7, 8));
    }

    void boxesGlideAndAreThereAtOnceToHitTests()
    {
        Sample sample;
        QGraphicsView view(&sample.scene);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        sample.scene.setGlideTime(100'000); // as good as still
        const auto before = sample.box(sample.d);
        Placement placement;
        placement.nodes[sample.d->id] = {before.x() + 600, before.y() + 200};
        sample.show(placement);
        const auto* item = sample.scene.item(sample.d->id);
        QVERIFY(item->isGliding());
        QCOMPARE(item->box().topLeft(), before.topLeft() + QPointF(600, 200));
        QVERIFY(QLineF(item->shownBox().topLeft(), before.topLeft()).length() < 10); // it has hardly begun
        QVERIFY(sample.scene.items(item->box().center()).contains(const_cast<NodeItem*>(item)));
        QVERIFY(!sample.scene.items(before.center()).contains(const_cast<NodeItem*>(item)));
        QVERIFY(!sample.scene.item(sample.a->id)->isGliding());

        // Another drawing while it is on its way: it goes on from where it is.
        sample.scene.setGlideTime(60);
        const auto shown = item->shownBox();
        placement.nodes[sample.d->id] = {before.x() + 600, before.y() + 400};
        sample.show(placement);
        QVERIFY(QLineF(item->shownBox().topLeft(), shown.topLeft()).length() < 300);
        QVERIFY(item->shownBox() != item->box());
        QTRY_VERIFY(!item->isGliding());
        QCOMPARE(item->shownBox(), item->box());
        QCOMPARE(item->box().topLeft(), before.topLeft() + QPointF(600, 400));
    }

    void nothingGlidesWhereTheDesktopWantsNoAnimations()
    {
        const auto style = QApplication::style()->objectName();
        QApplication::setStyle(new StillStyle);
        Sample sample;
        QGraphicsView view(&sample.scene);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const auto before = sample.box(sample.d);
        Placement placement;
        placement.nodes[sample.d->id] = {before.x() + 600, before.y() + 200};
        sample.show(placement);
        QVERIFY(!sample.scene.item(sample.d->id)->isGliding());
        QApplication::setStyle(style);
    }

    void newNodesFadeIn()
    {
        Sample sample;
        QGraphicsView view(&sample.scene);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        sample.scene.setGlideTime(100'000);
        const auto fresh = call("fresh");
        sample.journey.root = replaced(*sample.journey.root, Series{{sample.a, sample.race, sample.d, fresh}});
        sample.show();
        const auto* item = sample.scene.item(fresh->id);
        QVERIFY(item->isGliding());
        QCOMPARE(item->shownBox(), item->box()); // in its place, and hardly to be seen
        QVERIFY(!sample.scene.items(item->box().center()).isEmpty());
        const auto pixels = [&] {
            QImage image(200, 80, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            sample.scene.render(&painter, image.rect(), QRectF(item->box().topLeft(), QSizeF(200, 80)));
            return image;
        };
        const auto faint = pixels();
        sample.scene.setGlideTime(30);
        sample.show();
        QTRY_VERIFY(!item->isGliding());
        QVERIFY(pixels() != faint);
    }
};

QTEST_MAIN(TestCanvasArranged)
#include "tst_canvas_arranged.moc"
