// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/layoutthread.h"

#include <stdexcept>
#include <utility>

namespace emac::widgets {

std::optional<layout::Drawing> LayoutThread::layOut(const Request& request)
{
    try {
        return layout::layOut(
            request.root, [&](const journey::Expression& node) { return request.sizes.at(node.id); }, request.metrics,
            request.arrangement);
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

std::shared_ptr<LayoutThread> LayoutThread::shared()
{
    static std::weak_ptr<LayoutThread> current;
    auto thread = current.lock();
    if (!thread) {
        thread.reset(new LayoutThread);
        current = thread;
    }
    return thread;
}

LayoutThread::LayoutThread() : m_thread([this](const std::stop_token& stop) { run(stop); }) { }

LayoutThread::~LayoutThread() = default;

void LayoutThread::submit(QObject* client, Request request, Receive receive)
{
    const auto revision = ++m_revision;
    {
        const std::scoped_lock lock(m_mutex);
        std::erase_if(m_clients, [&](const auto& entry) {
            const bool gone = entry.second.object.isNull() || entry.second.object == client;
            if (gone)
                m_pending.erase(entry.first);
            return gone;
        });
        m_pending.emplace(revision, std::move(request));
    }
    m_clients.emplace(revision, Client{client, std::move(receive)});
    m_wake.notify_one();
}

void LayoutThread::run(const std::stop_token& stop)
{
    while (true) {
        quint64 revision = 0;
        Request request;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return !m_pending.empty(); }) || stop.stop_requested())
                return;
            auto first = m_pending.extract(m_pending.begin());
            revision = first.key();
            request = std::move(first.mapped());
        }
        auto drawing = layOut(request);
        QMetaObject::invokeMethod(
            this, [this, revision, drawing = std::move(drawing)]() mutable { deliver(revision, std::move(drawing)); },
            Qt::QueuedConnection);
    }
}

void LayoutThread::deliver(quint64 revision, std::optional<layout::Drawing> drawing)
{
    auto found = m_clients.extract(revision);
    if (!found.empty() && found.mapped().object)
        found.mapped().receive(std::move(drawing));
}

} // namespace emac::widgets
