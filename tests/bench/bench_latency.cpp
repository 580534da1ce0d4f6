// SPDX-License-Identifier: GPL-3.0-or-later
// How long the latency analysis takes, without a memo and after one law has changed: the median of some runs, for one
// series with nested parallels and races, of which four in five calls stand in one of four zones; the contributions to
// p99; and plain Monte Carlo to the same accuracy of the nominal p99.
#include "core/analysis/latency/contributions.h"
#include "tests/bench/mixed_journey.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

using namespace emac;
using namespace emac::tests;

namespace {

using Sample = MixedJourney;

analysis::LatencyOptions optionsOf(bool sharedFate, bool envelope)
{
    analysis::LatencyOptions options;
    options.sharedFate = sharedFate;
    options.envelope = envelope;
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

/// Draws of the whole series whose sample p99 is as close to the exact one, at 95 %, as the numeric width says; and
/// what so many cost, extrapolated from some.
struct MonteCarlo
{
    double draws = 0;
    double milliseconds = 0;
};

struct Simulated
{
    std::vector<std::vector<LatencyLaw::Lognormal>> steps;
    std::vector<bool> isRace;
};

Simulated simulatedOf(const Sample& sample)
{
    Simulated result;
    const auto lawOfCall = [&](const ExpressionPtr& node) {
        const auto& name = std::get<journey::Call>(node->op).component;
        return std::get<LatencyLaw::Lognormal>(sample.inputs.find(name)->latency->form());
    };
    for (const auto& step : std::get<journey::Series>(sample.journey.root->op).steps) {
        std::vector<LatencyLaw::Lognormal> laws;
        if (std::holds_alternative<journey::Call>(step->op))
            laws.push_back(lawOfCall(step));
        journey::forEachChild(*step, [&](const ExpressionPtr& child) { laws.push_back(lawOfCall(child)); });
        result.steps.push_back(std::move(laws));
        result.isRace.push_back(std::holds_alternative<journey::Race>(step->op));
    }
    return result;
}

double draw(const Simulated& journey, std::mt19937_64& random)
{
    std::normal_distribution<double> normal;
    double sum = 0;
    for (std::size_t i = 0; i < journey.steps.size(); ++i) {
        double time = 0;
        for (std::size_t j = 0; j < journey.steps[i].size(); ++j) {
            const auto& law = journey.steps[i][j];
            const double own = std::exp(law.mu + law.sigma * normal(random));
            time = j == 0 ? own : journey.isRace[i] ? std::min(time, own) : std::max(time, own);
        }
        sum += time;
    }
    return sum;
}

MonteCarlo monteCarlo(const Sample& sample, double width)
{
    const auto journey = simulatedOf(sample);
    std::mt19937_64 random(1);
    const std::size_t count = 4'000'000 / sample.inputs.size();
    std::vector<double> times(count);
    const double start = milliseconds();
    for (auto& time : times)
        time = draw(journey, random);
    const double each = (milliseconds() - start) / static_cast<double>(count);
    std::ranges::sort(times);
    // The density at p99, from the distance of quantiles around it.
    const auto quantile = [&](double part) {
        return times[static_cast<std::size_t>(part * static_cast<double>(count))];
    };
    const double density = 0.01 / (quantile(0.995) - quantile(0.985));
    const double halfWidth = width * quantile(0.99) / 2;
    const double draws = 0.99 * 0.01 * std::pow(1.96 / (density * halfWidth), 2);
    return {draws, draws * each};
}

struct Times
{
    double cold = 0;
    double edit = 0;
    analysis::LatencyAnalysis last;
    analysis::Memo::Statistics statistics;
};

Times measure(Sample sample, const analysis::LatencyOptions& options, std::size_t runs)
{
    Times result;
    std::vector<double> cold;
    std::vector<double> edits;
    analysis::Memo memo;
    for (std::size_t run = 0; run < runs; ++run) {
        const double start = milliseconds();
        result.last = analysis::analyseLatency(sample.journey, sample.inputs, options).value();
        cold.push_back(milliseconds() - start);
    }
    for (std::size_t run = 0; run <= 2 * runs; ++run) {
        changeOne(sample.inputs, "c7", run);
        const double start = milliseconds();
        result.last = analysis::analyseLatency(sample.journey, sample.inputs, options, {}, &memo).value();
        if (run > 0) // the first fills the memo
            edits.push_back(milliseconds() - start);
    }
    result.cold = median(cold);
    result.edit = median(edits);
    result.statistics = memo.statistics();
    return result;
}

} // namespace

/// With numbers of calls: of these, without the envelope, which takes much longer.
int main(int argc, char** argv)
{
    std::vector<int> sizes;
    for (int i = 1; i < argc; ++i)
        sizes.push_back(std::atoi(argv[i]));
    if (argc < 2)
        sizes = {20, 200, 2000};
    std::printf("%6s  %-15s  %8s  %8s  %11s  %9s  %7s  %7s\n", "calls", "laws", "cold, ms", "edit, ms", "p99, ms",
                "numeric %", "changed", "MiB");
    for (const int calls : sizes) {
        const auto sample = mixedJourney(calls);
        const std::size_t runs = calls > 1000 ? 7 : 31;
        struct Row
        {
            const char* laws;
            bool sharedFate;
            bool envelope;
        };
        analysis::LatencyBand band;
        double cold = 0;
        for (const auto& row :
             {Row{"independent", false, false}, Row{"and shared fate", true, false}, Row{"and envelope", true, true}}) {
            if (row.envelope && argc > 1)
                continue;
            const auto times = measure(sample, optionsOf(row.sharedFate, row.envelope), row.envelope ? 3 : runs);
            if (!row.sharedFate) {
                band = times.last.law->independent;
                cold = times.cold;
            }
            const auto& law = *times.last.law;
            const auto& shown = row.sharedFate && !row.envelope ? *law.sharedFate : law.independent;
            std::printf("%6d  %-15s  %8.2f  %8.3f  %11.4f  %9.4f  %7llu  %7.1f\n", calls, row.laws, times.cold,
                        times.edit, 1000 * shown.percentiles[3].nominal.value_or(0), 100 * shown.numericWidth,
                        static_cast<unsigned long long>(times.statistics.laws),
                        static_cast<double>(times.statistics.lawBytes) / (1 << 20));
        }
        if (calls <= 200) {
            const double start = milliseconds();
            analysis::Memo memo;
            const auto parts =
                analysis::contributions(sample.journey, sample.inputs, 0.99, optionsOf(false, false), {}, &memo);
            std::printf("%6d  contributions of %zu calls to p99: %.0f ms\n", calls, parts->calls.size(),
                        milliseconds() - start);
        }
        const auto& p99 = band.percentiles[3];
        const auto simulated = monteCarlo(sample, (*p99.upper - *p99.lower) / *p99.nominal);
        std::printf("%6d  Monte Carlo as close at 95 %%: %.2g draws, %.0f ms, %.0f times as long\n", calls,
                    simulated.draws, simulated.milliseconds, simulated.milliseconds / cold);
    }
    return 0;
}
