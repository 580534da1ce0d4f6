// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/arithmetic.h"
#include "core/analysis/latency/envelope/summand.h"
#include "core/base/duration.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>
#include <vector>

namespace emac::analysis {

inline double nanoseconds(base::Duration duration)
{
    return static_cast<double>(duration.count());
}

/// A step function of times in ns: values[i] from times[i] on, 0 before. Both ascend. What is made of one by stepping
/// to the safe side is nowhere above (End::Worst) or nowhere below it (End::Best).
struct Steps
{
    std::vector<double> times;
    std::vector<double> values;
    double stretch = 1; ///< see Summand

    /// Appends where the value grows. @pre time is not below the last one
    void add(double time, double value);
    void shift(double by);
};

/// The ladder of times at which laws and sums are sampled: 2^(rung / 768), up to whole ns, so that sums of times are
/// exact.
inline constexpr int rungsPerOctave = 768;
double timeOfRung(long rung);
/// The highest rung that is not behind a time > 0.
long rungBelow(double time);
/// By which neighbouring times of that many rungs differ.
double ratioOf(int rungs);

/// A law as steps: itself, where it is made of them, else at times of one fixed ladder. O(knots)
Steps stepsOf(const Summand& law, End end);

/// rule(values of all) at each time at which one of them steps, non-decreasing in each value.
template<typename Rule>
Steps combined(std::span<const Steps> parts, const Rule& rule)
{
    std::vector<double> times;
    std::vector<double> joined;
    for (const auto& part : parts) {
        joined.clear();
        joined.reserve(times.size() + part.times.size());
        std::ranges::set_union(times, part.times, std::back_inserter(joined));
        times.swap(joined);
    }
    std::vector<std::size_t> next(parts.size(), 0);
    std::vector<double> values(parts.size(), 0.0);
    Steps result;
    result.times.reserve(times.size());
    result.values.reserve(times.size());
    for (const auto& part : parts)
        result.stretch = std::max(result.stretch, part.stretch);
    for (const double time : times) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            while (next[i] < parts[i].times.size() && parts[i].times[next[i]] <= time)
                values[i] = parts[i].values[next[i]++];
        }
        result.add(time, rule(std::span<const double>(values)));
    }
    return result;
}

/// With so many steps at most, to the safe side. @pre most ≥ 2
Steps thinned(Steps steps, End end, std::size_t most);
/// With few steps, to the safe side.
SummandPtr summandOf(Steps steps, End end);

} // namespace emac::analysis
