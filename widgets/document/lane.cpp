// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/lane.h"

#include <utility>

namespace emac::widgets {

using namespace std::chrono_literals;

Lane::Lane(std::chrono::milliseconds grace, QObject* parent)
    : QObject(parent)
    , m_grace(grace)
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
    m_graceTimer.setSingleShot(true);
    connect(&m_graceTimer, &QTimer::timeout, this, &Lane::stopWhatIsOldEnough);
}

Lane::~Lane()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_pending = nullptr;
        m_running.request_stop();
    }
    m_thread.request_stop();
}

Lane::Ticket Lane::submit(Job job)
{
    Ticket ticket = 0;
    {
        const std::scoped_lock lock(m_mutex);
        m_pending = std::move(job);
        ticket = ++m_submitted;
    }
    m_wake.notify_one();
    stopWhatIsOldEnough();
    return ticket;
}

void Lane::drop(Ticket ticket)
{
    Job dropped; // goes away when the lock is given back
    const std::scoped_lock lock(m_mutex);
    if (ticket == m_submitted)
        dropped = std::exchange(m_pending, nullptr);
    if (ticket == m_begun)
        m_running.request_stop();
}

void Lane::stopWhatIsOldEnough()
{
    using namespace std::chrono;
    const std::scoped_lock lock(m_mutex);
    // Only what stands in the way of a newer job is stopped.
    if (!m_pending || !m_running.stop_possible())
        return;
    const auto left = m_grace - duration_cast<milliseconds>(steady_clock::now() - m_started);
    if (left <= 0ms)
        m_running.request_stop();
    else
        m_graceTimer.start(left);
}

void Lane::run(const std::stop_token& stop)
{
    while (true) {
        Job job;
        std::stop_token token;
        {
            std::unique_lock lock(m_mutex);
            m_running = std::stop_source(std::nostopstate);
            if (!m_wake.wait(lock, stop, [this] { return static_cast<bool>(m_pending); }) || stop.stop_requested())
                return;
            job = std::exchange(m_pending, nullptr);
            m_begun = m_submitted;
            m_running = std::stop_source();
            m_started = std::chrono::steady_clock::now();
            token = m_running.get_token();
        }
        job(base::Watch(token));
    }
}

} // namespace emac::widgets
