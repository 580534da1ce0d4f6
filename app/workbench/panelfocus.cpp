// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/panelfocus.h"

#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>
#include <tuple>

namespace emac::workbench {

namespace {

bool takesFocus(const QWidget* widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->isVisible() && widget->isEnabled()
           && qobject_cast<const QTabBar*>(widget) == nullptr;
}

/// What a dock shows of the current journey.
QWidget* shown(QDockWidget* dock)
{
    auto* stack = qobject_cast<QStackedWidget*>(dock->widget());
    return stack != nullptr && stack->currentWidget() != nullptr ? stack->currentWidget() : dock->widget();
}

} // namespace

PanelFocus::PanelFocus(QMainWindow* window, std::function<QWidget*()> drawing)
    : QObject(window)
    , m_window(window)
    , m_drawing(std::move(drawing))
{
}

void PanelFocus::add(QDockWidget* dock)
{
    dock->installEventFilter(this);
}

QWidgetList PanelFocus::ring() const
{
    auto docks = m_window->findChildren<QDockWidget*>();
    // One that lies behind another of the same tabs shows nothing of itself.
    docks.removeIf([](const QDockWidget* dock) { return dock->visibleRegion().isEmpty(); });
    const auto area = [this](QDockWidget* dock) {
        switch (m_window->dockWidgetArea(dock)) {
        case Qt::LeftDockWidgetArea:
            return 0;
        case Qt::RightDockWidgetArea:
            return 1;
        default:
            return 2;
        }
    };
    std::ranges::sort(docks, {}, [&area](QDockWidget* dock) { return std::tuple(area(dock), dock->y(), dock->x()); });
    QWidgetList all;
    if (auto* drawing = m_drawing(); drawing != nullptr)
        all.append(drawing);
    for (auto* dock : std::as_const(docks))
        all.append(dock);
    return all;
}

void PanelFocus::step(int by)
{
    const auto all = ring();
    if (all.isEmpty())
        return;
    const auto* focus = QApplication::focusWidget();
    const auto here = std::ranges::find_if(all, [focus](const QWidget* panel) {
        return focus != nullptr && (panel == focus || panel->isAncestorOf(focus));
    });
    const auto count = all.size();
    // From elsewhere, the tool bar say, as if from the drawing.
    const auto from = here == all.end() ? 0 : here - all.begin();
    auto* to = all[(from + by + count) % count];
    if (auto* dock = qobject_cast<QDockWidget*>(to); dock != nullptr) {
        dock->activateWindow(); // where it floats
        enter(shown(dock));
    } else {
        toDrawing();
    }
}

void PanelFocus::toDrawing()
{
    if (auto* drawing = m_drawing(); drawing != nullptr) {
        m_window->activateWindow();
        drawing->setFocus(Qt::ShortcutFocusReason);
    }
}

void PanelFocus::enter(QWidget* panel)
{
    auto* last = panel->focusWidget();
    if (last == nullptr || last == panel || !takesFocus(last))
        last = panel->focusProxy();
    if (last == nullptr || !takesFocus(last)) {
        last = panel->nextInFocusChain();
        while (last != panel && !(panel->isAncestorOf(last) && takesFocus(last)))
            last = last->nextInFocusChain();
    }
    last->setFocus(Qt::ShortcutFocusReason);
}

bool PanelFocus::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QObject::eventFilter(watched, event);
    const auto& key = static_cast<const QKeyEvent&>(*event);
    if (key.key() != Qt::Key_Escape || key.modifiers() != Qt::NoModifier)
        return QObject::eventFilter(watched, event);
    toDrawing();
    return true;
}

} // namespace emac::workbench
