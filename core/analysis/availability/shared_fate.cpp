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
    explicit SharedFateLaw(const Plan& plan)
        : m_plan(plan)
        , m_groups(plan)
        , m_keys(plan.nodes.size())
        , m_pendingUses(plan.nodes.size(), 0)
    {
        const auto size = plan.nodes.size();
        for (const End end : bothEnds)
            m_result.failure[end].resize(size, 0.0);
        m_result.sharesFate.resize(size, 0);
        m_result.domainsUnknown.resize(size, 0);
        markWhereKeysMatter();
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
    /// Keys are compared under a redundancy operator only; elsewhere nobody asks for them.
    void markWhereKeysMatter()
    {
        m_keysMatter.resize(m_plan.nodes.size(), 0);
        for (NodeIndex i = static_cast<NodeIndex>(m_plan.nodes.size()); i-- > 0;) {
            const auto& node = m_plan.nodes[i];
            if (const NodeIndex body = bodyOf(node); body != noIndex)
                ++m_pendingUses[body];
            if (m_keysMatter[i] == 0 && !journey::isRedundant(*node.expression))
                continue;
            for (const NodeIndex child : m_plan.children(node))
                m_keysMatter[child] = 1;
            if (const NodeIndex body = bodyOf(node); body != noIndex)
                m_keysMatter[body] = 1;
        }
    }

    NodeIndex bodyOf(const PlanNode& node) const
    {
        return node.type == OperatorType::Use ? m_plan.usedBody(node) : noIndex;
    }

    void evaluate(NodeIndex index)
    {
        const auto& node = m_plan.nodes[index];
        const NodeIndex body = bodyOf(node);
        bool unknown = body != noIndex && m_result.domainsUnknown[body] != 0;
        for (const NodeIndex child : m_plan.children(node))
            unknown = unknown || m_result.domainsUnknown[child] != 0;
        if (node.type == OperatorType::Call)
            unknown = m_plan.components[node.operand].domainsUnknown;
        m_result.domainsUnknown[index] = unknown ? 1 : 0;

        m_group.clear();
        if (journey::isRedundant(*node.expression)) {
            findGroups(node);
            m_result.sharesFate[index] = sharedByTwo() ? 1 : 0;
        }
        for (const End end : bothEnds)
            m_result.failure[end][index] = failure(node, end);
        if (m_keysMatter[index] != 0)
            m_keys[index] = keysOf(node);
        forgetKeysBelow(node);
    }

    FateKeysPtr keysOf(const PlanNode& node)
    {
        if (node.type == OperatorType::Call)
            return m_groups.of(node.operand);
        if (const NodeIndex body = bodyOf(node); body != noIndex)
            return m_keys[body];
        const auto children = m_plan.children(node);
        return children.size() == 1 ? m_keys[children.front()] : m_groups.unite(childKeys(node));
    }

    std::vector<FateKeysPtr> childKeys(const PlanNode& node) const
    {
        std::vector<FateKeysPtr> keys;
        for (const NodeIndex child : m_plan.children(node))
            keys.push_back(m_keys[child]);
        return keys;
    }

    /// Keys that nobody will ask for any more.
    void forgetKeysBelow(const PlanNode& node)
    {
        for (const NodeIndex child : m_plan.children(node))
            m_keys[child].reset();
        if (const NodeIndex body = bodyOf(node); body != noIndex && --m_pendingUses[body] == 0)
            m_keys[body].reset();
    }

    /// An unknown child joins all others into one group.
    void findGroups(const PlanNode& node)
    {
        const auto children = m_plan.children(node);
        const bool unknown =
            std::ranges::any_of(children, [&](NodeIndex child) { return m_result.domainsUnknown[child] != 0; });
        m_group = unknown ? std::vector<std::uint32_t>(children.size(), 0) : m_groups.group(childKeys(node));
    }

    bool sharedByTwo() const
    {
        auto groups = m_group;
        std::ranges::sort(groups);
        return std::ranges::adjacent_find(groups) != groups.end();
    }

    double failure(const PlanNode& node, End end)
    {
        const auto& values = m_result.failure[end];
        const auto children = m_plan.children(node);
        m_values.clear();
        for (const NodeIndex child : children)
            m_values.push_back(values[child]);

        switch (node.type) {
        case OperatorType::Call:
            return m_plan.components[node.operand].failure[end];
        case OperatorType::Use:
            if (const NodeIndex body = bodyOf(node); body != noIndex)
                return values[body];
            return end == End::Best ? 0 : 1;
        case OperatorType::Series:
        case OperatorType::Parallel:
            return anyFails(m_values);
        case OperatorType::Race:
        case OperatorType::Fallback:
            return bestOfEachGroupFails();
        case OperatorType::KofN: {
            const auto k = static_cast<std::size_t>(std::get<journey::KofN>(node.expression->op).k);
            if (k >= children.size())
                return k > children.size() ? 1 : anyFails(m_values);
            return tooFewOfGroups(k);
        }
        case OperatorType::Branch:
            return mixture(m_plan.branches[node.operand].choose(m_values, end), m_values);
        case OperatorType::Retry: // as one attempt
        case OperatorType::Timeout:
            return m_values.front();
        case OperatorType::Optional:
            return 0;
        }
        return 0;
    }

    double bestOfEachGroupFails()
    {
        std::vector<double> best(m_values.size(), 1.0); // by group number; 1 where no child has that number
        for (std::size_t i = 0; i < m_values.size(); ++i)
            best[m_group[i]] = std::min(best[m_group[i]], m_values[i]);
        return allFail(best);
    }

    double tooFewOfGroups(std::size_t k)
    {
        std::vector<std::vector<double>> groups(m_values.size());
        for (std::size_t i = 0; i < m_values.size(); ++i)
            groups[m_group[i]].push_back(m_values[i]);
        TooFewSucceed tooFew(k, m_values.size());
        for (auto& group : groups) {
            std::ranges::sort(group);
            if (group.size() == 1)
                tooFew.add(group.front());
            else if (!group.empty())
                tooFew.addGroup(group);
        }
        return tooFew.probability();
    }

    const Plan& m_plan;
    FateGroups m_groups;
    SharedFate m_result;
    std::vector<char> m_keysMatter;
    std::vector<FateKeysPtr> m_keys; ///< where they matter, until the last use
    std::vector<std::uint32_t> m_pendingUses; ///< of the root of a fragment's body
    std::vector<std::uint32_t> m_group; ///< of the node in work; empty where it is not redundant
    std::vector<double> m_values; ///< of the children of the node in work
};

} // namespace

std::optional<SharedFate> sharedFate(const Plan& plan, const base::Watch& watch)
{
    return SharedFateLaw(plan).run(watch);
}

} // namespace emac::analysis
