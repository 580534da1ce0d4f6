// SPDX-License-Identifier: GPL-3.0-or-later
// How long the latency analysis takes, without a memo and after one law has changed: the median of some runs, for one
// series with nested parallels and races; and plain Monte Carlo to the same accuracy of the nominal p99.
#include "core/analysis/latency/latency.h"
#include "tests/analysis/latency_laws.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <random>

using namespace emac;
using namespace emac::tests;

namespace {

struct Sample
{
    journey::Journey journey;
    journey::Inputs inputs;
};

/// Medians of 2 to 26 ms, p99 of 3 to 6 times the median.
LatencyLaw lawOf(std::size_t number)
{
    return lognormal(2 + 3 * static_cast<double>(number % 9), 0.47 + 0.06 * static_cast<double>(number % 6));
}

ExpressionPtr newCall(Sample& sample)
{
    const auto next = sample.inputs.size();
    const auto name = numbered("c", next);
    sample.inputs.set(name, withLatency(point(1e-5 * static_cast<double>(1 + next % 9)), lawOf(next)));
    return call(name);
}

List newCalls(Sample& sample, int count)
{
    List calls;
    for (int i = 0; i < count; ++i)
        calls.push_back(newCall(sample));
    return calls;
}

/// One series; of each ten calls three stand in a parallel and two in a race.
Sample mixed(int calls)
{
    Sample sample;
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

analysis::LatencyOptions optionsOf()
{
    analysis::LatencyOptions options;
    options.curvePoints = 150;
    return options;
}

/// Processor time, which other work on the machine hardly changes.
double milliseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void changeOne(journey::Inputs& inputs, const std::string& component, std::size_t run)
{
    auto input = *inputs.find(component);
    input.latency = lognormal(10 + 0.01 * static_cast<double>(run), 0.6);
    input.version = journey::newVersion();
    inputs.set(component, input);
}

} // namespace

int main()
{
    std::printf("%6s  %8s  %8s  %11s  %9s  %7s  %7s\n", "calls", "cold, ms", "edit, ms", "p99, ms", "numeric %", "laws",
                "MiB");
    for (const int calls : {20, 200, 2000}) {
        auto sample = mixed(calls);
        const auto options = optionsOf();
        std::vector<double> cold;
        std::vector<double> edits;
        analysis::Memo memo;
        const std::size_t runs = calls > 1000 ? 5 : 21;
        analysis::LatencyAnalysis last;
        for (std::size_t run = 0; run < runs; ++run) {
            const double start = milliseconds();
            last = analysis::analyseLatency(sample.journey, sample.inputs, options).value();
            cold.push_back(milliseconds() - start);
        }
        for (std::size_t run = 0; run <= runs; ++run) {
            changeOne(sample.inputs, "c7", run);
            const double start = milliseconds();
            last = analysis::analyseLatency(sample.journey, sample.inputs, options, {}, &memo).value();
            if (run > 0) // the first fills the memo
                edits.push_back(milliseconds() - start);
        }
        const auto& band = last.law->independent;
        std::printf("%6d  %8.2f  %8.3f  %11.4f  %9.4f  %7llu  %7.1f\n", calls, median(cold), median(edits),
                    1000 * band.percentiles[3].nominal.value_or(0), 100 * band.numericWidth,
                    static_cast<unsigned long long>(memo.statistics().laws),
                    static_cast<double>(memo.statistics().lawBytes) / (1 << 20));
    }
    return 0;
}
