// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/grid_choice.h"

#include "core/analysis/latency/evidence.h"
#include "core/journey/latency_law.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace emac::analysis {

namespace {

using journey::LatencyLaw;
using journey::OperatorType;

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Of a percentile, for its numeric part; a little less than what is promised.
constexpr double wantedWidth = 0.0045;
/// Of a group that is read on grids of its own, in it: the rest is for its quantiles, and the grid of the whole.
constexpr double widthOfGroup = 0.0032;
constexpr double widthOfRest = 0.0020;
/// Ranges and steps are rounded to powers of this, so that small changes keep the grid.
constexpr double ladder = 1.0905077326652577; // 2^(1/8)

double roundedUp(double value)
{
    return std::pow(ladder, std::ceil(std::log(value) / std::log(ladder) - 1e-9));
}

double roundedDown(double value)
{
    return std::pow(ladder, std::floor(std::log(value) / std::log(ladder) + 1e-9));
}

/// Sums of up to 4, 5 or 6 · 2ⁿ cells are transformed quickly: the next of these numbers.
std::size_t quickCells(double cells)
{
    const auto least = static_cast<std::size_t>(std::max(16.0, std::ceil(cells)));
    const auto power = std::bit_floor(least);
    for (const auto quick : {power, power / 4 * 5, power / 4 * 6})
        if (quick >= least)
            return quick;
    return 2 * power;
}

/// Up to where a law reaches, but for a part of the margin that has. @param most that any time can be, in seconds
std::size_t cellsToReach(double reach, double most, base::Duration step)
{
    const double margin = reach < most ? 0.97 : 1;
    const double width = base::seconds(step);
    const auto cells = quickCells(std::min(margin * reach / width + 2, static_cast<double>(GridChoice::mostCells)));
    return std::min(cells, static_cast<std::size_t>(std::min(most / width, 1e9)) + 2);
}

} // namespace

GridChoice::GridChoice(const Plan& plan, NodeIndex node, bool fine)
    : m_scale(TimeScales(plan).of(node))
    , m_fine(fine)
    , m_width(wantedWidth)
{
    if (fine) {
        m_smooth = true;
        return;
    }
    for (const NodeIndex below : waitedFor(plan, node))
        collect(plan, plan.nodes[below]);
}

GridChoice::GridChoice(const Plan& plan, NodeIndex node, bool fine, const SharedFateGroups& groups)
    : GridChoice(plan, node, fine)
{
    m_scale = TimeScales(plan, &groups).of(node);
    m_width = widthOfRest;
}

void GridChoice::collect(const Plan& plan, const PlanNode& node)
{
    const auto& op = node.expression->op;
    if (const auto* timeout = std::get_if<journey::Timeout>(&op))
        addTime(timeout->deadline);
    if (const auto* race = std::get_if<journey::Race>(&op);
        race != nullptr && race->hedgeDelay && race->branches.size() > 1)
        addTime(*race->hedgeDelay);
    if (const auto* retry = std::get_if<journey::Retry>(&op); retry != nullptr && retry->backoff)
        addTime(*retry->backoff);
    if (node.type == OperatorType::Call) {
        const auto* input = plan.components[node.operand].input;
        if (input != nullptr && input->failureTime.kind == journey::FailureTime::Kind::Constant)
            addTime(input->failureTime.constant);
        if (input != nullptr && input->latency)
            addLaw(*input->latency);
    }
}

void GridChoice::addTime(base::Duration time)
{
    m_someTimes = std::gcd(m_someTimes, std::int64_t{time.count()});
    m_allTimes = std::gcd(m_allTimes, std::int64_t{time.count()});
}

void GridChoice::addLaw(const LatencyLaw& law)
{
    const auto* knots = std::get_if<std::vector<LatencyLaw::Knot>>(&law.form());
    if (knots == nullptr) {
        m_smooth = true;
        return;
    }
    double value = 0;
    for (const auto& knot : *knots) {
        m_allTimes = std::gcd(m_allTimes, std::int64_t{knot.time.count()});
        m_smooth = m_smooth || knot.nominalBefore != value;
        value = knot.nominal;
    }
    if (knots->size() == 1)
        addTime(knots->front().time);
}

Grid GridChoice::first(double lowestPart) const
{
    const double reach = m_scale.reach();
    if (!(reach > 0)) // all at once
        return of(1e-9, 0);
    const double step = m_fine ? reach / 8192 : m_scale.stepFor(lowestPart, m_width);
    const double range = std::min(m_scale.most, roundedUp(reach));
    if (!m_smooth) { // the coarsest that holds all times, if there is one
        const Grid exact = of(infinity, range);
        if (m_allTimes == 0 || m_allTimes % exact.step.count() == 0)
            return exact;
    }
    const Grid grid = of(roundedDown(step), range);
    return {grid.step, cellsToReach(reach, m_scale.most, grid.step)};
}

Grid GridChoice::ofSum(const TimeScale& sum)
{
    const double reach = std::max(1e-9, sum.reach());
    const double finest = reach / static_cast<double>(mostCells - 2);
    const double wanted = std::max(roundedDown(sum.stepFor(0.5, widthOfGroup)), finest);
    const base::Duration step(std::max<std::int64_t>(1, static_cast<std::int64_t>(wanted * 1e9)));
    return {step, cellsToReach(reach, sum.most, step)};
}

Grid GridChoice::finer(const Grid& grid, double range, double ratio) const
{
    return of(roundedDown(base::seconds(grid.step) / ratio), std::min(m_scale.most, roundedUp(range)));
}

Grid GridChoice::toDeadline(base::Duration deadline) const
{
    constexpr double cells = 8000;
    GridChoice withDeadline = *this;
    withDeadline.addTime(deadline);
    return withDeadline.of(base::seconds(deadline) / cells, base::seconds(deadline) * 1.1);
}

Grid GridChoice::of(double step, double range) const
{
    const double finest = range * 1e9 / static_cast<double>(mostCells - 2);
    double wanted = std::max({1.0, step * 1e9, finest}); // ns
    wanted = std::min(wanted, std::max(1.0, range * 1e9));
    std::int64_t chosen = 0;
    for (const std::int64_t common : {m_allTimes, m_someTimes}) {
        if (common == 0 || chosen != 0)
            continue;
        // The largest divisor up to the wanted step, unless it is much finer.
        const auto least = static_cast<std::int64_t>(std::ceil(static_cast<double>(common) / wanted));
        for (std::int64_t parts = std::max<std::int64_t>(1, least); parts <= 4 * least + 4 && chosen == 0; ++parts) {
            const auto divisor = common / parts;
            const bool coarse =
                static_cast<double>(divisor) >= std::max(1.0, std::max(finest, m_smooth ? wanted / 4 : 0));
            if (common % parts == 0 && coarse)
                chosen = divisor;
        }
    }
    if (chosen == 0)
        chosen = std::max<std::int64_t>(1, static_cast<std::int64_t>(wanted));
    const auto cells = std::floor(range * 1e9 / static_cast<double>(chosen)) + 2;
    const auto most = static_cast<std::size_t>(std::min(cells, static_cast<double>(2 * mostCells)));
    // A little less of a range that is rounded up is enough.
    const auto quick = std::bit_floor(most);
    return {base::Duration(chosen), range < m_scale.most && most - quick <= quick / 128 ? quick : most};
}

} // namespace emac::analysis
