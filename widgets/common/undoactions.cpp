// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/undoactions.h"

namespace emac::widgets {

UndoActions::UndoActions(QObject* parent) : QObject(parent)
{
    connect(&m_undo, &QAction::triggered, this, [this] { act(&QUndoStack::undo); });
    connect(&m_redo, &QAction::triggered, this, [this] { act(&QUndoStack::redo); });
    update();
}

void UndoActions::act(void (QUndoStack::*step)())
{
    if (m_stack && (!m_settle || m_settle()))
        (m_stack->*step)();
}

void UndoActions::setStack(QUndoStack* stack)
{
    if (stack == m_stack)
        return;
    if (m_stack)
        m_stack->disconnect(this);
    m_stack = stack;
    if (stack != nullptr) {
        connect(stack, &QUndoStack::canUndoChanged, this, &UndoActions::update);
        connect(stack, &QUndoStack::canRedoChanged, this, &UndoActions::update);
        connect(stack, &QUndoStack::undoTextChanged, this, &UndoActions::update);
        connect(stack, &QUndoStack::redoTextChanged, this, &UndoActions::update);
    }
    update();
}

void UndoActions::update()
{
    const auto worded = [](const QString& word, const QString& step) {
        return step.isEmpty() ? word : tr("%1 %2", "“Undo” and what is undone").arg(word, step);
    };
    m_undo.setEnabled(m_stack && m_stack->canUndo());
    m_redo.setEnabled(m_stack && m_stack->canRedo());
    m_undo.setText(worded(tr("&Undo"), m_stack ? m_stack->undoText() : QString()));
    m_redo.setText(worded(tr("&Redo"), m_stack ? m_stack->redoText() : QString()));
}

} // namespace emac::widgets
