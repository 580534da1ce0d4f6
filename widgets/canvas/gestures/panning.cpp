// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/panning.h"

#include <QWidget>

namespace emac::widgets {

bool Panning::press(const QMouseEvent& event)
{
    if (event.button() != Qt::MiddleButton && !(event.button() == Qt::LeftButton && m_spaceDown))
        return false;
    m_from = event.position().toPoint();
    m_button = event.button();
    m_viewport->setCursor(Qt::ClosedHandCursor);
    return true;
}

std::optional<QPoint> Panning::move(const QMouseEvent& event)
{
    if (!m_from)
        return std::nullopt;
    const auto to = event.position().toPoint();
    return to - *std::exchange(m_from, to);
}

bool Panning::release(const QMouseEvent& event)
{
    if (!m_from || event.button() != m_button)
        return false;
    m_from.reset();
    setSpaceDown(m_spaceDown);
    return true;
}

void Panning::setSpaceDown(bool down)
{
    m_spaceDown = down;
    if (m_from)
        return;
    if (down)
        m_viewport->setCursor(Qt::OpenHandCursor);
    else
        m_viewport->unsetCursor();
}

} // namespace emac::widgets
