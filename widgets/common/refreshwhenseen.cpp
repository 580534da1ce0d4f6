// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/refreshwhenseen.h"

#include <QDockWidget>
#include <QEvent>
#include <QWidget>

#include <utility>

namespace emac::widgets {

RefreshWhenSeen::RefreshWhenSeen(QWidget* panel, std::function<void()> refresh)
    : QObject(panel)
    , m_panel(panel)
    , m_refresh(std::move(refresh))
{
    panel->installEventFilter(this);
}

void RefreshWhenSeen::request()
{
    m_due = !m_panel->isVisible() || m_panel->visibleRegion().isEmpty();
    if (!m_due)
        m_refresh();
}

bool RefreshWhenSeen::eventFilter(QObject* /*watched*/, QEvent* event)
{
    if (event->type() != QEvent::Show)
        return false;
    for (auto* widget = m_panel->parentWidget(); widget != nullptr; widget = widget->parentWidget()) {
        if (auto* dock = qobject_cast<QDockWidget*>(widget))
            connect(dock, &QDockWidget::visibilityChanged, this, &RefreshWhenSeen::catchUp, Qt::UniqueConnection);
    }
    catchUp();
    return false;
}

void RefreshWhenSeen::catchUp()
{
    // The dock tells it before it has moved, so that it is not asked what can be seen.
    if (m_due && m_panel->isVisible()) {
        m_due = false;
        m_refresh();
    }
}

} // namespace emac::widgets
