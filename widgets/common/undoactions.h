// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QObject>
#include <QPointer>
#include <QUndoStack>

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

private:
    void update();

    QAction m_undo;
    QAction m_redo;
    QPointer<QUndoStack> m_stack;
};

} // namespace emac::widgets
