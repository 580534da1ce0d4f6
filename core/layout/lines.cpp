// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/lines.h"

#include <algorithm>

namespace emac::layout {

namespace {

/// A quarter of an ellipse from the path's end, which it leaves along x or along y.
void quarter(std::vector<Point>& path, Point to, bool alongX)
{
    constexpr double reach = 0.5523; // of the usual cubic for a quarter of a circle
    const Point from = path.back();
    const double dx = (to.x - from.x) * reach;
    const double dy = (to.y - from.y) * reach;
    if (alongX)
        path.insert(path.end(), {{from.x + dx, from.y}, {to.x, to.y - dy}, to});
    else
        path.insert(path.end(), {{from.x, from.y + dy}, {to.x - dx, to.y}, to});
}

} // namespace

void straight(std::vector<Point>& path, Point to)
{
    const Point from = path.back();
    path.push_back({from.x + (to.x - from.x) / 3, from.y + (to.y - from.y) / 3});
    path.push_back({from.x + (to.x - from.x) * 2 / 3, from.y + (to.y - from.y) * 2 / 3});
    path.push_back(to);
}

void swing(std::vector<Point>& path, Point to)
{
    const Point from = path.back();
    if (from.y == to.y)
        return straight(path, to);
    const double middle = (from.x + to.x) / 2;
    path.insert(path.end(), {{middle, from.y}, {middle, to.y}, to});
}

void back(std::vector<Point>& path, double rightmost, double way, double leftmost, Point to)
{
    const Point from = path.back();
    const double radius = std::min({(rightmost - from.x) * 2 / 3, (way - from.y) / 2, (to.y - way) / 2});
    straight(path, {rightmost - radius, from.y});
    quarter(path, {rightmost, from.y + radius}, true);
    straight(path, {rightmost, way - radius});
    quarter(path, {rightmost - radius, way}, false);
    straight(path, {leftmost + radius, way});
    quarter(path, {leftmost, way + radius}, true);
    straight(path, {leftmost, to.y - radius});
    quarter(path, {leftmost + radius, to.y}, false);
    straight(path, to);
}

} // namespace emac::layout
