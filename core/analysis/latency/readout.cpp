// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/readout.h"

#include <cmath>
#include <functional>

namespace emac::analysis {

namespace {

/// What arithmetic may take from a value that is reached exactly.
constexpr double tolerance = 1e-12;

/// The first cell where the array has reached the value; nothing where none in the grid has.
std::optional<std::size_t> firstReaching(const Cdf& cdf, double value, const Grid& grid)
{
    if (value <= 0)
        return 0;
    const auto values = cdf.values();
    const double plain = cdf.isZero() ? 0 : value / cdf.factor();
    const auto found = std::ranges::lower_bound(values, plain);
    const std::size_t cell = cdf.first() + static_cast<std::size_t>(found - values.begin());
    if (found == values.end() || cell >= grid.cells)
        return std::nullopt;
    return cell;
}

/// Whether the level is one that the law only comes near to, as late as one likes: so little lies behind it, and the
/// time at which still less is missing is much later.
bool isApproached(const Arrival& arrival, double value, const Grid& grid)
{
    constexpr double little = 1e-7;
    if (arrival.finite - value > little)
        return false;
    const auto before = firstReaching(arrival.cdf, value - little, grid);
    if (!before)
        return false;
    const auto reached = firstReaching(arrival.cdf, value, grid).value_or(grid.cells - 1);
    return static_cast<double>(reached) > 1.02 * static_cast<double>(*before) + 2;
}

double secondsAt(double cells, const Grid& grid)
{
    return base::seconds(grid.step) * std::max(0.0, cells);
}

/// Where a nominal curve reaches the value, in cells; between the middles of two where it is not exact on the grid.
std::optional<double> nominalReaching(const Arrival& arrival, double value, const Grid& grid)
{
    const auto cell = firstReaching(arrival.cdf, value - tolerance, grid);
    if (!cell)
        return std::nullopt;
    const auto place = static_cast<double>(*cell);
    if (arrival.radius == 0)
        return place;
    const auto index = static_cast<std::ptrdiff_t>(*cell);
    const double before = arrival.cdf.at(index - 1);
    const double here = arrival.cdf.at(index);
    const double part = here > before ? std::clamp((value - before) / (here - before), 0.0, 1.0) : 1;
    return std::max(0.0, place - 0.5 + part);
}

} // namespace

PercentileReading readPercentile(const OutcomeLaw& law, const Grid& grid, double part)
{
    const auto& late = law[Scenario::Late];
    const auto& early = law[Scenario::Early];
    PercentileReading reading;
    reading.part = part;
    if (early.total() <= 0) // nothing ever succeeds
        return reading;

    const double toReach = part * early.total() - tolerance;
    if (late.success.finite - late.success.slack >= toReach && !isApproached(late.success, toReach, grid)) {
        const auto cell = firstReaching(late.success.cdf, toReach + late.success.slack, grid);
        const auto plain = firstReaching(late.success.cdf, toReach, grid);
        const double radius = late.success.radius;
        if (cell && plain)
            reading.upper = {secondsAt(static_cast<double>(*cell) + radius, grid),
                             secondsAt(static_cast<double>(*cell - *plain) + radius + late.success.moved, grid), false};
        else
            reading.upper.behindGrid = true;
    }
    const double atMost = part * late.total() - tolerance;
    if (early.success.finite + early.success.slack >= atMost) {
        const auto cell = firstReaching(early.success.cdf, atMost - early.success.slack, grid);
        const auto plain = firstReaching(early.success.cdf, atMost, grid);
        const auto end = static_cast<double>(grid.cells - 1);
        const double place = cell ? static_cast<double>(*cell) : end;
        const double radius = early.success.radius;
        // What was moved to the safe side is all there at the end of the grid.
        const bool atEnd = !cell || (early.success.moved > 0 && place + early.success.moved + 1 >= end);
        reading.lower = {
            secondsAt(place - radius, grid),
            secondsAt((plain ? static_cast<double>(*plain) : end) - place + radius + early.success.moved, grid),
            atEnd && !isApproached(early.success, atMost, grid)};
    }
    const auto& nominal = law[Scenario::Nominal];
    if (const double value = part * nominal.total(); value > 0 && nominal.success.finite >= value - tolerance
                                                     && !isApproached(nominal.success, value - tolerance, grid)) {
        const auto place = nominalReaching(nominal.success, value, grid);
        if (place)
            reading.nominal = {secondsAt(*place, grid),
                               secondsAt(nominal.success.moved + (nominal.success.radius == 0 ? 0 : 0.5), grid), false};
        else
            reading.nominal.behindGrid = true;
    }
    return reading;
}

namespace {

/// A bound of S in its direction at a time in cells.
double boundAt(const Outcome& outcome, Scenario scenario, double cells, const Grid& grid)
{
    const auto& success = outcome.success;
    if (isLate(scenario)) {
        const auto cell = static_cast<std::ptrdiff_t>(
            std::floor(std::min(cells - success.radius, static_cast<double>(grid.cells - 1))));
        return std::max(0.0, success.cdf.at(cell) - success.slack);
    }
    const double shifted = cells + success.radius;
    if (shifted >= static_cast<double>(grid.cells - 1))
        return std::min(outcome.total(), success.finite + success.slack);
    const double value = success.cdf.at(static_cast<std::ptrdiff_t>(std::floor(shifted)));
    return std::min({value + success.slack, success.finite + success.slack, outcome.total()});
}

double nominalAt(const Outcome& outcome, double cells)
{
    const auto& success = outcome.success;
    const auto cell = static_cast<std::ptrdiff_t>(std::floor(cells));
    if (success.radius == 0)
        return success.cdf.at(cell);
    // Values stand at the middles of cells.
    const double shifted = cells - 0.5;
    const auto before = static_cast<std::ptrdiff_t>(std::floor(shifted));
    return std::lerp(success.cdf.at(before), success.cdf.at(before + 1), shifted - std::floor(shifted));
}

} // namespace

DeadlineProbability readDeadline(const OutcomeLaw& law, const Grid& grid, base::Duration limit)
{
    DeadlineProbability result;
    const double cells = grid.inCells(limit);
    result.limit = limit;
    result.lower = boundAt(law[Scenario::Late], Scenario::Late, cells, grid);
    result.upper = std::max(result.lower, boundAt(law[Scenario::Early], Scenario::Early, cells, grid));
    result.nominal = std::clamp(nominalAt(law[Scenario::Nominal], cells), result.lower, result.upper);
    return result;
}

namespace {

/// Cells, ascending, that show best how a curve moves: equal steps of the value, in the tail by factors of what is
/// left, and equal steps of time.
std::vector<std::size_t> tellingCells(const Cdf& cdf, const Grid& grid, std::size_t count)
{
    std::vector<std::size_t> cells;
    if (cdf.isZero() || cdf.first() >= grid.cells || count == 0)
        return cells;
    const std::size_t first = cdf.first();
    const std::size_t last = std::min(cdf.end(), grid.cells) - 1;
    if (last - first < count) {
        for (std::size_t cell = first; cell <= last; ++cell) {
            if (cell == first
                || cdf.at(static_cast<std::ptrdiff_t>(cell)) > cdf.at(static_cast<std::ptrdiff_t>(cell) - 1))
                cells.push_back(cell);
        }
        return cells;
    }
    const double top = cdf.at(static_cast<std::ptrdiff_t>(last));
    const auto add = [&](double value) {
        if (const auto cell = firstReaching(cdf, value, grid))
            cells.push_back(std::clamp(*cell, first, last));
    };
    cells.push_back(first);
    cells.push_back(last);
    const std::size_t byValue = count * 2 / 5;
    const std::size_t byTail = count * 9 / 20;
    const std::size_t byTime = count - byValue - byTail - 2;
    for (std::size_t i = 1; i <= byValue; ++i)
        add(top * static_cast<double>(i) / static_cast<double>(byValue + 1));
    const double least = std::max(1e-5, (1 - top) / 30); // what is still missing behind that says no more
    for (std::size_t i = 1; i <= byTail; ++i)
        add(top * (1 - std::pow(least, static_cast<double>(i) / static_cast<double>(byTail))));
    for (std::size_t i = 1; i <= byTime; ++i)
        cells.push_back(first + (last - first) * i / (byTime + 1));
    std::ranges::sort(cells);
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    return cells;
}

} // namespace

BandCurves readCurves(const OutcomeLaw& law, const Grid& grid, std::size_t points)
{
    BandCurves curves;
    if (points < 8)
        return curves;
    const auto& late = law[Scenario::Late];
    for (const std::size_t cell : tellingCells(late.success.cdf, grid, points)) {
        const double cells = static_cast<double>(cell) + late.success.radius;
        curves.lower.push_back({secondsAt(cells, grid), boundAt(late, Scenario::Late, cells, grid)});
    }
    // From each time on what is reached before the next one.
    const auto& early = law[Scenario::Early];
    const auto cells = tellingCells(early.success.cdf, grid, points - 1);
    for (std::size_t i = 0; i <= cells.size() && !cells.empty(); ++i) {
        const double start = i == 0 ? 0 : static_cast<double>(cells[i - 1]) - early.success.radius;
        const bool last = i == cells.size();
        const double end =
            last ? static_cast<double>(grid.cells) : static_cast<double>(cells[i]) - early.success.radius;
        if (end <= 0)
            continue;
        const auto before = static_cast<std::ptrdiff_t>(last ? grid.cells : cells[i]) - 1;
        const double value = last ? boundAt(early, Scenario::Early, end, grid)
                                  : std::min(early.total(), early.success.cdf.at(before) + early.success.slack);
        if (value <= 0)
            continue;
        const double seconds = secondsAt(start, grid);
        if (!curves.upper.empty() && curves.upper.back().seconds == seconds)
            curves.upper.back().probability = value;
        else
            curves.upper.push_back({seconds, value});
    }
    const auto& nominal = law[Scenario::Nominal];
    for (const std::size_t cell : tellingCells(nominal.success.cdf, grid, points)) {
        const double place = static_cast<double>(cell) + (nominal.success.radius == 0 ? 0 : 0.5);
        curves.nominal.push_back({secondsAt(place, grid), nominal.success.cdf.at(static_cast<std::ptrdiff_t>(cell))});
    }
    return curves;
}

} // namespace emac::analysis
