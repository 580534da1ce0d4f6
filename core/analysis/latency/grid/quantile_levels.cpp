// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/quantile_levels.h"

#include "core/analysis/latency/latency.h"
#include "core/analysis/latency/normal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

namespace emac::analysis {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// What arithmetic may take from a level that is reached exactly; less than what readouts allow for.
constexpr double guard = 5e-13;
/// What may lie behind the last grid for each summand: tails that were moved.
constexpr double negligible = 5e-9;

std::vector<double> makeLevels()
{
    std::vector<double> levels{1};
    for (double open = 0.5; open > 1e-9; open *= std::exp2(open > 1e-4 ? -1.0 / 256 : -1.0 / 128))
        levels.push_back(1 - open);
    for (double level = 0.5; level > 0.1; level -= 1.0 / 1536)
        levels.push_back(level);
    for (double level = 0.1; level > 1e-4; level *= std::exp2(-1.0 / 64))
        levels.push_back(level);
    for (const double part : reportedPercentiles) { // what slack may move it by
        levels.push_back(part);
        for (double moved = 1e-11; moved < 1e-5; moved *= 10)
            levels.insert(levels.end(), {part - moved, part + moved});
    }
    std::ranges::sort(levels);
    levels.erase(std::ranges::unique(levels).begin(), levels.end());
    return levels;
}

/// The levels' quantiles of the standard normal law, by Newton's method from one to the next.
std::vector<double> makeDeviations()
{
    std::vector<double> deviations;
    double z = -4;
    for (const double level : quantileLevels()) {
        if (level == 1) {
            deviations.push_back(infinity);
            continue;
        }
        for (int i = 0; i < 50; ++i) {
            const double density = std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
            const double excess = level < 0.5 ? normal(z) - level : (1 - level) - normal(-z);
            const double change = std::clamp(excess / density, -0.5, 0.5);
            z -= change;
            if (std::abs(change) < 1e-13)
                break;
        }
        deviations.push_back(z);
    }
    return deviations;
}

/// Where a nominal curve reaches the value in this cell, in cells.
double nominalPlace(const Arrival& arrival, std::size_t cell, double value)
{
    const auto place = static_cast<double>(cell);
    if (arrival.radius == 0)
        return place;
    const double before = arrival.cdf.at(static_cast<std::ptrdiff_t>(cell) - 1);
    const double here = arrival.cdf.at(static_cast<std::ptrdiff_t>(cell));
    return place - 0.5 + (here > before ? std::clamp((value - before) / (here - before), 0.0, 1.0) : 1);
}

} // namespace

std::span<const double> quantileLevels()
{
    static const std::vector<double> levels = makeLevels();
    return levels;
}

QuantileLaw lognormalQuantiles(const journey::LatencyLaw::Lognormal& law, double factor)
{
    static const std::vector<double> deviations = makeDeviations();
    std::vector<double> times(deviations.size());
    const double mu = law.mu + std::log(factor);
    std::ranges::transform(deviations, times.begin(), [&](double z) { return std::exp(mu + law.sigma * z); });
    QuantileLaw result;
    for (auto& outcome : result.outcomes)
        outcome.success.finite = 1;
    result[Scenario::Late].success.cdf = Cdf(0, std::move(times));
    result[Scenario::Late].success.slack = guard;
    for (auto& outcome : result.outcomes)
        outcome.success = result[Scenario::Late].success;
    return result;
}

namespace {

/// rule(first, second) of the success in each scenario.
template<typename Rule>
QuantileLaw combined(const QuantileLaw& a, const QuantileLaw& b, ArrayOperations& arrays, const Rule& rule)
{
    arrays.forget();
    QuantileLaw result = a;
    for (const Scenario scenario : allScenarios) {
        const auto& first = a[scenario].success;
        const auto& second = b[scenario].success;
        auto& success = result[scenario].success;
        success.cdf = rule(first.cdf, second.cdf);
        success.moved = first.moved + second.moved;
        success.slack = std::max(first.slack, second.slack);
        success.finite = std::min(first.finite, second.finite);
    }
    arrays.forget();
    return result;
}

} // namespace

QuantileLaw largeTogether(const QuantileLaw& a, const QuantileLaw& b, ArrayOperations& arrays)
{
    return combined(a, b, arrays,
                    [&](const Cdf& x, const Cdf& y) { return arrays.added(x, y, quantileLevels().size()); });
}

QuantileLaw later(const QuantileLaw& law, const QuantileLaw& other, ArrayOperations& arrays)
{
    return combined(law, other, arrays,
                    [&](const Cdf& x, const Cdf& y) { return arrays.larger(x, y, quantileLevels().size()); });
}

QuantileReader::QuantileReader(bool crossed, bool smooth, std::size_t summands)
    : m_crossed(crossed)
    , m_smooth(smooth)
    , m_negligible(negligible * static_cast<double>(summands))
{
    for (auto& reading : m_readings)
        reading.times.reserve(quantileLevels().size());
}

void QuantileReader::read(const OutcomeLaw& law, const Grid& grid)
{
    m_complete = true;
    for (const Scenario scenario : scenarios(m_crossed)) {
        const bool all = read(law[scenario], scenario, grid);
        m_complete = m_complete && all;
    }
}

bool QuantileReader::read(const Outcome& outcome, Scenario scenario, const Grid& grid)
{
    const auto levels = quantileLevels();
    auto& [times, finite, unavailability, moved, missing] = m_readings[static_cast<std::size_t>(scenario)];
    const auto& success = outcome.success;
    const double total = outcome.total();
    unavailability = outcome.unavailability;
    finite = total > 0 ? std::min(1.0, success.finite / total) : 0;
    const double step = base::seconds(grid.step);
    if (times.empty())
        moved = (success.radius + success.moved) * step;
    const double direction = isLate(scenario) ? 1 : isEarly(scenario) ? -1 : 0;
    const auto values = success.cdf.values();
    const double factor = success.cdf.isZero() ? 1 : success.cdf.factor();
    // What longer grids no longer find was moved, or is as good as never.
    constexpr double little = 1e-6;
    const double missed = success.finite - success.cdf.at(static_cast<std::ptrdiff_t>(grid.cells) - 1);
    const bool isLast =
        missed <= m_negligible * total + success.slack || (missed <= little * total && missed > missing / 2);
    missing = missed;
    const double end = static_cast<double>(std::min(success.cdf.end(), grid.cells)) - 1;
    std::size_t index = 0;
    for (std::size_t j = times.size(); j < levels.size(); ++j) {
        const double wanted = (levels[j] - guard) * total + direction * success.slack;
        while (index < values.size() && factor * values[index] < wanted)
            ++index;
        const std::size_t cell = success.cdf.first() + index;
        double place = infinity;
        if (total > 0 && index < values.size() && cell < grid.cells)
            place = (scenario == Scenario::Nominal || m_smooth ? nominalPlace(success, cell, wanted)
                                                               : static_cast<double>(cell))
                    + direction * success.radius;
        else if (!isLast)
            return false;
        else if (isEarly(scenario) && success.finite >= wanted)
            place = end - success.radius;
        times.push_back(std::max({0.0, place * step, times.empty() ? 0 : times.back()}));
    }
    return true;
}

QuantileLaw QuantileReader::law() const
{
    QuantileLaw result;
    for (const Scenario scenario : scenarios(m_crossed)) {
        const auto& reading = m_readings[static_cast<std::size_t>(scenario)];
        auto times = reading.times;
        // What no grid reached: never, or any time behind the last one.
        const double behind = isEarly(scenario) && !times.empty() ? times.back() : infinity;
        times.resize(quantileLevels().size(), behind);
        auto& outcome = result[scenario];
        outcome.success.cdf = Cdf(0, std::move(times));
        outcome.success.slack = guard;
        outcome.success.finite = reading.finite;
        outcome.success.moved = reading.moved;
        outcome.unavailability = reading.unavailability;
    }
    if (!m_crossed)
        copyToCrossed(result);
    return result;
}

namespace {

Cdf onCells(const Arrival& quantiles, Scenario scenario, const Grid& grid, bool smooth)
{
    const auto levels = quantileLevels();
    std::vector<double> times(levels.size());
    quantiles.cdf.copyTo(0, times);
    const double step = base::seconds(grid.step);
    const bool isNominal = scenario == Scenario::Nominal;
    const double shift = isNominal ? 0.5 : isLate(scenario) ? 0 : 1;
    std::vector<double> values(grid.cells);
    std::size_t j = 0; // the first level that is reached later
    for (std::size_t cell = 0; cell < values.size(); ++cell) {
        const double time = (static_cast<double>(cell) + shift) * step;
        while (j < times.size() && (isEarly(scenario) ? times[j] < time : times[j] <= time))
            ++j;
        const double before = j == 0 ? 0 : levels[j - 1];
        double value = 1;
        if (j < times.size()) {
            const bool isBetween = j > 0 && times[j] < infinity;
            value = isEarly(scenario) ? levels[j] : before;
            if ((isNominal || smooth) && isBetween)
                value = std::lerp(before, levels[j], (time - times[j - 1]) / (times[j] - times[j - 1]));
        }
        values[cell] = value;
    }
    return {0, std::move(values)};
}

} // namespace

OutcomeLaw onGrid(const QuantileLaw& law, const Grid& grid, bool crossed, bool smooth)
{
    OutcomeLaw result;
    for (const Scenario scenario : scenarios(crossed)) {
        const auto& quantiles = law[scenario];
        auto& outcome = result[scenario];
        outcome.unavailability = quantiles.unavailability;
        outcome.success = multiplied(quantiles.success, quantiles.total());
        outcome.success.cdf = onCells(quantiles.success, scenario, grid, smooth).multiplied(quantiles.total());
        outcome.success.radius = scenario == Scenario::Nominal ? 0.5 : 0;
        outcome.success.moved =
            scenario == Scenario::Nominal ? 0 : 1 + quantiles.success.moved / base::seconds(grid.step);
    }
    if (!crossed)
        copyToCrossed(result);
    return result;
}

} // namespace emac::analysis
