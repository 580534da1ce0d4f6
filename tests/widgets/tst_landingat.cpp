// SPDX-License-Identifier: GPL-3.0-or-later
// Which place in the drawing a point means, and where what is moved comes to rest.
#include "core/journey/paths.h"
#include "core/journey/placement.h"
#include "core/journey/structure.h"
#include "tests/journey/short_form.h"
#include "widgets/canvas/gestures/landingat.h"
#include "widgets/canvas/gestures/snapping.h"

#include <QTest>

using namespace emac;
using namespace emac::journey;
using namespace emac::widgets;
using emac::tests::intentOf;
using emac::tests::shortForm;

namespace {

NodeId named(const Journey& journey, const std::string& name)
{
    NodeId id{};
    forEachNode(journey, [&](const ExpressionPtr& node) {
        const auto* call = std::get_if<Call>(&node->op);
        if (node->name == name || (node->name.empty() && call != nullptr && call->component == name))
            id = node->id;
    });
    return id;
}

layout::Drawing drawn(const Journey& journey)
{
    return layout::layOut(journey.root, [](const Expression& node) {
        return childCount(node) > 0 ? layout::Size{60, 40} : layout::Size{100, 50};
    });
}

/// "a 0.2 0.5": that far across and down the node's box; "a > b": the middle of the arrow between the two, "" being
/// the beginning or the end; "r fork", "r join"; "above r": 20 over it; "ground": far from all.
QPointF pointOf(const QString& where, const Journey& journey, const layout::Drawing& drawing)
{
    const auto idOf = [&](const QString& name) {
        return name.isEmpty() ? NodeId{} : named(journey, name.toStdString());
    };
    if (where == QStringLiteral("ground"))
        return {drawing.bounds.x + drawing.bounds.width / 2, drawing.bounds.y + drawing.bounds.height + 200};
    if (where.contains(u'>')) {
        const auto ends = where.split(u'>');
        for (const auto& arrow : drawing.arrows) {
            if (arrow.from != idOf(ends[0].trimmed()) || arrow.to != idOf(ends[1].trimmed()))
                continue;
            const auto& path = arrow.path;
            return {(path.front().x + path.back().x) / 2, (path.front().y + path.back().y) / 2};
        }
        return {};
    }
    const auto words = where.split(u' ');
    if (words[1] == QStringLiteral("fork") || words[1] == QStringLiteral("join")) {
        const auto& ports = drawing.ports.at(idOf(words[0]));
        const auto& at = words[1] == QStringLiteral("fork") ? ports.fork : ports.join;
        return {at.x, at.y};
    }
    const auto& box = drawing.boxes.at(idOf(words[0]));
    return {box.x + box.width * words[1].toDouble(), box.y + box.height * words[2].toDouble()};
}

std::optional<Cargo> cargoFor(const QString& what, const Journey& journey)
{
    const auto words = what.split(u' ');
    if (words[0] == QStringLiteral("call"))
        return newCall(journey, words.value(1).toStdString());
    if (words[0] == QStringLiteral("race"))
        return newOperator(journey, OperatorType::Race);
    std::vector<NodeId> ids;
    for (const auto& word : words.mid(1))
        ids.push_back(named(journey, word.toStdString()));
    return moved(journey, ids);
}

} // namespace

class TestLandingAt : public QObject
{
    Q_OBJECT

private slots:
    void landing_data();
    void landing();
    void words_data();
    void words();
    void anArrowToTheNextRow();
    void whatADrawingLacksIsNotHit();
    void handles();
    void snapping_data();
    void snapping();
    void framesOfNodes();
    void placesAreKeptOnlyInTheirFrame();
};

void TestLandingAt::landing_data()
{
    QTest::addColumn<QString>("journey");
    QTest::addColumn<QString>("cargo");
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("onNode");
    QTest::addColumn<QString>("expected"); ///< the journey then; "place"; or "nothing"
    const auto row = [](const char* name, const char* journey, const char* cargo, const char* where,
                        const char* expected, OnNode onNode = OnNode::Series) {
        QTest::newRow(name) << QString::fromLatin1(journey) << QString::fromLatin1(cargo) << QString::fromLatin1(where)
                            << static_cast<int>(onNode) << QString::fromLatin1(expected);
    };
    row("empty ground of an empty journey", "", "call c", "ground", "c");
    row("the right half of a card", "a", "call c", "a 0.8 0.5", "Series(a, c)");
    row("the left half of a card", "a", "call c", "a 0.2 0.5", "Series(c, a)");
    row("a card, for a race", "Series(a, b)", "call c", "a 0.2 0.5", "Series(Race(a, c), b)", OnNode::Race);
    row("a card, for a parallel", "Series(a, b)", "move b", "a 0.2 0.5", "Series(Parallel(a, b))", OnNode::Parallel);
    row("an arrow of the page", "Series(a, b)", "call c", "a > b", "Series(a, c, b)");
    row("the first arrow", "Series(a, b)", "call c", "> a", "Series(c, a, b)");
    row("the last arrow", "Series(a, b)", "call c", "b >", "Series(a, b, c)");
    row("the arrow before a lone call", "a", "call c", "> a", "Series(c, a)");
    row("an arrow to a branch", "r=Race(a, b)", "call c", "> a", "r=Race(Series(c, a), b)");
    row("an arrow from a branch", "r=Race(a, b)", "call c", "b >", "r=Race(a, Series(b, c))");
    row("an arrow within a retry", "r=Retry(a)", "call c", "> a", "r=Retry(Series(c, a))");
    row("between two branches", "r=Race(a, b)", "call c", "r 0.5 0.6", "r=Race(a, c, b)");
    row("below the branches", "r=Race(a, b)", "call c", "r 0.5 0.98", "r=Race(a, b, c)");
    row("the header", "r=Race(a, b)", "call c", "r 0.5 0.05", "r=Race(c, a, b)");
    row("near the fork", "r=Race(a, b, d)", "call c", "r fork", "r=Race(a, b, c, d)");
    row("near the join", "r=Race(a, b, d)", "move a", "r join", "r=Race(b, a, d)");
    row("the ground of a retry, to the left", "Series(d, r=Retry(a))", "call c", "r 0.03 0.9",
        "Series(d, r=Retry(Series(c, a)))");
    row("the ground of a retry, to the right", "Series(d, r=Retry(a))", "call c", "r 0.97 0.9",
        "Series(d, r=Retry(Series(a, c)))");
    row("the ground of a series", "Race(s=Series(a, b), d)", "call c", "s 0.99 0.9", "Race(s=Series(a, b, c), d)");
    row("a branch to another place among its own", "r=Race(a, b, c)", "move c", "r 0.5 0.15", "r=Race(c, a, b)");
    row("a branch where it is", "r=Race(a, b, c)", "move b", "r 0.5 0.55", "place");
    row("a step on its page's ground", "Series(a, b)", "move a", "ground", "place");
    row("a step where it is", "Series(a, b)", "move a", "a 0.5 0.5", "place");
    row("a lone call on the page's ground", "a", "move a", "ground", "place");
    row("steps on their page's ground", "Series(a, b, c)", "move a c", "ground", "place");
    row("a branch on the page's ground", "Series(a, r=Race(b, d, e))", "move d", "ground",
        "Series(a, d, r=Race(b, e))");
    row("a step to an arrow further on", "Series(a, b, c)", "move a", "b > c", "Series(b, a, c)");
    row("a step to the arrow before it", "Series(a, b, c)", "move b", "a > b", "place");
    row("a step into a frame", "Series(a, r=Race(b, c))", "move a", "r 0.5 0.6", "Series(r=Race(b, a, c))");
    row("a frame into itself", "Series(a, r=Race(b, c))", "move r", "b 0.5 0.5", "place");
    row("a call that may lie loose", "a", "call c", "ground", "place");
    row("a call of what is called already", "a", "call a", "ground", "Series(a, a)");
    row("a frame on the page's ground", "a", "race", "ground", "Series(a, Race(service-1, service-2))");
    row("nodes of two frames on the page's ground", "Series(a, r=Race(b, c))", "move a b", "ground",
        "Series(a, b, r=Race(c))");
    row("a step in its retry", "r=Retry(s=Series(a, b))", "move s", "r 0.5 0.95", "place");
}

void TestLandingAt::landing()
{
    QFETCH(QString, journey);
    QFETCH(QString, cargo);
    QFETCH(QString, where);
    QFETCH(int, onNode);
    QFETCH(QString, expected);
    const auto intent = intentOf(journey.toStdString());
    const auto drawing = drawn(intent.journey);
    const auto carried = cargoFor(cargo, intent.journey);
    QVERIFY(carried);
    const auto place = landingAt({intent.journey, intent.journey.root, drawing},
                                 pointOf(where, intent.journey, drawing), *carried, static_cast<OnNode>(onNode));
    if (!place.landing) {
        QCOMPARE(place.placing ? QStringLiteral("place") : QStringLiteral("nothing"), expected);
        return;
    }
    QVERIFY(!place.mark.isEmpty());
    QVERIFY(!landingWords(intent.journey, *place.landing).isEmpty());
    const auto edit = puttingDown(intent.journey, *carried, *place.landing);
    QVERIFY(edit);
    const auto after = journey::apply(intent, *edit);
    QVERIFY(after.value);
    QCOMPARE(QString::fromStdString(shortForm(after.value->journey)), expected);
}

void TestLandingAt::words_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<int>("onNode");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* where, const char* expected, OnNode onNode = OnNode::Series) {
        QTest::addRow("%s", expected) << QString::fromLatin1(where) << static_cast<int>(onNode)
                                      << QString::fromLatin1(expected);
    };
    row("a 0.9 0.5", "after a");
    row("a 0.1 0.5", "before a");
    row("a 0.1 0.5", "race with a", OnNode::Race);
    row("a 0.1 0.5", "parallel with a", OnNode::Parallel);
    row("pay 0.5 0.6", "as a branch of pay, before c");
    row("pay 0.5 0.97", "as the last branch of pay");
    row("again 0.02 0.9", "in again, before d");
    row("again 0.98 0.9", "in again, at the end");
}

void TestLandingAt::words()
{
    QFETCH(QString, where);
    QFETCH(int, onNode);
    const auto intent = intentOf("Series(a, pay=Race(b, c), again=Retry(d))");
    const auto drawing = drawn(intent.journey);
    const auto place =
        landingAt({intent.journey, intent.journey.root, drawing}, pointOf(where, intent.journey, drawing),
                  newCall(intent.journey, "x"), static_cast<OnNode>(onNode));
    QVERIFY(place.landing);
    QTEST(landingWords(intent.journey, *place.landing), "expected");
}

/// All along its way, back under the row that it leaves, it is an arrow to insert at.
void TestLandingAt::anArrowToTheNextRow()
{
    const auto intent = intentOf("Series(a, b, c, d, e, f, g, h, i, j)");
    const auto& journey = intent.journey;
    layout::Metrics metrics;
    metrics.rowWidth = 1000;
    const auto drawing = layout::layOut(
        journey.root,
        [](const Expression&) {
            return layout::Size{100, 50};
        },
        metrics);
    const auto turning = std::ranges::find_if(drawing.arrows, [](const layout::Arrow& arrow) {
        return arrow.from != NodeId{} && arrow.to != NodeId{} && arrow.path.back().x < arrow.path.front().x;
    });
    QVERIFY(turning != drawing.arrows.end());
    QCOMPARE(turning->from, named(journey, "g"));
    QCOMPARE(turning->to, named(journey, "h"));
    const DrawnPage page{journey, journey.root, drawing};
    QRectF around;
    for (const auto& point : turning->path)
        around |= QRectF(point.x - 1, point.y - 1, 2, 2);
    const double way = turning->path[turning->path.size() / 2].y;
    QSet<double> marks;
    for (double x = around.left() + 5; x < around.right() - 5; x += 7) {
        const auto place = landingAt(page, {x, way + 6}, newCall(journey, "x"));
        QVERIFY2(place.landing, qPrintable(QString::number(x)));
        QCOMPARE(landingWords(journey, *place.landing), QStringLiteral("after g"));
        QVERIFY(QLineF(place.mark.center(), QPointF(x, way)).length() < 100);
        marks.insert(place.mark.center().x());
        const auto handles = addHandles(page, {x, way + 6}, {});
        QCOMPARE(handles.size(), std::size_t(1));
        QVERIFY(QLineF(handles.front().at, QPointF(x, way)).length() < 100);
        // The handle stays where it is while the pointer goes to it.
        QCOMPARE(addHandles(page, handles.front().at, {}).front().at, handles.front().at);
    }
    QVERIFY(marks.size() > 3);
    const auto moving = cargoFor(QStringLiteral("move a"), journey);
    const auto place = landingAt(page, {around.center().x(), way}, *moving);
    QVERIFY(place.landing);
    const auto after = journey::apply(intent, *puttingDown(journey, *moving, *place.landing));
    QCOMPARE(QString::fromStdString(shortForm(after.value->journey)),
             QStringLiteral("Series(b, c, d, e, f, g, a, h, i, j)"));
}

void TestLandingAt::whatADrawingLacksIsNotHit()
{
    const auto intent = intentOf("Series(a, b)");
    const layout::Drawing empty;
    const auto place = landingAt({intent.journey, intent.journey.root, empty}, {10, 10},
                                 *cargoFor(QStringLiteral("race"), intent.journey));
    QVERIFY(!place.landing);
    QVERIFY(!place.placing);
    QVERIFY(addHandles({intent.journey, intent.journey.root, empty}, {10, 10}, intent.journey.root->id).empty());
}

void TestLandingAt::handles()
{
    const auto intent = intentOf("Series(a, r=Race(b, c))");
    const auto& journey = intent.journey;
    const auto drawing = drawn(journey);
    const auto at = [&](const char* where) { return pointOf(QString::fromLatin1(where), journey, drawing); };
    const auto landings = [&](const char* where, NodeId selected) {
        QStringList words;
        for (const auto& handle : addHandles({journey, journey.root, drawing}, at(where), selected))
            words << landingWords(journey, handle.landing);
        return words.join(QStringLiteral("; "));
    };
    QCOMPARE(landings("a 0.5 0.5", {}), QStringLiteral("after a; before a"));
    QCOMPARE(landings("a 0.5 0.5", named(journey, "a")), QStringLiteral("after a; before a"));
    QCOMPARE(landings("ground", named(journey, "b")), QStringLiteral("after b; before b"));
    QCOMPARE(landings("a > r", {}), QStringLiteral("after a"));
    QCOMPARE(landings("ground", {}), QString());
    for (const auto& handle : addHandles({journey, journey.root, drawing}, at("a 0.5 0.5"), {})) {
        const auto& box = drawing.boxes.at(named(journey, "a"));
        QCOMPARE(handle.at.y(), drawing.axes.at(named(journey, "a")));
        QVERIFY(handle.at.x() == box.x || handle.at.x() == box.x + box.width);
    }
}

void TestLandingAt::snapping_data()
{
    QTest::addColumn<QRectF>("moving");
    QTest::addColumn<QPointF>("shift");
    QTest::addColumn<int>("guides");
    // One sibling from (100, 100) to (180, 140), the grid from (4, 4).
    QTest::newRow("left edges") << QRectF(103, 303, 50, 20) << QPointF(-3, -3) << 1;
    QTest::newRow("right edges") << QRectF(134, 305, 50, 20) << QPointF(-4, 3) << 1;
    QTest::newRow("centres") << QRectF(117, 302, 50, 20) << QPointF(-2, -2) << 1;
    QTest::newRow("both ways") << QRectF(102, 141, 50, 20) << QPointF(-2, -1) << 2;
    QTest::newRow("the grid") << QRectF(300, 310, 50, 20) << QPointF(0, -2) << 0;
    QTest::newRow("just out of reach") << QRectF(187, 309, 50, 20) << QPointF(1, -1) << 0;
}

void TestLandingAt::snapping()
{
    QFETCH(QRectF, moving);
    const auto result = snapped(moving, {{100, 100, 80, 40}}, {4, 4}, 6);
    QTEST(result.shift, "shift");
    QTEST(static_cast<int>(result.guides.size()), "guides");
}

void TestLandingAt::framesOfNodes()
{
    const auto intent = intentOf("Series(a, r=Race(s=Series(b, c), d)) | f = Series(g, h)");
    const auto& journey = intent.journey;
    const auto frame = [&](const char* name) { return frameOf(journey, named(journey, name)); };
    QCOMPARE(frame("a"), NodeId{});
    QCOMPARE(frame("r"), NodeId{});
    QCOMPARE(frameOf(journey, journey.root->id), NodeId{});
    QCOMPARE(frame("s"), named(journey, "r"));
    QCOMPARE(frame("b"), named(journey, "s"));
    QCOMPARE(frame("g"), NodeId{});
    QVERIFY(!frameOf(journey, newNodeId()));
}

void TestLandingAt::placesAreKeptOnlyInTheirFrame()
{
    const auto before = intentOf("Series(a, r=Race(b, c))");
    const auto id = [&](const char* name) { return named(before.journey, name); };
    Placement placement;
    for (const auto* name : {"a", "b", "c"})
        placement.nodes[id(name)] = {1, 2};
    placement.loose = {{"a", {3, 4}}, {"stranger", {3, 4}}};
    const auto edited = journey::apply(before, MoveNodes{{id("b")}, before.journey.root->id, 0});
    const auto kept = stillPlaced(placement, before.journey, edited.value->journey);
    QVERIFY(!kept.nodes.contains(id("b")));
    QCOMPARE(kept.nodes.size(), std::size_t(2));
    QCOMPARE(kept.loose.size(), std::size_t(1)); // the other is called
    QCOMPARE(kept.loose.front().component, std::string("stranger"));
    auto declared = before;
    declared.journey.components =
        before.journey.components.adding(std::make_shared<const Component>(componentNamed("stranger")));
    QVERIFY(stillPlaced(kept, declared.journey, before.journey).loose.empty()); // removed
    // A lone call and the first step of the series that it becomes stand on the same page.
    const auto lone = intentOf("a");
    Placement one;
    one.nodes[lone.journey.root->id] = {1, 2};
    const auto two = journey::apply(lone, InsertBeside{lone.journey.root->id, Side::After, makeExpression(Call{"a"})});
    QCOMPARE(stillPlaced(one, lone.journey, two.value->journey), one);
}

QTEST_MAIN(TestLandingAt)
#include "tst_landingat.moc"
