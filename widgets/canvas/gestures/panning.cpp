// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/gestures/panning.h"

#include <utility>

namespace emac::widgets {

bool Panning::press(const QMouseEvent& event)
{
    if (event.button() != Qt::MiddleButton && !(event.button() == Qt::LeftButton && m_spaceDown))
        return false;
    m_from = event.position().toPoint();
    m_button = event.button();
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
    return true;
}

std::optional<Qt::CursorShape> Panning::cursor() const
{
    if (m_from)
        return Qt::ClosedHandCursor;
    return m_spaceDown ? std::optional(Qt::OpenHandCursor) : std::nullopt;
}

} // namespace emac::widgets
