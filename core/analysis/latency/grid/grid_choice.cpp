// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/grid_choice.h"

#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/comonotone_sums.h"
#include "core/analysis/latency/normal.h"
#include "core/journey/latency_law.h"

#include <bit>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>
#include <optional>
#include <utility>

namespace emac::analysis {

namespace {

using journey::LatencyLaw;
using journey::OperatorType;

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Of a percentile, for its numeric part; a little less than what is promised.
constexpr double wantedWidth = 0.0045;
/// Where times are large together: the first grid's range by the 99th percentile, about.
constexpr double farByLate = 2.5;
/// What a sum of quantiles is rounded by, in summands.
constexpr double roundedByQuantiles = 2;
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

TimeScale ofLaw(const LatencyLaw& law)
{
    TimeScale scale;
    if (const auto* lognormal = std::get_if<LatencyLaw::Lognormal>(&law.form())) {
        const double far = std::exp(lognormal->mu + 3.7 * lognormal->sigma); // 1 − 1e-4
        const double square = lognormal->sigma * lognormal->sigma;
        scale.mean = std::min(far, std::exp(lognormal->mu + square / 2));
        scale.variance = std::min(far * far / 10, scale.mean * scale.mean * std::expm1(std::min(square, 50.0)));
        scale.far = far;
        scale.most = infinity;
        scale.summands = 1;
        scale.roughness = std::exp(square / 2 - lognormal->mu) / lognormal->sigma; // 2 · the largest density, about
        return scale;
    }
    const auto& knots = std::get<std::vector<LatencyLaw::Knot>>(law.form());
    double square = 0;
    double last = 0;
    const LatencyLaw::Knot* before = nullptr;
    const auto add = [&](double time, double mass) {
        scale.mean += mass * time;
        square += mass * time * time;
    };
    for (const auto& knot : knots) {
        const double time = base::seconds(knot.time);
        const double earlier = before != nullptr ? base::seconds(before->time) : 0;
        add((earlier + time) / 2, knot.nominalBefore - last);
        add(time, knot.nominal - knot.nominalBefore);
        last = knot.nominal;
        before = &knot;
    }
    scale.far = base::seconds(knots.back().time);
    add(scale.far, 1 - last);
    scale.variance = std::max(0.0, square - scale.mean * scale.mean);
    scale.most = scale.far;
    scale.summands = 1;
    return scale;
}

double secondsOf(std::optional<base::Duration> duration)
{
    return base::seconds(duration.value_or(base::Duration(0)));
}

/// The larger in everything.
TimeScale larger(const TimeScale& a, const TimeScale& b)
{
    return {std::max(a.mean, b.mean), std::max(a.variance, b.variance), std::max(a.far, b.far),
            std::max(a.most, b.most), std::max(a.summands, b.summands), 1.5 * (a.roughness + b.roughness)};
}

/// The later (sign 1), or the earlier (−1), of two, as if they were normal (Clark 1961).
TimeScale together(const TimeScale& a, const TimeScale& b, double sign)
{
    TimeScale result = larger(a, b);
    const double deviation = std::sqrt(a.variance + b.variance);
    if (!(deviation > 0)) {
        result.mean = sign > 0 ? std::max(a.mean, b.mean) : std::min(a.mean, b.mean);
        return result;
    }
    const double distance = sign * (a.mean - b.mean) / deviation;
    const double first = normal(distance);
    const double density = std::exp(-distance * distance / 2) / std::sqrt(2 * std::numbers::pi);
    result.mean = a.mean * first + b.mean * (1 - first) + sign * deviation * density;
    const double square = (a.mean * a.mean + a.variance) * first + (b.mean * b.mean + b.variance) * (1 - first)
                          + sign * (a.mean + b.mean) * deviation * density;
    result.variance = std::max(0.0, square - result.mean * result.mean);
    return result;
}

TimeScale oneAfterAnother(const TimeScale& a, const TimeScale& b)
{
    return {a.mean + b.mean, a.variance + b.variance, std::max(a.far, b.far),
            a.most + b.most, a.summands + b.summands, a.roughness + b.roughness};
}

/// Times that are large together.
TimeScale bothLarge(const TimeScale& a, const TimeScale& b)
{
    TimeScale result = oneAfterAnother(a, b);
    const double deviation = std::sqrt(a.variance) + std::sqrt(b.variance);
    result.variance = deviation * deviation;
    result.far = a.far + b.far;
    return result;
}

/// The step at which the rounding of all summands amounts to this many seconds at most: see
/// OutcomeAlgebra::concentrate().
double stepFor(double rounding, const TimeScale& scale)
{
    const double plain = rounding / std::max(0.5, scale.summands / 2);
    const double chance = 3.6 + std::sqrt(12 + 3.5 * scale.summands);
    const double mean = scale.roughness / 16; // times the step
    return std::max(plain, 2 * rounding / (chance + std::sqrt(chance * chance + 4 * mean * rounding)));
}

} // namespace

TimeScales::TimeScales(const Plan& plan, const SharedFateGroups* groups)
    : m_plan(plan)
    , m_groups(groups)
    , m_scales(plan.nodes.size())
{
}

TimeScale TimeScales::of(NodeIndex node)
{
    auto& known = m_scales[node];
    if (!known)
        known = compute(node);
    return *known;
}

base::Duration TimeScales::stepOfPart(NodeIndex node)
{
    const double step = of(node).stepFor(0, wantedWidth / 2);
    return base::Duration(std::max<std::int64_t>(1, std::llround(step * 1e9)));
}

TimeScale TimeScales::compute(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    const auto& op = node.expression->op;
    if (node.type == OperatorType::Call) {
        const auto* input = m_plan.components[node.operand].input;
        if (input == nullptr || !input->latency)
            return {};
        auto scale = ofLaw(*input->latency);
        if (input->failureTime.kind == journey::FailureTime::Kind::Constant) {
            scale.most = std::max(scale.most, base::seconds(input->failureTime.constant));
            scale.far = std::max(scale.far, base::seconds(input->failureTime.constant));
        }
        return scale;
    }
    TimeScale result;
    if (isUnawaited(node))
        return result;
    const auto parts = m_plan.parts(node);
    if (node.type == OperatorType::Fallback) { // alternates are seldom
        for (const NodeIndex part : parts) {
            const auto own = of(part);
            const bool isFirst = part == parts.front();
            result = {isFirst ? own.mean : result.mean,
                      isFirst ? own.variance : result.variance,
                      result.far + own.far,
                      result.most + own.most,
                      result.summands + (isFirst ? own.summands : 0),
                      result.roughness + own.roughness};
        }
        return result;
    }
    if (node.type == OperatorType::Series && m_groups != nullptr && !m_groups->of(index).empty())
        return seriesOfGroups(index);
    std::size_t number = 0;
    for (const NodeIndex part : parts) {
        auto own = of(part);
        if (const auto* race = std::get_if<journey::Race>(&op)) {
            const double delay = secondsOf(race->hedgeDelay) * static_cast<double>(number);
            own.far += delay;
            own.most += delay;
        }
        if (number++ == 0)
            result = own;
        else if (node.type == OperatorType::Series)
            result = oneAfterAnother(result, own);
        else if (node.type == OperatorType::Parallel || node.type == OperatorType::Race)
            result = together(result, own, node.type == OperatorType::Parallel ? 1 : -1);
        else
            result = larger(result, own);
    }
    if (const auto* retry = std::get_if<journey::Retry>(&op)) {
        const double pause = secondsOf(retry->backoff);
        result.far = 2 * result.far + pause;
        result.most = retry->attempts * (result.most + pause);
    }
    if (const auto* timeout = std::get_if<journey::Timeout>(&op)) {
        const double deadline = base::seconds(timeout->deadline);
        result.mean = std::min(result.mean, deadline);
        result.variance = std::min(result.variance, deadline * deadline);
        result.far = std::min(result.far, deadline);
        result.most = std::min(result.most, 1.02 * deadline); // where rounded times are read
    }
    return result;
}

TimeScale TimeScales::seriesOfGroups(NodeIndex index)
{
    struct Group
    {
        TimeScale scale;
        std::size_t size = 0;
    };
    const auto numbers = m_groups->of(index);
    std::vector<Group> groups(numbers.size());
    const auto parts = m_plan.children(m_plan.nodes[index]);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        auto& group = groups[numbers[i]];
        group.scale = group.size++ == 0 ? of(parts[i]) : bothLarge(group.scale, of(parts[i]));
    }
    TimeScale result;
    for (auto& group : groups) {
        if (group.size >= ComonotoneSums::fewest) {
            group.scale.summands = roundedByQuantiles;
            group.scale.roughness = 0;
        }
        result = oneAfterAnother(result, group.scale);
    }
    return result;
}

double TimeScale::reach() const
{
    return std::min(most, std::max(far, mean + 5 * std::sqrt(variance)) * 1.05);
}

double TimeScale::stepFor(double lowestPart, double width) const
{
    // Where the lowest percentile may lie: about the mean where many add up, far below it where few do.
    const double low = lowestPart >= 0.5 ? 0 : 2 * std::sqrt(variance);
    const double least = std::max({mean - low, mean / 4, reach() / 1000});
    return analysis::stepFor(width * least / 2, *this);
}

GridChoice::GridChoice(const Plan& plan, NodeIndex node, bool fine) : m_scale(TimeScales(plan).of(node)), m_fine(fine)
{
    if (fine) {
        m_smooth = true;
        return;
    }
    for (const NodeIndex below : waitedFor(plan, node))
        collect(plan, plan.nodes[below]);
}

GridChoice::GridChoice(const Plan& plan, NodeIndex node, bool fine, const SharedFateGroups& groups, double lowestPart)
    : GridChoice(plan, node, fine)
{
    if (groups.longestSeries() < ComonotoneSums::fewest)
        return;
    m_other = first(lowestPart);
    m_coarse = true;
    m_scale = TimeScales(plan, &groups).of(node);
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
    double step = m_scale.stepFor(lowestPart, wantedWidth);
    if (m_coarse) // the lower percentiles get finer ones
        step = std::max(step, analysis::stepFor(wantedWidth * reach / farByLate / 2, m_scale));
    if (m_fine)
        step = reach / 8192;
    const double range = std::min(m_scale.most, roundedUp(reach));
    if (!m_smooth) { // the coarsest that holds all times, if there is one
        const Grid exact = of(infinity, range);
        if (m_allTimes == 0 || m_allTimes % exact.step.count() == 0)
            return exact;
    }
    return of(roundedDown(step), range);
}

Grid GridChoice::finer(const Grid& grid, double range, double ratio) const
{
    const auto isEnough = [&](const Grid& known) {
        return base::seconds(known.step) <= base::seconds(grid.step) / ratio
               && base::seconds(known.step) * static_cast<double>(known.cells - 1) >= range;
    };
    if (m_other && isEnough(*m_other))
        return *m_other;
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
    // Sums of up to so many cells are transformed quickly; a little less of a range that is rounded up is enough.
    const auto quick = std::bit_floor(most);
    return {base::Duration(chosen), range < m_scale.most && most - quick <= quick / 128 ? quick : most};
}

} // namespace emac::analysis
