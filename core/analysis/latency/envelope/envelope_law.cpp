// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/envelope/envelope_law.h"

#include "core/analysis/availability/envelope.h"

#include <cmath>
#include <limits>
#include <memory>
#include <numeric>

namespace emac::analysis {

namespace {

using journey::OperatorType;

constexpr double infinity = std::numeric_limits<double>::infinity();

SummandPtr atOnce()
{
    return std::make_shared<StepSummand>(std::vector{0.0}, std::vector{1.0});
}

SummandPtr multiplied(const journey::LatencyLaw& law, double mass, End end)
{
    if (const auto* lognormal = std::get_if<journey::LatencyLaw::Lognormal>(&law.form()))
        return std::make_shared<LognormalSummand>(lognormal->mu + std::log(1e9), lognormal->sigma, mass);
    Steps steps;
    for (const auto& knot : std::get<std::vector<journey::LatencyLaw::Knot>>(law.form()))
        steps.add(nanoseconds(knot.time), mass * (end == End::Worst ? knot.lower : knot.upper));
    return summandOf(std::move(steps), end);
}

Steps single(double time, double value)
{
    Steps steps;
    if (std::isfinite(time))
        steps.add(time, value);
    return steps;
}

double sumOfAll(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

} // namespace

EnvelopeLaw::EnvelopeLaw(const Plan& plan, EnvelopeMemo& memo, const base::Watch& watch,
                         std::optional<ScaledCall> scaled)
    : m_plan(plan)
    , m_memo(memo)
    , m_watch(watch)
    , m_scaled(scaled)
    , m_structures(plan.nodes.size())
{
}

void EnvelopeLaw::look() const
{
    if (m_watch.expired())
        throw LawExpired();
}

NodeIndex EnvelopeLaw::resolved(NodeIndex node) const
{
    while (m_plan.nodes[node].type == OperatorType::Use)
        node = m_plan.usedBody(m_plan.nodes[node]);
    return node;
}

SummandPtr EnvelopeLaw::curve(NodeIndex node, const Question& question)
{
    node = resolved(node);
    if (const auto found = m_curves.find({node, question}); found != m_curves.end())
        return found->second;
    look();
    const auto known = key(node, question, Asked::Curve);
    auto curve = m_memo.findCurve(known);
    if (!curve)
        curve = m_memo.store(known, compute(node, question));
    return m_curves.emplace(std::tuple(node, question), std::move(curve)).first->second;
}

SummandPtr EnvelopeLaw::compute(NodeIndex index, const Question& question)
{
    const auto& node = m_plan.nodes[index];
    switch (node.type) {
    case OperatorType::Call:
        return call(node, index, question);
    case OperatorType::Series: {
        if (node.childCount == 0)
            return atOnce();
        // It is done no sooner than its first step.
        if (question.what == What::Done && question.end == End::Best)
            return curve(m_plan.children(node).front(), question);
        std::vector<SummandPtr> summands;
        addSummands(index, question, summands);
        return sum(std::move(summands), question.end);
    }
    case OperatorType::Timeout:
        return timeout(node, question);
    case OperatorType::Retry:
        return retry(node, question);
    case OperatorType::Fallback:
        return fallback(node, question);
    case OperatorType::Optional: {
        const bool waits = std::get<journey::Optional>(node.expression->op).waits();
        const NodeIndex body = m_plan.children(node).front();
        return waits ? curve(body, {What::Done, question.end, question.inputs, question.deadline}) : atOnce();
    }
    default:
        return together(node, question);
    }
}

SummandPtr EnvelopeLaw::call(const PlanNode& node, NodeIndex index, const Question& question) const
{
    using Kind = journey::FailureTime::Kind;
    const auto& component = m_plan.components[node.operand];
    const auto& input = *component.input;
    auto law = *input.latency;
    if (m_scaled && m_scaled->node == index)
        law = law.scaled(m_scaled->factor);
    const bool worst = question.end == End::Worst;
    if (question.what == What::Success)
        return multiplied(law, 1 - component.failure[question.inputs], question.inputs);
    const auto kind = input.failureTime.kind;
    if (kind == Kind::LikeSuccess)
        return multiplied(law, 1, question.inputs);
    double failed = kind == Kind::Constant ? nanoseconds(input.failureTime.constant) : 0;
    if (kind == Kind::Unstated && question.inputs == End::Worst)
        failed = question.deadline ? nanoseconds(*question.deadline) : infinity;
    // Linear in the availability: the worse, or the better, of its ends.
    const auto at = [&](double failure) {
        const std::array parts{stepsOf(*multiplied(law, 1 - failure, question.inputs), question.end),
                               single(failed, failure)};
        return combined(parts, [](std::span<const double> values) { return std::min(1.0, values[0] + values[1]); });
    };
    const std::array ends{at(component.failure[End::Best]), at(component.failure[End::Worst])};
    return summandOf(combined(ends,
                              [worst](std::span<const double> values) {
                                  return worst ? std::min(values[0], values[1]) : std::max(values[0], values[1]);
                              }),
                     question.end);
}

SummandPtr EnvelopeLaw::timeout(const PlanNode& node, const Question& question)
{
    const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
    const double end = nanoseconds(deadline);
    const NodeIndex body = resolved(m_plan.children(node).front());
    if (question.what == What::Success && m_plan.nodes[body].type != OperatorType::Series)
        return curve(body, question)->frozen(end);
    Question below = question;
    below.deadline = deadline;
    auto steps = stepsOf(*curve(body, below)->frozen(end), question.end);
    if (question.what == What::Done) {
        steps.add(end, 1);
        return summandOf(std::move(steps), question.end);
    }
    const double last = reached(body, end, below);
    for (double& value : steps.values)
        value = std::min(value, last);
    steps.add(end, last);
    return summandOf(std::move(steps), question.end);
}

SummandPtr EnvelopeLaw::retry(const PlanNode& node, const Question& question)
{
    const auto& op = std::get<journey::Retry>(node.expression->op);
    const NodeIndex body = m_plan.children(node).front();
    const double backoff = nanoseconds(op.backoff.value_or(base::Duration(0)));
    const int attempts = std::min(op.attempts, mostAttempts);
    const auto once = curve(body, question);
    if (op.attempts <= 1)
        return once;
    if (question.what == What::Done) {
        if (question.end == End::Best) // no sooner than the first attempt
            return once;
        const auto success =
            stepsOf(*curve(body, {What::Success, question.end, question.inputs, question.deadline}), question.end);
        if (op.attempts > mostAttempts)
            return summandOf(success, question.end);
        std::vector<SummandPtr> all(static_cast<std::size_t>(attempts), once);
        all.push_back(std::make_shared<StepSummand>(std::vector{backoff * (attempts - 1)}, std::vector{1.0}));
        const std::array parts{success, stepsOf(*sum(std::move(all), question.end), question.end)};
        return summandOf(combined(parts, [](std::span<const double> values) { return std::max(values[0], values[1]); }),
                         question.end);
    }
    if (question.end == End::Worst) // all attempts may fail together
        return once;
    std::vector<Steps> parts;
    for (int i = 0; i < attempts; ++i) {
        parts.push_back(stepsOf(*once, question.end));
        parts.back().shift(i * backoff);
    }
    const double beyond = op.attempts - attempts;
    return summandOf(combined(parts,
                              [beyond](std::span<const double> values) {
                                  return std::min(1.0, sumOfAll(values) + beyond * values.back());
                              }),
                     question.end);
}

SummandPtr EnvelopeLaw::fallback(const PlanNode& node, const Question& question)
{
    const auto tries = m_plan.children(node);
    if (question.what == What::Done && question.end == End::Best)
        return curve(tries.front(), question);
    std::vector<Steps> parts;
    if (question.end == End::Best) {
        for (const NodeIndex one : tries)
            parts.push_back(stepsOf(*curve(one, question), question.end));
        return summandOf(
            combined(parts, [](std::span<const double> values) { return std::min(1.0, sumOfAll(values)); }),
            question.end);
    }
    // Any one of the tries succeeds in time, once those before it are done.
    std::vector<SummandPtr> done;
    const Question success{What::Success, question.end, question.inputs, question.deadline};
    for (const NodeIndex one : tries) {
        auto summands = done;
        summands.push_back(curve(one, success));
        parts.push_back(stepsOf(*sum(std::move(summands), question.end), question.end));
        if (one != tries.back() || question.what == What::Done)
            done.push_back(curve(one, {What::Done, question.end, question.inputs, question.deadline}));
    }
    if (question.what == What::Done)
        parts.push_back(stepsOf(*sum(done, question.end), question.end));
    return summandOf(combined(parts, [](std::span<const double> values) { return std::ranges::max(values); }),
                     question.end);
}

std::vector<Steps> EnvelopeLaw::stepsBelow(const PlanNode& node, const Question& question)
{
    const auto* race = std::get_if<journey::Race>(&node.expression->op);
    const double delay = race != nullptr ? nanoseconds(race->hedgeDelay.value_or(base::Duration(0))) : 0;
    std::vector<Steps> parts;
    for (const NodeIndex child : m_plan.children(node)) {
        const auto law = curve(child, question);
        auto steps = stepsOf(*law, question.end);
        steps.shift(delay * static_cast<double>(parts.size()));
        parts.push_back(std::move(steps));
    }
    return parts;
}

SummandPtr EnvelopeLaw::together(const PlanNode& node, const Question& question)
{
    const auto parts = stepsBelow(node, question);
    auto steps = combined(parts, [&](std::span<const double> values) { return bound(node, question, values); });
    const bool needsSuccess = question.what == What::Done && question.end == End::Worst
                              && (node.type == OperatorType::Race || node.type == OperatorType::KofN);
    if (!needsSuccess)
        return summandOf(std::move(steps), question.end);
    // It is done also where enough have succeeded.
    const Question success{What::Success, question.end, question.inputs, question.deadline};
    const auto successes = stepsBelow(node, success);
    const std::array both{std::move(steps), combined(successes, [&](std::span<const double> values) {
                              return bound(node, success, values);
                          })};
    return summandOf(combined(both, [](std::span<const double> values) { return std::max(values[0], values[1]); }),
                     question.end);
}

/// The bound of an operator whose children start together, at one time, from theirs. Done: the latest all, the earliest
/// one (or as many as decide a kofn) of them.
double EnvelopeLaw::bound(const PlanNode& node, const Question& question, std::span<const double> values) const
{
    const bool worst = question.end == End::Worst;
    const bool success = question.what == What::Success;
    const std::size_t n = values.size();
    const auto sorted = [values] {
        std::vector<double> result(values.begin(), values.end());
        std::ranges::sort(result);
        return result;
    };
    const double allOf = std::max(0.0, sumOfAll(values) - static_cast<double>(n - 1));
    const double anyOf = std::min(1.0, sumOfAll(values));
    switch (node.type) {
    case OperatorType::Parallel:
        return worst ? allOf : success ? std::ranges::min(values) : anyOf;
    case OperatorType::Race:
        return !worst ? anyOf : success ? std::ranges::max(values) : allOf;
    case OperatorType::KofN: {
        const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
        if (success)
            return k > n ? 0 : worst ? leastOfAtLeast(k, sorted()) : mostOfAtLeast(k, sorted());
        return worst ? allOf : mostOfAtLeast(k > n ? 1 : std::min(k, n - k + 1), sorted());
    }
    case OperatorType::Branch: {
        std::vector<double> failures;
        for (const double value : values)
            failures.push_back(1 - value);
        return 1 - mixture(m_plan.branches[node.operand].choose(failures, question.end), failures);
    }
    default:
        return 0;
    }
}

void EnvelopeLaw::addSummands(NodeIndex index, const Question& question, std::vector<SummandPtr>& summands)
{
    index = resolved(index);
    const auto& node = m_plan.nodes[index];
    if (node.type != OperatorType::Series || node.childCount == 0) {
        summands.push_back(curve(index, question));
        return;
    }
    for (const NodeIndex child : m_plan.children(node))
        addSummands(child, question, summands);
}

SummandPtr EnvelopeLaw::sum(std::vector<SummandPtr> summands, End end) const
{
    if (summands.size() == 1)
        return std::move(summands.front());
    const SumBound bound(std::move(summands), end == End::Worst ? TailOf::Latest : TailOf::Earliest);
    return summandOf(sumCurve(bound, [this] { look(); }), end);
}

const SumBound* EnvelopeLaw::sumOf(NodeIndex node, const Question& question)
{
    node = resolved(node);
    const auto& planNode = m_plan.nodes[node];
    if (planNode.type != OperatorType::Series || planNode.childCount == 0)
        return nullptr;
    const auto found = m_sums.find({node, question});
    if (found != m_sums.end())
        return &found->second;
    std::vector<SummandPtr> summands;
    addSummands(node, question, summands);
    SumBound bound(std::move(summands), question.end == End::Worst ? TailOf::Latest : TailOf::Earliest);
    return &m_sums.emplace(std::tuple(node, question), std::move(bound)).first->second;
}

} // namespace emac::analysis
