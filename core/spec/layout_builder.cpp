// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/layout_builder.h"

#include "core/journey/paths.h"
#include "core/spec/fields.h"
#include "core/spec/scalars.h"

#include <optional>
#include <string_view>
#include <unordered_map>

namespace emac::spec {

using base::Code;
using namespace journey;

namespace {

std::optional<Offset> offset(const Fields& fields)
{
    const auto x = fields.number("x");
    const auto y = fields.number("y");
    return x && y ? std::optional(Offset{*x, *y}) : std::nullopt;
}

void placeNodes(const Fields& document, const Journey& journey, Checker& checker, Placement& placement)
{
    const auto members = document.members("nodes");
    if (members.empty())
        return;
    const auto places = nodePlaces(journey);
    std::unordered_map<std::string_view, NodeId> nodes;
    for (const auto& place : places)
        nodes.emplace(place.key, place.node->id);
    for (const auto& member : members) {
        const auto at = offset(Fields(member.node, checker.faults(), member.reach));
        if (!at)
            continue;
        const auto found = nodes.find(member.name);
        if (found != nodes.end())
            placement.nodes.emplace(found->second, *at);
        else
            placement.unmatched.emplace(member.name, *at);
    }
}

void placeLoose(const Fields& document, Checker& checker, Placement& placement)
{
    std::unordered_map<std::string, std::uint32_t> lines;
    for (const auto& item : document.items("loose")) {
        const Fields fields(item.node, checker.faults(), item.reach);
        const auto component = fields.text("component");
        const auto at = offset(fields);
        if (component.empty() || !at)
            continue;
        const auto& position = fields.entry("component")->value->position;
        const auto [first, added] = lines.emplace(component, position.line);
        if (added)
            placement.loose.push_back({component, *at});
        else
            checker.report(Code::LooseComponentTwice, position, {shortened(component), std::to_string(first->second)});
    }
}

} // namespace

Placement buildLayout(const yaml::Node& root, const Journey& journey, Checker& checker)
{
    checker.check(root, "layout");
    Placement placement;
    if (checker.stopped())
        return placement;
    const Fields document(&root, checker.faults(), Reach::of(root));
    placeNodes(document, journey, checker, placement);
    placeLoose(document, checker, placement);
    return placement;
}

} // namespace emac::spec
