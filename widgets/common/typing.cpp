// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/typing.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

#include <algorithm>
#include <optional>

namespace emac::widgets {

namespace {

struct Own
{
    bool undo;
    bool redo;
};

/// What a field could take back or do again; empty for what is no field for text.
std::optional<Own> ownSteps(const QWidget* widget)
{
    if (const auto* line = qobject_cast<const QLineEdit*>(widget))
        return Own{line->isUndoAvailable(), line->isRedoAvailable()};
    const QTextDocument* text = nullptr;
    if (const auto* plain = qobject_cast<const QPlainTextEdit*>(widget))
        text = plain->document();
    else if (const auto* rich = qobject_cast<const QTextEdit*>(widget))
        text = rich->document();
    return text == nullptr ? std::nullopt : std::optional(Own{text->isUndoAvailable(), text->isRedoAvailable()});
}

bool isAmong(const QList<QKeySequence>& shortcuts, const QKeyEvent& event)
{
    const QKeySequence pressed(
        QKeyCombination(event.modifiers() & ~Qt::KeypadModifier, static_cast<Qt::Key>(event.key())));
    return shortcuts.contains(pressed);
}

} // namespace

TypingRule::TypingRule(Actions actions, QWidget* window)
    : QObject(window)
    , m_actions(std::move(actions))
    , m_window(window)
{
    qApp->installEventFilter(this);
}

bool TypingRule::isOurs(const QWidget* field) const
{
    const auto* window = field->window();
    return window == m_window || (window->windowType() == Qt::Tool && window->parentWidget() == m_window);
}

bool TypingRule::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::ShortcutOverride && event->type() != QEvent::KeyPress)
        return false;
    const auto* field = qobject_cast<QWidget*>(watched);
    const auto own = field != nullptr ? ownSteps(field) : std::nullopt;
    if (!own || !isOurs(field))
        return false;
    const auto& key = static_cast<const QKeyEvent&>(*event);
    if (event->type() == QEvent::ShortcutOverride) {
        const bool left = std::ranges::any_of(
            m_actions.onSelection, [&key](const QAction* action) { return isAmong(action->shortcuts(), key); });
        if (left)
            event->accept();
        return left;
    }
    // A field claims these keys even where it has nothing to take back.
    for (auto [action, has] : {std::pair(m_actions.undo, own->undo), std::pair(m_actions.redo, own->redo)}) {
        if (!has && isAmong(action->shortcuts(), key)) {
            action->trigger(); // nothing while it is disabled
            return true;
        }
    }
    return false;
}

} // namespace emac::widgets
