// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editing/nodeselection.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/document/pages.h"

#include <QCoreApplication>

#include <algorithm>

namespace emac::widgets {

using journey::OperatorType;

QString nodeWords(const journey::Expression& node)
{
    const auto type = journey::typeOf(node);
    const bool named = !node.name.empty() || type == OperatorType::Call || type == OperatorType::Use;
    return named ? QString::fromStdString(journey::displayName(node)) : operatorTitle(type);
}

Selection wholePage(JourneyDocument& document)
{
    Selection all;
    if (!document.isReadable())
        return all;
    const auto root = shownTree(document);
    if (root && journey::typeOf(*root) == OperatorType::Series) {
        for (const auto& step : journey::children(*root))
            all.push_back(journey::Element::ofNode(step->id));
    } else if (root) {
        all.push_back(journey::Element::ofNode(root->id));
    }
    if (document.selection()->page().empty()) {
        const auto& journey = document.intent().journey;
        for (const auto& loose : document.value().placement.loose) {
            if (journey.components.find(loose.component) && journey::callsOf(journey, loose.component) == 0)
                all.push_back(journey::Element::component(loose.component));
        }
    }
    return all;
}

journey::DomainRule ruleNamed(std::string name)
{
    journey::DomainRule rule;
    rule.name = std::move(name);
    return rule;
}

NodeSelection::NodeSelection(JourneyDocument& document)
{
    if (!document.isReadable())
        return;
    const auto& journey = document.intent().journey;
    std::vector<journey::NodeId> ids;
    for (const auto& element : document.selection()->elements()) {
        if (element.kind == journey::Element::Kind::Node)
            ids.push_back(element.node);
        else if (const auto body =
                     element.kind == journey::Element::Kind::Fragment ? journey.fragment(element.name) : nullptr)
            ids.push_back(body->id);
    }
    if (!ids.empty())
        m_all = journey::selection(journey, ids);
}

std::vector<journey::NodeId> NodeSelection::ids() const
{
    std::vector<journey::NodeId> ids;
    for (const auto& one : m_all)
        ids.push_back(one.node->id);
    return ids;
}

journey::ExpressionPtr NodeSelection::single() const
{
    return m_all.size() == 1 ? m_all.front().node : nullptr;
}

bool NodeSelection::isSingle(OperatorType type) const
{
    return m_all.size() == 1 && journey::typeOf(*m_all.front().node) == type;
}

bool NodeSelection::isSingleOperator() const
{
    return m_all.size() == 1 && !isSingle(OperatorType::Call) && !isSingle(OperatorType::Use);
}

bool NodeSelection::areOperatorsOtherThan(OperatorType type) const
{
    const auto isLeaf = [](const auto& one) {
        return journey::typeOf(*one.node) == OperatorType::Call || journey::typeOf(*one.node) == OperatorType::Use;
    };
    return std::ranges::none_of(m_all, isLeaf)
           && std::ranges::any_of(m_all, [type](const auto& one) { return journey::typeOf(*one.node) != type; });
}

bool NodeSelection::areSiblings() const
{
    if (m_all.size() <= 1)
        return !m_all.empty();
    const auto& parent = m_all.front().parent;
    return parent && std::ranges::all_of(m_all, [&parent](const auto& one) { return one.parent == parent; });
}

bool NodeSelection::canMove(int direction) const
{
    if (!areSiblings() || !m_all.front().parent)
        return false;
    const auto first = m_all.front().index;
    if (m_all.back().index - first != m_all.size() - 1)
        return false;
    return direction < 0 ? first > 0 : m_all.back().index + 1 < journey::childCount(*m_all.front().parent);
}

QString NodeSelection::words() const
{
    if (const auto node = single())
        return nodeWords(*node);
    return QCoreApplication::translate("emac::NodeSelection", "%n nodes", nullptr, static_cast<int>(m_all.size()));
}

Selection newlySelected(const journey::Intent& intent, const journey::Edit& edit,
                        const std::vector<journey::ExpressionPtr>& nodes)
{
    const auto after = journey::apply(intent, edit);
    Selection select;
    for (const auto& node : nodes) {
        if (!after.value || journey::findNode(after.value->journey, node->id)) {
            select.push_back(journey::Element::ofNode(node->id));
            continue;
        }
        for (const auto& child : journey::children(*node))
            select.push_back(journey::Element::ofNode(child->id));
    }
    return select;
}

Selection selectionAfter(const std::vector<journey::Located>& removed, const journey::Journey& before,
                         const journey::Journey& after)
{
    auto gone = removed.empty() ? std::nullopt : journey::locate(before, removed.back().node->id);
    for (; gone && gone->parent; gone = journey::locate(before, gone->parent->id)) {
        auto siblings = journey::children(*gone->parent);
        // Those behind come first, then those before, the nearest first.
        std::reverse(siblings.begin(), siblings.begin() + static_cast<std::ptrdiff_t>(gone->index));
        std::rotate(siblings.begin(), siblings.begin() + static_cast<std::ptrdiff_t>(gone->index), siblings.end());
        siblings.push_back(gone->parent);
        for (const auto& candidate : siblings) {
            if (journey::findNode(after, candidate->id))
                return {journey::Element::ofNode(candidate->id)};
        }
    }
    return {};
}

} // namespace emac::widgets
