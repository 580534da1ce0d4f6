// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/journeyscene.h"

#include "core/journey/paths.h"
#include "widgets/common/theme.h"

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::NodeId;
using journey::OperatorType;

// Frames, lines, marks and cards of one depth lie over all of the depth above.
double zOf(int depth, double layer)
{
    return depth + layer;
}
constexpr double lineLayer = 0.3;
constexpr double wayLayer = 1e-5;
constexpr double markLayer = 0.6;

bool isBox(const journey::Expression& node)
{
    const auto type = journey::typeOf(node);
    return type == OperatorType::Call || type == OperatorType::Use;
}

} // namespace

bool hasMoreNodes(const journey::ExpressionPtr& node, int& most)
{
    if (!node)
        return false;
    if (--most < 0)
        return true;
    return journey::anyChild(*node, [&most](const auto& child) { return hasMoreNodes(child, most); });
}

JourneyScene::JourneyScene(QObject* parent) : JourneyScene(CanvasStyle(), parent) { }

JourneyScene::JourneyScene(CanvasStyle style, QObject* parent) : QGraphicsScene(parent), m_style(std::move(style))
{
    setBackgroundBrush(theme::canvas());
}

JourneyScene::~JourneyScene()
{
    // The items are ours, not the scene's: they leave it before it goes.
    m_flow.clear();
    m_items.clear();
}

bool JourneyScene::setJourney(const journey::Journey& journey, const std::string& fragment,
                              const CanvasNumbers& numbers)
{
    m_journey = journey;
    m_root = fragment.empty() ? journey.root : journey.fragment(fragment);
    m_uses = fragmentUses(journey);
    m_places.clear();
    m_order.clear();
    std::map<NodeId, std::size_t> counts;
    for (auto& place : journey::nodePlaces(journey)) {
        if (place.fragment != fragment)
            continue;
        m_order.push_back(place.node->id);
        m_places.emplace(place.node->id, Place{place.node, place.parent, place.depth, counts[place.parent]++});
    }
    auto looks = std::exchange(m_looks, {});
    const auto before = std::exchange(m_shape, {});
    for (const auto id : m_order) {
        const auto& place = m_places.at(id);
        auto look = lookOf(*place.node, m_journey, m_uses, numbers);
        m_shape.push_back({id, place.parent, look.type, m_style.sizeOf(look)});
        if (const auto known = looks.find(id);
            known != looks.end() && numbers.analysis == nullptr) { // until newer numbers come
            look.numbers = known->second.numbers;
            look.heat = known->second.heat;
            look.badges = known->second.badges;
            look.stale = known->second.stale;
        }
        m_looks.emplace(id, look);
        if (const auto drawn = m_items.find(id); drawn != m_items.end())
            drawn->second->setLook(look);
    }
    if (m_shape != before)
        return true;
    if (m_drawnShape == m_shape)
        drawFlow(); // a probability may read otherwise
    return false;
}

LayoutThread::Request JourneyScene::layoutRequest() const
{
    LayoutThread::Request request{m_root, {}, m_style.layout};
    for (const auto& box : m_shape)
        request.sizes.emplace(box.id, box.size);
    return request;
}

void JourneyScene::setDrawing(layout::Drawing drawing)
{
    m_drawing = std::move(drawing);
    m_drawnShape = m_shape;
    std::erase_if(m_items, [&](const auto& entry) { return !m_drawing.boxes.contains(entry.first); });
    for (const auto id : m_order) {
        const auto box = m_drawing.boxes.find(id);
        if (box == m_drawing.boxes.end())
            continue; // a root series has no frame
        auto* item = ensureItem(m_places.at(id));
        item->setBox({box->second.x, box->second.y, box->second.width, box->second.height});
        if (auto* frame = dynamic_cast<FrameItem*>(item)) {
            const auto ports = m_drawing.ports.find(id);
            frame->setPorts(ports == m_drawing.ports.end() ? std::nullopt : std::optional(ports->second));
        }
    }
    drawFlow();
}

QRectF JourneyScene::contentRect() const
{
    return {m_drawing.bounds.x, m_drawing.bounds.y, m_drawing.bounds.width, m_drawing.bounds.height};
}

void JourneyScene::drawFlow()
{
    m_flow.clear();
    if (!isEmpty()) {
        addArrows();
        addMarks();
    }
}

int JourneyScene::setNumbers(const CanvasNumbers& numbers)
{
    int changed = 0;
    for (auto& [id, look] : m_looks) {
        look = lookOf(*m_places.at(id).node, m_journey, m_uses, numbers);
        const auto drawn = m_items.find(id);
        if (drawn != m_items.end() && drawn->second->setLook(look))
            ++changed;
    }
    return changed;
}

const NodeItem* JourneyScene::item(NodeId id) const
{
    const auto found = m_items.find(id);
    return found == m_items.end() ? nullptr : found->second.get();
}

NodeItem* JourneyScene::ensureItem(const Place& place)
{
    auto& item = m_items[place.node->id];
    const bool box = isBox(*place.node);
    if (item && box != (dynamic_cast<CardItem*>(item.get()) != nullptr))
        item.reset(); // a call became an operator, or the other way round
    if (!item) {
        if (box)
            item = std::make_unique<CardItem>(place.node->id, m_style);
        else
            item = std::make_unique<FrameItem>(place.node->id, m_style);
        addItem(item.get());
    }
    item->setZValue(zOf(place.depth, 0));
    item->setLook(m_looks.at(place.node->id));
    return item.get();
}

void JourneyScene::addArrows()
{
    for (const auto& arrow : m_drawing.arrows) {
        ArrowItem::Line line;
        line.points = arrow.path;
        const auto* frame = place(arrow.frame);
        const auto* to = place(arrow.to);
        const bool fan = m_drawing.ports.contains(arrow.frame);
        const bool onPage = m_items.find(arrow.frame) == m_items.end();
        line.head = onPage || (arrow.to != NodeId{} && (fan || arrow.from != NodeId{}));
        if (fan) {
            line.colour = theme::operatorColour(journey::typeOf(*frame->node));
            const auto* way = to != nullptr ? to : place(arrow.from);
            if (std::holds_alternative<journey::Fallback>(frame->node->op)) {
                line.dashed = way->index > 0;
                if (to != nullptr)
                    line.label = QString::number(to->index + 1);
            }
            if (const auto* branch = std::get_if<journey::Branch>(&frame->node->op);
                branch != nullptr && to != nullptr) {
                const auto& choice = branch->choices[to->index];
                line.label = probabilityText(choice.probability);
                line.caption = QString::fromStdString(choice.label);
            }
        }
        auto item = std::make_unique<ArrowItem>(std::move(line), m_style);
        // The way to a later alternate passes behind the label of an earlier one.
        const double behind = fan && to != nullptr ? wayLayer * static_cast<double>(to->index) : 0;
        item->setZValue(zOf(frame != nullptr ? frame->depth : -1, lineLayer - behind));
        addItem(item.get());
        m_flow.push_back(std::move(item));
    }
}

void JourneyScene::addMarks()
{
    using Kind = MarkItem::Mark::Kind;
    addMark({Kind::Start, OperatorType::Call, {m_drawing.start.x, m_drawing.start.y}, 0, 0, {}}, zOf(0, markLayer));
    addMark({Kind::End, OperatorType::Call, {m_drawing.end.x, m_drawing.end.y}, 0, 0, {}}, zOf(0, markLayer));
    for (const auto& [id, ports] : m_drawing.ports) {
        const auto& place = m_places.at(id);
        const auto below = journey::children(*place.node);
        const double top = m_drawing.axes.at(below.front()->id);
        const double bottom = m_drawing.axes.at(below.back()->id);
        const auto type = journey::typeOf(*place.node);
        QString text;
        if (const auto* kofn = std::get_if<journey::KofN>(&place.node->op))
            text = QStringLiteral("%1/%2").arg(kofn->k).arg(kofn->branches.size());
        addMark({Kind::Fork, type, {ports.fork.x, ports.fork.y}, top, bottom, {}}, zOf(place.depth, markLayer));
        addMark({Kind::Join, type, {ports.join.x, ports.join.y}, top, bottom, text}, zOf(place.depth, markLayer));
    }
}

void JourneyScene::addMark(MarkItem::Mark mark, double z)
{
    auto item = std::make_unique<MarkItem>(std::move(mark), m_style);
    item->setZValue(z);
    addItem(item.get());
    m_flow.push_back(std::move(item));
}

std::vector<NodeId> JourneyScene::selectedNodes() const
{
    std::vector<NodeId> nodes;
    for (const auto id : m_order) {
        const auto* drawn = item(id);
        if (drawn != nullptr && drawn->isSelected())
            nodes.push_back(id);
    }
    return nodes;
}

void JourneyScene::showSelection(const std::set<NodeId>& nodes, const std::set<std::string>& components)
{
    for (auto& [id, item] : m_items) {
        item->setSelected(nodes.contains(id));
        const auto* shown = place(id);
        const auto* call = shown != nullptr ? std::get_if<journey::Call>(&shown->node->op) : nullptr;
        item->setRelated(call != nullptr && components.contains(call->component));
    }
}

std::vector<NodeId> JourneyScene::callsOf(const std::string& component) const
{
    std::vector<NodeId> calls;
    for (const auto id : m_order) {
        const auto* call = std::get_if<journey::Call>(&m_places.at(id).node->op);
        if (call != nullptr && call->component == component)
            calls.push_back(id);
    }
    return calls;
}

const JourneyScene::Place* JourneyScene::place(NodeId id) const
{
    const auto found = m_places.find(id);
    return found == m_places.end() ? nullptr : &found->second;
}

NodeId JourneyScene::child(NodeId parent, std::size_t index) const
{
    const auto* place = this->place(parent);
    const auto below = place != nullptr ? journey::children(*place->node) : std::vector<journey::ExpressionPtr>{};
    return index < below.size() ? below[index]->id : NodeId{};
}

NodeId JourneyScene::neighbour(NodeId id, Qt::Key key) const
{
    const auto* here = place(id);
    if (here == nullptr)
        return {};
    const auto* above = place(here->parent);
    const bool inSeries = above == nullptr || journey::typeOf(*above->node) == OperatorType::Series;
    const bool along = inSeries == (key == Qt::Key_Left || key == Qt::Key_Right);
    const bool back = key == Qt::Key_Left || key == Qt::Key_Up;
    if (along)
        return back && here->index == 0 ? NodeId{} : child(here->parent, back ? here->index - 1 : here->index + 1);
    const auto target = back ? here->parent : child(id, 0);
    return item(target) != nullptr ? target : NodeId{};
}

NodeId JourneyScene::firstNode() const
{
    const auto found = std::ranges::find_if(m_order, [this](NodeId id) { return item(id) != nullptr; });
    return found == m_order.end() ? NodeId{} : *found;
}

NodeId JourneyScene::lastNode() const
{
    const auto* root = m_order.empty() ? nullptr : place(m_order.front());
    if (root == nullptr || item(root->node->id) != nullptr)
        return firstNode();
    return journey::children(*root->node).back()->id;
}

} // namespace emac::widgets
