// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/read_band.h"

#include "core/analysis/latency/band_curves.h"
#include "core/analysis/latency/readout.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>
#include <vector>

namespace emac::analysis {

namespace {

/// Each grid is at least about as good as the one before.
constexpr int mostGrids = 8;
constexpr int mostLonger = 40;
/// What may lie behind the grid at a deadline's end.
constexpr double negligible = 1e-9;
/// A probability whose ends are nearer than that needs no finer grid.
constexpr double worthwhile = 1e-6;

/// The lowest percentile that is asked for.
double lowestOf(const LatencyOptions& options)
{
    return options.percentiles.empty() ? 0.5 : *std::ranges::min_element(options.percentiles);
}

double rangeOf(const Grid& grid)
{
    return base::seconds(grid.step) * static_cast<double>(grid.cells - 1);
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
        const Grid first = m_grids.first(lowestOf(m_options));
        const OutcomeLawPtr law = m_law(first);
        readAll(*law, first);
        Grid longest = first;
        for (int i = 0; i < mostLonger && isAnyBehind(); ++i) {
            const double range = 2 * rangeOf(longest);
            longest = m_grids.of(base::seconds(longest.step), range);
            readAll(*m_law(longest), longest);
        }
        refine(longest);

        LatencyBand band;
        for (const auto& reading : m_readings) {
            band.percentiles.push_back(percentileOf(reading));
            band.numericWidth = std::max(band.numericWidth, widthOf(reading));
        }
        ascend(band.percentiles);
        band.successLower = (*law)[Scenario::Late].total();
        band.successUpper = (*law)[Scenario::Early].total();
        for (std::size_t i = 0; i < m_options.deadlines.size(); ++i)
            band.deadlines.push_back(deadline(i, *law, first));
        addCurves(band, *law, first, longest);
        return band;
    }

private:
    bool isAnyBehind() const
    {
        return std::ranges::any_of(m_readings, [](const PercentileReading& one) {
            return one.lower.behindGrid || one.nominal.behindGrid || one.upper.behindGrid;
        });
    }

    /// Of each end, and of each deadline, the reading with the smallest numeric part.
    void readAll(const OutcomeLaw& law, const Grid& grid)
    {
        const auto& parts = m_options.percentiles;
        const bool isFirst = m_readings.empty();
        m_readings.resize(parts.size());
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto reading = readPercentile(law, grid, parts[i]);
            auto& best = m_readings[i];
            best.part = reading.part;
            for (const auto end : {&PercentileReading::lower, &PercentileReading::nominal, &PercentileReading::upper}) {
                const auto& found = reading.*end;
                auto& known = best.*end;
                if (isFirst || known.behindGrid || (!found.behindGrid && found.numeric < known.numeric))
                    known = found;
            }
        }
        m_deadlines.resize(m_options.deadlines.size());
        for (std::size_t i = 0; i < m_deadlines.size(); ++i)
            readDeadlineOn(i, law, grid);
    }

    void readDeadlineOn(std::size_t i, const OutcomeLaw& law, const Grid& grid)
    {
        const auto limit = m_options.deadlines[i];
        auto& best = m_deadlines[i];
        const double rounding = roundingOf(law, grid);
        if (grid.inCells(limit) >= static_cast<double>(grid.cells - 1) || (best && best->rounding <= rounding))
            return;
        auto value = readDeadline(law, grid, limit);
        if (best) {
            value.lower = std::max(value.lower, best->value.lower);
            value.upper = std::max(value.lower, std::min(value.upper, best->value.upper));
            value.nominal = std::clamp(*value.nominal, value.lower, value.upper);
        }
        best = {value, grid, rounding};
    }

    /// Of times, in seconds.
    static double roundingOf(const OutcomeLaw& law, const Grid& grid)
    {
        const auto& late = law[Scenario::Late].success;
        const auto& early = law[Scenario::Early].success;
        return (late.radius + late.moved + early.radius + early.moved) * base::seconds(grid.step);
    }

    /// A larger part is reached no sooner.
    static void ascend(std::vector<Percentile>& percentiles)
    {
        std::vector<Percentile*> order;
        order.reserve(percentiles.size());
        for (auto& percentile : percentiles)
            order.push_back(&percentile);
        std::ranges::stable_sort(order, {}, [](const Percentile* one) { return one->part; });
        for (std::size_t i = 1; i < order.size(); ++i) {
            if (order[i]->lower)
                order[i]->lower = std::max(*order[i]->lower, order[i - 1]->lower.value_or(0));
            if (order[i]->nominal)
                order[i]->nominal = std::max(*order[i]->nominal, order[i - 1]->nominal.value_or(0));
        }
        for (std::size_t i = order.size(); i-- > 1;) {
            if (order[i]->upper && order[i - 1]->upper)
                order[i - 1]->upper = std::min(*order[i - 1]->upper, *order[i]->upper);
        }
    }

    static Percentile percentileOf(const PercentileReading& reading)
    {
        Percentile result{reading.part, reading.lower.seconds, reading.nominal.seconds, reading.upper.seconds};
        // Read on different grids, or reached but for rounding.
        if (result.lower && result.upper)
            result.lower = std::min(*result.lower, *result.upper);
        if (auto& nominal = result.nominal) {
            nominal = std::max(*nominal, result.lower.value_or(*nominal));
            nominal = std::min(*nominal, result.upper.value_or(*nominal));
        }
        return result;
    }

    /// The numeric part of the percentile; of the lower end where there is no upper one.
    static double widthOf(const PercentileReading& reading)
    {
        const auto& [part, lower, nominal, upper] = reading;
        if (upper.seconds && *upper.seconds > 0) {
            const double both = lower.numeric + upper.numeric;
            return std::min(both, *upper.seconds - lower.seconds.value_or(0)) / *upper.seconds;
        }
        return lower.seconds && *lower.seconds > 0 ? lower.numeric / *lower.seconds : 0;
    }

    /// Where the reading that is too wide lies; 0 where none is.
    static double tooWideAt(const PercentileReading& reading)
    {
        return widthOf(reading) > mostNumericWidth ? reading.upper.seconds.value_or(reading.lower.seconds.value_or(0))
                                                   : 0;
    }

    /// Percentiles whose numeric part is too wide get a grid of their own, the latest ones first.
    void refine(Grid grid)
    {
        double before = std::numeric_limits<double>::infinity();
        for (int i = 0; i < mostGrids; ++i) {
            double range = 0;
            for (const auto& reading : m_readings)
                range = std::max(range, tooWideAt(reading) < before ? tooWideAt(reading) : 0);
            if (range == 0)
                return;
            double ratio = 1;
            for (const auto& reading : m_readings) {
                if (tooWideAt(reading) > range / 2 && tooWideAt(reading) <= range)
                    ratio = std::max(ratio, widthOf(reading) / mostNumericWidth);
            }
            // A little behind the percentile, with room for its rounding.
            const Grid finer = m_grids.finer(grid, 1.2 * range, ratio);
            if (finer.step >= grid.step) { // as fine as it gets
                before = range / 2;
                continue;
            }
            grid = finer;
            readAll(*m_law(grid), grid);
        }
    }

    /// Those of the first grid, and behind its end those of the longest.
    void addCurves(LatencyBand& band, const OutcomeLaw& law, const Grid& first, const Grid& longest)
    {
        const bool isLonger = longest.cells != first.cells || longest.step != first.step;
        const std::size_t points = m_options.curvePoints;
        const std::size_t pointsBehind = isLonger ? points / 4 : 0;
        auto curves = readCurves(law, first, points - pointsBehind);
        if (isLonger) {
            const auto behind = readCurves(*m_law(longest), longest, pointsBehind);
            curves.lower = largerOf(curves.lower, behind.lower, End::Worst);
            curves.upper = smallerOf(curves.upper, behind.upper, End::Best);
            const auto isBehind = [&](const CurvePoint& point) {
                return point.seconds > rangeOf(first)
                       && (curves.nominal.empty() || point.probability > curves.nominal.back().probability);
            };
            std::ranges::copy_if(behind.nominal, std::back_inserter(curves.nominal), isBehind);
        }
        band.lower = std::move(curves.lower);
        band.upper = std::move(curves.upper);
        band.nominal = std::move(curves.nominal);
    }

    /// On a longer grid where it lies behind all; on finer ones where a percentile there would be too wide.
    DeadlineProbability deadline(std::size_t i, const OutcomeLaw& law, const Grid& first)
    {
        const auto limit = m_options.deadlines[i];
        const auto& best = m_deadlines[i];
        if (!best) {
            const auto isInside = [&](Scenario scenario) {
                const auto& success = law[scenario].success;
                return success.finite - success.cdf.at(static_cast<std::ptrdiff_t>(first.cells) - 1) < negligible;
            };
            if (isInside(Scenario::Late) && isInside(Scenario::Early))
                return readDeadline(law, first, limit);
            const Grid longer = m_grids.of(base::seconds(first.step), base::seconds(limit) * 1.01);
            readDeadlineOn(i, *m_law(longer), longer);
            if (!best)
                return readDeadline(law, first, limit);
        }
        if (m_options.scaled) // differences between laws are read on one grid
            return best->value;
        const double allowed = mostNumericWidth * base::seconds(limit);
        for (int tries = 0; tries < 2 && best->rounding > allowed && best->value.upper - best->value.lower > worthwhile;
             ++tries) {
            const Grid finer = m_grids.finer(best->grid, 1.1 * base::seconds(limit), best->rounding / allowed);
            if (finer.step >= best->grid.step)
                break;
            const OutcomeLawPtr there = m_law(finer);
            for (std::size_t other = 0; other < m_deadlines.size(); ++other)
                readDeadlineOn(other, *there, finer);
        }
        return best->value;
    }

    struct DeadlineReading
    {
        DeadlineProbability value;
        Grid grid;
        double rounding = 0; ///< of times, in seconds
    };

    const LawOnGrid& m_law;
    const GridChoice& m_grids;
    const LatencyOptions& m_options;
    std::vector<PercentileReading> m_readings;
    std::vector<std::optional<DeadlineReading>> m_deadlines;
};

} // namespace

LatencyBand readBand(const LawOnGrid& law, const GridChoice& grids, const LatencyOptions& options)
{
    return Reader(law, grids, options).read();
}

} // namespace emac::analysis
