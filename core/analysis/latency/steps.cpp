// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/steps.h"

#include <cmath>
#include <memory>

namespace emac::analysis {

namespace {

constexpr std::size_t mostSteps = 4096;
/// Of a ladder of times: finer where a percentile may lie, coarser in the tails. In sigma.
constexpr double finest = 64; // steps for a factor of 2
constexpr int coarser = 4;
constexpr double first = -6;
constexpr double fineFrom = -0.5;
constexpr double fineTo = 5;
constexpr double last = 6.5;

Steps sampled(const LognormalSummand& law, End end)
{
    const auto rung = [&](double deviations) {
        return static_cast<long>(std::floor(law.logAt(deviations) / std::log(2.0) * finest));
    };
    const long begin = rung(first);
    const long fineBegin = rung(fineFrom);
    const long fineEnd = rung(fineTo);
    const long stop = rung(last) + coarser;
    Steps result;
    double before = 0;
    if (end == End::Best)
        result.times.push_back(0);
    for (long k = begin; k <= stop; k += k >= fineBegin && k < fineEnd ? 1 : coarser) {
        // Whole ns, so that sums of times are exact.
        const double time = std::min(std::ceil(std::exp2(static_cast<double>(k) / finest)), law.end());
        const double value = law.value(time);
        if (end == End::Best && time == result.times.back())
            continue;
        if (end == End::Worst) {
            result.add(time, value);
        } else { // what is reached before this time holds from the one before on
            result.values.push_back(std::max(before, value));
            before = result.values.back();
            result.times.push_back(time);
        }
        if (time == law.end())
            break;
    }
    if (end == End::Best)
        result.values.push_back(law.mass());
    return result;
}

} // namespace

void Steps::add(double time, double value)
{
    if (value <= (values.empty() ? 0 : values.back()))
        return;
    if (!times.empty() && times.back() == time) {
        values.back() = value;
        return;
    }
    times.push_back(time);
    values.push_back(value);
}

void Steps::shift(double by)
{
    for (double& time : times)
        time += by;
}

Steps stepsOf(const Summand& law, End end)
{
    if (const auto* smooth = dynamic_cast<const LognormalSummand*>(&law))
        return sampled(*smooth, end);
    const auto& steps = dynamic_cast<const StepSummand&>(law);
    return {{steps.knots().begin(), steps.knots().end()}, {steps.values().begin(), steps.values().end()}};
}

Steps halved(const Steps& steps, End end)
{
    const std::size_t count = steps.times.size();
    Steps result;
    for (std::size_t i = 0; i < count; i += 2) {
        const bool hasNext = i + 1 < count;
        const auto value = hasNext && end == End::Best ? steps.values[i + 1] : steps.values[i];
        result.add(steps.times[i], value);
    }
    if (count % 2 == 0)
        result.add(steps.times.back(), steps.values.back());
    return result;
}

SummandPtr summandOf(Steps steps, End end)
{
    while (steps.times.size() > mostSteps)
        steps = halved(steps, end);
    if (steps.times.empty())
        steps = {{0.0}, {0.0}};
    return std::make_shared<StepSummand>(std::move(steps.times), std::move(steps.values));
}

} // namespace emac::analysis
