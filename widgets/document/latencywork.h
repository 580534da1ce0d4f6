// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/latency.h"
#include "widgets/document/evaluation.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace emac::widgets {

class Lane;

/// The outcome laws in time of one revision of a document. An immutable value.
struct LatencyResult
{
    quint64 revision = 0; ///< of the document
    std::shared_ptr<const Evaluation> evaluation; ///< whose inputs it is made of; never null
    /// Of the whole journey: what workspace::latencyOptions() asks for, and curves where some view wants them. Without
    /// the envelope while `complete` is false.
    analysis::LatencyAnalysis journey;
    bool complete = false; ///< all that was wanted is there; envelope and insights come last
    journey::Notes notes; ///< of the law of the whole, and what the times make of operators
    journey::NodeId node{}; ///< selected when it was asked for; 0: none, or the whole
    std::optional<analysis::LatencyAnalysis> selected; ///< of `node`; independent only
    std::optional<analysis::LatencyAnalysis> accepted; ///< of the accepted model's tree; independent only
    /// Absent where no objective is judged on it.
    std::optional<governance::Decision> decision;
};

/// The lane for slow work of a document: laws in time, for views that want them and for objectives that are judged on
/// them. Results come in steps: first what is independent and what shares its fate, with the decision; then the
/// envelope, and what the times make of operators. A newer request cancels an older one at once, and what is older than
/// what is shown never shows.
class LatencyWork : public QObject
{
    Q_OBJECT
public:
    using Analyse = std::function<std::optional<analysis::LatencyAnalysis>(
        const journey::Journey&, const journey::Inputs&, const analysis::LatencyOptions&, const base::Watch&,
        analysis::Memo*)>;

    explicit LatencyWork(Analyse analyse, QObject* parent = nullptr);
    ~LatencyWork() override;

    /// Points of each curve, at most.
    static constexpr std::size_t curvePoints = 150;

    /// The view looks at laws in time, or does not any more: they are computed only where somebody looks, or where an
    /// objective is judged on them. A view that is deleted does not look.
    void setWanted(QObject* view, bool wanted);
    bool isWanted() const { return !m_views.isEmpty(); }

    /// Which of analysis::reportedPercentiles views speak of. That of the latency objective until it is chosen.
    std::size_t percentile() const;
    void setPercentile(std::size_t percentile);

    /// The newest that has arrived; null before the first, while nobody looks, and where there is no journey.
    std::shared_ptr<const LatencyResult> result() const { return m_result; }
    /// True once the newest laws are more than 150 ms late: views grey.
    bool isStale() const { return m_stale; }

    /// The objectives are judged on laws in time.
    static bool isJudged(const journey::Objectives& objectives) { return objectives.latency || objectives.deadline; }

    /// The document is another: what is shown will be late unless it comes soon.
    void expect();
    /// Its numbers are there, and so what the laws are made of.
    void follow(std::shared_ptr<const Evaluation> evaluation);
    /// Whose own law is wanted; 0 for none.
    void setNode(journey::NodeId node);

signals:
    void changed(); ///< result() is another
    void staleChanged(bool stale);
    void percentileChanged();

private:
    struct Memory;
    struct Request;
    static void run(const Request& request, Memory& memory, const base::Watch& watch,
                    const std::function<void(LatencyResult)>& deliver);
    bool isNeeded() const;
    void request();
    void receive(quint64 serial, std::shared_ptr<const LatencyResult> result);
    void setStale(bool stale);

    Analyse m_analyse;
    QSet<QObject*> m_views;
    std::optional<std::size_t> m_percentile;
    std::shared_ptr<const Evaluation> m_evaluation; ///< the newest
    journey::NodeId m_node{};
    std::shared_ptr<const LatencyResult> m_result;
    quint64 m_asked = 0; ///< counts the requests
    quint64 m_received = 0; ///< the one that the result belongs to
    QTimer m_lateTimer;
    bool m_stale = false;
    std::shared_ptr<Memory> m_memory; ///< the lane's own
    std::unique_ptr<Lane> m_lane; ///< null before it is needed; last, as it joins its thread
};

} // namespace emac::widgets
