// SPDX-License-Identifier: GPL-3.0-or-later
#include "layouttools.h"

#include <QTest>

#include <clocale>

using namespace emac;
using namespace emac::layouttools;

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
        QTest::addColumn<double>("mostWidth");
        QTest::addColumn<double>("aspect");
        QTest::addColumn<std::size_t>("rows");
        QTest::newRow("never") << 40 << 0.0 << 0.0 << std::size_t{1};
        QTest::newRow("short enough") << 6 << 1200.0 << 2.0 << std::size_t{1};
        QTest::newRow("by width") << 40 << 1200.0 << 2.0 << std::size_t{7};
        QTest::newRow("by aspect") << 40 << 1200.0 << 20.0 << std::size_t{3};
        QTest::newRow("one step") << 1 << 10.0 << 0.1 << std::size_t{1};
    }

    void longSeriesRunsInRows()
    {
        QFETCH(int, steps);
        QFETCH(double, mostWidth);
        QFETCH(double, aspect);
        std::vector<ExpressionPtr> uses;
        for (int i = 0; i < steps; ++i)
            uses.push_back(makeExpression(Use{"fragment"}));
        const auto root = makeExpression(Series{uses});
        Metrics metrics;
        metrics.mostWidth = mostWidth;
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
        QVERIFY(drawing.bounds.width <= std::max(mostWidth, aspect * drawing.bounds.height));
        for (const auto& [axis, length] : lengths)
            QVERIFY2(length > 0.6 * drawing.bounds.width, "rows are about equally long");
    }

    void rowsAreFilledOneAfterTheOther()
    {
        std::vector<ExpressionPtr> steps;
        for (int i = 0; i < 20; ++i)
            steps.push_back(makeExpression(Use{"fragment"})); // 121 wide
        Metrics metrics;
        metrics.rowWidth = 8 * 121 + 7 * metrics.stepGap + 2; // dot rounds
        const auto drawn = [&] { return layout::layOut(makeExpression(Series{steps}), sizeOf, metrics); };
        const auto rowsOf = [&](const Drawing& drawing) {
            std::map<double, int> rows;
            for (const auto& step : steps)
                ++rows[drawing.boxes.at(step->id).y];
            QList<int> counts;
            for (const auto& row : rows)
                counts << row.second;
            return counts;
        };
        const auto before = drawn();
        QCOMPARE(rowsOf(before), (QList<int>{8, 8, 4}));
        const double right = before.boxes.at(steps[7]->id).x + 121;
        for (const auto& arrow : before.arrows) {
            if (arrow.to != steps[8]->id)
                continue;
            QCOMPARE(arrow.path.front(), (Point{right, before.axes.at(steps[7]->id)}));
            QCOMPARE(arrow.path.back(), (Point{before.boxes.at(steps[0]->id).x, before.axes.at(steps[8]->id)}));
        }
        steps.insert(steps.begin() + 10, makeExpression(Use{"fragment"}));
        const auto after = drawn();
        QCOMPARE(rowsOf(after), (QList<int>{8, 8, 5}));
        for (std::size_t i = 0; i < 10; ++i)
            QCOMPARE(after.boxes.at(steps[i]->id), before.boxes.at(steps[i]->id));
        QCOMPARE(after.boxes.at(steps[10]->id), before.boxes.at(steps[11]->id));
    }

    void anotherStepMovesNothingBeforeIt()
    {
        QVERIFY(rc::check("what is read before it stays", [] {
            auto steps = randomSteps();
            Metrics metrics;
            metrics.rowWidth = pick(100, 3000);
            const auto before = layout::layOut(makeExpression(Series{steps}), sizeOf, metrics);
            const auto at = static_cast<std::size_t>(pick(0, static_cast<int>(steps.size()) + 1));
            steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(at), randomTree(2));
            const auto after = layout::layOut(makeExpression(Series{steps}), sizeOf, metrics);
            const auto sameRow = [&](const Drawing& drawing, std::size_t one, std::size_t other) {
                return other < steps.size() && drawing.axes.at(steps[one]->id) == drawing.axes.at(steps[other]->id);
            };
            for (std::size_t i = 0; i < at; ++i) {
                const auto& box = after.boxes.at(steps[i]->id);
                const auto& was = before.boxes.at(steps[i]->id);
                require(box.x == was.x, "as far right");
                // The highest step of its row may have come or gone.
                require(box.y == was.y || sameRow(after, i, at) || sameRow(before, i, at + 1), "as high");
            }
        }));
    }

    void randomJourneysAreDrawnWellInRowsOfAFixedWidth()
    {
        QVERIFY(rc::check("well drawn in rows of a fixed width", [] {
            for (int i = 0; i < 10; ++i) { // of 100 cases: a thousand journeys
                const auto steps = randomSteps();
                const auto root = makeExpression(Series{steps});
                Metrics metrics;
                metrics.rowWidth = pick(100, 3000);
                const auto drawing = layout::layOut(root, sizeOf, metrics);
                checkDrawing(root, drawing, true);
                const double left = drawing.boxes.at(steps.front()->id).x;
                for (const auto& step : steps) {
                    const auto& box = drawing.boxes.at(step->id);
                    require(box.x == left || box.x + box.width - left <= metrics.rowWidth + 1,
                            "no step beyond the row's width but alone");
                }
            }
        }));
    }

    void randomJourneysAreDrawnWellInRows()
    {
        QVERIFY(rc::check("well drawn in rows", [] {
            const auto steps = randomSteps();
            const auto root = makeExpression(Series{steps});
            Metrics metrics;
            metrics.rowWidth = pick(0, 2000); // without hands it makes no difference
            metrics.mostWidth = pick(100, 3000);
            metrics.aspect = pick(0, 40) / 10.0;
            const auto drawing = layout::layOut(root, sizeOf, metrics);
            checkDrawing(root, drawing, true);
            const auto longest =
                std::ranges::max(steps, {}, [&](const auto& step) { return drawing.boxes.at(step->id).width; });
            require(drawing.bounds.width <= std::max(metrics.mostWidth, metrics.aspect * drawing.bounds.height)
                        || drawing.bounds.width <= drawing.boxes.at(longest->id).width + 2 * metrics.stepGap
                                                       + 2 * metrics.portWidth + roundingSlack,
                    "within the metrics, unless a step is wider");
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
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "tst_layout.moc"
