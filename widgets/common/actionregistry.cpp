// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionregistry.h"

#include <QSettings>

#include <algorithm>

namespace emac::widgets {

namespace {

QString settingsKey(const QString& id)
{
    return QStringLiteral("shortcuts/") + id;
}

void give(QAction* action, const QList<QKeySequence>& shortcuts)
{
    action->setShortcuts(shortcuts);
    const auto words = ActionRegistry::nameOf(*action);
    action->setToolTip(shortcuts.isEmpty() ? words
                                           : ActionRegistry::tr("%1 (%2)").arg(
                                               words, shortcuts.first().toString(QKeySequence::NativeText)));
}

/// What the drawing, lists and fields understand by themselves.
bool isNeededElsewhere(const QKeySequence& shortcut)
{
    if (shortcut.count() != 1 || (shortcut[0].keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier)))
        return false;
    switch (shortcut[0].key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Escape:
    case Qt::Key_Space:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_Home:
    case Qt::Key_End:
        return true;
    default:
        return false;
    }
}

} // namespace

QString ActionRegistry::nameOf(const QAction& action)
{
    return action.iconText().remove(u'…');
}

QAction* ActionRegistry::add(const QString& id, Menu menu, const QString& text, const QList<QKeySequence>& shortcuts,
                             const std::function<void()>& handler)
{
    auto* action = new QAction(text, this);
    connect(action, &QAction::triggered, this, [handler] { handler(); });
    return add(id, menu, action, shortcuts);
}

QAction* ActionRegistry::add(const QString& id, Menu menu, QAction* action, const QList<QKeySequence>& shortcuts)
{
    Q_ASSERT(!this->action(id));
    action->setObjectName(id);
    const QSettings settings;
    auto given = settings.contains(settingsKey(id))
                     ? QKeySequence::listFromString(settings.value(settingsKey(id)).toString())
                     : shortcuts;
    // Of two that have the same neither would work: one that has become another's standard since.
    given.removeIf(
        [&](const QKeySequence& shortcut) { return shortcut.isEmpty() || holderOf(shortcut, action) != nullptr; });
    give(action, given);
    m_actions.append({menu, action, shortcuts});
    return action;
}

QAction* ActionRegistry::action(const QString& id) const
{
    const auto found = std::ranges::find_if(
        m_actions, [&id](const auto& registered) { return registered.action->objectName() == id; });
    return found == m_actions.end() ? nullptr : found->action;
}

QList<QAction*> ActionRegistry::actions(Menu menu) const
{
    QList<QAction*> list;
    for (const auto& registered : m_actions) {
        if (registered.menu == menu)
            list.append(registered.action);
    }
    return list;
}

QList<QAction*> ActionRegistry::actions() const
{
    QList<QAction*> list;
    for (const auto& registered : m_actions)
        list.append(registered.action);
    return list;
}

const ActionRegistry::Registered& ActionRegistry::registered(const QString& id) const
{
    return *std::ranges::find_if(m_actions, [&id](const auto& one) { return one.action->objectName() == id; });
}

const QAction* ActionRegistry::holderOf(const QKeySequence& shortcut, const QAction* except) const
{
    const auto found = std::ranges::find_if(
        m_actions, [&](const auto& one) { return one.action != except && one.action->shortcuts().contains(shortcut); });
    return found == m_actions.end() ? nullptr : found->action;
}

QString ActionRegistry::setShortcuts(const QString& id, const QList<QKeySequence>& shortcuts)
{
    const auto& [menu, action, standard] = registered(id);
    for (const auto& shortcut : shortcuts) {
        const auto name = shortcut.toString(QKeySequence::NativeText);
        if (isNeededElsewhere(shortcut))
            return tr("%1 has a meaning of its own on the drawing and in lists.").arg(name);
        if (const auto* holder = holderOf(shortcut, action))
            return tr("%1 is the shortcut of “%2”.").arg(name, nameOf(*holder));
    }
    if (shortcuts == standard)
        QSettings().remove(settingsKey(id));
    else
        QSettings().setValue(settingsKey(id), QKeySequence::listToString(shortcuts));
    give(action, shortcuts);
    return {};
}

QString ActionRegistry::resetShortcuts(const QString& id)
{
    return setShortcuts(id, QList<QKeySequence>(registered(id).standard));
}

bool ActionRegistry::hasOwnShortcuts(const QString& id) const
{
    const auto& [menu, action, standard] = registered(id);
    return action->shortcuts() != standard;
}

} // namespace emac::widgets
