// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/paths.h"
#include "core/layout/layout.h"

#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <stdexcept>

/// Random journeys, and what holds for the drawing of each.
namespace emac::layouttools {

using namespace emac::journey;
using namespace emac::layout;

inline constexpr double roundingSlack = 0.51;

inline void require(bool holds, const char* what)
{
    if (!holds)
        throw std::logic_error(what);
}

inline ExpressionPtr call(const std::string& name)
{
    return makeExpression(Call{name});
}

inline ExpressionPtr wrapped(int kind, std::vector<ExpressionPtr> below)
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
inline int pick(int from, int to)
{
    return *rc::gen::resize(100, rc::gen::inRange(from, to));
}

inline ExpressionPtr randomTree(int depth)
{
    if (depth == 0 || pick(0, 3) == 0)
        return call("c" + std::to_string(pick(0, 50)));
    std::vector<ExpressionPtr> below;
    for (int i = pick(1, 5); i > 0; --i)
        below.push_back(randomTree(depth - 1));
    return wrapped(pick(0, 10), std::move(below));
}

/// Of a root series.
inline std::vector<ExpressionPtr> randomSteps()
{
    std::vector<ExpressionPtr> steps;
    for (int i = pick(1, 30); i > 0; --i)
        steps.push_back(randomTree(pick(0, 3)));
    return steps;
}

/// Sizes that differ from call to call; a header's least width for operators.
inline Size sizeOf(const Expression& node)
{
    if (const auto* named = std::get_if<Call>(&node.op))
        return {80.0 + 13.0 * static_cast<double>(std::hash<std::string>{}(named->component) % 9), 50};
    return std::holds_alternative<Use>(node.op) ? Size{121, 44} : Size{260, 60};
}

inline Drawing layOut(const ExpressionPtr& root)
{
    return layout::layOut(root, sizeOf);
}

inline bool within(const Rect& inner, const Rect& outer)
{
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + roundingSlack
           && inner.y + inner.height <= outer.y + outer.height + roundingSlack;
}

inline bool overlap(const Rect& a, const Rect& b)
{
    return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/// Points of the cubic path, so close that no box fits between two of them.
inline std::vector<Point> sampled(const std::vector<Point>& path)
{
    constexpr double apart = 10;
    std::vector<Point> points;
    for (std::size_t i = 0; i + 3 < path.size(); i += 3) {
        double length = 0; // of the control polygon: at least that of the curve
        for (std::size_t k = i; k < i + 3; ++k)
            length += std::hypot(path[k + 1].x - path[k].x, path[k + 1].y - path[k].y);
        const int steps = std::max(20, static_cast<int>(3 * length / apart)); // |B'(t)| ≤ 3 times its longest side
        for (int step = 0; step <= steps; ++step) {
            const double t = static_cast<double>(step) / steps;
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

inline bool inside(const Point& point, const Rect& rect, double margin)
{
    return point.x > rect.x + margin && point.x < rect.x + rect.width - margin && point.y > rect.y + margin
           && point.y < rect.y + rect.height - margin;
}

inline std::vector<Point> corners(const Drawing& drawing)
{
    std::vector<Point> all{drawing.start, drawing.end};
    for (const auto& arrow : drawing.arrows)
        all.insert(all.end(), arrow.path.begin(), arrow.path.end());
    return all;
}

inline Rect content(const Rect& frame, const Metrics& metrics)
{
    return {frame.x + metrics.padding, frame.y + metrics.headerHeight + metrics.padding,
            frame.width - 2 * metrics.padding, frame.height - metrics.headerHeight - 2 * metrics.padding};
}

inline void checkArrows(const Drawing& drawing, const std::map<NodeId, NodeId>& parents, NodeId root)
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
        const auto [left, right] = std::ranges::minmax(points, {}, &Point::x);
        const auto [top, bottom] = std::ranges::minmax(points, {}, &Point::y);
        const Rect extent{left.x, top.y, right.x - left.x, bottom.y - top.y};
        for (const auto& [id, box] : drawing.boxes) {
            if (around.contains(id) || !overlap(box, extent))
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

} // namespace emac::layouttools
