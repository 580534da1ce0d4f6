// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMainWindow>
#include <QObject>
#include <QSize>

class QDockWidget;

namespace emac::workbench {

/// Docks that are closed and opened again have the size that they had; Qt would give them what their content likes.
class KeptSizes : public QObject
{
    Q_OBJECT
public:
    explicit KeptSizes(QMainWindow* window);

    void add(QDockWidget* dock);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void restore(QDockWidget* dock);

    QMainWindow* m_window;
    QHash<Qt::DockWidgetArea, QSize> m_sizes; ///< of an area, as its last dock was closed
};

} // namespace emac::workbench
