// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMouseEvent>

#include <optional>

namespace emac::widgets {

/// Grabbing the ground: with the middle button, or with the space key down and the left one. True: the event is its.
class Panning
{
public:
    /// @param viewport gets the cursor
    explicit Panning(QWidget* viewport) : m_viewport(viewport) { }

    bool press(const QMouseEvent& event);
    /// By how much the ground has been moved; absent where it is not held.
    std::optional<QPoint> move(const QMouseEvent& event);
    bool release(const QMouseEvent& event);
    void setSpaceDown(bool down);

private:
    QWidget* m_viewport;
    std::optional<QPoint> m_from;
    Qt::MouseButton m_button = Qt::NoButton;
    bool m_spaceDown = false;
};

} // namespace emac::widgets
