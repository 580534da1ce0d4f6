// SPDX-License-Identifier: GPL-3.0-or-later
// How long the bounds under any dependence take, beside no other law: the least of some runs, in processor time. Of one
// series with nested parallels and races, of the examples, and of the documents named on the command line.
#include "core/analysis/latency/envelope_law.h"
#include "core/workspace/evaluate.h"
#include "core/workspace/open.h"
#include "tests/analysis/latency_laws.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>

using namespace emac;
using namespace emac::tests;

namespace {

struct Sample
{
    std::string name;
    journey::Journey journey;
    journey::Inputs inputs;
    std::vector<base::Duration> deadlines;
};

List newCalls(Sample& sample, int count)
{
    List calls;
    for (int i = 0; i < count; ++i) {
        const auto next = sample.inputs.size();
        const auto name = numbered("c", next);
        const auto law = lognormal(2 + 3 * static_cast<double>(next % 9), 0.47 + 0.06 * static_cast<double>(next % 6));
        sample.inputs.set(name, withLatency(point(1e-5 * static_cast<double>(1 + next % 9)), law));
        calls.push_back(call(name));
    }
    return calls;
}

/// One series; of each ten calls three stand in a parallel and two in a race.
Sample mixed(int calls)
{
    Sample sample{std::to_string(calls) + " calls", {}, {}, {base::Duration(2s)}};
    List steps;
    for (; calls >= 10; calls -= 10) {
        const auto plain = newCalls(sample, 5);
        steps.insert(steps.end(), plain.begin(), plain.end());
        steps.push_back(parallel(newCalls(sample, 3)));
        steps.push_back(race(newCalls(sample, 2)));
    }
    sample.journey.root = series(steps);
    return sample;
}

std::optional<Sample> document(const std::filesystem::path& path)
{
    const auto opened = workspace::openIntent(path.string());
    if (!opened.document) {
        std::fprintf(stderr, "%s cannot be read\n", path.c_str());
        return std::nullopt;
    }
    const auto& intent = opened.document->intent;
    auto found = workspace::evaluate(*opened.document, opened).value();
    return Sample{path.stem().string(), intent.journey, std::move(found.inputs),
                  workspace::latencyOptions(intent.objectives).deadlines};
}

double milliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

constexpr int runs = 5;

template<typename Action>
double least(Action action)
{
    double best = 1e9;
    for (int run = 0; run < runs; ++run) {
        const double start = milliseconds();
        action();
        best = std::min(best, milliseconds() - start);
    }
    return best;
}

analysis::LatencyBand bandOf(const Sample& sample, const analysis::LatencyOptions& options)
{
    const auto plan = analysis::makePlan(sample.journey, sample.inputs);
    const base::Watch watch;
    return analysis::EnvelopeLaw(plan, watch).band(plan.root, options);
}

void report(const Sample& sample)
{
    analysis::LatencyOptions p99;
    p99.percentiles = {0.99};
    analysis::LatencyOptions all;
    all.deadlines = sample.deadlines;
    analysis::LatencyOptions withCurves = all;
    withCurves.curvePoints = 150;
    analysis::LatencyBand band;
    const double one = least([&] { bandOf(sample, p99); });
    const double five = least([&] { band = bandOf(sample, all); });
    const double curves = least([&] { bandOf(sample, withCurves); });
    std::printf("%-28s  %8.2f  %8.2f  %8.2f  %9.3f ", sample.name.c_str(), one, five, curves, 100 * band.numericWidth);
    for (const auto& percentile : band.percentiles)
        std::printf("  %.6g…%.6g", 1e3 * percentile.lower.value_or(NAN), 1e3 * percentile.upper.value_or(NAN));
    std::printf("\n");
}

} // namespace

int main(int argc, char** argv)
{
    std::printf("%-28s  %8s  %8s  %8s  %9s   percentiles, ms\n", "", "p99, ms", "five, ms", "curves", "numeric %");
    const bool named = argc > 1;
    for (const int calls : named ? std::vector<int>{} : std::vector<int>{20, 200})
        report(mixed(calls));
    std::vector<std::filesystem::path> paths(argv + 1, argv + argc);
    for (const char* example : {"checkout", "travel-booking", "media-streaming"}) {
        const auto folder = std::filesystem::path(EMAC_SOURCE_DIR) / "resources/examples" / example;
        paths.push_back(folder / ("emac." + std::string(example) + ".yaml"));
    }
    for (const auto& path : paths) {
        if (const auto sample = document(path))
            report(*sample);
    }
    return 0;
}
