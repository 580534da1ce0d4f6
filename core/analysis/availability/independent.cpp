// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/availability/independent.h"

#include "core/analysis/availability/scope_formula.h"
#include "core/analysis/bdd/formula_values.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace emac::analysis {

namespace {

using journey::OperatorType;

class IndependentLaw
{
public:
    IndependentLaw(const Plan& plan, const Events& events, const Repeats& repeats, const EventFailures& failures,
                   Law law, AvailabilityMemo& memo, const DiagramLimits& limits, const base::Watch& watch)
        : m_plan(plan)
        , m_events(events)
        , m_repeats(repeats)
        , m_failures(failures)
        , m_memo(memo)
        , m_limits(limits)
        , m_watch(watch)
        , m_solved(plan.scopes.size(), 0)
        , m_result{Marginals(plan, memo, law), std::vector<char>(plan.nodes.size(), 1), {}}
    {
    }

    std::optional<IndependentResult> run()
    {
        for (const End end : bothEnds)
            m_afterChoices[end].resize(m_plan.branches.size());
        if (std::ranges::find(m_repeats.below, 1) != m_repeats.below.end())
            m_ownDraws = findOwnDraws(m_plan);
        for (std::uint32_t scope = 0; scope < m_plan.scopes.size(); ++scope) {
            if (m_plan.scopes[scope].fragment == noIndex && !solve(scope))
                return std::nullopt;
        }
        // What nobody uses: those that use others first.
        for (auto scope = static_cast<std::uint32_t>(m_plan.scopes.size()); scope-- > 0;) {
            if (m_solved[scope] == 0 && !solve(scope))
                return std::nullopt;
        }
        std::ranges::sort(m_result.unbuilt, {}, &UnbuiltScope::scope);
        return std::move(m_result);
    }

private:
    /// The formula of the scope in work, with its values at both ends.
    struct Work
    {
        ScopeFormula scope;
        std::optional<CompiledFormula> compiled;
        ByEnd<std::optional<FormulaValues>> values;
    };

    /// The scope and the fragments used in it that have not been solved with another.
    bool solve(std::uint32_t scope)
    {
        std::vector<std::uint32_t> scopes{scope};
        m_solved[scope] = 1;
        for (std::size_t i = 0; i < scopes.size(); ++i) { // it grows meanwhile
            for (const NodeIndex node : m_plan.scopes[scopes[i]].nodes) {
                const auto& use = m_plan.nodes[node];
                if (use.type != OperatorType::Use || use.operand == noIndex)
                    continue;
                const auto fragment = m_plan.fragmentScopes[use.operand];
                if (std::exchange(m_solved[fragment], 1) == 0)
                    scopes.push_back(fragment);
            }
        }
        std::ranges::sort(scopes); // those used before those who use them
        if (m_repeats.below[m_plan.scopes[scope].nodes.back()] == 0)
            return evaluate(scopes, nullptr);
        Work work{
            ScopeFormula(m_plan, m_events, m_repeats, m_ownDraws, scope, m_limits.gates, m_watch), std::nullopt, {}};
        return compile(work, scope) && evaluate(scopes, &work);
    }

    bool compile(Work& work, std::uint32_t scope)
    {
        if (work.scope.state() == DiagramState::Stopped)
            return false;
        if (work.scope.state() != DiagramState::Built) {
            m_result.unbuilt.push_back({scope, work.scope.state()});
            return true;
        }
        auto& compiled =
            work.compiled.emplace(work.scope.formula(), work.scope.top(), m_memo.diagrams(), m_limits, m_watch);
        if (compiled.state() == DiagramState::Stopped)
            return false;
        if (compiled.state() != DiagramState::Built)
            m_result.unbuilt.push_back({scope, compiled.state()});
        m_memo.work().computed += compiled.gatesBuilt();
        for (const End end : bothEnds) {
            work.values[end].emplace(compiled,
                                     [this, &work, end](LeafIndex leaf) { return chanceOf(work.scope, leaf, end); });
        }
        return true;
    }

    bool evaluate(std::span<const std::uint32_t> scopes, Work* work)
    {
        std::size_t count = 0;
        for (const auto scope : scopes) {
            for (const NodeIndex node : m_plan.scopes[scope].nodes) {
                if (count++ % 256 == 0 && m_watch.expired())
                    return false;
                evaluate(node, work);
            }
        }
        return !m_watch.expired();
    }

    void evaluate(NodeIndex index, Work* work)
    {
        const auto& node = m_plan.nodes[index];
        const bool isAlias = node.type == OperatorType::Use || node.type == OperatorType::Timeout;
        m_result.known[index] = isKnownBelow(node) ? 1 : 0;
        if (m_result.known[index] == 0)
            return;
        if (isAlias || m_repeats.below[index] == 0) {
            m_result.marginals.evaluate(index);
            return;
        }
        if (node.type == OperatorType::Branch)
            m_result.marginals.chooseProbabilities(index);
        for (const End end : bothEnds) {
            const bool isSame = m_plan.points && end == End::Worst;
            const double q = isSame ? m_result.marginals.of(index, End::Best) : valueOf(index, end, work);
            if (std::isnan(q))
                m_result.known[index] = 0;
            m_result.marginals.set(index, end, q);
        }
    }

    /// NaN where it could not be built.
    static double valueOf(NodeIndex node, End end, Work* work)
    {
        if (work == nullptr || !work->values[end])
            return std::numeric_limits<double>::quiet_NaN();
        return work->values[end]->of(work->scope.gateOf(node));
    }

    bool isKnownBelow(const PlanNode& node) const
    {
        return std::ranges::all_of(m_plan.dependencies(node),
                                   [&](NodeIndex part) { return m_result.known[part] != 0; });
    }

    Chance chanceOf(const ScopeFormula& scope, LeafIndex index, End end)
    {
        const auto& leaf = scope.leaf(index);
        double q = 0;
        switch (leaf.kind) {
        case FormulaLeaf::Kind::Own:
            q = m_failures.own.empty() ? m_plan.components[leaf.index].failure[end] : m_failures.own[leaf.index];
            break;
        case FormulaLeaf::Kind::Domain:
            q = m_failures.domains[m_events.domainOf(leaf.index)];
            break;
        case FormulaLeaf::Kind::Node:
            q = m_result.marginals.of(leaf.index, end);
            break;
        case FormulaLeaf::Kind::Rest:
            q = rest(scope, leaf.index, end);
            break;
        case FormulaLeaf::Kind::Late:
            q = m_plan.effect(m_plan.nodes[leaf.index])->late[end];
            break;
        case FormulaLeaf::Kind::Selector:
            return selector(leaf, end);
        }
        return {q, 1 - q};
    }

    double rest(const ScopeFormula& scope, NodeIndex index, End end)
    {
        const auto& node = m_plan.nodes[index];
        std::vector<double> apart;
        for (const NodeIndex child : m_plan.children(node)) {
            if (scope.isApart(child))
                apart.push_back(m_result.marginals.of(child, end));
        }
        auto& reduction = m_result.marginals.reductionOfRest(index, end);
        const bool allFail = node.type == OperatorType::Race || node.type == OperatorType::Fallback;
        return allFail ? reduction.allFail(apart, m_memo.work()) : reduction.anyFails(apart, m_memo.work());
    }

    /// That this choice is taken where none before it is: its probability and that of all after it, of the sum of both.
    Chance selector(const FormulaLeaf& leaf, End end)
    {
        const double after = afterChoices(leaf.index, end)[leaf.choice];
        const double taken = m_result.marginals.probabilities(leaf.index, end)[leaf.choice];
        if (leaf.choice == 0)
            return {taken, after};
        return taken + after == 0 ? Chance{0, 1} : Chance{taken / (taken + after), after / (taken + after)};
    }

    /// By choice of a branch: the probability of all choices after it. @pre the probabilities have been chosen
    const std::vector<double>& afterChoices(NodeIndex branch, End end)
    {
        auto& after = m_afterChoices[end][m_plan.nodes[branch].operand];
        if (after.empty()) {
            const auto& all = m_result.marginals.probabilities(branch, end);
            after.resize(all.size(), 0.0);
            for (std::size_t i = all.size() - 1; i > 0; --i)
                after[i - 1] = after[i] + all[i];
        }
        return after;
    }

    const Plan& m_plan;
    const Events& m_events;
    const Repeats& m_repeats;
    const EventFailures& m_failures;
    AvailabilityMemo& m_memo;
    const DiagramLimits& m_limits;
    const base::Watch& m_watch;
    std::vector<char> m_ownDraws; ///< where anything repeats
    std::vector<char> m_solved; ///< by scope
    ByEnd<std::vector<std::vector<double>>> m_afterChoices; ///< by branch; empty: not asked yet
    IndependentResult m_result;
};

} // namespace

std::optional<IndependentResult> independentLaw(const Plan& plan, const Events& events, const Repeats& repeats,
                                                const EventFailures& failures, Law law, AvailabilityMemo& memo,
                                                const DiagramLimits& limits, const base::Watch& watch)
{
    return IndependentLaw(plan, events, repeats, failures, law, memo, limits, watch).run();
}

} // namespace emac::analysis
