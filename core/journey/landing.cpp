// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/landing.h"

#include "core/journey/rewrite.h"
#include "core/journey/structure.h"

#include <algorithm>
#include <ranges>

namespace emac::journey {

namespace {

bool liesIn(const ExpressionPtr& tree, NodeId id)
{
    bool found = false;
    forEachNode(tree, [&](const ExpressionPtr& node) { found |= node->id == id; });
    return found;
}

std::vector<NodeId> idsOf(const std::vector<ExpressionPtr>& nodes)
{
    std::vector<NodeId> ids;
    ids.reserve(nodes.size());
    for (const auto& node : nodes)
        ids.push_back(node->id);
    return ids;
}

/// Moving within the parent, to where the nodes are already.
bool staysThere(const Journey& journey, const std::vector<NodeId>& ids, NodeId parent, std::size_t index)
{
    const auto side = siblings(journey, ids).nodes;
    if (side.empty() || !side.front().parent || side.front().parent->id != parent)
        return false;
    const auto first = side.front().index;
    return side.back().index - first + 1 == side.size() && index >= first && index <= side.back().index + 1;
}

/// The edits that put the nodes down; none where nothing changes.
class Putting
{
public:
    Putting(const Journey& journey, const Cargo& cargo) : m_journey(journey), m_cargo(cargo), m_ids(idsOf(cargo.nodes))
    {
    }

    std::vector<Edit> operator()(const OnEmptyGround& landing) const
    {
        if (m_cargo.moves)
            return {};
        const auto& first = m_cargo.nodes.front();
        std::vector<Edit> edits{SetRoot{landing.fragment, first}};
        std::vector<ExpressionPtr> rest(m_cargo.nodes.begin() + 1, m_cargo.nodes.end());
        if (typeOf(*first) != OperatorType::Series) // each stands right after the first; of a series, at its end
            std::ranges::reverse(rest);
        for (const auto& node : rest)
            edits.push_back(InsertBeside{first->id, Side::After, node});
        return edits;
    }

    std::vector<Edit> operator()(const Beside& landing) const
    {
        if (!locate(m_journey, landing.node))
            return {};
        const auto there = settled(m_journey, landing);
        if (const auto* into = std::get_if<Into>(&there))
            return (*this)(*into);
        const bool after = landing.side == Side::After;
        if (isInCargo(landing.node))
            return {};
        auto edits = leaving();
        if (after) { // each stands right after the node
            for (const auto& node : m_cargo.nodes | std::views::reverse)
                edits.push_back(InsertBeside{landing.node, Side::After, node});
        } else {
            for (const auto& node : m_cargo.nodes)
                edits.push_back(InsertBeside{landing.node, Side::Before, node});
        }
        return edits;
    }

    std::vector<Edit> operator()(const Into& landing) const
    {
        if (m_cargo.moves) {
            if (isInCargo(landing.parent) || staysThere(m_journey, m_ids, landing.parent, landing.index))
                return {};
            return {MoveNodes{m_ids, landing.parent, landing.index}};
        }
        std::vector<Edit> edits;
        for (const auto& node : m_cargo.nodes | std::views::reverse)
            edits.push_back(InsertChild{landing.parent, landing.index, node});
        return edits;
    }

    std::vector<Edit> operator()(const Together& landing) const
    {
        if (landing.type == OperatorType::Series)
            return (*this)(Beside{landing.node, Side::After});
        if (isInCargo(landing.node))
            return {};
        auto edits = leaving();
        edits.push_back(Wrap{{landing.node}, landing.type, m_cargo.nodes});
        return edits;
    }

private:
    bool isInCargo(NodeId id) const
    {
        return m_cargo.moves && std::ranges::any_of(m_cargo.nodes, [id](const auto& node) { return liesIn(node, id); });
    }
    std::vector<Edit> leaving() const
    {
        return m_cargo.moves ? std::vector<Edit>{RemoveNodes{m_ids}} : std::vector<Edit>{};
    }

    const Journey& m_journey;
    const Cargo& m_cargo;
    std::vector<NodeId> m_ids;
};

/// "service-1", "service-2", …: as many as wanted, none of them the journey's.
std::vector<Component> newComponents(const Journey& journey, std::size_t count)
{
    std::vector<Component> result;
    for (int number = 1; result.size() < count; ++number) {
        auto name = "service-" + std::to_string(number);
        if (!journey.components.find(name))
            result.push_back(componentNamed(std::move(name)));
    }
    return result;
}

} // namespace

Component componentNamed(std::string name)
{
    Component component;
    component.name = std::move(name);
    return component;
}

Cargo newCall(const Journey& journey, std::string component)
{
    Cargo cargo;
    if (component.empty())
        cargo.components = newComponents(journey, 1);
    else if (!journey.components.find(component))
        cargo.components = {componentNamed(component)};
    if (component.empty())
        component = cargo.components.front().name;
    cargo.nodes = {makeExpression(Call{std::move(component)})};
    return cargo;
}

Cargo newUse(std::string fragment)
{
    return {{makeExpression(Use{std::move(fragment)})}};
}

Cargo newOperator(const Journey& journey, OperatorType type)
{
    const bool single = type == OperatorType::Retry || type == OperatorType::Timeout || type == OperatorType::Optional;
    Cargo cargo;
    cargo.components = newComponents(journey, single ? 1 : 2);
    std::vector<ExpressionPtr> calls;
    for (const auto& component : cargo.components)
        calls.push_back(makeExpression(Call{component.name}));
    cargo.nodes = {makeExpression(operatorOver(type, std::move(calls)))};
    return cargo;
}

std::optional<Cargo> moved(const Journey& journey, const std::vector<NodeId>& ids)
{
    Cargo cargo;
    cargo.moves = true;
    for (const auto& place : selection(journey, ids))
        cargo.nodes.push_back(place.node);
    return cargo.nodes.empty() ? std::nullopt : std::optional(std::move(cargo));
}

Landing settled(const Journey& journey, const Landing& landing)
{
    const auto* beside = std::get_if<Beside>(&landing);
    const auto place = beside != nullptr ? locate(journey, beside->node) : std::nullopt;
    if (!place)
        return landing;
    const bool after = beside->side == Side::After;
    if (place->parent && typeOf(*place->parent) == OperatorType::Series)
        return Into{place->parent->id, place->index + (after ? 1 : 0)};
    if (typeOf(*place->node) == OperatorType::Series)
        return Into{place->node->id, after ? childCount(*place->node) : 0};
    return landing;
}

Wrapping wrapping(const Journey& journey, const std::vector<NodeId>& ids, OperatorType type)
{
    using enum OperatorType;
    const auto wrapper = newNodeId();
    const bool ofSeveral = type == Parallel || type == Race || type == KofN || type == Branch || type == Fallback;
    if (!ofSeveral || ids.size() > 1)
        return {Wrap{ids, type, {}, wrapper}, wrapper};
    const auto company = newCall(journey);
    const auto& call = company.nodes.front();
    return {Compound{{AddComponent{company.components.front()}, Wrap{ids, type, {call}, wrapper}}}, wrapper, call->id};
}

std::optional<Edit> puttingDown(const Journey& journey, const Cargo& cargo, const Landing& landing)
{
    auto edits = std::visit(Putting(journey, cargo), landing);
    if (edits.empty())
        return std::nullopt;
    std::vector<Edit> all;
    for (const auto& component : cargo.components)
        all.emplace_back(AddComponent{component});
    for (const auto& fragment : cargo.fragments)
        all.emplace_back(SetRoot{fragment.name, fragment.body});
    std::ranges::move(edits, std::back_inserter(all));
    return all.size() == 1 ? std::move(all.front()) : Edit(Compound{std::move(all)});
}

} // namespace emac::journey
