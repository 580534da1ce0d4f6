// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/earliest.h"

#include <algorithm>
#include <cmath>

namespace emac::analysis {

namespace {

using journey::FailureTime;
using journey::LatencyLaw;
using Time = EarliestTime;

Time count(base::Duration duration)
{
    return static_cast<Time>(duration.count());
}

Time earliest(const LatencyLaw& law)
{
    if (const auto* lognormal = std::get_if<LatencyLaw::Lognormal>(&law.form()))
        return std::floor(std::exp(lognormal->mu - 6 * lognormal->sigma) * 1e9); // once in 10⁹ calls it is less
    for (const auto& knot : std::get<std::vector<LatencyLaw::Knot>>(law.form())) {
        if (knot.upper > 0)
            return count(knot.time);
    }
    return neverTime;
}

Time earliestFailure(const journey::Input& input, Time success)
{
    switch (input.failureTime.kind) {
    case FailureTime::Kind::Unstated:
    case FailureTime::Kind::Immediate:
        return 0;
    case FailureTime::Kind::LikeSuccess:
        return success;
    case FailureTime::Kind::Constant:
        return count(input.failureTime.constant);
    }
    return 0;
}

/// What has no evidence may take no time.
Earliest earliest(const PlanComponent& component)
{
    if (component.input == nullptr)
        return {};
    const Time success = component.input->latency ? earliest(*component.input->latency) : 0;
    const Time failure = earliestFailure(*component.input, success);
    return {component.failure[End::Best] < 1 ? success : neverTime,
            component.failure[End::Worst] > 0 ? failure : neverTime};
}

Time smallest(std::vector<Time> times, std::size_t rank)
{
    std::ranges::sort(times);
    return times.at(rank);
}

/// `times` are those of the parts.
Earliest earliestOf(const Plan& plan, const PlanNode& node, const std::vector<Earliest>& times)
{
    const auto successes = [&](Time delay) {
        std::vector<Time> result;
        for (std::size_t i = 0; i < times.size(); ++i)
            result.push_back(times[i].success + static_cast<Time>(i) * delay);
        return result;
    };
    const auto failures = [&](Time delay) {
        std::vector<Time> result;
        for (std::size_t i = 0; i < times.size(); ++i)
            result.push_back(times[i].failure + static_cast<Time>(i) * delay);
        return result;
    };
    return std::visit(
        [&](const auto& op) -> Earliest {
            using T = std::decay_t<decltype(op)>;
            if constexpr (std::is_same_v<T, journey::Call>) {
                return earliest(plan.components[node.operand]);
            } else if constexpr (std::is_same_v<T, journey::Use>) {
                return times.empty() ? Earliest() : times.front();
            } else if constexpr (std::is_same_v<T, journey::Series>) {
                Earliest sum{0, neverTime};
                for (const auto& step : times) {
                    sum.failure = std::min(sum.failure, sum.success + step.failure);
                    sum.success += step.success;
                }
                return sum;
            } else if constexpr (std::is_same_v<T, journey::Parallel>) {
                return {std::ranges::max(successes(0)), std::ranges::min(failures(0))};
            } else if constexpr (std::is_same_v<T, journey::Race>) {
                const Time delay = count(op.hedgeDelay.value_or(base::Duration(0)));
                return {std::ranges::min(successes(delay)), std::ranges::max(failures(delay))};
            } else if constexpr (std::is_same_v<T, journey::KofN>) {
                const auto k = std::clamp<std::size_t>(static_cast<std::size_t>(op.k), 1, times.size());
                return {smallest(successes(0), k - 1), smallest(failures(0), times.size() - k)};
            } else if constexpr (std::is_same_v<T, journey::Branch>) {
                return {std::ranges::min(successes(0)), std::ranges::min(failures(0))};
            } else if constexpr (std::is_same_v<T, journey::Retry>) {
                const Time gap = count(op.backoff.value_or(base::Duration(0)));
                return {times.front().success, op.attempts * times.front().failure + (op.attempts - 1) * gap};
            } else if constexpr (std::is_same_v<T, journey::Fallback>) {
                Earliest result{neverTime, 0};
                for (const auto& attempt : times) {
                    result.success = std::min(result.success, result.failure + attempt.success);
                    result.failure += attempt.failure;
                }
                return result;
            } else if constexpr (std::is_same_v<T, journey::Timeout>) {
                const Time deadline = count(op.deadline);
                const auto& body = times.front();
                return {body.success <= deadline ? body.success : neverTime, std::min(body.failure, deadline)};
            } else {
                static_assert(std::is_same_v<T, journey::Optional>);
                return {op.waits() ? std::min(times.front().success, times.front().failure) : 0, neverTime};
            }
        },
        node.expression->op);
}

} // namespace

std::vector<Earliest> earliestTimes(const Plan& plan)
{
    std::vector<Earliest> result;
    result.reserve(plan.nodes.size());
    for (const auto& node : plan.nodes) {
        std::vector<Earliest> times;
        for (const NodeIndex part : plan.parts(node))
            times.push_back(result[part]);
        result.push_back(earliestOf(plan, node, times));
    }
    return result;
}

} // namespace emac::analysis
