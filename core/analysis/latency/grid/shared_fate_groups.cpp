// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/latency/grid/shared_fate_groups.h"

#include <algorithm>
#include <utility>

namespace emac::analysis {

using journey::OperatorType;

namespace {

/// Of laws below that do not.
bool mayExceedIndependent(OperatorType type)
{
    switch (type) {
    case OperatorType::Call:
    case OperatorType::Use:
    case OperatorType::Series:
    case OperatorType::Parallel:
    case OperatorType::Race:
    case OperatorType::KofN:
        return false;
    default:
        return true;
    }
}

} // namespace

SharedFateGroups::SharedFateGroups(const Plan& plan)
    : m_group(plan.nodes.size())
    , m_independent(plan.nodes.size(), 1)
    , m_belowIndependent(plan.nodes.size(), 1)
{
    FateGroups groups(plan);
    std::vector<FateKeysPtr> keys(plan.nodes.size());
    std::vector<char> unknown(plan.nodes.size(), 0);
    for (NodeIndex i = 0; i < plan.nodes.size(); ++i) {
        const auto& node = plan.nodes[i];
        if (node.type == OperatorType::Call) {
            keys[i] = groups.of(node.operand);
            unknown[i] = plan.components[node.operand].domainsUnknown ? 1 : 0;
            continue;
        }
        std::vector<FateKeysPtr> below;
        for (const NodeIndex part : plan.parts(node)) {
            below.push_back(keys[part]);
            unknown[i] |= unknown[part];
            m_independent[i] &= m_independent[part];
            m_belowIndependent[i] &= m_belowIndependent[part];
        }
        keys[i] = below.size() == 1 ? below.front() : groups.unite(below);
        if (mayExceedIndependent(node.type))
            m_belowIndependent[i] = 0;
        if (node.type == OperatorType::Retry && std::get<journey::Retry>(node.expression->op).attempts > 1)
            m_independent[i] = 0;
        // One choice of a branch is taken: nothing of the others matters.
        if (node.childCount < 2 || node.type == OperatorType::Branch)
            continue;
        auto group = unknown[i] != 0 ? std::vector<std::uint32_t>(node.childCount, 0) : groups.group(below);
        auto sorted = group;
        std::ranges::sort(sorted);
        if (std::ranges::adjacent_find(sorted) == sorted.end())
            continue;
        m_group[i] = std::move(group);
        m_independent[i] = 0;
    }
}

} // namespace emac::analysis
