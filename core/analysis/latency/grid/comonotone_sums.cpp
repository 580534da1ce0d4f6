// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/comonotone_sums.h"

#include "core/analysis/latency/grid/shared_fate_outcomes.h"
#include "core/analysis/latency/law_keys.h"

#include <algorithm>

namespace emac::analysis {

namespace {

constexpr std::size_t cellsOfPart = 4096;
/// From one grid of a part to the next: an eighth of the cells is precise enough.
constexpr int longer = 8;
constexpr int mostGrids = 12;

QuantileLaw added(const QuantileLaw& a, const QuantileLaw& b, ArrayOperations& arrays)
{
    arrays.forget();
    QuantileLaw result;
    for (const Scenario scenario : allScenarios) {
        const auto& first = a[scenario].success;
        const auto& second = b[scenario].success;
        auto& sum = result[scenario].success;
        sum.cdf = arrays.added(first.cdf, second.cdf, quantileLevels().size());
        sum.slack = std::max(first.slack, second.slack);
        sum.finite = std::min(first.finite, second.finite);
    }
    arrays.forget();
    return result;
}

} // namespace

ComonotoneSums::ComonotoneSums(const Plan& plan, const SharedFateGroups& groups, const IndependentOutcomes& independent,
                               LatencyMemo& memo)
    : m_plan(plan)
    , m_groups(groups)
    , m_memo(memo)
    , m_independent(independent.onGrid({}))
    , m_outcomes(std::make_unique<SharedFateOutcomes>(plan, groups, m_independent, memo, *this))
    , m_scales(plan)
{
}

ComonotoneSums::~ComonotoneSums() = default;

LawKey ComonotoneSums::keyOf(NodeIndex node, std::optional<base::Duration> deadline)
{
    return keyOfKind(LawKind::Quantiles).add(m_outcomes->keyOf(node, false, deadline));
}

const MergeTree& ComonotoneSums::tree(std::span<const NodeIndex> parts, std::optional<base::Duration> deadline)
{
    const std::pair place{parts.front(), deadline};
    if (const auto known = m_trees.find(place); known != m_trees.end())
        return known->second;
    std::vector<LawKey> keys;
    keys.reserve(parts.size());
    for (const NodeIndex part : parts) {
        keys.push_back(keyOf(part, deadline));
        m_memo.touch(keys.back());
    }
    MergeTree tree(std::move(keys), keyOfKind(LawKind::Quantiles));
    tree.touch(m_memo);
    return m_trees.emplace(place, std::move(tree)).first->second;
}

OutcomeLawPtr ComonotoneSums::sum(std::span<const NodeIndex> parts, std::optional<base::Duration> deadline)
{
    return tree(parts, deadline)
        .law(
            m_memo, [&](std::size_t i) { return quantiles(parts[i], deadline); },
            [&](const QuantileLaw& a, const QuantileLaw& b) { return added(a, b, m_arrays); });
}

OutcomeLawPtr ComonotoneSums::quantiles(NodeIndex node, std::optional<base::Duration> deadline)
{
    const auto key = keyOf(node, deadline);
    if (auto known = m_memo.find(key))
        return known;
    return m_memo.store(key, compute(node, deadline));
}

QuantileLaw ComonotoneSums::compute(NodeIndex index, std::optional<base::Duration> deadline)
{
    const auto& node = m_plan.nodes[index];
    if (node.type == journey::OperatorType::Call) {
        const auto& law = *m_plan.components[node.operand].input->latency;
        if (const auto* lognormal = std::get_if<journey::LatencyLaw::Lognormal>(&law.form()))
            return lognormalQuantiles(*lognormal, m_independent.factorOf(index));
    }
    QuantileReader reader;
    Grid grid{m_scales.stepOfPart(index), cellsOfPart};
    for (int i = 0; i < mostGrids && !reader.isComplete(); ++i) {
        auto independent = m_independent.onGrid(grid);
        SharedFateOutcomes outcomes(m_plan, m_groups, independent, m_memo, *this);
        reader.read(*outcomes.law(index, false, deadline), grid);
        grid.step *= longer;
    }
    return reader.law();
}

} // namespace emac::analysis
