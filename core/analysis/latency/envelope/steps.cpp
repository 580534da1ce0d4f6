// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/steps.h"

#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <utility>

namespace emac::analysis {

namespace {

constexpr std::size_t mostSteps = 8192;
/// Rungs from one time to the next at which a law is sampled: fewer where a percentile may lie, more in the tails.
constexpr int fine = 3;
constexpr int coarse = 30; // a multiple
/// Where that is, in sigma.
constexpr double first = -6;
constexpr double last = 6.5;
constexpr double fineFrom(End end)
{
    return end == End::Worst ? -2.5 : -4.5;
}
constexpr double fineTo(End end)
{
    return end == End::Worst ? 4.5 : 3.5;
}

Steps sampled(const LognormalSummand& law, End end)
{
    const auto rung = [&](double deviations) {
        const auto at = static_cast<long>(std::floor(law.logAt(deviations) / std::numbers::ln2 * rungsPerOctave));
        return at - (at % coarse + coarse) % coarse; // the same ones for all laws
    };
    const long stop = rung(last) + coarse;
    Steps result;
    result.stretch = ratioOf(fine);
    double before = 0;
    if (end == End::Best)
        result.times.push_back(0);
    std::vector<double> values;
    const auto add = [&](long from, long to, int stride) { // the rungs before `to`; false behind the law's end
        const double logRung = std::numbers::ln2 / rungsPerOctave;
        // What rounding the time up adds to its logarithm.
        const double rounded = end == End::Best ? 1 / timeOfRung(from) : 0;
        values.resize(static_cast<std::size_t>((to - from + stride - 1) / stride));
        law.valuesAtLogs(static_cast<double>(from) * logRung + rounded, stride * logRung, values);
        result.times.reserve(result.times.size() + values.size());
        result.values.reserve(result.values.size() + values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double rungTime = timeOfRung(from + static_cast<long>(i) * stride);
            const double time = std::min(rungTime, law.end());
            const double value = rungTime < law.end() ? values[i] : law.mass();
            if (end == End::Worst) {
                result.add(time, value);
            } else if (time != result.times.back()) { // what is reached before it holds from the time before on
                result.values.push_back(before = std::max(before, value));
                result.times.push_back(time);
            }
            if (time == law.end())
                return false;
        }
        return true;
    };
    const long fineBegin = rung(fineFrom(end));
    const long fineEnd = rung(fineTo(end));
    if (add(rung(first), fineBegin, coarse) && add(fineBegin, fineEnd, fine))
        add(fineEnd, stop + 1, coarse);
    if (end == End::Best)
        result.values.push_back(law.mass());
    return result;
}

} // namespace

double timeOfRung(long rung)
{
    static const auto octave = [] {
        std::array<double, rungsPerOctave> times{};
        for (std::size_t i = 0; i < times.size(); ++i)
            times[i] = std::exp2(static_cast<double>(i) / rungsPerOctave);
        return times;
    }();
    const long within = (rung % rungsPerOctave + rungsPerOctave) % rungsPerOctave;
    const auto octaves = static_cast<int>((rung - within) / rungsPerOctave);
    return std::ceil(std::ldexp(octave[static_cast<std::size_t>(within)], octaves));
}

long rungBelow(double time)
{
    return static_cast<long>(std::floor(std::log2(time) * rungsPerOctave)) - 1;
}

double ratioOf(int rungs)
{
    return std::exp2(static_cast<double>(rungs) / rungsPerOctave);
}

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
    return {
        {steps.knots().begin(), steps.knots().end()}, {steps.values().begin(), steps.values().end()}, steps.stretch()};
}

namespace {

/// By which two neighbouring times differ, at most, where percentiles lie.
double widestStep(const Steps& steps)
{
    double result = 1;
    for (std::size_t i = 0; i + 1 < steps.times.size(); ++i) {
        const double part = steps.values[i] / steps.values.back();
        if (steps.times[i] > 0 && part > 0.001 && part < 0.9999)
            result = std::max(result, steps.times[i + 1] / steps.times[i]);
    }
    return result;
}

} // namespace

Steps thinned(Steps steps, End end, std::size_t most)
{
    const std::size_t count = steps.times.size();
    if (count <= most)
        return steps;
    const auto kept = [&](std::size_t i) { return i * (count - 1) / (most - 1); };
    Steps result;
    for (std::size_t i = 0; i < most; ++i) {
        const std::size_t at = kept(i);
        const std::size_t last = end == End::Best && i + 1 < most ? kept(i + 1) - 1 : at;
        result.add(steps.times[at], steps.values[last]);
    }
    result.stretch = steps.stretch * widestStep(result);
    return result;
}

SummandPtr summandOf(Steps steps, End end)
{
    steps = thinned(std::move(steps), end, mostSteps);
    if (steps.times.empty())
        steps = {{0.0}, {0.0}, 1};
    return std::make_shared<StepSummand>(std::move(steps.times), std::move(steps.values), steps.stretch);
}

} // namespace emac::analysis
