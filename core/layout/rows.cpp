// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/rows.h"

#include <algorithm>

namespace emac::layout {

namespace {

/// The steps [first, last) of a page.
struct Row
{
    std::size_t first = 0;
    std::size_t last = 0;
};

/// Fills rows up to this width.
std::vector<Row> filled(const Block& page, double width)
{
    std::vector<Row> rows;
    for (std::size_t i = 0; i < page.parts.size(); ++i) {
        const double right = page.corners[i].x + page.parts[i].width;
        if (rows.empty() || right - page.corners[rows.back().first].x > width)
            rows.push_back({i, i});
        rows.back().last = i + 1;
    }
    return rows;
}

Block stacked(const Block& page, const std::vector<Row>& rows, const Metrics& metrics)
{
    auto block = page;
    block.width = 0;
    block.height = 0;
    block.top = 0;
    for (const auto& row : rows) {
        const bool first = row.first == 0;
        const bool last = row.last == page.parts.size();
        double top = page.axis;
        for (std::size_t i = row.first; i < row.last; ++i)
            top = std::min(top, page.corners[i].y);
        if (!first) {
            block.ways.push_back(block.height + metrics.stepGap / 2);
            block.height += metrics.stepGap;
        }
        const double above = block.height;
        block.axis = above + page.axis - top;
        block.height = block.axis;
        const double shift = page.left - page.corners[row.first].x;
        for (std::size_t i = row.first; i < row.last; ++i) {
            block.corners[i] = {page.corners[i].x + shift, above + page.corners[i].y - top};
            block.height = std::max(block.height, block.corners[i].y + page.parts[i].height);
        }
        const double right = block.corners[row.last - 1].x + page.parts[row.last - 1].width;
        block.width = std::max(block.width, right + (last ? metrics.stepGap + metrics.portWidth : metrics.stepGap / 2));
        if (first)
            block.fork.y = block.axis;
        if (last)
            block.join = {right + metrics.stepGap + metrics.portWidth / 2, block.axis};
    }
    return block;
}

/// A number between the two at which the predicate, true at `good` and false at `bad`, still holds.
template<typename Predicate>
double lastGood(double good, double bad, const Predicate& holds)
{
    constexpr int halvings = 30;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (good + bad) / 2;
        (holds(middle) ? good : bad) = middle;
    }
    return good;
}

} // namespace

Block inRows(const Block& page, const Metrics& metrics)
{
    double longestStep = 0;
    for (const auto& part : page.parts)
        longestStep = std::max(longestStep, part.width);
    const auto fits = [&](const Block& block) {
        return block.width <= std::max(metrics.mostWidth, metrics.aspect * block.height);
    };
    const double longest = lastGood(longestStep, page.width,
                                    [&](double width) { return fits(stacked(page, filled(page, width), metrics)); });
    const auto count = filled(page, longest).size();
    const double shortest =
        lastGood(longest, longestStep, [&](double width) { return filled(page, width).size() <= count; });
    auto even = stacked(page, filled(page, shortest), metrics);
    // Other steps side by side can make it lower, and so too wide for its height.
    return fits(even) ? even : stacked(page, filled(page, longest), metrics);
}

} // namespace emac::layout
