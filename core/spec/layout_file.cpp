// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/spec/layout_file.h"

#include "core/journey/paths.h"
#include "core/yaml/quoting.h"

#include <algorithm>
#include <map>

namespace emac::spec {

using namespace journey;

namespace {

/// YAML readers take a longer key for a key only where a question mark says so.
constexpr std::size_t longestPlainKey = 1000;

std::string numberText(double value)
{
    return base::Decimal::fromDouble(value == 0 ? 0.0 : value).toString(); // no -0
}

std::string offsetText(const Offset& at)
{
    return "x: " + numberText(at.x) + ", y: " + numberText(at.y);
}

std::string entryText(const std::string& key, const Offset& at)
{
    const auto written = yaml::canonicalText(key);
    const auto value = ": {" + offsetText(at) + "}\n";
    return written.size() <= longestPlainKey ? "  " + written + value : "  ? " + written + "\n  " + value;
}

/// By place key, in its order. Where a node and an unmatched entry have the same key, the node's holds.
std::map<std::string, Offset> placedByKey(const Placement& placement, const Journey& journey)
{
    std::map<std::string, Offset> placed;
    if (!placement.nodes.empty()) {
        for (const auto& place : nodePlaces(journey)) {
            const auto found = placement.nodes.find(place.node->id);
            if (found != placement.nodes.end())
                placed.emplace(place.key, found->second);
        }
    }
    placed.insert(placement.unmatched.begin(), placement.unmatched.end());
    return placed;
}

} // namespace

std::string writeLayout(const Placement& placement, const Journey& journey)
{
    const auto placed = placedByKey(placement, journey);
    auto loose = placement.loose;
    std::ranges::stable_sort(loose, {}, &LooseComponent::component);
    if (placed.empty() && loose.empty())
        return {};
    std::string text = "apiVersion: emac.dev/v1alpha1\nkind: JourneyLayout\n";
    if (!placed.empty())
        text += "nodes:\n";
    for (const auto& [key, at] : placed)
        text += entryText(key, at);
    if (!loose.empty())
        text += "loose:\n";
    for (const auto& [component, at] : loose)
        text += "  - {component: " + yaml::canonicalText(component) + ", " + offsetText(at) + "}\n";
    return text;
}

} // namespace emac::spec
