// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journey/reconcile.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

// Prints the milliseconds of reconcile() on journeys of many calls, the shortest and the median of 15 runs.

using namespace emac::journey;

namespace {

Intent journeyOf(const std::vector<ExpressionPtr>& steps, std::size_t width)
{
    auto level = steps;
    while (level.size() > 1) {
        std::vector<ExpressionPtr> above;
        for (std::size_t i = 0; i < level.size(); i += width) {
            const auto end = std::min(i + width, level.size());
            above.push_back(
                makeExpression(Series{{level.begin() + static_cast<long>(i), level.begin() + static_cast<long>(end)}}));
        }
        level = std::move(above);
    }
    Intent intent;
    intent.journey.root = level.front();
    return intent;
}

Intent journey(std::size_t calls, std::size_t names, std::size_t width, const char* middle)
{
    std::vector<ExpressionPtr> steps;
    for (std::size_t i = 0; i < calls; ++i) {
        const auto name = "service-" + std::to_string(i % names);
        steps.push_back(makeExpression(Call{i == calls / 2 ? middle : name}));
    }
    return journeyOf(steps, width);
}

void measure(const char* title, std::size_t names, std::size_t width, const char* middle)
{
    constexpr std::size_t calls = 10'000;
    std::vector<double> times;
    for (int run = 0; run < 15; ++run) {
        const auto old = journey(calls, names, width, "middle");
        const auto fresh = journey(calls, names, width, middle);
        const auto begin = std::chrono::steady_clock::now();
        const auto result = reconcile(old, fresh);
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
        if (result.handedOver.empty())
            return;
        times.push_back(time.count());
    }
    std::ranges::sort(times);
    std::printf("%-44s %7.1f %7.1f\n", title, times.front(), times[times.size() / 2]);
}

} // namespace

int main()
{
    measure("10,000 different calls in one series", 10'000, 10'000, "changed");
    measure("10,000 calls of 10 components in one series", 10, 10'000, "changed");
    measure("10,000 different calls, four deep", 10'000, 10, "changed");
    measure("10,000 different calls, thirteen deep", 10'000, 2, "changed");
    measure("10,000 calls, nothing changed", 10'000, 10, "middle");
}
