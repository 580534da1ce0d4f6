// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/read_band.h"

#include "core/analysis/latency/readout.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace emac::analysis {

namespace {

/// Each grid is at least about as good as the one before.
constexpr int mostGrids = 8;
constexpr int mostLonger = 40;
/// What may lie behind the grid at a deadline's end.
constexpr double negligible = 1e-9;

double rangeOf(const Grid& grid)
{
    return base::seconds(grid.step) * static_cast<double>(grid.cells - 1);
}

/// Of one probability, in two bands that hold it.
DeadlineProbability narrower(const DeadlineProbability& a, const DeadlineProbability& b)
{
    DeadlineProbability result = a.upper - a.lower <= b.upper - b.lower ? a : b;
    result.lower = std::max(a.lower, b.lower);
    result.upper = std::max(result.lower, std::min(a.upper, b.upper));
    if (result.nominal)
        result.nominal = std::clamp(*result.nominal, result.lower, result.upper);
    return result;
}

class Reader
{
public:
    Reader(const LawOnGrid& law, const GridChoice& grids, const LatencyOptions& options)
        : m_law(law)
        , m_grids(grids)
        , m_options(options)
    {
    }

    LatencyBand read()
    {
        Grid grid = m_grids.first(lowestOf(m_options));
        OutcomeLawPtr law = m_law(grid);
        read(*law, grid);
        for (int i = 0; i < mostLonger && isAnyBehind(); ++i) {
            const double range = 2 * rangeOf(grid);
            grid = m_grids.of(range / rangeOf(grid) * base::seconds(grid.step) / 2, range);
            law = m_law(grid);
            read(*law, grid);
        }
        const OutcomeLawPtr longest = law;
        const Grid longestGrid = grid;
        refine(grid);

        LatencyBand band;
        for (const auto& reading : m_readings) {
            band.percentiles.push_back(reading.percentile);
            band.numericWidth = std::max(band.numericWidth, reading.width());
        }
        band.successLower = (*longest)[Scenario::Late].total();
        band.successUpper = (*longest)[Scenario::Early].total();
        for (std::size_t i = 0; i < m_options.deadlines.size(); ++i)
            band.deadlines.push_back(deadline(*longest, longestGrid, i));
        auto curves = readCurves(*longest, longestGrid, m_options.curvePoints);
        band.lower = std::move(curves.lower);
        band.upper = std::move(curves.upper);
        band.nominal = std::move(curves.nominal);
        return band;
    }

private:
    bool isAnyBehind() const { return std::ranges::any_of(m_readings, &PercentileReading::behindGrid); }

    /// Of each percentile the reading with the smallest numeric width, of each deadline what all grids promise.
    void read(const OutcomeLaw& law, const Grid& grid)
    {
        m_deadlines.resize(m_options.deadlines.size());
        for (std::size_t i = 0; i < m_deadlines.size(); ++i) {
            const auto limit = m_options.deadlines[i];
            if (grid.inCells(limit) >= static_cast<double>(grid.cells - 1))
                continue;
            auto& best = m_deadlines[i];
            best = best ? narrower(*best, readDeadline(law, grid, limit)) : readDeadline(law, grid, limit);
        }
        const auto& parts = m_options.percentiles;
        m_readings.resize(parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            auto reading = readPercentile(law, grid, parts[i]);
            auto& best = m_readings[i];
            const bool isFirst = best.percentile.part == 0;
            if (isFirst || best.behindGrid || (!reading.behindGrid && reading.width() < best.width()))
                best = reading;
        }
    }

    /// Percentiles whose numeric part is too wide get a grid of their own.
    void refine(Grid grid)
    {
        for (int i = 0; i < mostGrids; ++i) {
            const auto isTooWide = [](const PercentileReading& reading) {
                return !reading.behindGrid && reading.width() > mostNumericWidth;
            };
            double range = 0;
            for (const auto& reading : m_readings)
                range = std::max(range, isTooWide(reading) ? *reading.percentile.upper : 0);
            double ratio = 1; // percentiles that are much lower get a grid of their own afterwards
            for (const auto& reading : m_readings) {
                if (isTooWide(reading) && *reading.percentile.upper > range / 2)
                    ratio = std::max(ratio, reading.width() / mostNumericWidth);
            }
            if (range == 0)
                return;
            // A little behind the percentile, with room for its rounding.
            const Grid finer = m_grids.finer(grid, 1.2 * range, ratio);
            if (finer.step >= grid.step)
                return;
            grid = finer;
            read(*m_law(grid), grid);
        }
    }

    DeadlineProbability deadline(const OutcomeLaw& law, const Grid& grid, std::size_t index)
    {
        if (const auto& best = m_deadlines[index])
            return *best;
        const auto limit = m_options.deadlines[index];
        const auto& late = law[Scenario::Late];
        const double end = late.success.cdf.at(static_cast<std::ptrdiff_t>(grid.cells) - 1);
        if (late.success.finite - end < negligible)
            return readDeadline(law, grid, limit);
        const Grid longer = m_grids.of(base::seconds(grid.step), base::seconds(limit) * 1.01);
        return readDeadline(*m_law(longer), longer, limit);
    }

    const LawOnGrid& m_law;
    const GridChoice& m_grids;
    const LatencyOptions& m_options;
    std::vector<PercentileReading> m_readings;
    std::vector<std::optional<DeadlineProbability>> m_deadlines; ///< of those within a grid
};

} // namespace

double lowestOf(const LatencyOptions& options)
{
    return options.percentiles.empty() ? 0.5 : *std::ranges::min_element(options.percentiles);
}

LatencyBand readBand(const LawOnGrid& law, const GridChoice& grids, const LatencyOptions& options)
{
    return Reader(law, grids, options).read();
}

} // namespace emac::analysis
