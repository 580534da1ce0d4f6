// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

namespace emac::widgets {

/// One rule for every field of a window in which text is typed, on the drawing and in the panels: the keys of actions
/// that act on what is selected are the field's, so that none of them acts behind the back of who types. Undo is for
/// the field as long as it has something of its own to take back, else for the journey.
class TypingRule : public QObject
{
    Q_OBJECT
public:
    struct Actions
    {
        QList<QAction*> onSelection;
        QAction* undo;
        QAction* redo;
    };
    /// @param window of the fields, and what owns the rule; docks that float are part of it
    TypingRule(Actions actions, QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool isOurs(const QWidget* field) const;

    Actions m_actions;
    QWidget* m_window;
};

} // namespace emac::widgets
