// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/shared_fate_outcomes.h"

#include "core/analysis/latency/grid/group_laws.h"
#include "core/analysis/latency/law_keys.h"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

namespace emac::analysis {

namespace {

using journey::OperatorType;

double perTotal(double value, double total)
{
    return total > 0 ? value / total : 0;
}

} // namespace

SharedFateOutcomes::SharedFateOutcomes(const Plan& plan, const SharedFateGroups& groups,
                                       IndependentOutcomes& independent, LatencyMemo& memo, GroupLaws& groupLaws)
    : m_plan(plan)
    , m_groups(groups)
    , m_independent(independent)
    , m_memo(memo)
    , m_groupLaws(groupLaws)
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
    LawKey key = keyOfKind(LawKind::SharedFate);
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
    if (node.type == OperatorType::Series) {
        key.add(keyOfSeries(index, below));
    } else {
        for (const NodeIndex child : m_plan.children(node))
            key.add(keyOf(child, below));
    }
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
    return lawsOf(m_plan.children(m_plan.nodes[index]), context);
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

/// Those that are alone are one. The largest first, which are merged last: most changes are in them.
const std::vector<SharedFateOutcomes::Group>& SharedFateOutcomes::seriesGroups(NodeIndex index, const Context& context)
{
    const std::pair place{index, context.deadline};
    if (const auto known = m_series.find(place); known != m_series.end())
        return known->second;
    const auto below = m_plan.children(m_plan.nodes[index]);
    StepGroup alone;
    std::vector<StepGroup> together;
    for (const auto& positions : groupsOf(index)) {
        auto& group = positions.size() == 1 ? alone : together.emplace_back(StepGroup{{}, true});
        for (const auto position : positions)
            group.members.push_back(below[position]);
    }
    if (!alone.members.empty())
        together.push_back(std::move(alone));
    std::ranges::stable_sort(together, std::ranges::greater(),
                             [](const StepGroup& group) { return group.members.size(); });
    std::vector<Group> groups;
    for (auto& steps : together) {
        const bool isFiner =
            !m_algebra.grid().stated && (steps.isShared || together.size() > 1) && m_groupLaws.isFiner(steps.members);
        LawKey key = isFiner ? m_groupLaws.keyOf(steps, context.deadline) : treeOfSum(steps.members, context).key();
        if (isFiner || steps.isShared)
            key = keyOfKind(LawKind::SharedGroup).add(m_gridKey).add(key);
        groups.push_back({std::move(steps), key, isFiner});
    }
    return m_series.emplace(place, std::move(groups)).first->second;
}

MergeTree SharedFateOutcomes::treeOfGroups(NodeIndex index, const Context& context)
{
    std::vector<LawKey> keys;
    for (const auto& group : seriesGroups(index, context))
        keys.push_back(group.key);
    return {std::move(keys), keyOfMerge(OperatorType::Series)};
}

MergeTree SharedFateOutcomes::treeOf(std::span<const NodeIndex> members, const LawKey& kind, const Context& context)
{
    std::vector<LawKey> keys;
    keys.reserve(members.size());
    for (const NodeIndex member : members)
        keys.push_back(keyOf(member, {false, context.deadline}));
    return {std::move(keys), kind};
}

MergeTree SharedFateOutcomes::treeOfSum(std::span<const NodeIndex> members, const Context& context)
{
    return treeOf(members, keyOfMerge(OperatorType::Series), context);
}

MergeTree SharedFateOutcomes::treeOfTogether(std::span<const NodeIndex> members, const Context& context)
{
    return treeOf(members, keyOfKind(LawKind::SharedGroup), context);
}

/// What the law of a series is made of is still needed.
LawKey SharedFateOutcomes::keyOfSeries(NodeIndex index, const Context& context)
{
    const auto tree = treeOfGroups(index, context);
    tree.touch(m_memo);
    for (const auto& [steps, key, isFiner] : seriesGroups(index, context)) {
        m_memo.touch(key);
        if (isFiner) {
            m_groupLaws.touch(steps, context.deadline);
            continue;
        }
        treeOfSum(steps.members, context).touch(m_memo);
        if (steps.isShared)
            treeOfTogether(steps.members, context).touch(m_memo);
    }
    return tree.key();
}

std::vector<OutcomeLawPtr> SharedFateOutcomes::lawsOf(std::span<const NodeIndex> members, const Context& context)
{
    std::vector<OutcomeLawPtr> laws;
    laws.reserve(members.size());
    for (const NodeIndex member : members)
        laws.push_back(law(member, false, context.deadline));
    return laws;
}

OutcomeLaw SharedFateOutcomes::sum(std::span<const NodeIndex> steps, std::optional<base::Duration> deadline)
{
    const Context context{false, deadline};
    OutcomeLaw law = *convolved(steps, context);
    if (steps.size() >= leastConcentrated)
        m_algebra.concentrate(law, lawsOf(steps, context));
    return law;
}

OutcomeLawPtr SharedFateOutcomes::convolved(std::span<const NodeIndex> steps, const Context& context)
{
    return treeOfSum(steps, context)
        .law(
            m_memo, [&](std::size_t i) { return law(steps[i], false, context.deadline); },
            [this](const OutcomeLaw& a, const OutcomeLaw& b) { return m_algebra.series(a, b); });
}

OutcomeLawPtr SharedFateOutcomes::lawOf(const Group& group, const Context& context)
{
    if (!group.isFiner && !group.steps.isShared)
        return convolved(group.steps.members, context);
    if (auto known = m_memo.find(group.key))
        return known;
    return m_memo.store(group.key,
                        group.isFiner ? inQuantiles(group.steps, context) : sharedOnGrid(group.steps, context));
}

OutcomeLaw SharedFateOutcomes::series(NodeIndex index, const Context& context)
{
    const auto& groups = seriesGroups(index, context);
    OutcomeLaw law = *treeOfGroups(index, context)
                          .law(
                              m_memo, [&](std::size_t i) { return lawOf(groups[i], context); },
                              [this](const OutcomeLaw& a, const OutcomeLaw& b) { return m_algebra.series(a, b); });
    std::vector<OutcomeLawPtr> parts;
    for (const auto& group : groups) {
        if (group.isFiner || group.steps.isShared)
            parts.push_back(lawOf(group, context));
        else
            parts = lawsOf(group.steps.members, context);
    }
    if (parts.size() >= leastConcentrated)
        m_algebra.concentrate(law, parts);
    return law;
}

} // namespace emac::analysis
