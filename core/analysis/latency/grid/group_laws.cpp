// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/group_laws.h"

#include "core/analysis/latency/grid/shared_fate_outcomes.h"
#include "core/analysis/latency/law_keys.h"

#include <algorithm>

namespace emac::analysis {

namespace {

constexpr int mostGrids = 12;
/// From one grid to the next, which the tail alone is read on.
constexpr int longer = 8;
constexpr std::size_t cellsOfTail = 2048;

} // namespace

GroupLaws::GroupLaws(const Plan& plan, const SharedFateGroups& groups, const IndependentOutcomes& independent,
                     LatencyMemo& memo)
    : m_plan(plan)
    , m_groups(groups)
    , m_memo(memo)
    , m_independent(independent.onGrid({}))
    , m_outcomes(std::make_unique<SharedFateOutcomes>(plan, groups, m_independent, memo, *this))
    , m_scales(plan)
{
}

GroupLaws::~GroupLaws() = default;

bool GroupLaws::isFiner(std::span<const NodeIndex> members)
{
    const auto sum = m_scales.ofSum(members);
    return sum.smooth && sum.summands > 1;
}

LawKey GroupLaws::keyOf(NodeIndex node, std::optional<base::Duration> deadline)
{
    return keyOfKind(LawKind::Quantiles).add(m_outcomes->keyOf(node, false, deadline));
}

MergeTree GroupLaws::treeOf(std::span<const NodeIndex> members, std::optional<base::Duration> deadline)
{
    std::vector<LawKey> keys;
    keys.reserve(members.size());
    for (const NodeIndex member : members)
        keys.push_back(keyOf(member, deadline));
    return {std::move(keys), keyOfKind(LawKind::Quantiles)};
}

LawKey GroupLaws::keyOf(const StepGroup& group, std::optional<base::Duration> deadline)
{
    return keyOfKind(LawKind::SharedGroup)
        .add(std::uint64_t{group.isShared ? 1U : 0U})
        .add(treeOf(group.members, deadline).key());
}

void GroupLaws::touch(const StepGroup& group, std::optional<base::Duration> deadline)
{
    m_memo.touch(keyOf(group, deadline));
    if (!group.isShared)
        return;
    for (const NodeIndex member : group.members)
        m_memo.touch(keyOf(member, deadline));
    treeOf(group.members, deadline).touch(m_memo);
}

OutcomeLawPtr GroupLaws::law(const StepGroup& group, std::optional<base::Duration> deadline)
{
    const LawKey key = keyOf(group, deadline);
    if (auto known = m_memo.find(key))
        return known;
    QuantileLaw law = convolved(group.members, deadline);
    if (group.isShared)
        law = later(law, *together(group.members, deadline), m_arrays);
    return m_memo.store(key, std::move(law));
}

QuantileLaw GroupLaws::convolved(std::span<const NodeIndex> members, std::optional<base::Duration> deadline)
{
    QuantileReader reader(m_independent.algebra().crossed(), m_independent.isScaled(), members.size());
    Grid grid = GridChoice::ofSum(m_scales.ofSum(members));
    for (int i = 0; i < mostGrids && !reader.isComplete(); ++i) {
        auto independent = m_independent.onGrid(grid);
        SharedFateOutcomes outcomes(m_plan, m_groups, independent, m_memo, *this);
        reader.read(outcomes.sum(members, deadline), grid);
        grid = {grid.step * static_cast<std::int64_t>(std::max<std::size_t>(1, longer * grid.cells / cellsOfTail)),
                cellsOfTail};
    }
    return reader.law();
}

OutcomeLawPtr GroupLaws::together(std::span<const NodeIndex> members, std::optional<base::Duration> deadline)
{
    return treeOf(members, deadline)
        .law(
            m_memo, [&](std::size_t i) { return quantiles(members[i], deadline); },
            [this](const QuantileLaw& a, const QuantileLaw& b) { return largeTogether(a, b, m_arrays); });
}

OutcomeLawPtr GroupLaws::quantiles(NodeIndex node, std::optional<base::Duration> deadline)
{
    const auto key = keyOf(node, deadline);
    if (auto known = m_memo.find(key))
        return known;
    return m_memo.store(key, compute(node, deadline));
}

QuantileLaw GroupLaws::compute(NodeIndex index, std::optional<base::Duration> deadline)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == journey::OperatorType::Call) {
        const auto& law = *m_plan.components[node.operand].input->latency;
        if (const auto* lognormal = std::get_if<journey::LatencyLaw::Lognormal>(&law.form()))
            return lognormalQuantiles(*lognormal, m_independent.factorOf(index));
    }
    return convolved({&index, 1}, deadline);
}

} // namespace emac::analysis
