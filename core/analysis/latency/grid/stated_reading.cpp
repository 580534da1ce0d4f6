// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/stated_reading.h"

#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/leaf_law.h"
#include "core/analysis/latency/grid/stated_times.h"

#include <algorithm>
#include <memory>
#include <span>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;
using Knots = std::vector<journey::LatencyLaw::Knot>;

constexpr int mostLevels = 40; ///< of sums of sums
constexpr std::size_t mostNodes = 256;
constexpr std::size_t mostKnots = 256;

/// Those of all laws that somebody waits for; nothing where a law is not made of knots.
std::optional<std::vector<const Knots*>> knotsBelow(const Plan& plan, std::span<const NodeIndex> nodes)
{
    std::vector<const Knots*> all;
    for (const NodeIndex index : nodes) {
        const auto& node = plan.nodes[index];
        const auto* input = node.type == OperatorType::Call ? plan.components[node.operand].input : nullptr;
        if (input == nullptr || !input->latency)
            continue;
        all.push_back(std::get_if<Knots>(&input->latency->form()));
        if (all.back() == nullptr)
            return std::nullopt;
    }
    return all;
}

bool isRounded(const OutcomeLaw& law)
{
    return std::ranges::any_of(
        law.outcomes, [](const Outcome& outcome) { return outcome.success.radius > 0 || outcome.success.moved > 0; });
}

} // namespace

Reached readExactly(const Plan& plan, NodeIndex node, base::Duration deadline, const OutcomeLaw& law,
                    const Reached& reached, const ReadOnGrid& read)
{
    if (!isRounded(law))
        return reached;
    const auto nodes = waitedFor(plan, node);
    const auto knots = nodes.size() <= mostNodes ? knotsBelow(plan, nodes) : std::nullopt;
    if (!knots)
        return reached;
    std::size_t count = 0;
    for (const auto* one : *knots)
        count += one->size();
    StatedTimes times(deadline);
    for (int i = 0; i < mostLevels && count <= mostKnots && !times.isTooMuch(); ++i) {
        const auto stated = std::make_shared<const StatedTimes>(std::move(times));
        LatencyMemo memo;
        auto exactly = read({base::Duration(1), stated->size() + 1, stated}, memo);
        times = stated->completed();
        if (!stated->isComplete())
            continue;
        if (!std::ranges::all_of(*knots, [](const Knots* one) { return isStepped(*one); })) {
            const auto at = [](Scenario scenario) { return static_cast<std::size_t>(scenario); };
            const auto [least, most] = std::minmax(exactly[at(Scenario::Late)], exactly[at(Scenario::Early)]);
            exactly[at(Scenario::Nominal)] = std::clamp(reached[at(Scenario::Nominal)], least, most);
        }
        return exactly;
    }
    return reached;
}

} // namespace emac::analysis
