// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMouseEvent>

#include <optional>

namespace emac::widgets {

/// Grabbing the ground: with the middle button, or with the space key down and the left one. True: the event is its.
class Panning
{
public:
    bool press(const QMouseEvent& event);
    /// By how much the ground has been moved; absent where it is not held.
    std::optional<QPoint> move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    void setSpaceDown(bool down) { m_spaceDown = down; }
    /// Absent where the ground is not grabbed, nor could be.
    std::optional<Qt::CursorShape> cursor() const;

private:
    std::optional<QPoint> m_from;
    Qt::MouseButton m_button = Qt::NoButton;
    bool m_spaceDown = false;
};

} // namespace emac::widgets
