// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/lane.h"

#include <utility>

namespace emac::widgets {

Lane::Lane(std::chrono::milliseconds grace, QObject* parent)
    : QObject(parent)
    , m_grace(grace)
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
    m_graceTimer.setSingleShot(true);
    connect(&m_graceTimer, &QTimer::timeout, this, &Lane::stopRunning);
}

Lane::~Lane()
{
    stopRunning();
    m_thread.request_stop();
}

void Lane::submit(Job job)
{
    using namespace std::chrono;
    milliseconds left{0};
    {
        const std::scoped_lock lock(m_mutex);
        m_pending = std::move(job);
        if (m_running.stop_possible())
            left = m_grace - duration_cast<milliseconds>(steady_clock::now() - m_started);
    }
    m_wake.notify_one();
    if (left.count() <= 0)
        stopRunning();
    else if (!m_graceTimer.isActive())
        m_graceTimer.start(left);
}

void Lane::stopRunning()
{
    const std::scoped_lock lock(m_mutex);
    m_running.request_stop();
}

void Lane::run(const std::stop_token& stop)
{
    while (true) {
        Job job;
        std::stop_token token;
        {
            std::unique_lock lock(m_mutex);
            m_running = std::stop_source(std::nostopstate);
            if (!m_wake.wait(lock, stop, [this] { return static_cast<bool>(m_pending); }))
                return;
            job = std::exchange(m_pending, nullptr);
            m_running = std::stop_source();
            m_started = std::chrono::steady_clock::now();
            token = m_running.get_token();
        }
        job(base::Watch(token));
    }
}

} // namespace emac::widgets
