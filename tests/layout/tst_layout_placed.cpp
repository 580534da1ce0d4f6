// SPDX-License-Identifier: GPL-3.0-or-later
#include "layouttools.h"

#include <QTest>

#include <algorithm>

using namespace emac;
using namespace emac::layouttools;

namespace {

/// What a random journey is drawn from, and without hands.
struct Sample
{
    ExpressionPtr root;
    Metrics metrics{};
    std::vector<NodePlace> places;
    std::map<NodeId, NodePlace> byId;
    Drawing natural;

    Sample(ExpressionPtr tree, const Metrics& drawnBy = {}) : root(std::move(tree)), metrics(drawnBy)
    {
        Journey journey;
        journey.root = root;
        places = nodePlaces(journey);
        for (const auto& place : places)
            byId.emplace(place.node->id, place);
        natural = layout::layOut(root, sizeOf, metrics);
    }

    Drawing drawn(const Arrangement& arrangement) const { return layout::layOut(root, sizeOf, metrics, arrangement); }
    bool isOnPage(NodeId id) const { return !natural.boxes.contains(byId.at(id).parent); }
    /// From the corner of its frame.
    Point offset(const Drawing& drawing, NodeId id) const
    {
        const auto& box = drawing.boxes.at(id);
        const auto frame = drawing.boxes.find(byId.at(id).parent);
        return frame == drawing.boxes.end() ? Point{box.x, box.y}
                                            : Point{box.x - frame->second.x, box.y - frame->second.y};
    }
    bool isFan(NodeId parent) const { return natural.ports.contains(parent); }
};

/// Some nodes, each where it stands or near it, anywhere around, or far away.
Arrangement randomArrangement(const Sample& sample)
{
    Arrangement arrangement;
    const int share = pick(1, 5);
    for (const auto& [id, box] : sample.natural.boxes) {
        if (pick(0, 5) >= share)
            continue;
        const auto [x, y] = sample.offset(sample.natural, id);
        const int reach = std::array{0, 20, 600, 5000}.at(static_cast<std::size_t>(pick(0, 4)));
        const auto moved = [&](double from) { return from + (reach == 0 ? 0 : pick(-reach, reach)); };
        arrangement.offsets[id] = {moved(x), moved(y)};
    }
    return arrangement;
}

void checkSteps(const Sample& sample, const Drawing& drawing, const Expression& node, bool rows)
{
    const auto below = journey::children(node);
    for (std::size_t i = 1; i < below.size(); ++i) {
        const auto& before = drawing.boxes.at(below[i - 1]->id);
        const auto& box = drawing.boxes.at(below[i]->id);
        if (!rows || box.x >= before.x + before.width + sample.metrics.stepGap - 1) {
            require(box.x >= before.x + before.width + sample.metrics.stepGap - 1, "steps left to right, apart");
            continue;
        }
        for (std::size_t above = 0; above < i; ++above) {
            const auto& other = drawing.boxes.at(below[above]->id);
            require(box.y >= other.y + other.height + sample.metrics.stepGap - 1e-6, "the next row below");
        }
    }
}

void checkBranches(const Sample& sample, const Drawing& drawing, const Expression& node)
{
    const auto& metrics = sample.metrics;
    const double label = std::holds_alternative<Branch>(node.op) ? metrics.labelWidth : 0;
    const auto& ports = drawing.ports.at(node.id);
    const auto& frame = drawing.boxes.at(node.id);
    require(ports.join.x + metrics.portWidth / 2 + metrics.padding <= frame.x + frame.width + roundingSlack,
            "the join within its frame");
    const Rect* before = nullptr;
    for (const auto& branch : journey::children(node)) {
        const auto& box = drawing.boxes.at(branch->id);
        require(box.x >= ports.fork.x + metrics.portWidth / 2 + label + metrics.stepGap - 1, "clear of fork and label");
        require(box.x + box.width + metrics.stepGap - 1 <= ports.join.x - metrics.portWidth / 2, "clear of the join");
        require(before == nullptr || box.y >= before->y + before->height + metrics.branchGap, "branches apart");
        before = &box;
    }
}

void checkPlaced(const Sample& sample, const Drawing& drawing, bool rows = false)
{
    std::map<NodeId, NodeId> parents;
    for (const auto& place : sample.places) {
        parents.emplace(place.node->id, place.parent);
        const auto frame = drawing.boxes.find(place.node->id);
        const bool framed = frame != drawing.boxes.end();
        const auto area = framed ? content(frame->second, sample.metrics) : drawing.bounds;
        if (framed) {
            require(within(frame->second, drawing.bounds), "boxes within the bounds");
            const auto& before = sample.natural.boxes.at(place.node->id);
            require(frame->second.width >= before.width && frame->second.height >= before.height, "frames only grow");
        }
        for (const auto& child : journey::children(*place.node))
            require(within(drawing.boxes.at(child->id), area), "boxes within their frame's content");
        if (sample.isFan(place.node->id))
            checkBranches(sample, drawing, *place.node);
        else
            checkSteps(sample, drawing, *place.node, rows && !framed);
    }
    require(within({drawing.start.x, drawing.start.y, 0, 0}, drawing.bounds), "the start within the bounds");
    require(within({drawing.end.x, drawing.end.y, 0, 0}, drawing.bounds), "the end within the bounds");
    checkArrows(drawing, parents, sample.root->id);
}

/// A placed node is where it was put, or as near as its elder sibling and the frame allow; another where it would be
/// had nobody placed any node of its frame, or right behind its elder.
void checkPositions(const Sample& sample, const Drawing& drawing, const Arrangement& arrangement)
{
    const auto& metrics = sample.metrics;
    const auto same = [](double a, double b) { return std::abs(a - b) < 1e-6; };
    for (const auto& place : sample.places) {
        const auto below = journey::children(*place.node);
        const bool fan = sample.isFan(place.node->id);
        auto without = arrangement;
        for (const auto& child : below)
            without.offsets.erase(child->id);
        if (without.offsets.size() == arrangement.offsets.size())
            continue;
        const auto automatic = sample.drawn(without);
        for (std::size_t i = 0; i < below.size(); ++i) {
            const auto id = below[i]->id;
            const bool onPage = sample.isOnPage(id);
            const auto at = sample.offset(drawing, id);
            const auto natural = sample.offset(automatic, id);
            const auto put = arrangement.offsets.find(id);
            const Point wanted = put == arrangement.offsets.end() ? natural : Point{put->second.x, put->second.y};
            const double top = onPage ? -Placement::farthest : metrics.headerHeight + metrics.padding;
            double least = 0; // in the direction of reading
            double surely = 0;
            if (fan) {
                least = surely = metrics.headerHeight + metrics.padding;
            } else {
                least = onPage ? metrics.portWidth : metrics.padding;
                surely = onPage ? metrics.portWidth + metrics.stepGap + 1 : metrics.stepGap;
            }
            if (i > 0) {
                const auto before = sample.offset(drawing, below[i - 1]->id);
                const auto& box = drawing.boxes.at(below[i - 1]->id);
                surely = fan ? before.y + box.height + metrics.branchGap : before.x + box.width + metrics.stepGap;
                least = fan ? surely : surely - 1; // dot rounds
            }
            const double along = fan ? at.y : at.x;
            const double alongWanted = fan ? wanted.y : wanted.x;
            require(alongWanted < surely || same(along, alongWanted), "what fits is where it was put");
            require(along >= alongWanted - 1e-6, "never before its place");
            require(same(along, alongWanted) || along <= surely + 1e-6, "no further than needed");
            require(along >= least - 1e-6, "behind its elder");
            const double across = fan ? at.x : at.y;
            const double acrossWanted = fan ? wanted.x : wanted.y;
            if (!fan)
                require(same(across, std::max(acrossWanted, top)), "a step's height is free");
            else
                require(same(across, acrossWanted) || (across > acrossWanted && put != arrangement.offsets.end()),
                        "a branch goes right only to be clear of the marks");
        }
    }
}

bool sameDrawing(const Drawing& a, const Drawing& b)
{
    return std::map(a.boxes.begin(), a.boxes.end()) == std::map(b.boxes.begin(), b.boxes.end())
           && std::map(a.axes.begin(), a.axes.end()) == std::map(b.axes.begin(), b.axes.end())
           && corners(a) == corners(b) && a.bounds == b.bounds;
}

/// A root series in rows of some width.
Sample sampleInRows()
{
    Metrics metrics;
    metrics.rowWidth = pick(100, 3000);
    return {makeExpression(Series{randomSteps()}), metrics};
}

} // namespace

class PlacedLayoutTest : public QObject
{
    Q_OBJECT

private slots:
    void randomPlacementsAreDrawnWell()
    {
        QVERIFY(rc::check("drawn well whatever was placed", [] {
            for (int i = 0; i < 10; ++i) { // of 100 cases: a thousand journeys
                const Sample sample(randomTree(pick(0, 5)));
                const auto arrangement = randomArrangement(sample);
                const auto drawing = sample.drawn(arrangement);
                checkPlaced(sample, drawing);
                checkPositions(sample, drawing, arrangement);
                require(sameDrawing(drawing, sample.drawn(arrangement)), "the same twice");
            }
        }));
    }

    void randomPlacementsAreDrawnWellInRows()
    {
        QVERIFY(rc::check("drawn well in rows", [] {
            for (int i = 0; i < 10; ++i) { // of 100 cases: a thousand journeys
                const auto sample = sampleInRows();
                const auto arrangement = randomArrangement(sample);
                const auto drawing = sample.drawn(arrangement);
                checkPlaced(sample, drawing, true);
                require(sameDrawing(drawing, sample.drawn(arrangement)), "the same twice");
                auto again = arrangement;
                for (const auto& [id, box] : drawing.boxes) {
                    if (const auto [x, y] = sample.offset(drawing, id); pick(0, 2) == 0)
                        again.offsets[id] = {x, y};
                }
                require(sameDrawing(drawing, sample.drawn(again)), "what is put where it stands changes nothing");
            }
        }));
    }

    void aStepInItsRowStaysWhereItIsPut()
    {
        QVERIFY(rc::check("put where there is room in its row", [] {
            const auto sample = sampleInRows();
            const auto steps = journey::children(*sample.root);
            auto at = static_cast<std::size_t>(pick(0, static_cast<int>(steps.size())));
            const auto left = [&](std::size_t i) { return sample.natural.boxes.at(steps[i]->id).x; };
            while (at > 0 && left(at) == left(0))
                --at; // the first of a row could be put into the row above
            const auto id = steps[at]->id;
            const auto [x, y] = sample.offset(sample.natural, id);
            const journey::Offset put{x + pick(0, 300), y + pick(0, 300)};
            const auto drawing = sample.drawn({{{id, put}}, {}});
            require(sample.offset(drawing, id) == Point{put.x, put.y}, "there it is");
            for (std::size_t i = 0; i < at; ++i) // the others of its row among them
                require(drawing.boxes.at(steps[i]->id) == sample.natural.boxes.at(steps[i]->id), "as it was");
        }));
    }

    void aNudgeToTheLeftBeginsNoRow()
    {
        // Their axis is far below them, because of the frame behind.
        const auto a = call("a");
        const auto b = call("b");
        std::vector<ExpressionPtr> branches;
        for (int i = 0; i < 8; ++i)
            branches.push_back(makeExpression(Use{"fragment"}));
        Metrics metrics;
        metrics.rowWidth = 3000;
        const Sample sample(makeExpression(Series{{a, b, makeExpression(Race{branches, {}})}}), metrics);
        const auto box = sample.natural.boxes.at(b->id);
        const auto drawing = sample.drawn({{{b->id, {box.x - 8, box.y}}}, {}});
        QVERIFY(sameDrawing(drawing, sample.natural));
    }

    void aStepPutBelowItsRowBeginsAnother()
    {
        std::vector<ExpressionPtr> steps;
        for (int i = 0; i < 4; ++i)
            steps.push_back(makeExpression(Use{"fragment"}));
        Metrics metrics;
        metrics.rowWidth = 2000;
        const Sample sample(makeExpression(Series{steps}), metrics);
        const auto first = sample.natural.boxes.at(steps[0]->id);
        const auto put = [&](double x, double y) { return sample.drawn({{{steps[2]->id, {x, y}}}, {}}); };
        const auto below = put(first.x + 30, 200);
        QCOMPARE(below.boxes.at(steps[2]->id), (Rect{first.x + 30, 200, first.width, first.height}));
        QCOMPARE(below.boxes.at(steps[1]->id), sample.natural.boxes.at(steps[1]->id));
        QVERIFY(below.boxes.at(steps[3]->id).y >= first.y + first.height + metrics.stepGap);
        QVERIFY(below.boxes.at(steps[3]->id).x > first.x + 30 + first.width);
        QVERIFY(below.end.y > first.y + first.height);
        // Too near: the next row is a gap away.
        const auto near = put(first.x, first.height);
        QCOMPARE(near.boxes.at(steps[2]->id).y, first.y + first.height + metrics.stepGap);
        // To the left, but not below: it is as far left as it can be.
        const auto beside = put(first.x, 5);
        QCOMPARE(beside.boxes.at(steps[2]->id).x, sample.natural.boxes.at(steps[2]->id).x);
        QCOMPARE(beside.boxes.at(steps[2]->id).y, 5.0);
    }

    void rowsOfFilesAreThoseOfTheCanvasWhereAStepWasPut()
    {
        std::vector<ExpressionPtr> steps;
        for (int i = 0; i < 20; ++i)
            steps.push_back(makeExpression(Use{"fragment"}));
        Metrics canvas;
        canvas.rowWidth = 1500;
        auto file = canvas;
        file.mostWidth = 600;
        const Sample onCanvas(makeExpression(Series{steps}), canvas);
        const Sample inFile(onCanvas.root, file);
        QVERIFY(!sameDrawing(inFile.natural, onCanvas.natural));
        const auto at = onCanvas.natural.boxes.at(steps[10]->id);
        const Arrangement put{{{steps[10]->id, {at.x + 20, at.y + 30}}}, {}};
        QVERIFY(sameDrawing(inFile.drawn(put), onCanvas.drawn(put)));
    }

    void placingWhatAlreadyStandsThereChangesNothing()
    {
        QVERIFY(rc::check("nothing changes", [] {
            for (int i = 0; i < 10; ++i) {
                const Sample sample(randomTree(pick(0, 5)));
                const auto placed = randomArrangement(sample);
                const auto drawing = sample.drawn(placed);
                auto again = placed;
                for (const auto& [id, box] : drawing.boxes) {
                    if (const auto [x, y] = sample.offset(drawing, id); pick(0, 2) == 0)
                        again.offsets[id] = {x, y};
                }
                require(sameDrawing(drawing, sample.drawn(again)), "the same drawing");
            }
        }));
    }

    void otherFramesKeepWhatIsInThem()
    {
        QVERIFY(rc::check("only what grew moves", [] {
            for (int i = 0; i < 10; ++i) {
                const Sample sample(randomTree(pick(1, 5)));
                auto placed = sample.places.at(static_cast<std::size_t>(pick(0, int(sample.places.size())))).node->id;
                Arrangement arrangement;
                arrangement.offsets[placed] = {double(pick(-100, 2000)), double(pick(-100, 2000))};
                const auto drawing = sample.drawn(arrangement);
                std::set<NodeId> spine;
                for (auto id = placed; id != NodeId{}; id = sample.byId.at(id).parent)
                    spine.insert(sample.byId.at(id).parent);
                for (const auto& [id, box] : drawing.boxes) {
                    if (!spine.contains(sample.byId.at(id).parent))
                        require(sample.offset(drawing, id) == sample.offset(sample.natural, id), "as it was");
                }
            }
        }));
    }

    void closedFramesAreBoxes()
    {
        QVERIFY(rc::check("closed frames", [] {
            const Sample sample(randomTree(pick(1, 5)));
            Arrangement arrangement;
            std::set<NodeId> hidden;
            for (const auto& place : sample.places) {
                if (hidden.contains(place.parent) || arrangement.closed.contains(place.parent))
                    hidden.insert(place.node->id);
                else if (childCount(*place.node) > 0 && sample.natural.boxes.contains(place.node->id)
                         && pick(0, 3) == 0)
                    arrangement.closed.insert(place.node->id);
            }
            const auto drawing = sample.drawn(arrangement);
            std::map<NodeId, NodeId> parents;
            for (const auto& place : sample.places) {
                const auto id = place.node->id;
                require(drawing.boxes.contains(id) == (sample.natural.boxes.contains(id) && !hidden.contains(id)),
                        "what is hidden has no box");
                if (!hidden.contains(id))
                    parents.emplace(id, place.parent);
            }
            for (const auto id : arrangement.closed) {
                const auto& box = drawing.boxes.at(id);
                require(Size{box.width, box.height} == sizeOf(*sample.byId.at(id).node), "its own size");
                require(!drawing.ports.contains(id), "no marks");
            }
            checkArrows(drawing, parents, sample.root->id);
        }));
    }

    void aStepCanStandAboveThePage()
    {
        const auto a = call("a");
        const auto b = call("b");
        const Sample sample(makeExpression(Series{{a, b}}));
        const auto at = sample.natural.boxes.at(b->id);
        const auto drawing = sample.drawn({{{b->id, {at.x + 30, -200}}}, {}});
        QCOMPARE(drawing.boxes.at(b->id), (Rect{at.x + 30, -200, at.width, at.height}));
        QCOMPARE(drawing.boxes.at(a->id), sample.natural.boxes.at(a->id));
        QCOMPARE(drawing.bounds.y, -200.0);
        QCOMPARE(drawing.bounds.y + drawing.bounds.height, sample.natural.bounds.height);
        QCOMPARE(drawing.start, sample.natural.start);
        QCOMPARE(drawing.end.x, sample.natural.end.x + 30);
    }

    void siblingsMakeRoom()
    {
        const auto a = call("a");
        const auto b = call("b");
        const auto race = makeExpression(Race{{a, b}, {}});
        const Sample sample(makeExpression(Series{{race, call("c")}}));
        const auto first = sample.offset(sample.natural, a->id);
        const auto second = sample.offset(sample.natural, b->id);
        const auto drawing = sample.drawn({{{a->id, {first.x + 100, first.y + 40}}}, {}});
        QCOMPARE(sample.offset(drawing, a->id), (Point{first.x + 100, first.y + 40}));
        QCOMPARE(sample.offset(drawing, b->id), (Point{second.x, second.y + 40}));
        QCOMPARE(drawing.boxes.at(race->id).height, sample.natural.boxes.at(race->id).height + 40);
        QCOMPARE(drawing.ports.at(race->id).fork, sample.natural.ports.at(race->id).fork);
        QVERIFY(drawing.ports.at(race->id).join.x > sample.natural.ports.at(race->id).join.x);
    }

    void placementsOfOthersAreIgnored()
    {
        const Sample sample(makeExpression(Series{{call("a"), call("b")}}));
        const auto stranger = call("c");
        const auto drawing = sample.drawn({{{stranger->id, {5, 5}}, {sample.root->id, {9, 9}}}, {stranger->id}});
        QVERIFY(sameDrawing(drawing, sample.natural));
    }
};

QTEST_GUILESS_MAIN(PlacedLayoutTest)
#include "tst_layout_placed.moc"
