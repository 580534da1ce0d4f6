// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/availability/plan.h"
#include "core/analysis/latency/grid/leaf_law.h"
#include "core/analysis/latency/grid/merge_tree.h"
#include "core/analysis/latency/grid/outcome_algebra.h"
#include "core/analysis/latency/latency_memo.h"
#include "core/analysis/latency/law_request.h"
#include "core/analysis/latency/recurrence.h"
#include "core/base/watch.h"
#include "core/journey/expression.h"

#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace emac::analysis {

/// What the law of a node depends on besides what stands below it.
struct LawContext
{
    bool failure = false; ///< failure times are asked for
    std::optional<base::Duration> deadline; ///< of the nearest timeout around it
    ComponentStates states; ///< of the components below whose calls stand elsewhere too
};

/// The laws of a plan's nodes under independence, on one grid. Each is computed when it is asked for, and remembered by
/// what goes into it. Throws LawExpired where the watch expires meanwhile.
class IndependentOutcomes
{
public:
    /// @param plan and all else must outlive this; each call that somebody waits for needs latency evidence
    IndependentOutcomes(const Plan& plan, const Recurrence& recurrence, const Grid& grid, LatencyMemo& memo,
                        const base::Watch& watch, std::optional<ScaledCall> scaled = {});

    /// Of what stands below the node alone.
    OutcomeLawPtr law(NodeIndex node, bool failure = false) { return lawOf(node, {failure, {}, {}}); }
    OutcomeLawPtr lawOf(NodeIndex node, const LawContext& context);
    LawKey keyOf(NodeIndex node, const LawContext& context);

    /// S(deadline) of a node in such a context: where it is made of few stated times, exactly; else as it is read on
    /// this grid.
    Reached reachedBy(NodeIndex node, LawContext context, base::Duration deadline);
    /// So few components below meet somewhere that it is no great work to read each state of them once more.
    bool mayReadExactly(NodeIndex node) const;

    OutcomeAlgebra& algebra() { return m_algebra; }
    /// Of how much longer than their evidence says the calls of a node take: see ScaledCall.
    double factorOf(NodeIndex call) const;
    bool isScaled() const { return m_scaled.has_value(); }

    /// The same laws on another grid.
    IndependentOutcomes onGrid(const Grid& grid) const;
    IndependentOutcomes onGrid(const Grid& grid, LatencyMemo& memo) const;
    /// The same laws on the grid on which the deadline of a timeout around this body is read.
    IndependentOutcomes& behind(NodeIndex body, base::Duration deadline);

    /// Some calls were taken as separate, though they are one event: more components meet than there are states for.
    /// Of all nodes that were asked for.
    bool isApproximate() const { return m_approximate; }

private:
    IndependentOutcomes(const Plan& plan, const Recurrence& recurrence, const Grid& grid, LatencyMemo& memo,
                        const base::Watch& watch, std::optional<ScaledCall> scaled, bool crossed);

    struct Child
    {
        NodeIndex node = noIndex;
        LawContext context;
        base::Duration delay{0};
        LawKey key; ///< with the delay
    };
    struct KeyHash
    {
        std::size_t operator()(const LawKey& key) const { return key.hash(); }
    };

    LawKey computeKey(NodeIndex node, const LawContext& context);
    void addInput(LawKey& key, NodeIndex call) const;
    LawKey keyOfCall(NodeIndex node, const LawContext& context) const;
    std::vector<ComponentIndex> deciding(NodeIndex node, const LawContext& context);
    std::vector<Child> childrenOf(NodeIndex node, const LawContext& context);
    static MergeTree treeOf(std::span<const Child> children, journey::OperatorType type);

    OutcomeLawPtr find(const LawKey& key, NodeIndex node, const LawContext& context);
    OutcomeLawPtr find(const Child& child);
    std::vector<OutcomeLawPtr> find(std::span<const Child> children);
    OutcomeLaw compute(NodeIndex node, const LawContext& context);
    OutcomeLaw call(NodeIndex node, const LawContext& context);
    DiscreteLaw discrete(NodeIndex call);
    OutcomeLaw mixture(NodeIndex node, const LawContext& context, std::span<const ComponentIndex> deciding);
    OutcomeLaw timeout(const Child& body, base::Duration deadline);
    OutcomeLaw fallback(std::span<const Child> tries);
    template<typename Merge>
    OutcomeLawPtr merged(std::span<const Child> children, journey::OperatorType type, const Merge& merge);
    void look() const;

    const Plan& m_plan;
    const Recurrence& m_recurrence;
    LatencyMemo& m_memo;
    const base::Watch& m_watch;
    std::optional<ScaledCall> m_scaled;
    LawKey m_gridKey;
    OutcomeAlgebra m_algebra;
    std::unordered_map<LawKey, LawKey, KeyHash> m_keys; ///< by node and context
    std::map<std::pair<NodeIndex, base::Duration>, std::unique_ptr<IndependentOutcomes>> m_behind;
    bool m_approximate = false;
};

} // namespace emac::analysis
