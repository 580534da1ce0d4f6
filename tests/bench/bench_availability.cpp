// SPDX-License-Identifier: GPL-3.0-or-later
// How long the availability analysis takes: the median of some runs, for journeys of several sizes.
#include "tests/analysis/journeys.h"

#include <array>
#include <chrono>
#include <cstdio>

using namespace emac;
using namespace emac::tests;

namespace {

struct Sample
{
    journey::Journey journey;
    journey::Inputs inputs;
};

/// One series; of each ten calls three stand in a parallel, two in a race in different zones.
/// The first `repeated` components are called a second time at the end.
Sample sample(int calls, int repeated)
{
    Sample result;
    List steps;
    int next = 0;
    const auto newCall = [&] {
        const auto name = numbered("c", next);
        const auto zone = numbered("zone:", next % 7);
        result.inputs.set(name, withDomains(point(1e-5 * (1 + next % 9)), {zone, "cluster"}));
        ++next;
        return call(name);
    };
    while (next + 10 <= calls - repeated) {
        for (int i = 0; i < 5; ++i)
            steps.push_back(newCall());
        steps.push_back(parallel({newCall(), newCall(), newCall()}));
        steps.push_back(race({newCall(), newCall()}));
    }
    while (next < calls - repeated)
        steps.push_back(newCall());
    for (int i = 0; i < repeated; ++i)
        steps.push_back(race({call(numbered("c", i)), call(numbered("c", i + 1))}));
    result.journey.root = series(steps);
    return result;
}

double medianMilliseconds(const Sample& sample, std::size_t runs)
{
    std::vector<double> times;
    for (std::size_t i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const auto analysis = analysis::analyse(sample.journey, sample.inputs);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        if (analysis->journey)
            times.push_back(taken.count());
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

} // namespace

int main()
{
    struct Row
    {
        int calls;
        int repeated;
        std::size_t runs;
    };
    std::printf("calls  repeated  median of  ms\n");
    for (const auto& row :
         {Row{200, 0, 301}, Row{1000, 0, 101}, Row{10000, 0, 51}, Row{200, 10, 51}, Row{1000, 10, 51}, Row{200, 19, 5}})
        std::printf("%5d  %8d  %9zu  %.3f\n", row.calls, row.repeated, row.runs,
                    medianMilliseconds(sample(row.calls, row.repeated), row.runs));
    return 0;
}
