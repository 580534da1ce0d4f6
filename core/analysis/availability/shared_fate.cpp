// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/shared_fate.h"

#include "core/analysis/availability/domains.h"

#include <algorithm>

namespace emac::analysis {

namespace {

using journey::OperatorType;

class SharedFateLaw
{
public:
    SharedFateLaw(const Plan& plan, AvailabilityMemo& memo)
        : m_plan(plan)
        , m_memo(memo)
        , m_groups(plan)
        , m_result{Marginals(plan, memo, Law::SharedFate), std::vector<char>(plan.nodes.size(), 0),
                   std::vector<char>(plan.nodes.size(), 0)}
        , m_fateKey(plan.nodes.size())
        , m_keys(plan.nodes.size())
    {
    }

    std::optional<SharedFate> run(const base::Watch& watch)
    {
        for (NodeIndex i = 0; i < m_plan.nodes.size(); ++i) {
            if (i % 256 == 0 && watch.expired())
                return std::nullopt;
            evaluate(i);
        }
        return std::move(m_result);
    }

private:
    NodeIndex bodyOf(const PlanNode& node) const
    {
        return node.type == OperatorType::Use ? m_plan.usedBody(node) : noIndex;
    }

    void evaluate(NodeIndex index)
    {
        const auto& node = m_plan.nodes[index];
        m_result.domainsUnknown[index] = domainsUnknown(node) ? 1 : 0;
        m_fateKey[index] = fateKey(node);
        auto& marginals = m_result.marginals;
        if (journey::isRedundant(*node.expression)) {
            const auto& grouping = groupingOf(index);
            m_result.sharesFate[index] = grouping.sharedByTwo ? 1 : 0;
            marginals.set(index, End::Best, redundantFailure(index, End::Best, grouping.group));
            marginals.set(index, End::Worst,
                          m_plan.points ? marginals.of(index, End::Best)
                                        : redundantFailure(index, End::Worst, grouping.group));
        } else if (node.type == OperatorType::Retry) { // as one attempt
            for (const End end : bothEnds)
                marginals.set(index, end, marginals.of(m_plan.children(node).front(), end));
        } else {
            marginals.evaluate(index);
        }
    }

    bool domainsUnknown(const PlanNode& node) const
    {
        if (node.type == OperatorType::Call)
            return m_plan.components[node.operand].domainsUnknown;
        return std::ranges::any_of(m_plan.parts(node),
                                   [&](NodeIndex part) { return m_result.domainsUnknown[part] != 0; });
    }

    FateKey fateKey(const PlanNode& node) const
    {
        if (node.type == OperatorType::Call) // the version of the call stands for the component's name
            return {node.expression->version, m_plan.components[node.operand].version};
        if (const NodeIndex body = bodyOf(node); body != noIndex)
            return m_fateKey[body];
        FateKey key{node.childCount, 0};
        for (const NodeIndex child : m_plan.children(node))
            key = key.followedBy(m_fateKey[child]);
        return key;
    }

    /// The groups of the children; an unknown child joins all others into one.
    const FateGrouping& groupingOf(NodeIndex index)
    {
        auto& memo = m_memo.of(index);
        if (!memo.grouping.group.empty() && memo.groupingKey == m_fateKey[index])
            return memo.grouping;
        ++m_memo.work().computed;
        const auto& node = m_plan.nodes[index];
        auto group = m_result.domainsUnknown[index] != 0 ? std::vector<std::uint32_t>(node.childCount, 0)
                                                         : m_groups.group(childKeys(node));
        auto sorted = group;
        std::ranges::sort(sorted);
        const bool sharedByTwo = std::ranges::adjacent_find(sorted) != sorted.end();
        memo.grouping = {std::move(group), sharedByTwo};
        memo.groupingKey = m_fateKey[index];
        return memo.grouping;
    }

    std::vector<FateKeysPtr> childKeys(const PlanNode& node)
    {
        std::vector<FateKeysPtr> keys;
        for (const NodeIndex child : m_plan.children(node))
            keys.push_back(keysOf(child));
        return keys;
    }

    /// Collected only where a redundancy operator around it compares them anew.
    const FateKeysPtr& keysOf(NodeIndex index)
    {
        const auto& node = m_plan.nodes[index];
        if (node.type == OperatorType::Call)
            return m_groups.of(node.operand);
        if (const NodeIndex body = bodyOf(node); body != noIndex)
            return keysOf(body);
        if (!m_keys[index]) {
            m_keys[index] = m_groups.unite(childKeys(node));
            for (const NodeIndex child : m_plan.children(node))
                m_keys[child].reset(); // nobody but the parent asks for them
        }
        return m_keys[index];
    }

    double redundantFailure(NodeIndex index, End end, std::span<const std::uint32_t> group)
    {
        auto& marginals = m_result.marginals;
        const auto& node = m_plan.nodes[index];
        const auto values = marginals.ofChildren(node, end);
        if (const auto* kofn = std::get_if<journey::KofN>(&node.expression->op))
            return tooFewOfGroups(index, end, static_cast<std::size_t>(kofn->k), group);
        m_values.assign(values.size(), 1.0); // the best by group number; 1 where no child has that number
        for (std::size_t i = 0; i < values.size(); ++i)
            m_values[group[i]] = std::min(m_values[group[i]], values[i]);
        return marginals.reduction(index, end).allFail(m_values, marginals.work());
    }

    double tooFewOfGroups(NodeIndex index, End end, std::size_t k, std::span<const std::uint32_t> group)
    {
        auto& marginals = m_result.marginals;
        const auto values = marginals.ofChildren(m_plan.nodes[index], end);
        m_values.assign(values.begin(), values.end());
        m_values.insert(m_values.end(), group.begin(), group.end());
        m_values.push_back(static_cast<double>(k));
        return marginals.reduction(index, end)
            .other(Reduction::Rule::TooFewOfGroups, m_values, marginals.work(), [&](auto) {
                std::vector<std::vector<double>> groups(values.size());
                for (std::size_t i = 0; i < values.size(); ++i)
                    groups[group[i]].push_back(values[i]);
                TooFewSucceed tooFew(k, values.size());
                for (auto& ofGroup : groups) {
                    std::ranges::sort(ofGroup);
                    if (ofGroup.size() == 1)
                        tooFew.add(ofGroup.front());
                    else if (!ofGroup.empty())
                        tooFew.addGroup(ofGroup);
                }
                return tooFew.probability();
            });
    }

    const Plan& m_plan;
    AvailabilityMemo& m_memo;
    FateGroups m_groups;
    SharedFate m_result;
    std::vector<FateKey> m_fateKey; ///< by node
    std::vector<FateKeysPtr> m_keys; ///< by node: where they were asked for, until the parent has them
    std::vector<double> m_values; ///< what the node in work is computed from
};

} // namespace

std::optional<SharedFate> sharedFate(const Plan& plan, AvailabilityMemo& memo, const base::Watch& watch)
{
    return SharedFateLaw(plan, memo).run(watch);
}

} // namespace emac::analysis
