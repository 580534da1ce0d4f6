// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/snapping.h"

#include "widgets/common/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace emac::widgets {

namespace {

/// A box along one axis.
struct Extent
{
    double begin;
    double end;
    std::array<double, 3> lines() const { return {begin, (begin + end) / 2, end}; }
};

struct Match
{
    double shift;
    double line;
    QRectF sibling;
};

std::optional<Match> nearest(Extent moving, const std::vector<QRectF>& siblings, Extent (*extent)(const QRectF&),
                             double reach)
{
    std::optional<Match> best;
    for (const auto& sibling : siblings) {
        for (const double line : extent(sibling).lines()) {
            for (const double own : moving.lines()) {
                const double shift = line - own;
                if (std::abs(shift) <= reach && (!best || std::abs(shift) < std::abs(best->shift)))
                    best = {shift, line, sibling};
            }
        }
    }
    return best;
}

double toGrid(double value, double origin)
{
    return std::round((value - origin) / theme::unit) * theme::unit + origin - value;
}

} // namespace

Snapped snapped(const QRectF& moving, const std::vector<QRectF>& siblings, QPointF origin, double reach)
{
    const auto across = [](const QRectF& box) { return Extent{box.left(), box.right()}; };
    const auto down = [](const QRectF& box) { return Extent{box.top(), box.bottom()}; };
    const auto x = nearest(across(moving), siblings, across, reach);
    const auto y = nearest(down(moving), siblings, down, reach);
    Snapped result;
    result.shift = {x ? x->shift : toGrid(moving.left(), origin.x()), y ? y->shift : toGrid(moving.top(), origin.y())};
    const auto rest = moving.translated(result.shift);
    if (x) {
        const auto both = rest | x->sibling;
        result.guides.emplace_back(x->line, both.top(), x->line, both.bottom());
    }
    if (y) {
        const auto both = rest | y->sibling;
        result.guides.emplace_back(both.left(), y->line, both.right(), y->line);
    }
    return result;
}

} // namespace emac::widgets
