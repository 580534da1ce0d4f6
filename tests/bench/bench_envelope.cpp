// SPDX-License-Identifier: GPL-3.0-or-later
// How long the bounds under any dependence take, beside no other law: the least of some runs, in processor time. Of one
// series with nested parallels and races, of the examples, and of the documents named on the command line.
#include "core/analysis/latency/envelope/envelope_law.h"
#include "core/workspace/evaluate.h"
#include "core/workspace/open.h"
#include "tests/bench/mixed_journey.h"

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

Sample mixed(int calls)
{
    auto made = mixedJourney(calls);
    return {std::to_string(calls) + " calls", std::move(made.journey), std::move(made.inputs), {base::Duration(2s)}};
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

analysis::LatencyBand bandOf(const Sample& sample, const analysis::LatencyOptions& options,
                             analysis::EnvelopeMemo& memo)
{
    const auto plan = analysis::makePlan(sample.journey, sample.inputs);
    const base::Watch watch;
    memo.begin();
    return analysis::EnvelopeLaw(plan, memo, watch).band(plan.root, options);
}

analysis::LatencyBand bandOf(const Sample& sample, const analysis::LatencyOptions& options)
{
    analysis::EnvelopeMemo memo;
    return bandOf(sample, options, memo);
}

/// One law after the other changes.
double edits(Sample sample, const analysis::LatencyOptions& options)
{
    analysis::EnvelopeMemo memo;
    bandOf(sample, options, memo);
    std::vector<std::string> names;
    for (const auto& node : analysis::makePlan(sample.journey, sample.inputs).nodes) {
        if (const auto* called = std::get_if<journey::Call>(&node.expression->op))
            names.push_back(called->component);
    }
    std::size_t next = 0;
    return least([&] {
        auto& name = names[next++ * 7 % names.size()];
        auto input = *sample.inputs.find(name);
        if (input.latency)
            input.latency = input.latency->scaled(1.01);
        input.version = journey::newVersion();
        sample.inputs.set(name, input);
        bandOf(sample, options, memo);
    });
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
    std::printf("%-28s  %8.2f  %8.2f  %8.2f  %8.2f  %9.3f ", sample.name.c_str(), one, five, curves,
                edits(sample, withCurves), 100 * band.numericWidth);
    for (const auto& percentile : band.percentiles)
        std::printf("  %.6g…%.6g", 1e3 * percentile.lower.value_or(NAN), 1e3 * percentile.upper.value_or(NAN));
    std::printf("\n");
}

} // namespace

int main(int argc, char** argv)
{
    std::printf("%-28s  %8s  %8s  %8s  %8s  %9s   percentiles, ms\n", "", "p99, ms", "five, ms", "curves", "edit",
                "numeric %");
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
