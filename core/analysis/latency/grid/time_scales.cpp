// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/time_scales.h"

#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/normal.h"
#include "core/journey/latency_law.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace emac::analysis {

namespace {

using journey::LatencyLaw;
using journey::OperatorType;

constexpr double infinity = std::numeric_limits<double>::infinity();

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
        scale.smooth = true;
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
        scale.smooth = scale.smooth || knot.nominalBefore != last;
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
            std::max(a.most, b.most), std::max(a.summands, b.summands), 1.5 * (a.roughness + b.roughness),
            a.smooth || b.smooth};
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
    return {a.mean + b.mean,         a.variance + b.variance,   std::max(a.far, b.far), a.most + b.most,
            a.summands + b.summands, a.roughness + b.roughness, a.smooth || b.smooth};
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

TimeScale TimeScales::ofSum(std::span<const NodeIndex> nodes)
{
    TimeScale sum = of(nodes.front());
    for (const NodeIndex node : nodes.subspan(1))
        sum = oneAfterAnother(sum, of(node));
    // One is late, and the others take their time.
    for (const NodeIndex node : nodes)
        sum.far = std::max(sum.far, of(node).far + sum.mean - of(node).mean);
    return sum;
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
                      result.roughness + own.roughness,
                      result.smooth || own.smooth};
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
        else if (node.type == OperatorType::Parallel)
            result = together(result, own, 1);
        else if (node.type == OperatorType::Race) {
            const double far = std::min(result.far, own.far);
            result = together(result, own, -1);
            result.far = far;
        } else
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
    TimeScale alone;
    const auto read = [](TimeScale scale) {
        if (scale.smooth && scale.summands > 1) {
            scale.summands = 1; // whose times are rounded up or down, by half a cell on average
            scale.roughness = 0;
            scale.most *= 1.02; // where rounded times are read
        }
        return scale;
    };
    for (auto& group : groups) {
        auto& sum = group.size == 1 ? alone : result;
        sum = oneAfterAnother(sum, group.size == 1 ? group.scale : read(group.scale));
    }
    return oneAfterAnother(result, read(alone));
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

} // namespace emac::analysis
