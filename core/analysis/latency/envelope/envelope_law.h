// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/envelope/envelope_memo.h"
#include "core/analysis/latency/envelope/steps.h"
#include "core/analysis/latency/envelope/sum_curve.h"
#include "core/analysis/latency/latency.h"
#include "core/analysis/latency/law_request.h"
#include "core/base/watch.h"

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

namespace emac::analysis {

/// What holds of S(t) of each node whatever the dependence of outcomes and times: L(t) ≤ S(t) ≤ U(t) (semantics § 4,
/// "Envelope"), L with all inputs at their worse, U with all at their better ends. Sums are bounded by SumBound; what
/// is sampled is stepped to the safe side. Times are held as whole ns, so that they add up exactly. A pure function of
/// what stands below the node. Throws LawExpired where the watch expires.
class EnvelopeLaw
{
public:
    /// @param plan, memo and watch must outlive this. @pre each call that somebody waits for below the nodes that are
    /// asked for has latency evidence
    EnvelopeLaw(const Plan& plan, EnvelopeMemo& memo, const base::Watch& watch, std::optional<ScaledCall> scaled = {});

    /// Of the body of a timeout at its deadline: L at the worse end, U at the better one, with all inputs at `inputs`.
    double reachedInTime(NodeIndex timeout, End end, End inputs);
    /// Percentiles, deadlines, curves and S(∞) of one node. Of a series of 120 lognormal calls some ms a percentile.
    LatencyBand band(NodeIndex node, const LatencyOptions& options);

private:
    /// Success; or being done, by success or failure.
    enum class What : char
    {
        Success,
        Done
    };
    struct Question
    {
        What what = What::Success;
        End end = End::Worst; ///< which bound
        End inputs = End::Worst; ///< which ends of the inputs
        std::optional<base::Duration> deadline; ///< of the nearest timeout around
        auto operator<=>(const Question&) const = default;
    };

    /// What arithmetic may take from a value that is reached exactly.
    static constexpr double tolerance = 1e-12;
    /// Attempts that are told apart; what is behind them counts as starting with the last of these.
    static constexpr int mostAttempts = 32;
    static constexpr Question lowerQuestion{What::Success, End::Worst, End::Worst, {}};
    static constexpr Question upperQuestion{What::Success, End::Best, End::Best, {}};

    std::vector<DeadlineProbability> deadlines(NodeIndex node, const std::vector<base::Duration>& limits);
    /// L(t) or U(t); t in ns. Of operators whose children start together without sampling them.
    double reached(NodeIndex node, double t, const Question& question);
    double computeReached(NodeIndex node, double t, const Question& question);
    /// The least t with L(t) ≥ value; the largest t with U < value before it. In seconds; absent where there is none.
    std::optional<double> timeOf(NodeIndex node, double value, const Question& question);
    double computeTime(NodeIndex node, double value, const Question& question);
    /// By which of the times that timeOf() finds stepping may take or add, at most.
    double stretch(NodeIndex node, const Question& question);
    SummandPtr outline(NodeIndex node, const Question& question, std::size_t points);
    double total(NodeIndex index, const Question& question);
    /// To what L grows within finite times, however long; a time at which it is there, there need not be.
    struct Limit
    {
        double value = 0;
        bool isReached = true; ///< at some time
    };
    Limit limit(NodeIndex index, const Question& question);
    Limit computeLimit(NodeIndex index, const Question& question);
    template<typename Rule>
    static Limit limitOf(std::span<const Limit> parts, const Rule& rule);
    static Limit limitOfAll(std::span<const Limit> parts);
    static Limit largest(std::span<const Limit> parts);
    /// In ns.
    SummandPtr curve(NodeIndex node, const Question& question);
    SummandPtr compute(NodeIndex index, const Question& question);
    SummandPtr call(const PlanNode& node, NodeIndex index, const Question& question) const;
    SummandPtr timeout(const PlanNode& node, const Question& question);
    SummandPtr retry(const PlanNode& node, const Question& question);
    SummandPtr fallback(const PlanNode& node, const Question& question);
    SummandPtr together(const PlanNode& node, const Question& question);
    double bound(const PlanNode& node, const Question& question, std::span<const double> values) const;
    std::vector<Steps> stepsBelow(const PlanNode& node, const Question& question);

    /// The node below uses.
    NodeIndex resolved(NodeIndex node) const;
    /// The summands of a series, those of nested ones too.
    void addSummands(NodeIndex node, const Question& question, std::vector<SummandPtr>& summands);
    SummandPtr sum(std::vector<SummandPtr> summands, End end) const;
    /// The bound of a series; none for another node.
    const SumBound* sumOf(NodeIndex node, const Question& question);
    void look() const;

    enum class Asked : std::uint64_t
    {
        Curve = 200,
        Outline,
        Reached,
        Time
    };
    /// Of all that goes into an answer about a node.
    LawKey key(NodeIndex node, const Question& question, Asked asked);
    const LawKey& structure(NodeIndex node);
    LawKey computeStructure(NodeIndex node);

    const Plan& m_plan;
    EnvelopeMemo& m_memo;
    const base::Watch& m_watch;
    std::optional<ScaledCall> m_scaled;
    std::vector<std::optional<LawKey>> m_structures; ///< by node
    std::map<std::tuple<NodeIndex, Question>, SummandPtr> m_curves;
    std::map<std::tuple<NodeIndex, Question>, SumBound> m_sums;
    std::map<std::tuple<NodeIndex, Question>, Limit> m_limits;
};

} // namespace emac::analysis
