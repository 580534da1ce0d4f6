// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/rows.h"

#include "core/journey/placement.h"

#include <algorithm>

namespace emac::layout {

namespace {

/// Puts the steps of a page into rows, one after the other.
class Rows
{
public:
    Rows(const Block& page, double rowWidth, const Offsets& offsets, const Metrics& metrics)
        : m_page(page)
        , m_rowWidth(rowWidth)
        , m_metrics(metrics)
        , m_places(placesOf(page, offsets))
        , m_block(page)
    {
        m_block.turns.clear();
        m_block.width = 0;
    }

    Block made()
    {
        begin(0);
        for (std::size_t i = 0; i < m_page.parts.size(); ++i) {
            if (i > m_first && breaks(i))
                turn(i);
            m_axis = std::max(m_axis, m_top + m_page.parts[i].axis);
            m_block.corners[i].x = atLeast(wantedX(i), leastX(i));
        }
        settle(m_page.parts.size());
        const auto last = m_page.parts.size() - 1;
        const double right = rightOf(last) + std::min(gapBehind(last), m_metrics.stepGap);
        m_block.join = {atLeast(shift() + m_page.join.x, right + m_metrics.portWidth / 2), m_axis};
        m_block.width = std::max(m_block.width, m_block.join.x + m_metrics.portWidth / 2);
        m_block.height = m_bottom;
        return std::move(m_block);
    }

private:
    bool isPlaced(std::size_t i) const { return !m_places.empty() && m_places[i]; }
    double shift() const { return m_page.left - m_page.corners[m_first].x; } ///< of this row, from the only row
    double naturalX(std::size_t i) const { return m_page.corners[i].x + shift(); }
    double wantedX(std::size_t i) const { return isPlaced(i) ? m_places[i]->x : naturalX(i); }
    double rightOf(std::size_t i) const { return m_block.corners[i].x + m_page.parts[i].width; }
    /// Between the step and the next, or the end mark. dot rounds, so that it can be a little less than asked for.
    double gapBehind(std::size_t i) const
    {
        const bool last = i + 1 == m_page.parts.size();
        const double next = last ? m_page.join.x - m_metrics.portWidth / 2 : m_page.corners[i + 1].x;
        return std::min(m_metrics.stepGap, next - m_page.corners[i].x - m_page.parts[i].width);
    }
    double leastX(std::size_t i) const { return i == m_first ? m_page.left : rightOf(i - 1) + gapBehind(i - 1); }

    bool isTooLong(std::size_t i, double x) const
    {
        return m_rowWidth > 0 && x + m_page.parts[i].width - m_page.left > m_rowWidth;
    }

    /// Whether the step does not go into this row, which has steps.
    bool breaks(std::size_t i) const
    {
        const double least = leastX(i);
        if (!isPlaced(i))
            return isTooLong(i, atLeast(naturalX(i), least));
        const bool leftOf = atLeast(m_places[i]->x, least) != m_places[i]->x;
        const bool below = m_rowWidth > 0 && m_places[i]->y + m_page.parts[i].axis > m_bottom;
        return leftOf && (below || isTooLong(i, least));
    }

    /// A row below m_top. It has the height of what it would hold without hands, wherever they have put that.
    void begin(std::size_t first)
    {
        m_first = first;
        m_axis = m_bottom = m_top;
        auto end = first;
        for (; end < m_page.parts.size() && (end == first || !isTooLong(end, naturalX(end))); ++end)
            m_axis = std::max(m_axis, m_top + m_page.parts[end].axis);
        for (auto i = first; i < end; ++i)
            m_bottom = std::max(m_bottom, naturalBottom(i));
    }

    double naturalBottom(std::size_t i) const { return m_axis - m_page.parts[i].axis + m_page.parts[i].height; }

    /// The height of the steps of the row, which ends there.
    void settle(std::size_t end)
    {
        const double top = m_first == 0 ? -journey::Placement::farthest : m_top;
        for (auto i = m_first; i < end; ++i) {
            const auto& part = m_page.parts[i];
            auto& y = m_block.corners[i].y;
            y = atLeast(isPlaced(i) ? m_places[i]->y : m_axis - part.axis, top);
            m_block.top = std::min(m_block.top, y);
            m_bottom = std::max({m_bottom, naturalBottom(i), y + part.height});
        }
        if (m_first == 0)
            m_block.fork.y = m_axis;
    }

    void turn(std::size_t next)
    {
        settle(next);
        m_block.width = std::max(m_block.width, rightOf(next - 1) + m_metrics.stepGap / 2);
        m_block.turns.push_back({next, m_bottom + m_metrics.stepGap / 2});
        m_top = m_bottom + m_metrics.stepGap;
        begin(next);
    }

    const Block& m_page;
    double m_rowWidth;
    const Metrics& m_metrics;
    Places m_places;
    Block m_block;
    // Of the row that is being filled, without what hands do to its height.
    std::size_t m_first = 0;
    double m_top = 0;
    double m_axis = 0;
    double m_bottom = 0;
};

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

Block inRows(const Block& page, double rowWidth, const Offsets& offsets, const Metrics& metrics)
{
    return Rows(page, rowWidth, offsets, metrics).made();
}

Block inFittingRows(const Block& page, const Metrics& metrics)
{
    double longestStep = 0;
    for (const auto& part : page.parts)
        longestStep = std::max(longestStep, part.width);
    const auto filled = [&](double width) { return inRows(page, width, {}, metrics); };
    const auto fits = [&](const Block& block) {
        return block.width <= std::max(metrics.mostWidth, metrics.aspect * block.height);
    };
    const double longest = lastGood(longestStep, page.width, [&](double width) { return fits(filled(width)); });
    auto full = filled(longest);
    const double shortest =
        lastGood(longest, longestStep, [&](double width) { return filled(width).turns.size() <= full.turns.size(); });
    auto even = filled(shortest);
    // Other steps side by side can make it lower, and so too wide for its height.
    return fits(even) ? even : full;
}

} // namespace emac::layout
