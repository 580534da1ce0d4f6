// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/watch.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace emac::widgets {

/// One worker thread that does only the newest of the jobs handed to it. A newer job replaces a pending one; a running
/// one is stopped once it is as old as its grace, so that results keep coming throughout a continuous drag.
class Lane : public QObject
{
    Q_OBJECT
public:
    using Job = std::function<void(const base::Watch&)>;
    using Ticket = quint64; ///< of a job; 0: of none

    explicit Lane(std::chrono::milliseconds grace, QObject* parent = nullptr);
    /// Drops what is pending, stops what runs, joins.
    ~Lane() override;

    /// Hands the job to the worker. It runs on the worker's thread, and delivers its result by a queued call. @pre
    /// called on the thread of this object
    Ticket submit(Job job);
    /// The job is not needed any more: it is not begun, or stopped at once.
    void drop(Ticket ticket);

private:
    void run(const std::stop_token& stop);
    void stopWhatIsOldEnough();

    std::chrono::milliseconds m_grace;
    QTimer m_graceTimer;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    Ticket m_submitted = 0; ///< the newest
    Ticket m_begun = 0; ///< the one that runs, or ran last
    Job m_pending; ///< the newest, if it has not begun
    std::stop_source m_running{std::nostopstate};
    std::chrono::steady_clock::time_point m_started;
    std::jthread m_thread; ///< last: joined before the rest goes away
};

} // namespace emac::widgets
