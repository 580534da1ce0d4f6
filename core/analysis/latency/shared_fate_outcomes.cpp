// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/shared_fate_outcomes.h"

#include "core/analysis/latency/comonotone.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <ranges>
#include <tuple>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

constexpr std::uint64_t sharedFateKind = 200; // beyond those of the independent law
constexpr std::uint64_t mergeKind = 201;

constexpr double infinity = std::numeric_limits<double>::infinity();

std::uint64_t bits(base::Duration duration)
{
    return static_cast<std::uint64_t>(duration.count());
}

Arrival multiplied(Arrival arrival, double factor)
{
    arrival.cdf = arrival.cdf.multiplied(factor);
    arrival.slack *= factor;
    arrival.finite *= factor;
    arrival.roughness *= factor > 0 ? factor : 1;
    return arrival;
}

double perTotal(double value, double total)
{
    return total > 0 ? value / total : 0;
}

template<typename Rule>
OutcomeLaw inAll(Rule rule)
{
    OutcomeLaw law;
    for (std::size_t i = 0; i < scenarioCount; ++i)
        law.outcomes[i] = rule(static_cast<Scenario>(i));
    return law;
}

} // namespace

SharedFateOutcomes::SharedFateOutcomes(const Plan& plan, const SharedFateGroups& groups,
                                       IndependentOutcomes& independent, LatencyMemo& memo)
    : m_plan(plan)
    , m_groups(groups)
    , m_independent(independent)
    , m_memo(memo)
    , m_algebra(independent.algebra())
    , m_cells(independent.algebra().grid().cells)
{
    m_gridKey.add(bits(m_algebra.grid().step)).add(std::uint64_t{m_cells});
}

LawKey SharedFateOutcomes::keyOf(NodeIndex index, const Context& context)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == OperatorType::Use && m_plan.usedBody(node) != noIndex)
        return keyOf(m_plan.usedBody(node), context);
    if (m_groups.isIndependent(index))
        return m_independent.keyOf(index, {context.failure, context.deadline, {}});
    const auto [place, isNew] = m_keys.try_emplace({index, context.failure, context.deadline});
    if (!isNew)
        return place->second;
    const auto& op = node.expression->op;
    LawKey key(sharedFateKind);
    key.add(m_gridKey).add(static_cast<std::uint64_t>(node.type)).add(std::uint64_t{context.failure ? 1U : 0U});
    for (const auto group : m_groups.of(index))
        key.add(std::uint64_t{group});
    if (const auto* race = std::get_if<journey::Race>(&op))
        key.add(bits(race->hedgeDelay.value_or(base::Duration(0))));
    if (const auto* kofn = std::get_if<journey::KofN>(&op))
        key.add(static_cast<std::uint64_t>(kofn->k));
    if (const auto* branch = std::get_if<journey::Branch>(&op)) {
        for (const auto& choice : branch->choices)
            key.add(choice.probability.lower.failure()).add(choice.probability.upper.failure());
    }
    if (const auto* optional = std::get_if<journey::Optional>(&op))
        key.add(std::uint64_t{optional->waits() ? 1U : 0U});
    if (context.failure) // the shape of the failure times
        key.add(m_independent.keyOf(index, {true, context.deadline, {}}));
    Context below = context;
    below.failure = node.type == OperatorType::Fallback || node.type == OperatorType::Optional;
    if (const auto* timeout = std::get_if<journey::Timeout>(&op)) {
        below.deadline = timeout->deadline;
        key.add(bits(timeout->deadline));
    }
    for (const NodeIndex child : m_plan.children(node))
        key.add(keyOf(child, below));
    m_memo.touch(key);
    m_keys[{index, context.failure, context.deadline}] = key;
    return key;
}

OutcomeLawPtr SharedFateOutcomes::law(NodeIndex node, bool failure, std::optional<base::Duration> deadline)
{
    if (const auto& planNode = m_plan.nodes[node]; planNode.type == OperatorType::Use)
        return law(m_plan.usedBody(planNode), failure, deadline);
    const Context context{failure, deadline};
    if (m_groups.isIndependent(node))
        return m_independent.lawOf(node, {failure, deadline, {}});
    const LawKey key = keyOf(node, context);
    if (auto known = m_memo.find(key))
        return known;
    return m_memo.store(key, compute(node, context));
}

OutcomeLaw SharedFateOutcomes::compute(NodeIndex node, const Context& context)
{
    OutcomeLaw law = success(node, context);
    law.hasFailure = context.failure;
    const OutcomeLawPtr shape =
        context.failure ? m_independent.lawOf(node, {true, context.deadline, {}}) : OutcomeLawPtr();
    for (auto& outcome : law.outcomes)
        outcome.failure = outcome.failureBound = {};
    if (!shape)
        return law;
    law.intervals = shape->intervals;
    law.later = shape->later;
    const auto own = std::ranges::minmax(law.outcomes | std::views::transform(&Outcome::unavailability));
    const auto given = std::ranges::minmax(shape->outcomes | std::views::transform(&Outcome::unavailability));
    for (std::size_t i = 0; i < scenarioCount; ++i) { // D(t) = (1 − S(∞)) · D_ind(t) / D_ind(∞)
        auto& outcome = law.outcomes[i];
        const auto& ofShape = shape->outcomes[i];
        outcome.failure = multiplied(ofShape.failure, perTotal(outcome.unavailability, ofShape.unavailability));
        if (!isEarly(static_cast<Scenario>(i))) {
            outcome.failureBound = multiplied(ofShape.failureBound, perTotal(own.min, given.max));
        } else if (given.min > 0) {
            outcome.failureBound = multiplied(ofShape.failureBound, own.max / given.min);
        } else {
            outcome.failureBound.cdf = Cdf::atom(0, own.max);
            outcome.failureBound.finite = own.max;
        }
    }
    return law;
}

std::vector<OutcomeLawPtr> SharedFateOutcomes::children(NodeIndex index, const Context& context)
{
    std::vector<OutcomeLawPtr> laws;
    for (const NodeIndex child : m_plan.children(m_plan.nodes[index]))
        laws.push_back(law(child, false, context.deadline));
    return laws;
}

std::vector<std::vector<std::size_t>> SharedFateOutcomes::groupsOf(NodeIndex index) const
{
    const auto group = m_groups.of(index);
    const std::size_t count = m_plan.nodes[index].childCount;
    std::vector<std::vector<std::size_t>> result;
    std::map<std::uint32_t, std::size_t> place;
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = group.empty() ? static_cast<std::uint32_t>(i) : group[i];
        const auto [found, isNew] = place.try_emplace(number, result.size());
        if (isNew)
            result.emplace_back();
        result[found->second].push_back(i);
    }
    return result;
}

OutcomeLaw SharedFateOutcomes::success(NodeIndex index, const Context& context)
{
    const auto& node = m_plan.nodes[index];
    switch (node.type) {
    case OperatorType::Series:
        return series(index, context);
    case OperatorType::Parallel: { // the product, in groups and between them
        const auto laws = children(index, context);
        OutcomeLaw law = *laws.front();
        for (std::size_t i = 1; i < laws.size(); ++i)
            law = m_algebra.parallel(law, *laws[i]);
        return law;
    }
    case OperatorType::Race:
        return race(index, context);
    case OperatorType::KofN:
        return kofn(index, context);
    case OperatorType::Branch:
        return m_algebra.branch(m_plan.branches[node.operand], children(index, context));
    case OperatorType::Retry: // as one attempt
        return *law(m_plan.children(node).front(), false, context.deadline);
    case OperatorType::Fallback:
        return fallback(index, context);
    case OperatorType::Timeout:
        return timeout(index);
    case OperatorType::Optional: {
        const bool waits = std::get<journey::Optional>(node.expression->op).waits();
        if (!waits)
            return m_algebra.atOnce();
        return m_algebra.waited(*law(m_plan.children(node).front(), true, context.deadline));
    }
    default:
        return m_algebra.never();
    }
}

OutcomeLawPtr SharedFateOutcomes::merged(std::span<const Part> parts)
{
    if (parts.size() == 1)
        return parts.front().law();
    LawKey key(mergeKind);
    for (const auto& part : parts)
        key.add(part.key);
    if (auto known = m_memo.find(key))
        return known;
    const auto half = parts.size() / 2;
    const auto first = merged(parts.first(half));
    const auto second = merged(parts.subspan(half));
    return m_memo.store(key, m_algebra.series(*first, *second));
}

OutcomeLaw SharedFateOutcomes::series(NodeIndex index, const Context& context)
{
    const auto below = m_plan.children(m_plan.nodes[index]);
    std::vector<Part> parts;
    for (const auto& members : groupsOf(index)) {
        LawKey key(sharedFateKind);
        for (const auto member : members)
            key.add(keyOf(below[member], {false, context.deadline}));
        if (members.size() == 1) {
            const NodeIndex child = below[members.front()];
            parts.push_back({keyOf(child, {false, context.deadline}),
                             [this, child, &context] { return law(child, false, context.deadline); }});
            continue;
        }
        parts.push_back({key, [this, members, below, key, &context] {
                             if (auto known = m_memo.find(key))
                                 return known;
                             std::vector<OutcomeLawPtr> laws;
                             for (const auto member : members)
                                 laws.push_back(law(below[member], false, context.deadline));
                             return m_memo.store(key, seriesOfGroup(laws));
                         }});
    }
    OutcomeLaw law = *merged(parts);
    if (parts.size() > 20) {
        std::vector<OutcomeLawPtr> laws;
        for (const auto& part : parts)
            laws.push_back(part.law());
        m_algebra.concentrate(law, laws);
    }
    return law;
}

/// The product of the availabilities; the pointwise smaller of the convolution and the comonotone sum.
OutcomeLaw SharedFateOutcomes::seriesOfGroup(std::span<const OutcomeLawPtr> laws)
{
    OutcomeLaw convolved = *laws.front();
    for (std::size_t i = 1; i < laws.size(); ++i)
        convolved = m_algebra.series(convolved, *laws[i]);
    m_arrays.forget();
    OutcomeLaw result = inAll([&](Scenario scenario) {
        const auto& first = (*laws.front())[scenario];
        const double noTotal = first.total() > 0 ? first.total() : 1;
        Cdf together = first.success.cdf.multiplied(1 / noTotal);
        double finite = perTotal(first.success.finite, first.total());
        double slack = perTotal(first.success.slack, first.total());
        for (std::size_t i = 1; i < laws.size(); ++i) {
            const auto& next = (*laws[i])[scenario];
            together = next.total() > 0 ? comonotoneSum(together, 1, next.success.cdf, next.total(), m_cells) : Cdf();
            finite = std::min(finite, perTotal(next.success.finite, next.total()));
            slack += perTotal(next.success.slack, next.total());
        }
        Outcome outcome = convolved[scenario];
        auto& success = outcome.success;
        success.cdf = m_arrays.smaller(success.cdf, together.multiplied(outcome.total()), m_cells);
        success.slack = std::max(success.slack, slack * outcome.total());
        success.finite = std::min(success.finite, finite * outcome.total());
        success.roughness = infinity;
        return outcome;
    });
    m_arrays.forget();
    return result;
}

OutcomeLaw SharedFateOutcomes::race(NodeIndex index, const Context& context)
{
    const auto delay =
        std::get<journey::Race>(m_plan.nodes[index].expression->op).hedgeDelay.value_or(base::Duration(0));
    auto laws = children(index, context);
    for (std::size_t i = 1; i < laws.size() && delay.count() != 0; ++i)
        laws[i] = std::make_shared<const OutcomeLaw>(m_algebra.delayed(*laws[i], static_cast<std::int64_t>(i) * delay));
    std::optional<OutcomeLaw> result;
    for (const auto& members : groupsOf(index)) {
        m_arrays.forget();
        const OutcomeLaw best = inAll([&](Scenario scenario) {
            Outcome outcome = (*laws[members.front()])[scenario];
            auto& success = outcome.success;
            for (std::size_t i = 1; i < members.size(); ++i) {
                const auto& next = (*laws[members[i]])[scenario];
                success.cdf = m_arrays.larger(success.cdf, next.success.cdf, m_cells);
                success.radius = std::max(success.radius, next.success.radius);
                success.slack = std::max(success.slack, next.success.slack);
                success.finite = std::max(success.finite, next.success.finite);
                success.roughness = infinity;
                outcome.unavailability = std::min(outcome.unavailability, next.unavailability);
            }
            return outcome;
        });
        m_arrays.forget();
        result = result ? m_algebra.race(*result, best) : best;
    }
    return *result;
}

/// P(at least k succeed), groups independent of each other; in a group at least j with the product of its j largest.
OutcomeLaw SharedFateOutcomes::kofn(NodeIndex index, const Context& context)
{
    const auto k = static_cast<std::size_t>(std::get<journey::KofN>(m_plan.nodes[index].expression->op).k);
    const auto laws = children(index, context);
    if (k > laws.size())
        return m_algebra.never();
    const auto groups = groupsOf(index);
    const auto reached = [&](const auto& failureOf) {
        TooFewSucceed tooFew(k, laws.size());
        std::vector<double> failures;
        for (const auto& members : groups) {
            failures.clear();
            for (const auto member : members)
                failures.push_back(failureOf(member));
            std::ranges::sort(failures);
            if (failures.size() == 1)
                tooFew.add(failures.front());
            else
                tooFew.addGroup(failures);
        }
        return tooFew.probability();
    };
    return inAll([&](Scenario scenario) {
        Outcome outcome;
        auto& success = outcome.success;
        std::size_t end = 1;
        std::size_t first = m_cells;
        for (const auto& law : laws) {
            const auto& one = (*law)[scenario].success;
            success.radius = std::max(success.radius, one.radius);
            success.slack += one.slack;
            if (one.cdf.isZero())
                continue;
            first = std::min(first, one.cdf.first());
            end = std::max(end, std::min(m_cells, one.cdf.end()));
        }
        std::vector<double> values;
        for (std::size_t cell = first; cell < end; ++cell) {
            const double value =
                1 - reached([&](std::size_t i) {
                    return std::max(0.0, 1 - (*laws[i])[scenario].success.cdf.at(static_cast<std::ptrdiff_t>(cell)));
                });
            values.push_back(std::max(values.empty() ? 0 : values.back(), value));
        }
        success.cdf = Cdf(first, std::move(values));
        success.finite = 1 - reached([&](std::size_t i) { return 1 - (*laws[i])[scenario].success.finite; });
        outcome.unavailability = reached([&](std::size_t i) { return (*laws[i])[scenario].unavailability; });
        return outcome;
    });
}

/// Try i adds (Uᵢ − Uᵢ₋₁) · P(the failures before it and its success take at most t), times independent, with
/// Uᵢ = 1 − Π over groups of (1 − max A) of tries 0 … i.
OutcomeLaw SharedFateOutcomes::fallback(NodeIndex index, const Context& context)
{
    const auto tries = m_plan.children(m_plan.nodes[index]);
    const auto group = m_groups.of(index);
    std::vector<OutcomeLawPtr> laws;
    for (std::size_t i = 0; i < tries.size(); ++i)
        laws.push_back(law(tries[i], i + 1 < tries.size(), context.deadline));

    // Of each try alone: its success, and its failure as a step of a series; both as parts of what they are certain of.
    const auto certain = [&](std::size_t i, bool failure) {
        return inAll([&](Scenario scenario) {
            const auto& outcome = (*laws[i])[scenario];
            const double total = failure ? outcome.unavailability : outcome.total();
            Outcome result;
            result.success = multiplied(failure ? outcome.failure : outcome.success, total > 0 ? 1 / total : 0);
            return result;
        });
    };
    std::vector<OutcomeLaw> added; // P(times ≤ t) of each try's success
    std::optional<OutcomeLaw> before;
    for (std::size_t i = 0; i < tries.size(); ++i) {
        const auto own = certain(i, false);
        added.push_back(before ? m_algebra.series(*before, own) : own);
        if (i + 1 < tries.size()) {
            const auto failed = certain(i, true);
            before = before ? m_algebra.series(*before, failed) : failed;
        }
    }
    m_arrays.forget();
    const auto mixed = [&](Scenario scenario, Scenario ofTries) {
        std::map<std::uint32_t, double> failure; // by group: that of its best
        Outcome outcome;
        outcome.unavailability = 1;
        for (std::size_t i = 0; i < tries.size(); ++i) {
            const bool last = i + 1 == tries.size();
            const double q = (*laws[i])[last ? scenario : ofTries].unavailability;
            const auto number = group.empty() ? static_cast<std::uint32_t>(i) : group[i];
            const auto [found, isNew] = failure.try_emplace(number, q);
            found->second = std::min(found->second, q);
            double left = 1;
            for (const auto& [of, least] : failure)
                left *= least;
            const double weight = std::max(0.0, outcome.unavailability - left);
            outcome.unavailability = left;
            const auto part = multiplied(added[i][scenario].success, weight);
            auto& success = outcome.success;
            success.cdf = m_arrays.added(success.cdf, part.cdf, m_cells);
            success.radius = std::max(success.radius, weight > 0 ? part.radius : 0);
            success.slack += part.slack;
            success.finite += part.finite;
            success.roughness = infinity;
        }
        return outcome;
    };
    OutcomeLaw result = inAll([&](Scenario scenario) {
        Outcome own = mixed(scenario, scenario);
        if (!m_algebra.crossed() || (scenario != Scenario::Late && scenario != Scenario::Early))
            return own;
        // Linear in the availability of the tries before the last: the worse, or the better, of their ends.
        const bool late = scenario == Scenario::Late;
        const Outcome other = mixed(scenario, late ? Scenario::LateBest : Scenario::EarlyWorst);
        auto& success = own.success;
        success.cdf = late ? m_arrays.smaller(success.cdf, other.success.cdf, m_cells)
                           : m_arrays.larger(success.cdf, other.success.cdf, m_cells);
        success.radius = std::max(success.radius, other.success.radius);
        success.slack = std::max(success.slack, other.success.slack);
        success.finite =
            late ? std::min(success.finite, other.success.finite) : std::max(success.finite, other.success.finite);
        own.unavailability = late ? std::max(own.unavailability, other.unavailability)
                                  : std::min(own.unavailability, other.unavailability);
        return own;
    });
    m_arrays.forget();
    return result;
}

OutcomeLaw SharedFateOutcomes::timeout(NodeIndex index)
{
    const auto& node = m_plan.nodes[index];
    const auto deadline = std::get<journey::Timeout>(node.expression->op).deadline;
    const NodeIndex body = m_plan.children(node).front();
    const auto law = this->law(body, false, deadline);
    if (m_algebra.contains(deadline))
        return m_algebra.timeout(*law, deadline, m_algebra.reached(*law, deadline));
    // It lies behind the grid: read on one that holds it.
    auto& behind = m_independent.behind(body, deadline);
    SharedFateOutcomes longer(m_plan, m_groups, behind, m_memo);
    const auto there = longer.law(body, false, deadline);
    return m_algebra.timeout(*law, deadline, behind.algebra().reached(*there, deadline));
}

OutcomeLaw cappedBy(const OutcomeLaw& sharedFate, const OutcomeLaw& independent, const Grid& grid)
{
    ArrayOperations arrays;
    const auto joined = [&](const Outcome& a, const Outcome& b, bool smaller) {
        Outcome outcome = a;
        auto& success = outcome.success;
        success.cdf = smaller ? arrays.smaller(a.success.cdf, b.success.cdf, grid.cells)
                              : arrays.larger(a.success.cdf, b.success.cdf, grid.cells);
        success.radius = std::max(a.success.radius, b.success.radius);
        success.slack = std::max(a.success.slack, b.success.slack);
        success.finite =
            smaller ? std::min(a.success.finite, b.success.finite) : std::max(a.success.finite, b.success.finite);
        success.roughness = infinity;
        outcome.unavailability =
            smaller ? std::max(a.unavailability, b.unavailability) : std::min(a.unavailability, b.unavailability);
        return outcome;
    };
    // What waits for failures, or chooses probabilities that are best for itself, can have its ends the other way
    // round.
    OutcomeLaw ordered = sharedFate;
    const auto& late = sharedFate[Scenario::Late];
    const auto& early = sharedFate[Scenario::Early];
    ordered[Scenario::Late] = joined(late, early, true);
    ordered[Scenario::Early] = joined(early, late, false);
    return inAll([&](Scenario scenario) { return joined(ordered[scenario], independent[scenario], true); });
}

} // namespace emac::analysis
