// SPDX-License-Identifier: GPL-3.0-or-later
// How long the availability analysis takes after one value has changed: the median of some runs, for journeys of
// several shapes and sizes, with a memo kept from run to run and without one; then the journeys of the Aralia
// benchmark.
#include "core/spec/read.h"
#include "core/spec/resolve.h"
#include "tests/analysis/journeys.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

using namespace emac;
using namespace emac::tests;

namespace {

struct Sample
{
    journey::Journey journey;
    journey::Inputs inputs;
};

ExpressionPtr newCall(Sample& sample)
{
    const auto next = sample.inputs.size();
    const auto name = numbered("c", next);
    const auto zone = numbered("zone:", next % 7);
    sample.inputs.set(name, withDomains(point(1e-5 * static_cast<double>(1 + next % 9)), {zone, "cluster"}));
    return call(name);
}

List newCalls(Sample& sample, int count)
{
    List calls;
    for (int i = 0; i < count; ++i)
        calls.push_back(newCall(sample));
    return calls;
}

Sample oneSeries(int calls, int)
{
    Sample sample;
    sample.journey.root = series(newCalls(sample, calls));
    return sample;
}

/// Operators of ten children in one another, down to the calls.
Sample nested(int calls, int)
{
    Sample sample;
    const std::array<ExpressionPtr (*)(List), 2> operators{series, [](List list) { return race(std::move(list)); }};
    List level = newCalls(sample, calls);
    for (std::size_t depth = 1; level.size() > 1; ++depth) {
        List above;
        for (std::size_t i = 0; i < level.size(); i += 10) {
            const auto end = std::min(level.size(), i + 10);
            above.push_back(operators[depth % 2](
                {level.begin() + static_cast<std::ptrdiff_t>(i), level.begin() + static_cast<std::ptrdiff_t>(end)}));
        }
        level = std::move(above);
    }
    sample.journey.root = level.front();
    return sample;
}

/// One series; of each ten calls three stand in a parallel, two in a race in different zones.
/// The first `repeated` components are called a second time at the end.
Sample mixed(int calls, int repeated)
{
    Sample sample;
    List steps;
    int left = calls - repeated;
    for (; left >= 10; left -= 10) {
        const auto plain = newCalls(sample, 5);
        steps.insert(steps.end(), plain.begin(), plain.end());
        steps.push_back(parallel(newCalls(sample, 3)));
        steps.push_back(race(newCalls(sample, 2)));
    }
    for (; left > 0; --left)
        steps.push_back(newCall(sample));
    for (std::size_t i = 0; i < static_cast<std::size_t>(repeated); ++i)
        steps.push_back(race({call(numbered("c", i)), call(numbered("c", i + 1))}));
    sample.journey.root = series(steps);
    return sample;
}

/// After one value has changed.
double medianMilliseconds(const Sample& sample, const std::string& component, std::size_t runs, analysis::Memo* memo)
{
    auto inputs = sample.inputs;
    std::vector<double> times;
    for (std::size_t i = 0; i <= runs; ++i) {
        auto input = *inputs.find(component);
        const double failure = 1e-5 * static_cast<double>(i + 1);
        input.failure = {failure, failure, failure};
        input.version = journey::newVersion();
        inputs.set(component, input);
        const auto start = std::chrono::steady_clock::now();
        const auto analysis = analysis::analyse(sample.journey, inputs, {}, memo);
        const std::chrono::duration<double, std::milli> taken = std::chrono::steady_clock::now() - start;
        if (analysis->journey && i > 0) // the first fills the memo
            times.push_back(taken.count());
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

/// Where the environment, or the place of the sources, has it; else empty.
Sample aralia(const std::string& model)
{
    const char* given = std::getenv("EMAC_TEST_DATA");
    const std::string folder = given != nullptr ? given : EMAC_SOURCE_DIR "/../shared/data";
    std::ifstream file(folder + "/aralia/" + model + ".yaml");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const auto document = spec::readIntent(text, model);
    if (!document.value)
        return {};
    auto resolution = spec::resolve(*document.value, model, {}, nullptr, spec::InputChoice::Target);
    return {document.value->intent.journey, std::move(resolution.inputs)};
}

void printAralia()
{
    std::printf("\n%-9s %10s  %9s  %9s  %8s\n", "Aralia", "components", "median of", "kept, ms", "none, ms");
    for (const auto* model : {"baobab1", "chinese", "das9203", "das9205", "das9206", "edf9201", "edfpa15r", "elf9601",
                              "ftr10", "isp9601"}) {
        const auto sample = aralia(model);
        if (!sample.journey.root) {
            std::printf("%-9s is not here: set EMAC_TEST_DATA\n", model);
            continue;
        }
        constexpr std::size_t runs = 51;
        const auto& changed = sample.journey.components.list().front()->name;
        analysis::Memo memo;
        const double kept = medianMilliseconds(sample, changed, runs, &memo);
        const double none = medianMilliseconds(sample, changed, runs, nullptr);
        std::printf("%-9s %10zu  %9zu  %9.3f  %8.3f\n", model, sample.inputs.size(), runs, kept, none);
    }
}

} // namespace

int main()
{
    struct Row
    {
        const char* shape;
        Sample (*make)(int calls, int repeated);
        int calls;
        int repeated;
        const char* changed;
        std::size_t runs;
    };
    const std::array rows{
        Row{"series", oneSeries, 200, 0, "c100", 301},  Row{"series", oneSeries, 1000, 0, "c500", 101},
        Row{"series", oneSeries, 10000, 0, "c500", 51}, Row{"nested", nested, 200, 0, "c100", 301},
        Row{"nested", nested, 1000, 0, "c500", 101},    Row{"nested", nested, 10000, 0, "c500", 51},
        Row{"mixed", mixed, 200, 0, "c100", 301},       Row{"mixed", mixed, 1000, 0, "c500", 101},
        Row{"mixed", mixed, 10000, 0, "c500", 51},      Row{"mixed", mixed, 200, 10, "c100", 51},
        Row{"mixed", mixed, 200, 19, "c100", 51},       Row{"mixed", mixed, 200, 19, "c7", 51},
        Row{"mixed", mixed, 400, 190, "c7", 51},
    };
    std::printf("%-8s %6s  %8s  %-7s  %9s  %9s  %8s  %s\n", "shape", "calls", "repeated", "changed", "median of",
                "kept, ms", "none, ms", "computed");
    for (const auto& row : rows) {
        const auto sample = row.make(row.calls, row.repeated);
        analysis::Memo memo;
        const double kept = medianMilliseconds(sample, row.changed, row.runs, &memo);
        const double none = medianMilliseconds(sample, row.changed, row.runs, nullptr);
        std::printf("%-8s %6d  %8d  %-7s  %9zu  %9.3f  %8.3f  %8llu\n", row.shape, row.calls, row.repeated, row.changed,
                    row.runs, kept, none, static_cast<unsigned long long>(memo.statistics().computed));
    }
    printAralia();
    return 0;
}
