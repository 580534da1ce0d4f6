// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QWindow>

#include <functional>

namespace emac::tests {

/// What a person does: events for the window under the pointer, or for the one that has the focus, which find their
/// way from there as real ones do. Counts them. It stops where the test has failed.
class Hand
{
public:
    /// Where the focus goes back to when a dialog closes, as a window manager does.
    explicit Hand(QWidget* window) : m_window(window) { }

    int keys = 0;
    int clicks = 0;
    int drags = 0;

    /// What has the focus; where a dialog has just closed, the window is given it.
    QWindow* focused()
    {
        if (QGuiApplication::focusWindow() == nullptr) {
            auto* modal = QApplication::activeModalWidget();
            (modal != nullptr ? modal : m_window)->activateWindow();
            if (!QTest::qWaitFor([] { return QGuiApplication::focusWindow() != nullptr; }))
                qFatal("no window takes the focus");
        }
        return QGuiApplication::focusWindow();
    }

    void key(Qt::Key code, Qt::KeyboardModifiers modifiers = {})
    {
        ++keys;
        QTest::keyClick(focused(), code, modifiers);
    }
    void type(const QString& text)
    {
        for (const auto letter : text) {
            ++keys;
            QTest::sendKeyEvent(QTest::Click, focused(), QTest::asciiToKey(letter.toLatin1()), QString(letter),
                                letter.isUpper() ? Qt::ShiftModifier : Qt::NoModifier);
        }
    }
    /// Tabs on until what has the focus is wanted; @returns false where the round comes to nothing.
    bool tabTo(const std::function<bool(const QWidget&)>& wanted, Qt::Key way = Qt::Key_Tab)
    {
        constexpr int wholeRound = 120;
        for (int i = 0; i < wholeRound; ++i) {
            if (const auto* widget = QApplication::focusWidget(); widget != nullptr && wanted(*widget))
                return true;
            key(way, way == Qt::Key_Backtab ? Qt::ShiftModifier : Qt::NoModifier);
        }
        return false;
    }
    bool tabTo(const QString& accessibleName, Qt::Key way = Qt::Key_Tab)
    {
        return tabTo([&](const QWidget& widget) { return widget.accessibleName() == accessibleName; }, way);
    }

    void click(QWidget* widget, QPoint at, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {})
    {
        ++clicks;
        focused();
        hover(widget, at);
        QTest::mouseClick(windowOf(widget), button, modifiers, inWindow(widget, at));
    }
    void click(QWidget* widget) { click(widget, widget->rect().center()); }
    void doubleClick(QWidget* widget, QPoint at)
    {
        ++clicks;
        hover(widget, at);
        QTest::mouseDClick(windowOf(widget), Qt::LeftButton, {}, inWindow(widget, at));
    }
    void turn(QWidget* widget, QPoint at, int angle, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(at, widget->mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(widget, &event);
    }
    void hover(QWidget* widget, QPoint at) { QTest::mouseMove(windowOf(widget), inWindow(widget, at)); }
    void drag(QWidget* widget, QPoint from, QPoint to)
    {
        ++drags;
        auto* window = windowOf(widget);
        hover(widget, from);
        QTest::mousePress(window, Qt::LeftButton, {}, inWindow(widget, from));
        for (const double part : {0.2, 0.6, 1.0})
            QTest::mouseMove(window, inWindow(widget, from + (to - from) * part));
        QTest::mouseRelease(window, Qt::LeftButton, {}, inWindow(widget, to));
    }

    /// The action of this name, in the menu or the menus below it, by a click on each title on the way.
    bool choose(QMenu* menu, const QString& id)
    {
        for (auto* action : menu->actions()) {
            if (action->objectName() == id && action->isEnabled() && action->isVisible())
                return clickOn(menu, action);
            if (auto* below = action->menu(); below != nullptr && holds(*below, id)) {
                clickOn(menu, action);
                return QTest::qWaitFor([below] { return below->isVisible(); }) && choose(below, id);
            }
        }
        return false;
    }
    bool choose(QMenuBar* bar, const QString& id)
    {
        for (auto* action : bar->actions()) {
            auto* menu = action->menu();
            if (menu == nullptr || !holds(*menu, id))
                continue;
            click(bar, bar->actionGeometry(action).center());
            return QTest::qWaitFor([menu] { return menu->isVisible(); }) && choose(menu, id);
        }
        return false;
    }

private:
    static QWindow* windowOf(const QWidget* widget) { return widget->window()->windowHandle(); }
    static QPoint inWindow(const QWidget* widget, QPoint at) { return widget->mapTo(widget->window(), at); }
    static bool holds(const QMenu& menu, const QString& id)
    {
        for (const auto* action : menu.actions()) {
            if (action->objectName() == id || (action->menu() != nullptr && holds(*action->menu(), id)))
                return true;
        }
        return false;
    }
    bool clickOn(QMenu* menu, QAction* action)
    {
        click(menu, menu->actionGeometry(action).center());
        return true;
    }

    QWidget* m_window;
};

} // namespace emac::tests
