// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMainWindow>
#include <QObject>

#include <functional>

class QDockWidget;

namespace emac::workbench {

/// Leads the keyboard focus between the drawing and the docks, in a ring: the drawing, then the docks that are in
/// sight, left, right and bottom ones, each from top to bottom or left to right. Esc that a panel has no use for leads
/// back to the drawing.
class PanelFocus : public QObject
{
    Q_OBJECT
public:
    /// @param drawing what has the place of the drawing; null while there is none
    PanelFocus(QMainWindow* window, std::function<QWidget*()> drawing);

    /// Returns to the drawing from this dock as well.
    void add(QDockWidget* dock);
    void next() { step(1); }
    void previous() { step(-1); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void step(int by);
    void toDrawing();
    /// To what had the focus there last, else to what the panel leads to, else to the first that takes it.
    static void enter(QWidget* panel);
    QWidgetList ring() const;

    QMainWindow* m_window;
    std::function<QWidget*()> m_drawing;
};

} // namespace emac::workbench
