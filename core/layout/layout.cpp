// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/layout/layout.h"

#include "core/layout/rows.h"

#include <gvc.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <mutex>
#include <stdexcept>

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

/// Numbers in Graphviz' attributes are inches, in the C locale.
std::string inches(double pixels)
{
    std::array<char, 32> text{};
    return {text.data(), std::to_chars(text.data(), text.data() + text.size(), pixels / 72).ptr};
}

void set(void* object, const char* attribute, const std::string& value)
{
    // cgraph copies both, but takes them as char*.
    agsafeset(object, const_cast<char*>(attribute), const_cast<char*>(value.c_str()), const_cast<char*>(""));
}

/// The left edges of the boxes as dot ranks them, the first rank at 0. Edges go from left to right.
std::vector<double> columns(const std::vector<double>& widths, const std::vector<std::pair<int, int>>& edges,
                            double gap)
{
    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    static GVC_t* const context = gvContext(); // kept: contexts made later have their plugins loaded again
    agseterr(AGMAX);

    Agraph_t* graph = agopen(const_cast<char*>("frame"), Agstrictdirected, nullptr);
    set(graph, "rankdir", "LR");
    set(graph, "ranksep", inches(gap));
    std::vector<Agnode_t*> nodes;
    for (const double width : widths) {
        auto* node = agnode(graph, nullptr, 1);
        set(node, "shape", "box");
        set(node, "fixedsize", "true");
        set(node, "label", "");
        set(node, "width", inches(width));
        // Branches are stacked in document order, not by dot, which moreover aborts on stacks beyond 65535 points.
        set(node, "height", inches(1));
        nodes.push_back(node);
    }
    for (const auto& [from, to] : edges)
        agedge(graph, nodes[static_cast<std::size_t>(from)], nodes[static_cast<std::size_t>(to)], nullptr, 1);

    const bool done = gvLayout(context, graph, "dot") == 0;
    std::vector<double> lefts;
    for (std::size_t i = 0; done && i < nodes.size(); ++i)
        lefts.push_back(ND_coord(nodes[i]).x - widths[i] / 2);
    if (done)
        gvFreeLayout(context, graph);
    agclose(graph);
    if (!done)
        throw std::runtime_error("Graphviz has no dot layout");
    const double first = *std::ranges::min_element(lefts);
    for (double& left : lefts)
        left = std::round(left - first);
    return lefts;
}

class Builder
{
public:
    Builder(const BoxSize& boxSize, const Metrics& metrics) : m_boxSize(boxSize), m_metrics(metrics) { }

    Block build(const Expression& node) const
    {
        const auto least = m_boxSize(node);
        const auto type = journey::typeOf(node);
        if (type == OperatorType::Call || type == OperatorType::Use)
            return {&node, least.width, least.height, least.height / 2, {}, {}, {}, {}, 0, 0, {}};
        auto block = fansOut(type) ? fan(node) : chain(journey::children(node), 0);
        block.node = &node;
        enframe(block, least);
        return block;
    }

    /// The journey between its start and end mark.
    Block page(const journey::ExpressionPtr& root) const
    {
        auto page = chain(journey::typeOf(*root) == OperatorType::Series ? journey::children(*root) : std::vector{root},
                          m_metrics.portWidth);
        if (m_metrics.mostWidth > 0
            && page.width > std::max(m_metrics.mostWidth, m_metrics.aspect * page.height))
            page = inRows(page, m_metrics);
        return page;
    }

private:
    /// Steps on one axis; with marks of this width before and after where it is not 0.
    Block chain(const std::vector<journey::ExpressionPtr>& steps, double markWidth) const
    {
        Block block;
        std::vector<double> widths;
        std::vector<std::pair<int, int>> edges;
        for (const auto& step : steps) {
            block.parts.push_back(build(*step));
            widths.push_back(block.parts.back().width);
            block.axis = std::max(block.axis, block.parts.back().axis);
        }
        const std::size_t before = markWidth > 0 ? 1 : 0;
        widths.insert(widths.begin(), before, markWidth);
        widths.insert(widths.end(), before, markWidth);
        for (int i = 1; i < static_cast<int>(widths.size()); ++i)
            edges.emplace_back(i - 1, i);
        const auto lefts = columns(widths, edges, m_metrics.stepGap);
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            block.corners.push_back({lefts[i + before], block.axis - block.parts[i].axis});
            block.height = std::max(block.height, block.corners[i].y + block.parts[i].height);
        }
        block.width = lefts.back() + widths.back();
        block.fork = {markWidth / 2, block.axis};
        block.join = {block.width - markWidth / 2, block.axis};
        return block;
    }

    /// Branches between a fork and a join mark, stacked in document order.
    Block fan(const Expression& node) const
    {
        Block block;
        const double label = std::holds_alternative<journey::Branch>(node.op) ? m_metrics.labelWidth : 0;
        std::vector<double> widths{m_metrics.portWidth + label};
        std::vector<std::pair<int, int>> edges;
        const auto branches = journey::children(node);
        const int join = static_cast<int>(branches.size()) + 1;
        for (const auto& branch : branches) {
            block.parts.push_back(build(*branch));
            edges.emplace_back(0, static_cast<int>(widths.size()));
            edges.emplace_back(static_cast<int>(widths.size()), join);
            widths.push_back(block.parts.back().width);
        }
        widths.push_back(m_metrics.portWidth);
        const auto lefts = columns(widths, edges, m_metrics.stepGap);

        block.bend = lefts.back();
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            block.corners.push_back({lefts[i + 1], block.height + (i > 0 ? m_metrics.branchGap : 0)});
            block.height = block.corners[i].y + block.parts[i].height;
            block.bend = std::min(block.bend, lefts[i + 1]);
            block.rejoin = std::max(block.rejoin, lefts[i + 1] + block.parts[i].width);
        }
        block.bend -= label;
        block.width = lefts.back() + widths.back();
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
        block.bend += dx;
        block.rejoin += dx;
        block.axis += dy;
        block.width = width;
        block.height = std::max(block.height + dy + m_metrics.padding, least.height);
    }

    const BoxSize& m_boxSize;
    const Metrics& m_metrics;
};

void straight(std::vector<Point>& path, Point to)
{
    const Point from = path.back();
    path.push_back({from.x + (to.x - from.x) / 3, from.y + (to.y - from.y) / 3});
    path.push_back({from.x + (to.x - from.x) * 2 / 3, from.y + (to.y - from.y) * 2 / 3});
    path.push_back(to);
}

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

/// Out to the right, back at the height `way`, and in from the left at `leftmost`.
void back(std::vector<Point>& path, double rightmost, double way, double leftmost, Point to)
{
    const Point from = path.back();
    const double radius = std::min(rightmost - from.x, std::min(way - from.y, to.y - way) / 2);
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

void swing(std::vector<Point>& path, Point to)
{
    const Point from = path.back();
    if (from.y == to.y)
        return straight(path, to);
    const double middle = (from.x + to.x) / 2;
    path.insert(path.end(), {{middle, from.y}, {middle, to.y}, to});
}

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
        m_drawing.bounds = {0, 0, page.width, page.height};
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
        auto way = block.ways.begin();
        for (std::size_t i = 0; i < block.parts.size(); ++i) {
            const auto& part = block.parts[i];
            const Point to{origin.x + block.corners[i].x, origin.y + block.corners[i].y + part.axis};
            Arrow arrow{frame, before, part.node->id, {from}};
            if (to.x > from.x)
                straight(arrow.path, to);
            else // the next row; only a page has several
                back(arrow.path, from.x + m_stepGap / 2, *way++, block.fork.x, to);
            m_drawing.arrows.push_back(std::move(arrow));
            before = part.node->id;
            from = {to.x + part.width, to.y};
        }
        Arrow last{frame, before, {}, {from}};
        straight(last.path, end);
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

Drawing layOut(const journey::ExpressionPtr& root, const BoxSize& boxSize, const Metrics& metrics)
{
    Drawing drawing;
    if (root)
        Placer(drawing).placePage(Builder(boxSize, metrics).page(root), *root, metrics);
    return drawing;
}

} // namespace emac::layout
