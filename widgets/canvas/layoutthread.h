// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/layout/layout.h"

#include <QObject>
#include <QPointer>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

namespace emac::widgets {

/// The one thread of the process that lays out: Graphviz is not thread-safe. All views share it; it ends with the last.
class LayoutThread : public QObject
{
    Q_OBJECT
public:
    struct Request
    {
        journey::ExpressionPtr root;
        std::unordered_map<journey::NodeId, layout::Size>
            sizes; ///< as layout::BoxSize, of every node that is not hidden
        layout::Metrics metrics;
        layout::Arrangement arrangement;
    };
    /// At once, on the thread that calls. Empty where the layout failed.
    static std::optional<layout::Drawing> layOut(const Request& request);
    using Receive = std::function<void(std::optional<layout::Drawing>)>;

    /// Call it, and let go of it, on the GUI thread.
    static std::shared_ptr<LayoutThread> shared();
    /// Stops and joins.
    ~LayoutThread() override;

    /// Calls `receive` on the GUI thread once the drawing is there, unless the client is gone or has asked for another
    /// since: a newer request replaces a pending one, and the result of a running one is dropped.
    void submit(QObject* client, Request request, Receive receive);

private:
    LayoutThread();
    void run(const std::stop_token& stop);
    void deliver(quint64 revision, std::optional<layout::Drawing> drawing);

    struct Client
    {
        QPointer<QObject> object;
        Receive receive;
    };
    std::map<quint64, Client> m_clients; ///< by the revision of their newest request; GUI thread only
    quint64 m_revision = 0;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::map<quint64, Request> m_pending; ///< by revision: first come, first served
    std::jthread m_thread; ///< last: joined before the rest goes away
};

} // namespace emac::widgets
