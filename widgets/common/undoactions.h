// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <QPointer>
#include <QUndoStack>

#include <functional>

namespace emac::widgets {

/// Undo and Redo of the current one of many stacks, worded after the step that they concern. Unlike with a QUndoGroup,
/// a stack can be the current one of several windows.
class UndoActions : public QObject
{
    Q_OBJECT
public:
    explicit UndoActions(QObject* parent = nullptr);

    QAction* undo() { return &m_undo; }
    QAction* redo() { return &m_redo; }
    /// Null: both are disabled.
    void setStack(QUndoStack* stack);
    /// What is typed and not yet done is the last thing that was done: `settle` is called first and makes it a step.
    /// False: it could be none, and was all that there is to take back.
    void setSettle(std::function<bool()> settle) { m_settle = std::move(settle); }

private:
    void act(void (QUndoStack::*step)());
    void update();

    QAction m_undo;
    QAction m_redo;
    QPointer<QUndoStack> m_stack;
    std::function<bool()> m_settle;
};

} // namespace emac::widgets
