// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/lateness.h"

#include <utility>

namespace emac::widgets {

namespace {

using namespace std::chrono_literals;
constexpr auto lateAfter = 150ms;

} // namespace

Lateness::Lateness(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(lateAfter);
    connect(&m_timer, &QTimer::timeout, this, [this] { set(true); });
}

void Lateness::expect()
{
    if (!m_late && !m_timer.isActive())
        m_timer.start();
}

void Lateness::settle(bool more)
{
    m_timer.stop();
    if (more)
        m_timer.start();
    set(false);
}

void Lateness::set(bool late)
{
    if (std::exchange(m_late, late) != late)
        emit changed(late);
}

} // namespace emac::widgets
