// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/structure.h"

#include "core/journey/limits.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace emac::journey {

using base::Code;

namespace {

Fault fault(Code code, std::vector<std::string> arguments = {})
{
    return base::Message{code, std::move(arguments)};
}

bool locate(const ExpressionPtr& node, const ExpressionPtr& parent, std::size_t index, NodeId id, Located& found)
{
    if (node->id == id) {
        found = {node, parent, index};
        return true;
    }
    std::size_t i = 0;
    return anyChild(*node, [&](const ExpressionPtr& child) { return locate(child, node, i++, id, found); });
}

/// Collects the outermost of some nodes.
struct Selector
{
    const std::unordered_set<NodeId>& ids;
    std::vector<Located> outermost{};
    std::size_t seen = 0;

    void visit(const ExpressionPtr& node, const ExpressionPtr& parent, std::size_t index, bool inside)
    {
        const bool hit = ids.contains(node->id);
        seen += hit ? 1 : 0;
        if (hit && !inside)
            outermost.push_back({node, parent, index});
        std::size_t i = 0;
        forEachChild(*node, [&](const ExpressionPtr& child) { visit(child, node, i++, inside || hit); });
    }
};

/// Nesting with fragments written out.
class Depths
{
public:
    explicit Depths(const Journey& journey) : m_journey(journey), m_states(journey.fragments.size())
    {
        for (std::size_t i = 0; i < journey.fragments.size(); ++i)
            m_index.emplace(journey.fragments[i].name, i);
    }

    Fault run()
    {
        int deepest = m_journey.root ? below(*m_journey.root) : 0;
        for (std::size_t i = 0; i < m_states.size(); ++i)
            deepest = std::max(deepest, fragment(i));
        if (!m_fault && m_nodes > mostNodes)
            m_fault = fault(Code::JourneyTooLarge, {std::to_string(mostNodes)});
        if (!m_fault && deepest > deepestNesting)
            m_fault = fault(Code::OperatorsTooDeep, {std::to_string(deepestNesting)});
        return m_fault;
    }

private:
    struct State
    {
        bool open = false;
        int depth = -1; ///< not known yet
    };

    int below(const Expression& node)
    {
        ++m_nodes;
        if (const auto* use = std::get_if<Use>(&node.op)) {
            const auto found = m_index.find(use->fragment);
            return found == m_index.end() ? 0 : 1 + fragment(found->second);
        }
        int deepest = -1;
        forEachChild(node, [&](const ExpressionPtr& child) { deepest = std::max(deepest, below(*child)); });
        return deepest + 1;
    }

    int fragment(std::size_t index)
    {
        auto& state = m_states[index];
        if (state.open) {
            cycle(index);
            return 0;
        }
        if (state.depth < 0) {
            state.open = true;
            m_path.push_back(index);
            state.depth = below(*m_journey.fragments[index].body);
            m_path.pop_back();
            state.open = false;
        }
        return state.depth;
    }

    void cycle(std::size_t target)
    {
        const auto& name = m_journey.fragments[target].name;
        std::string text;
        for (auto step = std::ranges::find(m_path, target); step != m_path.end(); ++step)
            text += m_journey.fragments[*step].name + " → ";
        m_fault = fault(Code::FragmentCycle, {name, text + name});
    }

    const Journey& m_journey;
    std::vector<State> m_states;
    std::unordered_map<std::string_view, std::size_t> m_index;
    std::vector<std::size_t> m_path;
    int m_nodes = 0;
    Fault m_fault;
};

bool hasNullChild(const Expression& node)
{
    return anyChild(node, [](const ExpressionPtr& child) { return !child; });
}

/// Whether it has no child, or a fallback no alternate, although it is no leaf.
bool isHollow(const Expression& node)
{
    const auto type = typeOf(node);
    const std::size_t least = type == OperatorType::Fallback ? 2 : 1;
    return type != OperatorType::Call && type != OperatorType::Use && childCount(node) < least;
}

/// What is to be put into a journey.
struct Newcomers
{
    const Journey& journey;
    std::unordered_set<NodeId> ids{};
    std::unordered_set<std::string_view> names{};

    Fault add(const ExpressionPtr& node)
    {
        if (!node || !ids.insert(node->id).second || hasNullChild(*node) || isHollow(*node))
            return fault(Code::NodeNotNew);
        if (auto found = own(*node))
            return found;
        Fault found;
        anyChild(*node, [&](const ExpressionPtr& child) { return (found = add(child)).has_value(); });
        return found;
    }

    Fault own(const Expression& node)
    {
        if (!node.name.empty()) {
            if (auto found = nameFault(node.name, "id"))
                return found;
            if (!names.insert(node.name).second)
                return fault(Code::NameTaken, {node.name});
        }
        if (auto found = operatorFault(node.op))
            return found;
        if (const auto* call = std::get_if<Call>(&node.op);
            call != nullptr && !journey.components.find(call->component))
            return fault(Code::UnknownComponent, {call->component});
        if (const auto* use = std::get_if<Use>(&node.op); use != nullptr && !journey.fragment(use->fragment))
            return fault(Code::UnknownFragment, {use->fragment});
        return {};
    }

    Fault clash(const Expression& there) const
    {
        if (ids.contains(there.id))
            return fault(Code::NodeNotNew);
        if (!there.name.empty() && names.contains(there.name))
            return fault(Code::NameTaken, {there.name});
        return {};
    }
};

} // namespace

std::optional<Located> locate(const Journey& journey, NodeId id)
{
    Located found;
    if (journey.root && locate(journey.root, nullptr, 0, id, found))
        return found;
    for (const auto& fragment : journey.fragments) {
        if (locate(fragment.body, nullptr, 0, id, found))
            return found;
    }
    return std::nullopt;
}

std::vector<Located> selection(const Journey& journey, const std::vector<NodeId>& ids)
{
    const std::unordered_set<NodeId> wanted(ids.begin(), ids.end());
    Selector selector{wanted};
    if (journey.root)
        selector.visit(journey.root, nullptr, 0, false);
    for (const auto& fragment : journey.fragments)
        selector.visit(fragment.body, nullptr, 0, false);
    return selector.seen == wanted.size() ? std::move(selector.outermost) : std::vector<Located>{};
}

Siblings siblings(const Journey& journey, const std::vector<NodeId>& ids)
{
    auto nodes = selection(journey, ids);
    if (nodes.empty())
        return {{}, fault(Code::ElementGone)};
    const auto parent = nodes.front().parent;
    const bool together =
        parent && std::ranges::all_of(nodes, [&](const Located& one) { return one.parent == parent; });
    if (nodes.size() > 1 && !together)
        return {{}, fault(Code::NotSiblings)};
    return {std::move(nodes), {}};
}

std::size_t callsOf(const Journey& journey, std::string_view component)
{
    std::size_t count = 0;
    forEachNode(journey, [&](const ExpressionPtr& node) {
        const auto* call = std::get_if<Call>(&node->op);
        count += call != nullptr && call->component == component ? 1 : 0;
    });
    return count;
}

std::size_t usesOf(const Journey& journey, std::string_view fragment)
{
    std::size_t count = 0;
    forEachNode(journey, [&](const ExpressionPtr& node) {
        const auto* use = std::get_if<Use>(&node->op);
        count += use != nullptr && use->fragment == fragment ? 1 : 0;
    });
    return count;
}

bool hasNodeName(const Journey& journey, std::string_view name)
{
    bool found = false;
    forEachNode(journey, [&](const ExpressionPtr& node) { found = found || node->name == name; });
    return found;
}

Fault structureFault(const Journey& journey)
{
    return Depths(journey).run();
}

Fault insertionFault(const Journey& journey, const std::vector<ExpressionPtr>& trees)
{
    Newcomers newcomers{journey};
    for (const auto& tree : trees) {
        if (auto found = newcomers.add(tree))
            return found;
    }
    Fault found;
    forEachNode(journey, [&](const ExpressionPtr& node) {
        if (!found)
            found = newcomers.clash(*node);
    });
    return found;
}

} // namespace emac::journey
