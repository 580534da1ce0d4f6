// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/keptsizes.h"

#include <QDockWidget>
#include <QEvent>
#include <QTimer>

#include <algorithm>

namespace emac::workbench {

KeptSizes::KeptSizes(QMainWindow* window) : QObject(window), m_window(window) { }

void KeptSizes::add(QDockWidget* dock)
{
    dock->installEventFilter(this);
}

bool KeptSizes::eventFilter(QObject* watched, QEvent* event)
{
    auto* dock = qobject_cast<QDockWidget*>(watched);
    if (dock == nullptr || dock->isFloating())
        return QObject::eventFilter(watched, event);
    // The window itself hides its children as well, without their being hidden.
    if (event->type() == QEvent::Hide && dock->isHidden())
        m_sizes.insert(m_window->dockWidgetArea(dock), dock->size());
    else if (event->type() == QEvent::Show)
        QTimer::singleShot(0, dock, [this, dock] { restore(dock); }); // the layout comes first
    return QObject::eventFilter(watched, event);
}

void KeptSizes::restore(QDockWidget* dock)
{
    const auto area = m_window->dockWidgetArea(dock);
    const auto docks = m_window->findChildren<QDockWidget*>();
    const bool alone = std::ranges::none_of(docks, [&](QDockWidget* other) {
        return other != dock && !other->isHidden() && !other->isFloating() && m_window->dockWidgetArea(other) == area;
    });
    const auto size = m_sizes.take(area);
    if (!alone || size.isEmpty() || dock->isHidden())
        return;
    const bool upright = area == Qt::LeftDockWidgetArea || area == Qt::RightDockWidgetArea;
    m_window->resizeDocks({dock}, {upright ? size.width() : size.height()}, upright ? Qt::Horizontal : Qt::Vertical);
}

} // namespace emac::workbench
