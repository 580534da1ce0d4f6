// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/latency/contributions.h"
#include "widgets/document/evaluation.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

namespace emac::widgets {

class Lane;
class LatencyWork;

/// What each call adds to a percentile, of one revision of a document. An immutable value.
struct TailResult
{
    quint64 revision = 0; ///< of the document
    std::shared_ptr<const Evaluation> evaluation; ///< whose inputs it is made of; never null
    std::size_t percentile = 0; ///< of analysis::reportedPercentiles
    analysis::Contributions contributions;
    std::unordered_map<journey::NodeId, analysis::CallContribution> byCall; ///< the same
};

/// The last step of the slow work of a document: the contributions to the percentile that views speak of, for views
/// that want them. They begin when the laws in time are there, where these are wanted too; a newer journey cancels them
/// at once, and what is older than what is shown never shows.
class TailWork : public QObject
{
    Q_OBJECT
public:
    using Analyse = std::function<std::optional<analysis::Contributions>(
        const journey::Journey&, const journey::Inputs&, double percentile, const base::Watch&, analysis::Memo*)>;

    /// @pre the laws outlive it
    TailWork(const LatencyWork* laws, Analyse analyse, QObject* parent = nullptr);
    ~TailWork() override;

    /// The view shows contributions, or does not any more. A view that is deleted does not show.
    void setWanted(QObject* view, bool wanted);
    bool isWanted() const { return !m_views.isEmpty(); }

    /// The newest that has arrived; null before the first, and while nobody wants them.
    std::shared_ptr<const TailResult> result() const { return m_result; }
    /// True once the newest are more than 150 ms late: views grey.
    bool isStale() const { return m_stale; }

    /// The numbers of the document are there.
    void follow(std::shared_ptr<const Evaluation> evaluation);

signals:
    void changed(); ///< result() is another, or it is late

private:
    bool isNeeded() const;
    bool awaitsLaws() const;
    void request();
    void drop();
    void receive(quint64 serial, std::shared_ptr<const TailResult> result);

    const LatencyWork* m_laws;
    Analyse m_analyse;
    QSet<QObject*> m_views;
    std::shared_ptr<const Evaluation> m_evaluation; ///< the newest
    std::shared_ptr<const TailResult> m_result;
    quint64 m_asked = 0; ///< counts the requests
    QTimer m_lateTimer;
    bool m_stale = false;
    std::shared_ptr<analysis::Memo> m_memo; ///< the lane's own
    std::unique_ptr<Lane> m_lane; ///< null before it is needed; last, as it joins its thread
};

} // namespace emac::widgets
