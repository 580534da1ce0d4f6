// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/intervalrows.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"

#include <QCoreApplication>

#include <functional>

namespace emac::widgets {

namespace {

struct Found
{
    journey::ExpressionPtr node;
    journey::ExpressionPtr parent;
};

using Wanted = std::function<bool(const journey::Expression&)>;

Found search(const journey::ExpressionPtr& tree, const journey::ExpressionPtr& parent, const Wanted& wanted)
{
    if (!tree)
        return {};
    if (wanted(*tree))
        return {tree, parent};
    for (const auto& child : journey::children(*tree)) {
        if (auto found = search(child, tree, wanted); found.node)
            return found;
    }
    return {};
}

Found search(const journey::Journey& journey, const Wanted& wanted)
{
    if (auto found = search(journey.root, nullptr, wanted); found.node)
        return found;
    for (const auto& fragment : journey.fragments) {
        if (auto found = search(fragment.body, nullptr, wanted); found.node)
            return found;
    }
    return {};
}

Found selectedNode(const journey::Journey& journey, const journey::Element& selected)
{
    using Kind = journey::Element::Kind;
    switch (selected.kind) {
    case Kind::Node:
        return search(journey, [&](const journey::Expression& node) { return node.id == selected.node; });
    case Kind::Component:
        return search(journey, [&](const journey::Expression& node) {
            const auto* call = std::get_if<journey::Call>(&node.op);
            return call && call->component == selected.name;
        });
    case Kind::Fragment:
        return {journey.fragment(selected.name), nullptr};
    default:
        return {};
    }
}

IntervalRow rowOf(const journey::ExpressionPtr& node, int depth, const analysis::Analysis* analysis)
{
    IntervalRow row{journey::Element::ofNode(node->id), nodeLabel(node), depth, {}};
    if (const auto* values = analysis ? analysis->find(node->id) : nullptr)
        row.values = *values;
    return row;
}

} // namespace

QString nodeLabel(const journey::ExpressionPtr& node)
{
    const auto type = journey::typeOf(*node);
    const auto name = QString::fromStdString(journey::displayName(*node));
    if (!node->name.empty() || type == journey::OperatorType::Call || type == journey::OperatorType::Use)
        return name;
    QStringList below;
    for (const auto& child : journey::children(*node))
        below << QString::fromStdString(journey::displayName(*child));
    return QCoreApplication::translate("emac::chart", "%1: %2")
        .arg(operatorTitle(type), below.join(QStringLiteral(", ")));
}

std::vector<IntervalRow> intervalRows(const journey::Intent& intent, const QString& title,
                                      const analysis::Analysis* analysis, const journey::Element& selected)
{
    std::vector<IntervalRow> rows;
    const auto& journey = intent.journey;
    if (!journey.root)
        return rows;
    IntervalRow whole{journey::Element::journey(), title, 0, {}};
    if (analysis)
        whole.values = analysis->journey;
    rows.push_back(std::move(whole));

    auto [node, parent] = selectedNode(journey, selected);
    if (!node)
        node = journey.root;
    if (journey::typeOf(*node) == journey::OperatorType::Call) {
        if (parent && parent != journey.root)
            rows.push_back(rowOf(parent, 1, analysis));
        rows.push_back(rowOf(node, 2, analysis));
        return rows;
    }
    if (node != journey.root)
        rows.push_back(rowOf(node, 1, analysis));
    if (const auto* use = std::get_if<journey::Use>(&node->op)) {
        if (const auto body = journey.fragment(use->fragment))
            rows.push_back(rowOf(body, 2, analysis));
        return rows;
    }
    for (const auto& child : journey::children(*node))
        rows.push_back(rowOf(child, 2, analysis));
    return rows;
}

} // namespace emac::widgets
