// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/paths.h"
#include "core/layout/layout.h"

#include <QTest>

#include <rapidcheck.h>

#include <clocale>
#include <map>
#include <set>
#include <stdexcept>

using namespace emac;
using namespace emac::journey;
using namespace emac::layout;

namespace {

constexpr double roundingSlack = 0.51;

void require(bool holds, const char* what)
{
    if (!holds)
        throw std::logic_error(what);
}

ExpressionPtr call(const std::string& name)
{
    return makeExpression(Call{name});
}

ExpressionPtr wrapped(int kind, std::vector<ExpressionPtr> below)
{
    const auto share = base::Ratio(base::Decimal::fromDouble(1.0 / static_cast<double>(below.size())));
    switch (kind) {
    case 0:
        return makeExpression(Series{below});
    case 1:
        return makeExpression(Parallel{below});
    case 2:
        return makeExpression(Race{below, {}});
    case 3:
        return makeExpression(KofN{1, below});
    case 4: {
        Branch branch;
        for (auto& body : below)
            branch.choices.push_back({"", {share, share}, std::move(body)});
        return makeExpression(std::move(branch));
    }
    case 5:
        return makeExpression(Retry{3, {}, below.front()});
    case 6:
        below.push_back(call("alternate"));
        return makeExpression(Fallback{below.front(), {below.begin() + 1, below.end()}});
    case 7:
        return makeExpression(Timeout{std::chrono::seconds(1), below.front()});
    case 8:
        return makeExpression(Optional{below.front(), true});
    default:
        return makeExpression(Use{"fragment"});
    }
}

/// In [from, to), whatever RapidCheck's size is by now.
int pick(int from, int to)
{
    return *rc::gen::resize(100, rc::gen::inRange(from, to));
}

ExpressionPtr randomTree(int depth)
{
    if (depth == 0 || pick(0, 3) == 0)
        return call("c" + std::to_string(pick(0, 50)));
    std::vector<ExpressionPtr> below;
    for (int i = pick(1, 5); i > 0; --i)
        below.push_back(randomTree(depth - 1));
    return wrapped(pick(0, 10), std::move(below));
}

/// Sizes that differ from call to call; a header's least width for operators.
Size sizeOf(const Expression& node)
{
    if (const auto* named = std::get_if<Call>(&node.op))
        return {80.0 + 13.0 * static_cast<double>(std::hash<std::string>{}(named->component) % 9), 50};
    return std::holds_alternative<Use>(node.op) ? Size{121, 44} : Size{260, 60};
}

Drawing layOut(const ExpressionPtr& root)
{
    return layout::layOut(root, sizeOf);
}

bool within(const Rect& inner, const Rect& outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + roundingSlack
           && inner.y + inner.height <= outer.y + outer.height + roundingSlack;
}

bool overlap(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

std::vector<Point> sampled(const std::vector<Point>& path)
{
    std::vector<Point> points;
    for (std::size_t i = 0; i + 3 < path.size(); i += 3) {
        for (int step = 0; step <= 20; ++step) {
            const double t = step / 20.0;
            const double u = 1 - t;
            const auto at = [&](double Point::*axis) {
                return u * u * u * path[i].*axis + 3 * u * u * t * path[i + 1].*axis + 3 * u * t * t * path[i + 2].*axis
                       + t * t * t * path[i + 3].*axis;
            };
            points.push_back({at(&Point::x), at(&Point::y)});
        }
    }
    return points;
}

bool inside(const Point& point, const Rect& rect, double margin)
{
    return point.x > rect.x + margin && point.x < rect.x + rect.width - margin && point.y > rect.y + margin
           && point.y < rect.y + rect.height - margin;
}

std::vector<Point> corners(const Drawing& drawing)
{
    std::vector<Point> all{drawing.start, drawing.end};
    for (const auto& arrow : drawing.arrows)
        all.insert(all.end(), arrow.path.begin(), arrow.path.end());
    return all;
}

} // namespace

class LayoutTest : public QObject
{
    Q_OBJECT

private slots:
    void emptyJourneyIsAnEmptyDrawing()
    {
        const auto drawing = layOut(nullptr);
        QVERIFY(drawing.boxes.empty() && drawing.arrows.empty() && drawing.ports.empty());
        QVERIFY(drawing.bounds == Rect{});
    }

    void chainIsAStraightLine()
    {
        const auto a = call("a");
        const auto b = call("bee");
        const auto c = call("sea");
        const auto root = makeExpression(Series{{a, b, c}});
        const auto drawing = layOut(root);
        QCOMPARE(drawing.boxes.size(), std::size_t{3}); // a root series has no frame
        QCOMPARE(drawing.arrows.size(), std::size_t{4});
        for (const auto& point : corners(drawing))
            QCOMPARE(point.y, drawing.start.y);
        double right = drawing.start.x + Metrics{}.portWidth / 2;
        for (const auto& node : {a, b, c}) {
            const auto& box = drawing.boxes.at(node->id);
            QVERIFY(std::abs(box.x - right - Metrics{}.stepGap) <= 1);
            QCOMPARE(box.y + box.height / 2, drawing.start.y);
            right = box.x + box.width;
        }
    }

    void lineGoesThroughFramesOnOneAxis()
    {
        const auto fan = makeExpression(Race{{call("a"), call("b")}, {}});
        const auto retry = makeExpression(Retry{2, {}, call("c")});
        const auto drawing = layOut(makeExpression(Series{{call("d"), fan, retry}}));
        for (const auto& axis : drawing.axes) {
            if (drawing.ports.contains(axis.first))
                QCOMPARE(drawing.ports.at(axis.first).fork.y, axis.second);
        }
        QCOMPARE(drawing.axes.at(fan->id), drawing.start.y);
        QCOMPARE(drawing.axes.at(retry->id), drawing.start.y);
        QCOMPARE(drawing.axes.at(journey::children(*retry).front()->id), drawing.start.y);
    }

    void fallbackGoesStraightThroughItsPrimary()
    {
        const auto primary = call("primary");
        const auto alternate = call("alternate");
        const auto drawing = layOut(makeExpression(Fallback{primary, {alternate}}));
        QCOMPARE(drawing.axes.at(primary->id), drawing.start.y);
        QVERIFY(drawing.axes.at(alternate->id) > drawing.start.y);
    }

    void frameIsAsWideAsItsHeader()
    {
        const auto retry = makeExpression(Retry{2, {}, call("c")});
        const auto drawing = layOut(retry);
        const auto& frame = drawing.boxes.at(retry->id);
        const auto& body = drawing.boxes.at(journey::children(*retry).front()->id);
        QCOMPARE(frame.width, 260.0);
        QVERIFY(std::abs(body.x + body.width / 2 - (frame.x + frame.width / 2)) <= 1);
    }

    void longSeriesRunsInRows_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("aspect");
        QTest::addColumn<std::size_t>("rows");
        QTest::newRow("never") << 40 << 0.0 << std::size_t{1};
        QTest::newRow("short enough") << 3 << 12.0 << std::size_t{1};
        QTest::newRow("wide") << 40 << 12.0 << std::size_t{3};
        QTest::newRow("narrow") << 40 << 3.0 << std::size_t{5};
        QTest::newRow("one step") << 1 << 0.1 << std::size_t{1};
    }

    void longSeriesRunsInRows()
    {
        QFETCH(int, steps);
        QFETCH(double, aspect);
        std::vector<ExpressionPtr> calls;
        for (int i = 0; i < steps; ++i)
            calls.push_back(call("c" + std::to_string(i)));
        const auto root = makeExpression(Series{calls});
        Metrics metrics;
        metrics.aspect = aspect;
        const auto drawing = layout::layOut(root, sizeOf, metrics);
        QVERIFY_THROWS_NO_EXCEPTION(checkDrawing(root, drawing, true));
        std::map<double, double> lengths; // of the rows, by their axis
        for (const auto& [id, axis] : drawing.axes)
            lengths[axis] = std::max(lengths[axis], drawing.boxes.at(id).x + drawing.boxes.at(id).width);
        QTEST(lengths.size(), "rows");
        QCOMPARE(drawing.start.y, lengths.begin()->first);
        QCOMPARE(drawing.end.y, lengths.rbegin()->first);
        if (lengths.size() == 1)
            return;
        QVERIFY(drawing.bounds.width <= aspect * drawing.bounds.height);
        for (const auto& [axis, length] : lengths)
            QVERIFY2(length > 0.6 * drawing.bounds.width, "rows are about equally long");
    }

    void randomJourneysAreDrawnWellInRows()
    {
        QVERIFY(rc::check("well drawn in rows", [] {
            std::vector<ExpressionPtr> steps;
            for (int i = pick(1, 30); i > 0; --i)
                steps.push_back(randomTree(pick(0, 3)));
            const auto root = makeExpression(Series{steps});
            Metrics metrics;
            metrics.aspect = pick(1, 40) / 10.0;
            const auto drawing = layout::layOut(root, sizeOf, metrics);
            checkDrawing(root, drawing, true);
            const auto longest =
                std::ranges::max(steps, {}, [&](const auto& step) { return drawing.boxes.at(step->id).width; });
            require(drawing.bounds.width <= metrics.aspect * drawing.bounds.height
                        || drawing.bounds.width <= drawing.boxes.at(longest->id).width + 2 * metrics.stepGap
                                                       + 2 * metrics.portWidth + roundingSlack,
                    "within the aspect, unless a step is wider");
        }));
    }

    void randomJourneysAreDrawnWell()
    {
        QVERIFY(rc::check("well drawn", [] {
            for (int i = 0; i < 10; ++i) { // of 100 cases: a thousand journeys
                const auto root = randomTree(pick(0, 5));
                checkDrawing(root, layOut(root));
            }
        }));
    }

    void sameTwiceAndInAnotherLocale_data()
    {
        QTest::addColumn<QByteArray>("locale");
        QTest::newRow("classic") << QByteArray("C");
        QTest::newRow("decimal comma") << QByteArray("de_DE.UTF-8");
    }

    void sameTwiceAndInAnotherLocale()
    {
        QFETCH(QByteArray, locale);
        const QByteArray before = std::setlocale(LC_ALL, nullptr);
        if (std::setlocale(LC_ALL, locale.constData()) == nullptr)
            QSKIP("this machine lacks the locale");
        std::setlocale(LC_ALL, before.constData());
        QVERIFY(rc::check("deterministic", [&] {
            const auto root = randomTree(3);
            const auto first = layOut(root);
            std::setlocale(LC_ALL, locale.constData());
            const auto second = layOut(root);
            std::setlocale(LC_ALL, before.constData());
            require(std::map(first.boxes.begin(), first.boxes.end())
                        == std::map(second.boxes.begin(), second.boxes.end()),
                    "the same boxes");
            require(corners(first) == corners(second), "the same arrows");
        }));
    }

    void deepNesting()
    {
        auto root = call("heart");
        for (int depth = 0; depth < 200; ++depth)
            root = wrapped(depth % 9, {root, call("beside")});
        QVERIFY_THROWS_NO_EXCEPTION(checkDrawing(root, layOut(root)));
    }

    void manyCalls_data()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("series") << 0;
        QTest::newRow("parallel") << 1;
        QTest::newRow("branch") << 4;
    }

    void manyCalls()
    {
        QFETCH(int, kind);
        std::vector<ExpressionPtr> below;
        for (int i = 0; i < 1000; ++i)
            below.push_back(call("c" + std::to_string(i)));
        // Twice, so that the frame of a thousand is itself a box among others.
        const auto root = wrapped(1, {wrapped(kind, below), call("beside")});
        const auto drawing = layOut(root);
        QCOMPARE(drawing.boxes.size(), std::size_t{1003});
        QVERIFY(kind == 0 ? drawing.bounds.width > 1000 * 80 : drawing.bounds.height > 65535);
    }

private:
    /// Boxes lie in their frame's content and overlap no sibling, branches read top to bottom and steps left to right,
    /// arrows stay in their frame and cross no foreign box.
    static void checkDrawing(const ExpressionPtr& root, const Drawing& drawing, bool rows = false)
    {
        const Metrics metrics;
        Journey journey;
        journey.root = root;
        const auto places = nodePlaces(journey);
        const bool bare = typeOf(*root) == OperatorType::Series;
        require(drawing.boxes.size() == places.size() - (bare ? 1 : 0), "a box for every node");
        require(drawing.axes.size() == drawing.boxes.size(), "an axis for every box");

        std::map<NodeId, NodeId> parents;
        for (const auto& place : places)
            parents.emplace(place.node->id, place.parent);

        for (const auto& place : places) {
            const auto below = journey::children(*place.node);
            const bool framed = !bare || place.node != root;
            const auto area = framed ? content(drawing.boxes.at(place.node->id), metrics) : drawing.bounds;
            if (framed)
                require(within(drawing.boxes.at(place.node->id), drawing.bounds), "boxes within the bounds");
            for (std::size_t i = 0; i < below.size(); ++i) {
                const auto& box = drawing.boxes.at(below[i]->id);
                require(within(box, area), "boxes within their frame's content");
                if (i == 0)
                    continue;
                const auto& before = drawing.boxes.at(below[i - 1]->id);
                require(!overlap(before, box), "no overlap");
                if (rows && place.node == root && box.x < before.x + before.width) {
                    for (std::size_t above = 0; above < i; ++above) {
                        const auto& other = drawing.boxes.at(below[above]->id);
                        require(box.y >= other.y + other.height + metrics.stepGap, "the next row below");
                    }
                    require(box.x == drawing.boxes.at(below[0]->id).x, "rows begin below each other");
                } else if (rows && place.node == root) {
                    require(drawing.axes.at(below[i]->id) == drawing.axes.at(below[i - 1]->id), "one axis in a row");
                } else if (typeOf(*place.node) == OperatorType::Series) {
                    require(drawing.axes.at(below[i]->id) == drawing.axes.at(below[0]->id), "one axis");
                    require(box.x >= before.x + before.width + metrics.stepGap - 1, "steps left to right");
                } else {
                    require(box.y == before.y + before.height + metrics.branchGap, "branches top to bottom");
                }
            }
        }
        checkArrows(drawing, parents, root->id);
    }

    static Rect content(const Rect& frame, const Metrics& metrics)
    {
        return {frame.x + metrics.padding, frame.y + metrics.headerHeight + metrics.padding,
                frame.width - 2 * metrics.padding, frame.height - metrics.headerHeight - 2 * metrics.padding};
    }

    static void checkArrows(const Drawing& drawing, const std::map<NodeId, NodeId>& parents, NodeId root)
    {
        std::map<NodeId, std::pair<int, int>> ends; // arrows into and out of each box
        for (const auto& arrow : drawing.arrows) {
            require(arrow.path.size() >= 4 && arrow.path.size() % 3 == 1, "a cubic path");
            ++ends[arrow.to].first;
            ++ends[arrow.from].second;
            const auto frame = drawing.boxes.find(arrow.frame);
            const auto& area = frame == drawing.boxes.end() ? drawing.bounds : frame->second;
            std::set<NodeId> around; // the boxes in which the arrow lies
            for (auto id = arrow.frame; id != NodeId{}; id = parents.at(id))
                around.insert(id);
            const auto points = sampled(arrow.path);
            for (const auto& point : points)
                require(inside(point, area, -roundingSlack), "arrows in their frame");
            for (const auto& [id, box] : drawing.boxes) {
                if (around.contains(id))
                    continue;
                for (const auto& point : points)
                    require(!inside(point, box, roundingSlack), "arrows cross no foreign box");
            }
        }
        for (const auto& [id, box] : drawing.boxes) {
            require(ends[id] == std::pair(1, 1), "one arrow in, one out");
            require(parents.contains(id) || id == root, "known boxes");
        }
    }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "tst_layout.moc"
