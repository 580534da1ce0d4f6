// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/memo.h"
#include "widgets/document/lane.h"
#include "widgets/document/lateness.h"

#include <QObject>
#include <QSet>

#include <functional>
#include <memory>

namespace emac::widgets {

/// The lane for slow work of a document, and what its jobs leave to the next.
struct SlowLane
{
    analysis::Memo memo; ///< of the jobs alone, which run one after the other
    Lane lane{std::chrono::milliseconds(0)}; ///< last: joined before the rest goes away
};

/// One kind of slow work of a document, for views that want its results: they come from the document's one lane for
/// such work, where a newer request cancels an older one at once, whatever its kind. What is older than what is shown
/// never shows.
class SlowWork : public QObject
{
    Q_OBJECT
public:
    /// The view wants results, or does not any more. A view that is deleted wants none.
    void setWanted(QObject* view, bool wanted);
    bool isWanted() const { return !m_views.isEmpty(); }

    /// True once the newest results are more than 150 ms late: views grey.
    bool isStale() const { return m_lateness.isLate(); }

signals:
    void changed(); ///< the result is another
    void staleChanged(bool stale);

protected:
    using LanePtr = std::shared_ptr<SlowLane>;
    /// Takes over a result on the thread of this object, unless one of a newer request has come before.
    using Deliver = std::function<void(std::function<void()> receive)>;
    /// Runs on the worker's thread. Captures values only, and may end without a result where the watch expires.
    using Job = std::function<void(const base::Watch&, analysis::Memo&, const Deliver&)>;

    SlowWork(LanePtr lane, QObject* parent);

    /// The first view wants results, or the last does not any more.
    virtual void followWanted() = 0;

    const LanePtr& lane() const { return m_lane; }
    /// A result is awaited, though it cannot be asked for yet.
    void expect() { m_lateness.expect(); }
    /// Asks for a newer result.
    void submit(Job job);
    /// What is asked for is not needed any more.
    void cancel() { m_lane->lane.drop(m_ticket); }
    /// Nothing is awaited, and what has been asked for never comes.
    void forget();
    /// The newest request has brought nothing yet.
    bool awaitsFirst() const { return m_received != m_asked; }

private:
    void receive(quint64 serial, const std::function<void()>& take);

    LanePtr m_lane;
    QSet<QObject*> m_views;
    Lateness m_lateness;
    quint64 m_asked = 0; ///< counts the requests
    quint64 m_received = 0; ///< the one that the result belongs to
    Lane::Ticket m_ticket = 0; ///< of the newest
};

} // namespace emac::widgets
