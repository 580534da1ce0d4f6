// SPDX-License-Identifier: GPL-3.0-or-later
// How long edits of a large journey take: the median of some runs of each.
#include "core/journey/edits.h"
#include "core/journey/paths.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace emac;
using namespace emac::journey;

namespace {

constexpr int calls = 10'000;

std::string component(int number)
{
    return "component-" + std::to_string(number);
}

/// One series of 10,000 calls of as many components, or with `nested` a hundred races of a hundred retried calls.
Intent journeyOf(bool nested)
{
    Intent intent;
    std::vector<ComponentPtr> components;
    std::vector<ExpressionPtr> steps;
    std::vector<ExpressionPtr> group;
    for (int i = 0; i < calls; ++i) {
        auto one = std::make_shared<Component>();
        one->name = component(i);
        components.push_back(std::move(one));
        auto call = makeExpression(Call{component(i)});
        if (!nested) {
            steps.push_back(std::move(call));
            continue;
        }
        group.push_back(makeExpression(Retry{2, {}, std::move(call)}));
        if (group.size() == 100)
            steps.push_back(makeExpression(Race{std::exchange(group, {}), {}}));
    }
    intent.journey.components = Components(std::move(components));
    intent.journey.root = makeExpression(Series{std::move(steps)});
    return intent;
}

void measure(const Intent& intent, const char* name, const std::function<Edit()>& edit)
{
    std::vector<double> times;
    for (int i = 0; i < 41; ++i) {
        const auto one = edit();
        const auto start = std::chrono::steady_clock::now();
        const auto result = journey::apply(intent, one);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        if (!result.value) {
            std::printf("  %s is refused\n", name);
            return;
        }
        times.push_back(taken.count());
    }
    std::ranges::sort(times);
    std::printf("  %-28s %7.3f ms\n", name, times[times.size() / 2]);
}

void measureAll(const char* title, const Intent& intent)
{
    std::printf("%s\n", title);
    std::vector<NodeId> leaves;
    for (const auto& place : nodePlaces(intent.journey)) {
        if (childCount(*place.node) == 0)
            leaves.push_back(place.node->id);
    }
    const auto middle = leaves[leaves.size() / 2];
    const auto root = intent.journey.root->id;
    const std::vector<NodeId> many(leaves.begin(), leaves.begin() + calls / 10);
    const auto newCall = [] { return makeExpression(Call{component(7)}); };
    measure(intent, "SetNodeNotes", [&] { return SetNodeNotes{middle, "noted"}; });
    measure(intent, "SetNodeName", [&] { return SetNodeName{middle, "named"}; });
    measure(intent, "InsertBeside", [&] { return InsertBeside{middle, Side::After, newCall()}; });
    measure(intent, "InsertChild", [&] { return InsertChild{root, 5, newCall()}; });
    measure(intent, "MoveNodes, one", [&] { return MoveNodes{{middle}, root, 0}; });
    measure(intent, "MoveNodes, 1000", [&] { return MoveNodes{many, root, 50}; });
    measure(intent, "RemoveNodes, one", [&] { return RemoveNodes{{middle}}; });
    measure(intent, "RemoveNodes, 1000", [&] { return RemoveNodes{many}; });
    measure(intent, "Wrap", [&] { return Wrap{{middle}, OperatorType::Timeout}; });
    measure(intent, "ExtractFragment", [&] { return ExtractFragment{{middle}, "f"}; });
    measure(intent, "AddComponent", [&] {
        Component added;
        added.name = "component-new";
        return AddComponent{added};
    });
    measure(intent, "RenameComponent", [&] { return RenameComponent{component(calls / 2), "renamed"}; });
    measure(intent, "SetAvailability", [&] {
        return SetAvailability{component(calls / 2), base::Ratio(*base::Decimal::parse("0.999"))};
    });
}

} // namespace

int main()
{
    measureAll("a series of 10,000 calls", journeyOf(false));
    measureAll("a hundred races of a hundred retried calls", journeyOf(true));
}
