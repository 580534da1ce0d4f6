// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/collapsing.h"

#include "widgets/canvas/journeyscene.h"

#include <algorithm>

namespace emac::widgets {

using journey::Element;
using journey::NodeId;

Collapsing::Collapsing(JourneyScene* scene, SelectionModel* selection, QObject* parent)
    : QObject(parent)
    , m_scene(scene)
    , m_selection(selection)
{
    connect(scene, &JourneyScene::disclosureClicked, this, [this](const Element& element) { toggle(element.node); });
    connect(scene, &JourneyScene::layoutNeeded, this, &Collapsing::changed);
    connect(selection, &SelectionModel::changed, this, &Collapsing::changed);
}

std::set<NodeId> Collapsing::openOnes() const
{
    std::set<NodeId> found;
    for (const auto& element : m_selection->elements()) {
        auto node = m_scene->shownAs(element.node);
        if (!m_scene->canClose(node) || m_scene->isClosed(node))
            node = m_scene->parentOf(node);
        if (m_scene->canClose(node) && !m_scene->isClosed(node))
            found.insert(node);
    }
    return found;
}

std::set<NodeId> Collapsing::closedOnes() const
{
    std::set<NodeId> found;
    for (const auto& element : m_selection->elements()) {
        if (m_scene->isClosed(element.node))
            found.insert(element.node);
    }
    return found;
}

bool Collapsing::canCollapse() const
{
    return !openOnes().empty();
}

bool Collapsing::canExpand() const
{
    return !closedOnes().empty();
}

bool Collapsing::canCollapseAll() const
{
    return std::ranges::any_of(m_scene->nodes(), [this](NodeId id) {
        return m_scene->shownAs(id) == id && m_scene->canClose(id) && !m_scene->isClosed(id);
    });
}

bool Collapsing::canExpandAll() const
{
    return std::ranges::any_of(m_scene->collapsed(), [this](NodeId id) { return m_scene->isClosed(id); });
}

void Collapsing::collapse()
{
    close(openOnes());
}

void Collapsing::expand()
{
    auto operators = m_scene->collapsed();
    for (const auto id : closedOnes())
        operators.erase(id);
    set(std::move(operators));
}

void Collapsing::collapseAll()
{
    std::set<NodeId> all;
    std::ranges::copy_if(m_scene->nodes(), std::inserter(all, all.end()),
                         [this](NodeId id) { return m_scene->canClose(id); });
    close(std::move(all));
}

void Collapsing::expandAll()
{
    set({});
}

void Collapsing::toggle(NodeId id)
{
    if (!m_scene->isClosed(id))
        return close({id});
    auto operators = m_scene->collapsed();
    operators.erase(id);
    set(std::move(operators));
}

bool Collapsing::show(const Element& element)
{
    auto node = element.node;
    if (element.kind == Element::Kind::Component) {
        const auto calls = m_scene->callsOf(element.name);
        node = calls.empty() ? NodeId{} : calls.front();
    }
    m_scene->open(node);
    return m_scene->shownAs(node) == node && m_scene->item(node) == nullptr && node != NodeId{}
           && m_scene->parentOf(node) != NodeId{};
}

void Collapsing::close(std::set<NodeId> operators)
{
    // Selected first: the scene opens what hides something selected.
    Selection elements;
    bool moved = false;
    for (const auto& element : m_selection->elements()) {
        auto shown = element;
        for (auto id = m_scene->parentOf(element.node); id != NodeId{}; id = m_scene->parentOf(id)) {
            if (operators.contains(id))
                shown = Element::ofNode(id); // the outermost
        }
        moved = moved || shown != element;
        if (std::ranges::find(elements, shown) == elements.end())
            elements.push_back(shown);
    }
    if (moved)
        m_selection->select(std::move(elements));
    operators.insert(m_scene->collapsed().begin(), m_scene->collapsed().end());
    set(std::move(operators));
}

void Collapsing::set(std::set<NodeId> operators)
{
    m_scene->setCollapsed(std::move(operators));
    emit changed();
}

} // namespace emac::widgets
