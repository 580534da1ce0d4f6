// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/slowwork.h"

#include <QPointer>

#include <utility>

namespace emac::widgets {

SlowWork::SlowWork(LanePtr lane, QObject* parent) : QObject(parent), m_lane(std::move(lane))
{
    connect(&m_lateness, &Lateness::changed, this, &SlowWork::staleChanged);
}

void SlowWork::setWanted(QObject* view, bool wanted)
{
    if (wanted == m_views.contains(view))
        return;
    if (wanted) {
        m_views.insert(view);
        connect(view, &QObject::destroyed, this, [this](QObject* gone) {
            m_views.remove(gone);
            // Later: parts of what goes away may still listen.
            const auto follow = [this] {
                if (m_views.isEmpty())
                    followWanted();
            };
            if (m_views.isEmpty())
                QMetaObject::invokeMethod(this, follow, Qt::QueuedConnection);
        });
        if (m_views.size() == 1)
            followWanted();
    } else {
        m_views.remove(view);
        disconnect(view, &QObject::destroyed, this, nullptr);
        if (m_views.isEmpty())
            followWanted();
    }
}

void SlowWork::submit(Job job)
{
    expect();
    // The lane outlives its jobs; this may not.
    m_ticket = m_lane->lane.submit([job = std::move(job), lane = m_lane.get(), work = QPointer<SlowWork>(this),
                                    serial = ++m_asked](const base::Watch& watch) {
        job(watch, lane->memo, [&](std::function<void()> take) {
            QMetaObject::invokeMethod(
                &lane->lane,
                [work, serial, take = std::move(take)] {
                    if (work)
                        work->receive(serial, take);
                },
                Qt::QueuedConnection);
        });
    });
}

void SlowWork::forget()
{
    cancel();
    m_received = ++m_asked;
    m_lateness.settle();
}

void SlowWork::receive(quint64 serial, const std::function<void()>& take)
{
    if (serial < m_received)
        return;
    m_received = serial;
    take();
    m_lateness.settle(serial != m_asked);
    emit changed();
}

} // namespace emac::widgets
