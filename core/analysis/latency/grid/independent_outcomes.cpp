// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/independent_outcomes.h"

#include "core/analysis/latency/evidence.h"
#include "core/analysis/latency/grid/grid_choice.h"
#include "core/analysis/latency/grid/stated_reading.h"
#include "core/analysis/latency/law_keys.h"

#include <functional>

namespace emac::analysis {

namespace {

using journey::OperatorType;

/// Something waits for failures whose law has no worst scenario of its own: an availability is an interval, or a
/// timeout's failure stands against its success.
bool needsCrossed(const Plan& plan)
{
    const auto has = [&](auto... types) {
        return std::ranges::any_of(plan.nodes, [=](const PlanNode& node) { return ((node.type == types) || ...); });
    };
    return (!plan.points || has(OperatorType::Timeout))
           && has(OperatorType::Fallback, OperatorType::Optional, OperatorType::Retry);
}

/// The scaled law, rounded as if it were the plain one: between the two nothing differs but the times.
DiscreteLaw rescaled(const DiscreteLaw& plain, DiscreteLaw scaled)
{
    for (const auto arrival : {&DiscreteLaw::lower, &DiscreteLaw::nominal, &DiscreteLaw::upper}) {
        (scaled.*arrival).radius = (plain.*arrival).radius;
        (scaled.*arrival).roughness = (plain.*arrival).roughness;
    }
    return scaled;
}

} // namespace

IndependentOutcomes::IndependentOutcomes(const Plan& plan, const Recurrence& recurrence, const Grid& grid,
                                         LatencyMemo& memo, const base::Watch& watch, std::optional<ScaledCall> scaled)
    : IndependentOutcomes(plan, recurrence, grid, memo, watch, scaled, needsCrossed(plan))
{
}

IndependentOutcomes::IndependentOutcomes(const Plan& plan, const Recurrence& recurrence, const Grid& grid,
                                         LatencyMemo& memo, const base::Watch& watch, std::optional<ScaledCall> scaled,
                                         bool crossed)
    : m_plan(plan)
    , m_recurrence(recurrence)
    , m_memo(memo)
    , m_watch(watch)
    , m_scaled(scaled)
    , m_gridKey(keyOfKind(LawKind::Grid))
    , m_algebra(grid, crossed)
{
    m_gridKey.add(bits(grid.step)).add(std::uint64_t{grid.cells}).add(std::uint64_t{m_algebra.crossed() ? 1U : 0U});
}

void IndependentOutcomes::look() const
{
    if (m_watch.expired())
        throw LawExpired();
}

OutcomeLawPtr IndependentOutcomes::lawOf(NodeIndex node, const LawContext& context)
{
    return find(keyOf(node, context), node, context);
}

/// The components on whose states the law of this node is mixed.
std::vector<ComponentIndex> IndependentOutcomes::deciding(NodeIndex node, const LawContext& context)
{
    std::vector<ComponentIndex> open;
    for (const ComponentIndex component : m_recurrence.meeting(node)) {
        if (std::ranges::find(context.states, component, &ComponentStates::value_type::first) == context.states.end())
            open.push_back(component);
    }
    if (!open.empty() && open.size() + context.states.size() > mostMixedComponents) {
        m_approximate = true;
        open.clear();
    }
    return open;
}

std::vector<IndependentOutcomes::Child> IndependentOutcomes::childrenOf(NodeIndex index, const LawContext& context)
{
    const auto& node = m_plan.nodes[index];
    const auto& op = node.expression->op;
    if (isUnawaited(node))
        return {};
    std::vector<Child> children;
    const auto parts = m_plan.children(node);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        Child child{parts[i], {context.failure, context.deadline, {}}, {}, {}};
        if (const auto* timeout = std::get_if<journey::Timeout>(&op))
            child.context.deadline = timeout->deadline;
        if (const auto* retry = std::get_if<journey::Retry>(&op)) // draws afresh
            child.context.failure = context.failure || retry->attempts > 1;
        else
            child.context.states = m_recurrence.restricted(context.states, parts[i]);
        if ((node.type == OperatorType::Fallback && i + 1 < parts.size()) || node.type == OperatorType::Optional)
            child.context.failure = true;
        child.key = keyOf(child.node, child.context);
        if (const auto* race = std::get_if<journey::Race>(&op); race != nullptr && race->hedgeDelay) {
            child.delay = static_cast<std::int64_t>(i) * *race->hedgeDelay;
            if (child.delay.count() != 0)
                child.key = keyOfKind(LawKind::Delay).add(bits(child.delay)).add(child.key);
        }
        children.push_back(std::move(child));
    }
    return children;
}

OutcomeLawPtr IndependentOutcomes::find(const LawKey& key, NodeIndex node, const LawContext& context)
{
    if (auto known = m_memo.find(key))
        return known;
    look();
    const auto& planNode = m_plan.nodes[node];
    if (planNode.type == OperatorType::Use)
        return lawOf(m_plan.usedBody(planNode), context);
    return m_memo.store(key, compute(node, context));
}

OutcomeLawPtr IndependentOutcomes::find(const Child& child)
{
    if (child.delay.count() == 0)
        return find(child.key, child.node, child.context);
    if (auto known = m_memo.find(child.key))
        return known;
    return m_memo.store(child.key, m_algebra.delayed(*lawOf(child.node, child.context), child.delay));
}

std::vector<OutcomeLawPtr> IndependentOutcomes::find(std::span<const Child> children)
{
    std::vector<OutcomeLawPtr> laws;
    laws.reserve(children.size());
    for (const auto& child : children)
        laws.push_back(find(child));
    return laws;
}

template<typename Merge>
OutcomeLawPtr IndependentOutcomes::merged(std::span<const Child> children, OperatorType type, const Merge& merge)
{
    return treeOf(children, type)
        .law(
            m_memo, [&](std::size_t i) { return find(children[i]); },
            [&](const OutcomeLaw& first, const OutcomeLaw& second) {
                look();
                return merge(first, second);
            });
}

OutcomeLaw IndependentOutcomes::compute(NodeIndex index, const LawContext& context)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == OperatorType::Call)
        return call(index, context);
    if (const auto decided = deciding(index, context); !decided.empty())
        return mixture(index, context, decided);
    const auto children = childrenOf(index, context);
    const auto& op = node.expression->op;
    switch (node.type) {
    case OperatorType::Series: {
        OutcomeLaw law =
            *merged(children, node.type, [this](const auto& a, const auto& b) { return m_algebra.series(a, b); });
        if (children.size() > 20)
            m_algebra.concentrate(law, find(children));
        return law;
    }
    case OperatorType::Parallel:
        return *merged(children, node.type, [this](const auto& a, const auto& b) { return m_algebra.parallel(a, b); });
    case OperatorType::Race:
        return *merged(children, node.type, [this](const auto& a, const auto& b) { return m_algebra.race(a, b); });
    case OperatorType::KofN:
        return m_algebra.kofn(static_cast<std::size_t>(std::get<journey::KofN>(op).k), find(children));
    case OperatorType::Branch:
        return m_algebra.branch(m_plan.branches[node.operand], find(children));
    case OperatorType::Retry: {
        const auto& retry = std::get<journey::Retry>(op);
        return m_algebra.retry(*find(children.front()), retry.attempts, retry.backoff.value_or(base::Duration(0)));
    }
    case OperatorType::Fallback:
        return fallback(children);
    case OperatorType::Timeout:
        return timeout(children.front(), std::get<journey::Timeout>(op).deadline);
    case OperatorType::Optional:
        return children.empty() ? m_algebra.atOnce() : m_algebra.waited(*find(children.front()));
    default:
        return m_algebra.never();
    }
}

OutcomeLaw IndependentOutcomes::fallback(std::span<const Child> tries)
{
    OutcomeLaw law = *find(tries.back());
    for (std::size_t i = tries.size() - 1; i-- > 0;)
        law = m_algebra.fallback(*find(tries[i]), law);
    return law;
}

OutcomeLaw IndependentOutcomes::timeout(const Child& body, base::Duration deadline)
{
    const auto law = find(body);
    if (m_algebra.grid().stated)
        return m_algebra.timeout(*law, deadline, m_algebra.reachedInside(*law, deadline));
    auto reached = behind(body.node, deadline).reachedBy(body.node, body.context, deadline);
    if (m_algebra.canRead(*law, deadline))
        reached = narrower(reached, m_algebra.reached(*law, deadline));
    return m_algebra.timeout(*law, deadline, reached);
}

bool IndependentOutcomes::mayReadExactly(NodeIndex node) const
{
    constexpr std::size_t mostMeeting = 4; // 16 states
    return !m_scaled && m_recurrence.below(node).size() <= mostMeeting;
}

Reached IndependentOutcomes::reachedBy(NodeIndex node, LawContext context, base::Duration deadline)
{
    context.failure = false;
    const auto law = lawOf(node, context);
    const auto reached = m_algebra.reached(*law, deadline);
    if (!mayReadExactly(node))
        return reached;
    return readExactly(m_plan, node, deadline, *law, reached, [&](const Grid& grid, LatencyMemo& memo) {
        auto outcomes = onGrid(grid, memo);
        return outcomes.algebra().reached(*outcomes.lawOf(node, context), deadline);
    });
}

IndependentOutcomes IndependentOutcomes::onGrid(const Grid& grid) const
{
    return onGrid(grid, m_memo);
}

IndependentOutcomes IndependentOutcomes::onGrid(const Grid& grid, LatencyMemo& memo) const
{
    return {m_plan, m_recurrence, grid, memo, m_watch, m_scaled, m_algebra.crossed()};
}

IndependentOutcomes& IndependentOutcomes::behind(NodeIndex body, base::Duration deadline)
{
    auto& behind = m_behind[{body, deadline}];
    if (!behind) {
        const Grid grid = GridChoice(m_plan, body).toDeadline(deadline);
        behind = std::make_unique<IndependentOutcomes>(m_plan, m_recurrence, grid, m_memo, m_watch, m_scaled);
    }
    return *behind;
}

OutcomeLaw IndependentOutcomes::mixture(NodeIndex node, const LawContext& context,
                                        std::span<const ComponentIndex> deciding)
{
    if (deciding.empty())
        return *lawOf(node, context);
    const auto failures = callFailures(m_plan.components[deciding.front()].input);
    const auto law = [&](ComponentState state) {
        LawContext given = context;
        given.states.emplace_back(deciding.front(), state);
        std::ranges::sort(given.states);
        return mixture(node, given, deciding.subspan(1));
    };
    const auto all = [&](double failure) { return std::ranges::count(failures, failure) == std::ssize(failures); };
    if (all(0) || all(1))
        return law(all(0) ? ComponentState::Up : ComponentState::Down);
    return m_algebra.mixture(law(ComponentState::Up), law(ComponentState::Down), failures);
}

OutcomeLaw IndependentOutcomes::call(NodeIndex index, const LawContext& context)
{
    const auto* input = m_plan.components[m_plan.nodes[index].operand].input;
    auto failures = callFailures(input);
    if (!context.states.empty())
        failures.fill(context.states.front().second == ComponentState::Up ? 0 : 1);
    std::optional<FailureTimes> times;
    if (context.failure)
        times = FailureTimes{input->failureTime, context.deadline, factorOf(index)};
    return callLaw(discrete(index), failures, times, m_algebra.grid());
}

double IndependentOutcomes::factorOf(NodeIndex call) const
{
    return m_scaled && m_scaled->node == call ? m_scaled->factor : 1;
}

/// Remembered apart from the availability, which a change of it leaves alone.
DiscreteLaw IndependentOutcomes::discrete(NodeIndex call)
{
    const auto& law = *m_plan.components[m_plan.nodes[call].operand].input->latency;
    const double factor = factorOf(call);
    LawKey key = keyOfKind(LawKind::Discrete);
    key.add(m_gridKey).add(factor);
    if (std::holds_alternative<journey::LatencyLaw::Lognormal>(law.form()))
        addLaw(key, law);
    else
        addInput(key, call);
    auto known = m_memo.find(key);
    if (!known) {
        auto result = discretise(law, m_algebra.grid());
        if (factor != 1)
            result = rescaled(result, discretise(law.scaled(factor), m_algebra.grid()));
        OutcomeLaw kept;
        kept[Scenario::Late].success = result.lower;
        kept[Scenario::Early].success = result.upper;
        kept[Scenario::Nominal].success = result.nominal;
        known = m_memo.store(key, std::move(kept));
    }
    return {(*known)[Scenario::Late].success, (*known)[Scenario::Nominal].success, (*known)[Scenario::Early].success};
}

} // namespace emac::analysis
