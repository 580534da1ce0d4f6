// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/independent.h"

#include "core/analysis/availability/conditioned.h"
#include "core/analysis/availability/repeats.h"

#include <algorithm>

namespace emac::analysis {

namespace {

using journey::OperatorType;

std::vector<CallCount> repeatedOnly(std::vector<CallCount> counts)
{
    std::erase_if(counts, [](const CallCount& count) { return count.calls < 2; });
    return counts;
}

class IndependentLaw
{
public:
    IndependentLaw(const Plan& plan, AvailabilityMemo& memo, const base::Watch& watch)
        : m_plan(plan)
        , m_watch(watch)
        , m_counter(plan)
        , m_result{Marginals(plan, memo, Law::Independent), std::vector<char>(plan.nodes.size(), 0), {}}
        , m_conditioned(plan, m_result.marginals, memo, watch)
    {
    }

    std::optional<IndependentResult> run()
    {
        for (std::size_t scope = 0; scope < m_plan.scopes.size(); ++scope) {
            if (!solveScope(scope))
                return std::nullopt;
        }
        return std::move(m_result);
    }

private:
    bool solveScope(std::size_t index)
    {
        const auto& scope = m_plan.scopes[index];
        const auto repeated = repeatedOnly(m_counter.count(scope.nodes));
        if (repeated.size() > maxConditioned)
            m_result.tooMany.push_back({index, repeated.size()});
        const bool allKnown = std::ranges::all_of(scope.nodes, [&](NodeIndex node) { return insideKnown(node); });
        if (allKnown && repeated.size() <= maxConditioned)
            return solveSubtree(scope.nodes, repeated);
        return solveParts(scope);
    }

    /// False for what stands for a scope of its own that could not be computed.
    bool insideKnown(NodeIndex index) const
    {
        const auto& node = m_plan.nodes[index];
        if (node.type == OperatorType::Retry)
            return m_result.known[m_plan.children(node).front()] != 0;
        if (node.type == OperatorType::Use && node.operand != noIndex)
            return m_result.known[m_plan.usedBody(node)] != 0;
        return true;
    }

    bool solveSubtree(std::span<const NodeIndex> nodes, const std::vector<CallCount>& repeated)
    {
        for (const NodeIndex node : nodes)
            m_result.known[node] = 1;
        if (!repeated.empty())
            return m_conditioned.solve(nodes, repeated);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (i % 256 == 0 && m_watch.expired())
                return false;
            m_result.marginals.evaluate(nodes[i]);
        }
        return !m_watch.expired();
    }

    /// Where the whole scope cannot be computed: its largest subtrees that can.
    bool solveParts(const PlanScope& scope)
    {
        const auto computable = findComputable(scope);
        if (computable.empty())
            return false;
        for (std::size_t i = scope.nodes.size(); i-- > 0;) {
            if (computable[i] == 0)
                continue;
            const auto first = std::ranges::lower_bound(scope.nodes, m_plan.nodes[scope.nodes[i]].begin);
            const auto begin = static_cast<std::size_t>(first - scope.nodes.begin());
            const auto part = std::span(scope.nodes).subspan(begin, i - begin + 1);
            if (!solveSubtree(part, repeatedOnly(m_counter.count(part))))
                return false;
            i = begin;
        }
        return true;
    }

    /// By position in the scope: whether the subtree is known inside and repeats few enough components.
    /// Empty where the watch expired.
    std::vector<char> findComputable(const PlanScope& scope)
    {
        std::vector<char> computable(scope.nodes.size(), 0);
        std::vector<CallTally> tallies; // of finished subtrees that wait for their parent
        std::vector<char> tallyComputable; // of the same
        for (std::size_t i = 0; i < scope.nodes.size(); ++i) {
            if (i % 64 == 0 && m_watch.expired())
                return {};
            const auto& node = m_plan.nodes[scope.nodes[i]];
            bool good = insideKnown(scope.nodes[i]);
            CallTally tally;
            if (node.type == OperatorType::Call && m_plan.components[node.operand].shared)
                tally.add(node.operand, 1);
            if (node.type == OperatorType::Use && node.operand != noIndex && good) {
                const auto& fragment = m_plan.scopes[m_plan.fragmentScopes[node.operand]];
                for (const auto& [component, calls] : m_counter.count(fragment.nodes))
                    tally.add(component, calls);
            }
            const bool ownDraws = node.type == OperatorType::Retry || node.type == OperatorType::Optional;
            for (std::uint32_t child = 0; !ownDraws && child < node.childCount; ++child) {
                good = good && tallyComputable.back() != 0;
                if (good)
                    tally.merge(std::move(tallies.back()));
                tallies.pop_back();
                tallyComputable.pop_back();
            }
            good = good && tally.repeated() <= maxConditioned;
            computable[i] = good ? 1 : 0;
            tallies.push_back(std::move(tally));
            tallyComputable.push_back(computable[i]);
        }
        return computable;
    }

    const Plan& m_plan;
    const base::Watch& m_watch;
    CallCounter m_counter;
    IndependentResult m_result;
    ConditionedScope m_conditioned;
};

} // namespace

std::optional<IndependentResult> independentLaw(const Plan& plan, AvailabilityMemo& memo, const base::Watch& watch)
{
    return IndependentLaw(plan, memo, watch).run();
}

} // namespace emac::analysis
