// SPDX-License-Identifier: GPL-3.0-or-later
// What the operators of shared fate do that differ from the independent ones.
#include "core/analysis/latency/grid/group_laws.h"
#include "core/analysis/latency/grid/shared_fate_outcomes.h"
#include "core/analysis/latency/grid/stated_reading.h"
#include "core/analysis/latency/grid/stated_times.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

constexpr double infinity = std::numeric_limits<double>::infinity();

double perTotal(double value, double total)
{
    return total > 0 ? value / total : 0;
}

/// @param crossed whether the crossed scenarios differ from those of the bounds: see OutcomeAlgebra
template<typename Rule>
OutcomeLaw inAll(bool crossed, Rule rule)
{
    OutcomeLaw law;
    for (const Scenario scenario : scenarios(crossed))
        law[scenario] = rule(scenario);
    if (!crossed)
        copyToCrossed(law);
    return law;
}

/// The times of what ever succeeds.
OutcomeLaw ofSuccess(const OutcomeLaw& law)
{
    OutcomeLaw result;
    for (const Scenario scenario : allScenarios)
        result[scenario].success = multiplied(law[scenario].success, perTotal(1, law[scenario].total()));
    return result;
}

bool isRounded(std::span<const OutcomeLawPtr> laws)
{
    return std::ranges::any_of(laws, [](const OutcomeLawPtr& law) {
        return std::ranges::any_of(law->outcomes, [](const Outcome& outcome) { return outcome.success.radius > 0; });
    });
}

} // namespace

/// The product of the availabilities; the pointwise smaller of the convolution and the comonotone sum.
OutcomeLaw SharedFateOutcomes::sharedOnGrid(const StepGroup& group, const Context& context)
{
    const auto laws = lawsOf(group.members, context);
    if (isRounded(laws))
        return inQuantiles(group, context);
    const auto convolved = sum(group.members, context.deadline);
    const auto together =
        treeOfTogether(group.members, context)
            .law(
                m_memo, [&](std::size_t part) { return std::make_shared<const OutcomeLaw>(ofSuccess(*laws[part])); },
                [this](const OutcomeLaw& a, const OutcomeLaw& b) { return largeTogether(a, b); });
    m_arrays.forget();
    OutcomeLaw result = inAll(m_algebra.crossed(), [&](Scenario scenario) {
        return smallerOf(convolved[scenario], (*together)[scenario].success);
    });
    m_arrays.forget();
    return result;
}

/// Of times as parts of what ever succeeds.
OutcomeLaw SharedFateOutcomes::largeTogether(const OutcomeLaw& a, const OutcomeLaw& b)
{
    m_arrays.forget();
    OutcomeLaw result = inAll(m_algebra.crossed(), [&](Scenario scenario) {
        const auto& first = a[scenario].success;
        const auto& second = b[scenario].success;
        Outcome sum;
        const auto& stated = m_algebra.grid().stated;
        sum.success.cdf =
            stated ? stated->together(first.cdf, second.cdf) : m_arrays.together(first.cdf, second.cdf, m_cells);
        sum.success.finite = std::min(first.finite, second.finite);
        sum.success.slack = first.slack + second.slack;
        return sum;
    });
    m_arrays.forget();
    return result;
}

OutcomeLaw SharedFateOutcomes::inQuantiles(const StepGroup& group, const Context& context)
{
    return onGrid(*m_groupLaws.law(group, context.deadline), m_algebra.grid(), m_algebra.crossed(),
                  m_independent.isScaled());
}

/// @param together of the times, as a part of what ever succeeds
Outcome SharedFateOutcomes::smallerOf(Outcome convolved, const Arrival& together)
{
    const double total = convolved.total();
    auto& success = convolved.success;
    success.cdf = m_arrays.smaller(success.cdf, together.cdf.multiplied(total), m_cells);
    success.slack = std::max(success.slack, together.slack * total);
    success.finite = std::min(success.finite, together.finite * total);
    success.roughness = infinity;
    return convolved;
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
        const OutcomeLaw best = inAll(m_algebra.crossed(), [&](Scenario scenario) {
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
    return inAll(m_algebra.crossed(), [&](Scenario scenario) {
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
        return inAll(m_algebra.crossed(), [&](Scenario scenario) {
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
    OutcomeLaw result = inAll(m_algebra.crossed(), [&](Scenario scenario) {
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
    if (m_algebra.grid().stated)
        return m_algebra.timeout(*law, deadline, m_algebra.reachedInside(*law, deadline));
    auto& apart = m_independent.behind(body, deadline);
    auto reached = SharedFateOutcomes(m_plan, m_groups, apart, m_memo, m_groupLaws).reachedBy(body, deadline);
    if (m_algebra.canRead(*law, deadline))
        reached = narrower(reached, m_algebra.reached(*law, deadline));
    return m_algebra.timeout(*law, deadline, reached);
}

Reached SharedFateOutcomes::reachedBy(NodeIndex body, base::Duration deadline)
{
    const auto law = this->law(body, false, deadline);
    const auto reached = m_algebra.reached(*law, deadline);
    if (!m_independent.mayReadExactly(body))
        return reached;
    return readExactly(m_plan, body, deadline, *law, reached, [&](const Grid& grid, LatencyMemo& memo) {
        auto independent = m_independent.onGrid(grid, memo);
        GroupLaws groupLaws(m_plan, m_groups, independent, memo);
        SharedFateOutcomes outcomes(m_plan, m_groups, independent, memo, groupLaws);
        return independent.algebra().reached(*outcomes.law(body, false, deadline), deadline);
    });
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
    for (const Scenario scenario : {Scenario::Late, Scenario::Early, Scenario::Nominal})
        ordered[scenario] = joined(ordered[scenario], independent[scenario], true);
    return ordered;
}

} // namespace emac::analysis
