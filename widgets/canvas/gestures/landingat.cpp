// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/landingat.h"

#include "core/journey/paths.h"
#include "core/journey/placement.h"
#include "core/journey/structure.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace emac::widgets {

namespace {

using journey::Expression;
using journey::ExpressionPtr;
using journey::Landing;
using journey::NodeId;
using journey::OperatorType;
using journey::Side;

constexpr double barWidth = 6;
constexpr double barLength = 56; ///< across an arrow
constexpr double leastApart = 24; ///< of handles
constexpr double spotDistance = 160; ///< at most, between the places for it on an arrow to another row
constexpr std::size_t longestWithoutTurn = 7; ///< points of a path within a row: two cubics
constexpr double handleMargin = 14; ///< a node's handles are offered this far around it

QRectF bar(QPointF centre, double width, double height)
{
    return {centre.x() - width / 2, centre.y() - height / 2, width, height};
}

/// A place on an arrow to insert at.
struct Spot
{
    QPointF at;
    bool upright = false; ///< the arrow goes up or down there
};

QPointF middleOf(const layout::Arrow& arrow)
{
    const auto at = [&](std::size_t i) { return QPointF(arrow.path[i].x, arrow.path[i].y); };
    const auto pieces = (arrow.path.size() - 1) / 3;
    if (pieces % 2 == 0)
        return at(pieces / 2 * 3);
    const auto i = pieces / 2 * 3; // the middle of a cubic
    return (at(i) + 3 * at(i + 1) + 3 * at(i + 2) + at(i + 3)) / 8;
}

/// The middle; of an arrow that turns to another row, the nearest of some along its straight pieces.
Spot spotOn(const layout::Arrow& arrow, QPointF point)
{
    Spot best{middleOf(arrow)};
    if (arrow.path.size() <= longestWithoutTurn)
        return best;
    const auto at = [&](std::size_t i) { return QPointF(arrow.path[i].x, arrow.path[i].y); };
    for (std::size_t i = 0; i + 3 < arrow.path.size(); i += 3) {
        const QLineF piece(at(i), at(i + 3));
        if (piece.dx() != 0 && piece.dy() != 0)
            continue; // a bend
        const double count = std::ceil(piece.length() / spotDistance);
        for (double k = 0; k < count; ++k) {
            const auto spot = piece.pointAt((k + 0.5) / count);
            if (QLineF(spot, point).length() < QLineF(best.at, point).length())
                best = {spot, piece.dx() == 0};
        }
    }
    return best;
}

double distance(QPointF from, QPointF to, QPointF point)
{
    const auto way = to - from;
    const double square = QPointF::dotProduct(way, way);
    const double t = square > 0 ? std::clamp(QPointF::dotProduct(point - from, way) / square, 0.0, 1.0) : 0;
    return QLineF(from + t * way, point).length();
}

double distance(const layout::Arrow& arrow, QPointF point)
{
    constexpr int samples = 24; // of each cubic
    double nearest = 1e9;
    QPointF before(arrow.path.front().x, arrow.path.front().y);
    for (std::size_t i = 0; i + 3 < arrow.path.size(); i += 3) {
        for (int s = 1; s <= samples; ++s) {
            const double t = static_cast<double>(s) / samples;
            const double u = 1 - t;
            const double w[]{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
            QPointF on;
            for (std::size_t k = 0; k < 4; ++k)
                on += w[k] * QPointF(arrow.path[i + k].x, arrow.path[i + k].y);
            nearest = std::min(nearest, distance(before, on, point));
            before = on;
        }
    }
    return nearest;
}

/// Looks at the page as it is without the moved nodes.
class Finder
{
public:
    Finder(const DrawnPage& page, const journey::Cargo* cargo) : m_page(page), m_cargo(cargo)
    {
        if (cargo != nullptr && cargo->moves)
            m_own = commonFrame(page.journey, *cargo);
    }

    LandingPlace at(QPointF point, OnNode onNode) const
    {
        const auto* over = deepest(m_page.root, point);
        if (over != nullptr && isCard(*over))
            return onCard(*over, point, onNode);
        const auto frame = over != nullptr ? over->id : NodeId{};
        if (const auto* arrow = arrowNear(frame, point, m_page.reach)) {
            auto place = onArrow(*arrow, point);
            if (counts(place))
                return place;
        }
        auto place = over != nullptr ? onFrame(*over, point) : onPage(point);
        if (counts(place))
            return place;
        return {std::nullopt, {}, over != nullptr ? m_own == frame : (m_own == NodeId{} || areNewCalls()), frame};
    }

    /// The innermost drawn node at the point; null: the page.
    const Expression* deepest(const ExpressionPtr& node, QPointF point, double margin = 0) const
    {
        if (!node || isCarried(node->id))
            return nullptr;
        const auto box = boxOf(node->id);
        if (box && !box->adjusted(-margin, -margin, margin, margin).contains(point))
            return nullptr;
        const Expression* found = box ? node.get() : nullptr;
        journey::anyChild(*node, [&](const auto& child) {
            const auto* inner = deepest(child, point, margin);
            if (inner != nullptr)
                found = inner;
            return inner != nullptr;
        });
        return found;
    }

    const layout::Arrow* arrowNear(NodeId frame, QPointF point, double reach) const
    {
        const layout::Arrow* nearest = nullptr;
        for (const auto& arrow : m_page.drawing.arrows) {
            if (groundOf(arrow) != frame)
                continue;
            const double away = distance(arrow, point);
            if (away <= reach) {
                reach = away;
                nearest = &arrow;
            }
        }
        return nearest;
    }

    /// A branch near a fork or join, else a step in the way of the arrow.
    LandingPlace onArrow(const layout::Arrow& arrow, QPointF point) const
    {
        const auto ports = m_page.drawing.ports.find(arrow.frame);
        if (ports != m_page.drawing.ports.end()) {
            const auto& port = arrow.from == NodeId{} ? ports->second.fork : ports->second.join;
            const auto frame = journey::findNode(m_page.journey, arrow.frame);
            if (frame && QLineF(QPointF(port.x, port.y), point).length() <= 2 * m_page.reach)
                return branchOf(*frame, point);
        }
        return inTheWay(arrow, spotOn(arrow, point));
    }

    /// A step there.
    LandingPlace inTheWay(const layout::Arrow& arrow, const Spot& spot) const
    {
        const auto mark = spot.upright ? bar(spot.at, barLength, barWidth) : bar(spot.at, barWidth, barLength);
        if (arrow.from != NodeId{} && !isCarried(arrow.from))
            return {journey::Beside{arrow.from, Side::After}, mark};
        if (arrow.to != NodeId{} && !isCarried(arrow.to))
            return {journey::Beside{arrow.to, Side::Before}, mark};
        return {};
    }

private:
    bool isCarried(NodeId id) const
    {
        return m_cargo != nullptr && m_cargo->moves
               && std::ranges::any_of(m_cargo->nodes, [id](const auto& node) { return node->id == id; });
    }
    /// Of components that nothing calls yet: they may lie loose.
    bool areNewCalls() const
    {
        if (!m_page.isJourney || m_cargo == nullptr || m_cargo->moves)
            return false;
        return std::ranges::all_of(m_cargo->nodes, [this](const ExpressionPtr& node) {
            const auto* call = std::get_if<journey::Call>(&node->op);
            return call != nullptr && journey::callsOf(m_page.journey, call->component) == 0;
        });
    }
    /// The edit changes something.
    bool counts(const LandingPlace& place) const
    {
        return place.landing && journey::puttingDown(m_page.journey, *m_cargo, *place.landing);
    }
    std::optional<QRectF> boxOf(NodeId id) const
    {
        const auto found = m_page.drawing.boxes.find(id);
        if (found == m_page.drawing.boxes.end())
            return std::nullopt;
        const auto& box = found->second;
        return QRectF(box.x, box.y, box.width, box.height);
    }
    /// Nothing drawn lies in it.
    bool isCard(const Expression& node) const
    {
        return !journey::anyChild(node, [this](const auto& child) { return boxOf(child->id).has_value(); });
    }
    /// The drawn frame that the arrow lies in; 0: the page.
    NodeId groundOf(const layout::Arrow& arrow) const { return boxOf(arrow.frame) ? arrow.frame : NodeId{}; }

    LandingPlace onCard(const Expression& node, QPointF point, OnNode onNode) const
    {
        const auto box = *boxOf(node.id);
        const bool after = point.x() >= box.center().x();
        const auto type = onNode == OnNode::Race ? OperatorType::Race : OperatorType::Parallel;
        auto place =
            onNode == OnNode::Series
                ? LandingPlace{journey::Beside{node.id, after ? Side::After : Side::Before},
                               bar({after ? box.right() : box.left(), box.center().y()}, barWidth, box.height())}
                : LandingPlace{journey::Together{node.id, type}, box};
        place.onCard = true;
        if (counts(place))
            return place;
        return {};
    }

    LandingPlace onFrame(const Expression& frame, QPointF point) const
    {
        if (m_page.drawing.ports.contains(frame.id))
            return branchOf(frame, point);
        return m_own == frame.id ? LandingPlace{} : stepOf(frame, point);
    }

    LandingPlace onPage(QPointF point) const
    {
        if (!m_page.root)
            return {journey::OnEmptyGround{}, bar(point, barWidth, barLength)};
        const auto* arrow = m_own == NodeId{} || areNewCalls() ? nullptr : arrowNear({}, point, 1e9);
        if (arrow == nullptr)
            return {};
        auto place = onArrow(*arrow, point);
        place.far = distance(*arrow, point) > m_page.reach;
        return place;
    }

    /// Children that stay, with their index among all.
    struct Child
    {
        std::size_t index;
        QRectF box;
    };
    std::vector<Child> staying(const Expression& frame) const
    {
        std::vector<Child> result;
        std::size_t index = 0;
        journey::forEachChild(frame, [&](const auto& child) {
            const auto box = boxOf(child->id);
            if (box && !isCarried(child->id))
                result.push_back({index, *box});
            ++index;
        });
        return result;
    }

    LandingPlace branchOf(const Expression& frame, QPointF point) const
    {
        const auto branches = staying(frame);
        if (branches.empty())
            return {};
        QRectF all;
        for (const auto& branch : branches)
            all |= branch.box;
        const auto below =
            std::ranges::find_if(branches, [&](const Child& branch) { return branch.box.center().y() > point.y(); });
        const journey::Into landing{frame.id, below == branches.end() ? journey::childCount(frame) : below->index};
        double y = all.top() - m_page.reach / 2;
        if (below == branches.end())
            y = all.bottom() + m_page.reach / 2;
        else if (below != branches.begin())
            y = (std::prev(below)->box.bottom() + below->box.top()) / 2;
        return {landing, bar({all.center().x(), y}, all.width(), barWidth)};
    }

    LandingPlace stepOf(const Expression& frame, QPointF point) const
    {
        const auto steps = staying(frame);
        if (steps.empty())
            return {};
        const auto behind =
            std::ranges::find_if(steps, [&](const Child& step) { return step.box.center().x() > point.x(); });
        const bool last = behind == steps.end();
        const auto& beside = last ? steps.back().box : behind->box;
        const double x = last ? beside.right() + m_page.reach / 2 : beside.left() - m_page.reach / 2;
        return {journey::Into{frame.id, last ? journey::childCount(frame) : behind->index},
                bar({x, beside.center().y()}, barWidth, beside.height())};
    }

    const DrawnPage& m_page;
    const journey::Cargo* m_cargo;
    std::optional<NodeId> m_own; ///< the frame that all moved nodes stand in
};

/// The handles of a page, each place but once, and none on another one.
class Handles
{
public:
    explicit Handles(const DrawnPage& page) : m_page(page) { }

    void add(QPointF at, const Landing& landing)
    {
        const auto place = journey::settled(m_page.journey, landing);
        const auto isThere = [&](const Handle& other) {
            return other.place == place || QLineF(other.at, at).length() < leastApart;
        };
        if (std::ranges::any_of(m_handles, isThere))
            return;
        m_handles.push_back({at, place});
        m_offered.push_back({at, landing});
    }
    void addAround(NodeId node)
    {
        const auto box = m_page.drawing.boxes.find(node);
        const auto axis = m_page.drawing.axes.find(node);
        if (box == m_page.drawing.boxes.end() || axis == m_page.drawing.axes.end())
            return;
        add({box->second.x + box->second.width, axis->second}, journey::Beside{node, Side::After});
        add({box->second.x, axis->second}, journey::Beside{node, Side::Before});
    }
    std::vector<AddHandle> taken() { return std::move(m_offered); }

private:
    struct Handle
    {
        QPointF at;
        Landing place; ///< settled
    };
    const DrawnPage& m_page;
    std::vector<Handle> m_handles;
    std::vector<AddHandle> m_offered;
};

} // namespace

LandingPlace landingAt(const DrawnPage& page, QPointF point, const journey::Cargo& cargo, OnNode onNode)
{
    return Finder(page, &cargo).at(point, onNode);
}

std::vector<AddHandle> addHandles(const DrawnPage& page, QPointF point, NodeId selected)
{
    Handles handles(page);
    const Finder finder(page, nullptr);
    if (const auto* over = finder.deepest(page.root, point, handleMargin))
        handles.addAround(over->id);
    handles.addAround(selected);
    const auto* inside = finder.deepest(page.root, point);
    const auto* arrow = finder.arrowNear(inside != nullptr ? inside->id : NodeId{}, point, page.reach);
    if (arrow != nullptr) {
        const auto spot = spotOn(*arrow, point);
        if (const auto landing = finder.inTheWay(*arrow, spot).landing)
            handles.add(spot.at, *landing);
    }
    return handles.taken();
}

} // namespace emac::widgets
