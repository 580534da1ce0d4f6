// SPDX-License-Identifier: GPL-3.0-or-later
// What of the scene is selected, hidden, and next to what.
#include "widgets/canvas/journeyscene.h"

#include <QGraphicsSceneMouseEvent>

#include <algorithm>

namespace emac::widgets {

using journey::NodeId;
using journey::OperatorType;

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

Selection JourneyScene::selectedElements() const
{
    Selection elements;
    for (const auto id : selectedNodes())
        elements.push_back(journey::Element::ofNode(id));
    for (const auto& [name, item] : m_loose) {
        if (item->isSelected())
            elements.push_back(journey::Element::component(name));
    }
    return elements;
}

journey::Element JourneyScene::elementOf(const QGraphicsItem* item)
{
    if (const auto* node = dynamic_cast<const NodeItem*>(item))
        return journey::Element::ofNode(node->id());
    const auto* loose = dynamic_cast<const LooseItem*>(item);
    return loose != nullptr ? journey::Element::component(loose->component()) : journey::Element::none();
}

void JourneyScene::showSelection(const std::set<NodeId>& nodes, const std::set<std::string>& components)
{
    for (const auto id : nodes)
        open(id);
    std::set<NodeId> related;
    for (const auto& component : components) {
        for (const auto call : callsOf(component))
            related.insert(shownAs(call));
    }
    for (auto& [id, item] : m_items) {
        item->setSelected(nodes.contains(id));
        item->setRelated(related.contains(id));
    }
    for (auto& [name, item] : m_loose)
        item->setSelected(components.contains(name));
}

QRectF JourneyScene::looseBox(const std::string& component) const
{
    const auto loose = m_loose.find(component);
    return loose == m_loose.end() ? QRectF() : loose->second->box();
}

QRectF JourneyScene::boxOf(const journey::Element& element) const
{
    auto node = element.node;
    if (element.kind == journey::Element::Kind::Component) {
        if (const auto loose = m_loose.find(element.name); loose != m_loose.end())
            return loose->second->box();
        const auto calls = callsOf(element.name);
        node = calls.empty() ? NodeId{} : calls.front();
    }
    const auto* drawn = item(shownAs(node));
    return drawn != nullptr ? drawn->box() : QRectF();
}

QRectF JourneyScene::nameBoxOf(const journey::Element& element) const
{
    if (element.kind == journey::Element::Kind::Component) {
        const auto loose = m_loose.find(element.name);
        return loose == m_loose.end() ? QRectF() : loose->second->nameBox();
    }
    const auto* drawn = item(element.node);
    return drawn != nullptr ? drawn->nameBox() : QRectF();
}

bool JourneyScene::canClose(NodeId id) const
{
    const auto* found = place(id);
    if (found == nullptr || journey::childCount(*found->node) == 0)
        return false;
    return found->node != m_root || journey::typeOf(*m_root) != OperatorType::Series;
}

NodeId JourneyScene::shownAs(NodeId id) const
{
    const auto* found = place(id);
    return found != nullptr ? found->shownAs : NodeId{};
}

NodeId JourneyScene::parentOf(NodeId id) const
{
    const auto* found = place(id);
    return found != nullptr ? found->parent : NodeId{};
}

void JourneyScene::setCollapsed(std::set<NodeId> operators)
{
    m_collapsed = std::move(operators);
    auto shape = shapeNow();
    std::swap(m_shape, shape);
    if (m_shape != shape)
        emit layoutNeeded();
}

void JourneyScene::open(NodeId id)
{
    auto collapsed = m_collapsed;
    for (const auto* node = place(id); node != nullptr; node = place(node->parent))
        collapsed.erase(node->parent);
    if (collapsed != m_collapsed)
        setCollapsed(std::move(collapsed));
}

bool JourneyScene::clickDisclosure(const QGraphicsSceneMouseEvent& event)
{
    if (event.button() != Qt::LeftButton)
        return false;
    for (const auto* item : items(event.scenePos())) {
        const auto* node = dynamic_cast<const NodeItem*>(item);
        if (node == nullptr)
            continue;
        if (!node->disclosure().contains(event.scenePos()))
            return false;
        emit disclosureClicked(journey::Element::ofNode(node->id()));
        return true;
    }
    return false;
}

void JourneyScene::mousePressEvent(QGraphicsSceneMouseEvent* event)
{
    if (clickDisclosure(*event))
        event->accept();
    else
        QGraphicsScene::mousePressEvent(event);
}

void JourneyScene::mouseDoubleClickEvent(QGraphicsSceneMouseEvent* event)
{
    if (clickDisclosure(*event)) // two clicks on it are two clicks
        event->accept();
    else
        QGraphicsScene::mouseDoubleClickEvent(event);
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
    const auto below = journey::children(*root->node);
    return below.empty() ? NodeId{} : below.back()->id; // a single call that is not drawn yet
}

} // namespace emac::widgets
