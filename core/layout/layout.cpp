// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include "core/layout/columns.h"
#include "core/layout/lines.h"
#include "core/layout/placing.h"
#include "core/layout/rows.h"

#include <algorithm>
#include <cmath>

namespace emac::layout {

namespace {

using journey::Expression;
using journey::NodeId;
using journey::OperatorType;

bool fansOut(OperatorType type)
{
    using enum OperatorType;
    return type == Parallel || type == Race || type == KofN || type == Branch || type == Fallback;
}

class Builder
{
public:
    Builder(const BoxSize& boxSize, const Metrics& metrics, const Arrangement& arrangement)
        : m_boxSize(boxSize)
        , m_metrics(metrics)
        , m_arrangement(arrangement)
    {
    }

    Block build(const Expression& node) const
    {
        const auto least = m_boxSize(node);
        const auto type = journey::typeOf(node);
        if (type == OperatorType::Call || type == OperatorType::Use || m_arrangement.closed.contains(node.id)) {
            Block leaf;
            leaf.node = &node;
            leaf.width = least.width;
            leaf.height = least.height;
            leaf.axis = least.height / 2;
            return leaf;
        }
        auto block = fansOut(type) ? fan(node) : chain(journey::children(node), 0);
        block.node = &node;
        enframe(block, least);
        if (fansOut(type))
            placeBranches(block, m_arrangement.offsets, m_metrics);
        else
            placeSteps(block, m_arrangement.offsets, m_metrics);
        return block;
    }

    /// The journey between its start and end mark.
    Block page(const journey::ExpressionPtr& root) const
    {
        auto page = chain(journey::typeOf(*root) == OperatorType::Series ? journey::children(*root) : std::vector{root},
                          m_metrics.portWidth);
        page.left = page.corners.front().x;
        if (m_metrics.mostWidth == 0 || !placesOf(page, m_arrangement.offsets).empty())
            return inRows(page, m_metrics.rowWidth, m_arrangement.offsets, m_metrics);
        const bool fits = page.width <= std::max(m_metrics.mostWidth, m_metrics.aspect * page.height);
        return fits ? page : inFittingRows(page, m_metrics);
    }

private:
    /// Steps on one axis; with marks of this width before and after where it is not 0.
    Block chain(const std::vector<journey::ExpressionPtr>& steps, double markWidth) const
    {
        Block block;
        std::vector<double> widths;
        for (const auto& step : steps) {
            block.parts.push_back(build(*step));
            widths.push_back(block.parts.back().width);
            block.axis = std::max(block.axis, block.parts.back().axis);
        }
        const std::size_t before = markWidth > 0 ? 1 : 0;
        widths.insert(widths.begin(), before, markWidth);
        widths.insert(widths.end(), before, markWidth);
        const auto lefts = columns(widths, m_metrics.stepGap);
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            block.corners.push_back({std::round(lefts[i + before]), block.axis - block.parts[i].axis});
            block.height = std::max(block.height, block.corners[i].y + block.parts[i].height);
        }
        block.width = std::round(lefts.back()) + widths.back();
        block.fork = {markWidth / 2, block.axis};
        block.join = {block.width - markWidth / 2, block.axis};
        return block;
    }

    /// Branches between a fork and a join mark, stacked in document order.
    Block fan(const Expression& node) const
    {
        Block block;
        const double label = std::holds_alternative<journey::Branch>(node.op) ? m_metrics.labelWidth : 0;
        double widest = 0;
        forEachChild(node, [&](const journey::ExpressionPtr& branch) {
            block.parts.push_back(build(*branch));
            widest = std::max(widest, block.parts.back().width);
        });
        // All branches are of one rank, which is as wide as the widest and has them on its middle.
        const auto lefts = columns({m_metrics.portWidth + label, widest, m_metrics.portWidth}, m_metrics.stepGap);
        const double middle = lefts[1] + widest / 2;
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            const auto& part = block.parts[i];
            block.corners.push_back(
                {std::round(middle - part.width / 2), block.height + (i > 0 ? m_metrics.branchGap : 0)});
            block.height = block.corners[i].y + part.height;
            block.rejoin = std::max(block.rejoin, block.corners[i].x + part.width);
        }
        block.left = std::round(lefts[1]);
        block.bend = block.left - label;
        block.width = std::round(lefts.back()) + m_metrics.portWidth;
        // A fallback goes straight on through its primary; the others fork evenly.
        const double first = block.parts.front().axis;
        const double last = block.corners.back().y + block.parts.back().axis;
        block.axis = std::holds_alternative<journey::Fallback>(node.op) ? first : (first + last) / 2;
        block.fork = {m_metrics.portWidth / 2, block.axis};
        block.join = {block.width - m_metrics.portWidth / 2, block.axis};
        return block;
    }

    /// Puts header and padding around the content, and centres it where the header is wider.
    void enframe(Block& block, Size least) const
    {
        const double width = std::max(block.width + 2 * m_metrics.padding, least.width);
        const double dx = std::floor((width - block.width) / 2);
        const double dy = m_metrics.headerHeight + m_metrics.padding;
        for (auto& corner : block.corners)
            corner = {corner.x + dx, corner.y + dy};
        block.fork = {block.fork.x + dx, block.fork.y + dy};
        block.join = {block.join.x + dx, block.join.y + dy};
        block.left += dx;
        block.bend += dx;
        block.rejoin += dx;
        block.axis += dy;
        block.width = width;
        block.height = std::max(block.height + dy + m_metrics.padding, least.height);
    }

    const BoxSize& m_boxSize;
    const Metrics& m_metrics;
    const Arrangement& m_arrangement;
};

/// Gives every block its place on the page.
class Placer
{
public:
    explicit Placer(Drawing& drawing) : m_drawing(drawing) { }

    void place(const Block& block, Point origin)
    {
        const auto id = block.node != nullptr ? block.node->id : NodeId{};
        if (block.node != nullptr) {
            m_drawing.boxes.emplace(id, Rect{origin.x, origin.y, block.width, block.height});
            m_drawing.axes.emplace(id, origin.y + block.axis);
        }
        if (!block.parts.empty()) {
            if (fansOut(journey::typeOf(*block.node)))
                fanLines(block, origin);
            else
                chainArrows(block, origin, id, {origin.x, origin.y + block.axis},
                            {origin.x + block.width, origin.y + block.axis});
        }
        placeParts(block, origin);
    }

    void placePage(const Block& page, const Expression& root, const Metrics& metrics)
    {
        const auto id = journey::typeOf(root) == OperatorType::Series ? root.id : NodeId{};
        m_drawing.start = page.fork;
        m_drawing.end = page.join;
        m_drawing.bounds = {0, page.top, page.width, page.height - page.top};
        m_stepGap = metrics.stepGap;
        chainArrows(page, {}, id, page.fork, {page.join.x - metrics.portWidth / 2, page.join.y});
        placeParts(page, {});
    }

private:
    void placeParts(const Block& block, Point origin)
    {
        for (std::size_t i = 0; i < block.parts.size(); ++i)
            place(block.parts[i], {origin.x + block.corners[i].x, origin.y + block.corners[i].y});
    }

    void chainArrows(const Block& block, Point origin, NodeId frame, Point from, Point end)
    {
        NodeId before{};
        auto turn = block.turns.begin();
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            const auto& part = block.parts[i];
            const Point to{origin.x + block.corners[i].x, origin.y + block.corners[i].y + part.axis};
            Arrow arrow{frame, before, part.node->id, {from}};
            if (turn == block.turns.end() || turn->part != i)
                swing(arrow.path, to);
            else // only a page has several rows
                back(arrow.path, from.x + m_stepGap / 2, (turn++)->way, block.fork.x, to);
            m_drawing.arrows.push_back(std::move(arrow));
            before = part.node->id;
            from = {to.x + part.width, to.y};
        }
        Arrow last{frame, before, {}, {from}};
        swing(last.path, end);
        m_drawing.arrows.push_back(std::move(last));
    }

    void fanLines(const Block& block, Point origin)
    {
        const auto id = block.node->id;
        const auto type = journey::typeOf(*block.node);
        const bool level = type == OperatorType::Parallel || type == OperatorType::KofN;
        const Point fork{origin.x + block.fork.x, origin.y + block.fork.y};
        const Point join{origin.x + block.join.x, origin.y + block.join.y};
        m_drawing.ports.emplace(id, Drawing::Ports{fork, join});
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            const auto& part = block.parts[i];
            const double left = origin.x + block.corners[i].x;
            const double y = origin.y + block.corners[i].y + part.axis;
            Arrow out{id, {}, part.node->id, {{fork.x, level ? y : fork.y}}};
            swing(out.path, {origin.x + block.bend, y});
            if (left > origin.x + block.bend)
                straight(out.path, {left, y});
            Arrow back{id, part.node->id, {}, {{left + part.width, y}}};
            if (left + part.width < origin.x + block.rejoin)
                straight(back.path, {origin.x + block.rejoin, y});
            swing(back.path, {join.x, level ? y : join.y});
            m_drawing.arrows.push_back(std::move(out));
            m_drawing.arrows.push_back(std::move(back));
        }
    }

    Drawing& m_drawing;
    double m_stepGap = 0; ///< of a page
};

} // namespace

Drawing layOut(const journey::ExpressionPtr& root, const BoxSize& boxSize, const Metrics& metrics,
               const Arrangement& arrangement)
{
    Drawing drawing;
    if (root)
        Placer(drawing).placePage(Builder(boxSize, metrics, arrangement).page(root), *root, metrics);
    return drawing;
}

} // namespace emac::layout
