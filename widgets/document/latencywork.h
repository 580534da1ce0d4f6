// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/evaluation.h"
#include "widgets/document/slowwork.h"

#include <memory>
#include <optional>

namespace emac::widgets {

/// The outcome laws in time of one revision of a document. An immutable value.
struct LatencyResult
{
    quint64 revision = 0; ///< of the document
    std::shared_ptr<const Evaluation> evaluation; ///< whose inputs it is made of; never null
    /// Of the whole journey: what workspace::latencyOptions() asks for, and curves where some view wants them. Shared
    /// fate and envelope are there once they are known; with the envelope comes all that it raises.
    analysis::LatencyAnalysis journey;
    bool complete = false; ///< all that was wanted is there
    journey::Notes notes; ///< of the law of the whole, and what the times make of operators
    journey::NodeId node{}; ///< selected when it was asked for; 0: none, or the whole
    std::optional<analysis::LatencyAnalysis> selected; ///< of `node`; independent only
    std::optional<analysis::LatencyAnalysis> accepted; ///< of the accepted model's tree; independent only
    /// Absent where no objective is judged on it, or not yet.
    std::optional<governance::Decision> decision;
};

/// Laws in time, for views that want them and for objectives that are judged on them. Results come in the steps of
/// workspace::evaluateLatency().
class LatencyWork : public SlowWork
{
    Q_OBJECT
public:
    explicit LatencyWork(workspace::AnalyseLatency analyse, QObject* parent = nullptr);
    ~LatencyWork() override;

    /// Points of each curve, at most.
    static constexpr std::size_t curvePoints = 150;

    /// Which of analysis::reportedPercentiles views speak of. That of the latency objective until it is chosen.
    std::size_t percentile() const;
    void setPercentile(std::size_t percentile);

    /// The newest that has arrived; null before the first, while neither a view nor an objective needs it, and where
    /// there is no journey.
    std::shared_ptr<const LatencyResult> result() const { return m_result; }
    /// The newest is complete, or is not needed: what comes after it may begin.
    bool isDone() const;

    /// The objectives are judged on laws in time.
    static bool isJudged(const journey::Objectives& objectives) { return objectives.latency || objectives.deadline; }

    /// The document is another: what is shown will be late unless it comes soon.
    void expectNewer();
    /// Its numbers are there, and so what the laws are made of.
    void follow(std::shared_ptr<const Evaluation> evaluation);
    /// Whose own law is wanted; 0 for none.
    void setNode(journey::NodeId node);

    /// For what else slowly follows from the document.
    using SlowWork::lane;

signals:
    void percentileChanged();

private:
    struct Memory;
    struct Request;
    static void run(const Request& request, Memory& memory, const base::Watch& watch, analysis::Memo& memo,
                    const std::function<void(LatencyResult)>& deliver);
    void followWanted() override;
    bool isNeeded() const;
    void request();

    workspace::AnalyseLatency m_analyse;
    std::optional<std::size_t> m_percentile;
    std::shared_ptr<const Evaluation> m_evaluation; ///< the newest
    journey::NodeId m_node{};
    std::shared_ptr<const LatencyResult> m_result;
    std::shared_ptr<Memory> m_memory; ///< the jobs' own
};

} // namespace emac::widgets
