// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/band_curves.h"
#include "core/analysis/latency/envelope/envelope_law.h"

#include <algorithm>
#include <cmath>
#include <numeric>

// What is read from the bounds: values, times, S(∞), and the band of one node.
namespace emac::analysis {

namespace {

using journey::OperatorType;

/// Their laws meet at one time.
bool startTogether(OperatorType type)
{
    return type == OperatorType::Parallel || type == OperatorType::Race || type == OperatorType::KofN
           || type == OperatorType::Branch;
}

} // namespace

double EnvelopeLaw::reached(NodeIndex index, double t, const Question& question)
{
    look();
    index = resolved(index);
    if (m_plan.nodes[index].type == OperatorType::Call)
        return computeReached(index, t, question);
    const auto known = key(index, question, Asked::Reached).add(t);
    const auto answer = m_memo.findAnswer(known);
    return answer ? *answer : m_memo.store(known, computeReached(index, t, question));
}

double EnvelopeLaw::computeReached(NodeIndex index, double t, const Question& question)
{
    const bool worst = question.end == End::Worst;
    if (const auto* sum = sumOf(index, question))
        return worst ? 1 - sum->chance(t) : sum->chance(t);
    const auto& node = m_plan.nodes[index];
    const auto* race = std::get_if<journey::Race>(&node.expression->op);
    if (!startTogether(node.type))
        return curve(index, question)->value(t);
    const double delay = race != nullptr ? nanoseconds(race->hedgeDelay.value_or(base::Duration(0))) : 0;
    std::vector<double> values;
    for (const NodeIndex child : m_plan.children(node))
        values.push_back(reached(child, t - delay * static_cast<double>(values.size()), question));
    return bound(node, question, values);
}

std::optional<double> EnvelopeLaw::timeOf(NodeIndex index, double value, const Question& question)
{
    look();
    index = resolved(index);
    const auto known = key(index, question, Asked::Time).add(value);
    const auto answer = m_memo.findAnswer(known);
    const double time = answer ? *answer : m_memo.store(known, computeTime(index, value, question));
    return std::isfinite(time) ? std::optional(time / 1e9) : std::nullopt;
}

/// In ns; ∞ where there is none.
double EnvelopeLaw::computeTime(NodeIndex index, double value, const Question& question)
{
    const bool worst = question.end == End::Worst;
    if (const auto* sum = sumOf(index, question))
        return sum->time(worst ? 1 - value : value);
    const auto side = worst ? TailOf::Latest : TailOf::Earliest;
    const double sampled = SumBound({curve(index, question)}, side).time(worst ? 1 - value : value);
    if (!startTogether(m_plan.nodes[index].type) || !std::isfinite(sampled))
        return sampled;
    // Sampled to the safe side: the exact one is a little better, down (up) to the neighbouring time.
    const double searched = 2 * curve(index, question)->stretch() - 1;
    double safe = sampled;
    double other = worst ? sampled / searched : sampled * searched + 1;
    const auto isEnough = [&](double t) {
        return worst ? reached(index, t, question) >= value : reached(index, t, question) < value;
    };
    for (int i = 0; i < 12 && std::abs(safe - other) > 0.5 && std::abs(safe - other) > 1e-6 * safe; ++i) {
        const double middle = std::round((safe + other) / 2);
        (isEnough(middle) ? safe : other) = middle;
    }
    return safe;
}

double EnvelopeLaw::stretch(NodeIndex index, const Question& question)
{
    index = resolved(index);
    if (const auto* sum = sumOf(index, question))
        return sum->stretch();
    const auto& node = m_plan.nodes[index];
    if (!startTogether(node.type))
        return curve(index, question)->stretch();
    double result = 1;
    for (const NodeIndex child : m_plan.children(node))
        result = std::max(result, stretch(child, question));
    return result;
}

/// S(∞), with success after every finite time: as in the availability, but for timeouts.
double EnvelopeLaw::total(NodeIndex index, const Question& question)
{
    const auto& node = m_plan.nodes[index];
    const bool worst = question.end == End::Worst;
    std::vector<double> values;
    for (const NodeIndex part : m_plan.parts(node)) {
        if (node.type != OperatorType::Timeout && node.type != OperatorType::Optional)
            values.push_back(total(part, question));
    }
    const double sum = std::accumulate(values.begin(), values.end(), 0.0);
    switch (node.type) {
    case OperatorType::Call:
        return 1 - m_plan.components[node.operand].failure[question.inputs];
    case OperatorType::Use:
        return values.front();
    case OperatorType::Series:
        if (values.empty())
            return 1;
        return worst ? std::max(0.0, sum - static_cast<double>(values.size() - 1)) : std::ranges::min(values);
    case OperatorType::Fallback:
        return worst ? std::ranges::max(values) : std::min(1.0, sum);
    case OperatorType::Retry:
        return worst ? sum : std::min(1.0, sum * std::get<journey::Retry>(node.expression->op).attempts);
    case OperatorType::Timeout:
        return reachedInTime(index, question.end, question.inputs);
    case OperatorType::Optional:
        return 1;
    default:
        return bound(node, question, values);
    }
}

double EnvelopeLaw::reachedInTime(NodeIndex timeout, End end, End inputs)
{
    const auto& node = m_plan.nodes[timeout];
    const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
    return reached(m_plan.children(node).front(), nanoseconds(deadline), {What::Success, end, inputs, deadline});
}

std::vector<DeadlineProbability> EnvelopeLaw::deadlines(NodeIndex node, const std::vector<base::Duration>& limits)
{
    std::vector<DeadlineProbability> result;
    const double success = total(node, upperQuestion);
    for (const auto limit : limits) {
        DeadlineProbability deadline;
        deadline.limit = limit;
        deadline.upper = std::min(success, reached(node, nanoseconds(limit), upperQuestion));
        deadline.lower = reached(node, nanoseconds(limit), lowerQuestion);
        result.push_back(deadline);
    }
    // Each bound of a sum is looked for by itself: what is found for an earlier time holds for a later one, too.
    std::vector<std::size_t> order(result.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return result[i].limit; });
    double most = 0;
    for (const auto i : order)
        most = result[i].lower = std::max(most, result[i].lower);
    double least = 1;
    for (std::size_t k = order.size(); k-- > 0;)
        least = result[order[k]].upper = std::min(least, result[order[k]].upper);
    for (auto& deadline : result)
        deadline.lower = std::min(deadline.lower, deadline.upper);
    return result;
}

SummandPtr EnvelopeLaw::outline(NodeIndex node, const Question& question, std::size_t points)
{
    node = resolved(node);
    const auto known = key(node, question, Asked::Outline).add(std::uint64_t{points});
    if (auto outline = m_memo.findCurve(known))
        return outline;
    const auto* sum = sumOf(node, question);
    auto steps =
        sum != nullptr ? sumOutline(*sum, points, [this] { look(); }) : stepsOf(*curve(node, question), question.end);
    if (question.end == End::Best) { // timeouts are read more exactly than sampled
        const double most = total(node, question);
        for (double& value : steps.values)
            value = std::min(value, most);
    }
    return m_memo.store(known, summandOf(thinned(std::move(steps), question.end, points), question.end));
}

namespace {

/// Each bound of a sum is looked for by itself: what is found for one question holds for the others, too.
void share(LatencyBand& band)
{
    for (auto& percentile : band.percentiles) {
        const double enough = percentile.part * band.successUpper;
        const double little = percentile.part * band.successLower;
        for (auto& deadline : band.deadlines) {
            const double limit = base::seconds(deadline.limit);
            if (percentile.upper && limit >= *percentile.upper)
                deadline.lower = std::max(deadline.lower, std::min(enough, deadline.upper));
            else if (deadline.lower >= enough)
                percentile.upper = limit;
            if (percentile.lower && limit < *percentile.lower)
                deadline.upper = std::min(deadline.upper, std::max(little, deadline.lower));
            else if (deadline.upper < little)
                percentile.lower = limit;
        }
    }
}

} // namespace

LatencyBand EnvelopeLaw::band(NodeIndex node, const LatencyOptions& options)
{
    LatencyBand band;
    band.successLower = total(node, lowerQuestion);
    band.successUpper = total(node, upperQuestion);
    // What L only comes nearer to is reached at no time, however near arithmetic sees it.
    const auto last = options.percentiles.empty() ? Limit() : limit(node, lowerQuestion);
    const auto isEverReached = [&](double part) {
        return band.successUpper > 0
               && part * band.successUpper < last.value + (last.isReached ? tolerance : -tolerance);
    };
    for (const double part : options.percentiles) {
        Percentile percentile;
        percentile.part = part;
        if (isEverReached(part))
            percentile.upper = timeOf(node, part * band.successUpper - tolerance, lowerQuestion);
        percentile.lower = timeOf(node, std::max(0.0, part * band.successLower - tolerance), upperQuestion);
        if (percentile.upper && percentile.lower)
            percentile.lower = std::min(*percentile.lower, *percentile.upper);
        band.percentiles.push_back(percentile);
    }
    band.deadlines = deadlines(node, options.deadlines);
    share(band);
    for (auto& percentile : band.percentiles) {
        if (!isEverReached(percentile.part))
            percentile.upper.reset();
    }
    for (const auto& percentile : band.percentiles) {
        if (percentile.upper)
            band.numericWidth = std::max(band.numericWidth, stretch(node, lowerQuestion) - 1);
        if (percentile.lower)
            band.numericWidth = std::max(band.numericWidth, stretch(node, upperQuestion) - 1);
    }
    if (options.curvePoints >= 8) {
        band.lower = curveOf(stepsOf(*outline(node, lowerQuestion, options.curvePoints), End::Worst));
        band.upper = curveOf(stepsOf(*outline(node, upperQuestion, options.curvePoints), End::Best));
    }
    return band;
}

} // namespace emac::analysis
