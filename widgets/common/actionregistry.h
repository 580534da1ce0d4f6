// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>

#include <functional>

namespace emac::widgets {

/// Every action of the window: menus, tool bar and the page of shortcuts are all made from it.
class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    enum class Menu
    {
        File,
        Edit,
        Journey,
        View,
        Help
    };

    using QObject::QObject;

    /// Adds an action. The id ("file.open") becomes its object name; the tool tip is its name with the shortcut. Where
    /// the user has chosen other shortcuts, those are taken.
    /// @pre the id is new
    QAction* add(const QString& id, Menu menu, const QString& text, const QList<QKeySequence>& shortcuts,
                 const std::function<void()>& handler);
    /// The same for an action made elsewhere, such as undo.
    QAction* add(const QString& id, Menu menu, QAction* action, const QList<QKeySequence>& shortcuts = {});

    /// What the action is called by itself: its icon text where the text is only complete in its menu, else its text,
    /// without mnemonic and dots.
    static QString nameOf(const QAction& action);

    /// Null where there is none.
    QAction* action(const QString& id) const;
    QList<QAction*> actions(Menu menu) const; ///< in the order of adding
    QList<QAction*> actions() const;

    /// Gives the action other shortcuts, or none, and keeps them in the user's settings: windows that are opened later
    /// have them, too. @returns why it is refused, in the user's language: another action has one, or the drawing needs
    /// it; else an empty text. @pre the id is there
    QString setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts);
    /// Those that it was added with. The same refusals.
    QString resetShortcuts(const QString& id);
    bool hasOwnShortcuts(const QString& id) const; ///< chosen by the user

private:
    struct Registered
    {
        Menu menu;
        QAction* action;
        QList<QKeySequence> standard; ///< as added
    };
    const Registered& registered(const QString& id) const;
    const QAction* holderOf(const QKeySequence& shortcut, const QAction* except) const; ///< null where there is none
    QList<Registered> m_actions;
};

} // namespace emac::widgets
