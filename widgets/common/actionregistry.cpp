// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionregistry.h"

#include <algorithm>

namespace emac::widgets {

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
    if (!shortcuts.isEmpty())
        action->setShortcuts(shortcuts);
    const auto words = QString(action->text()).remove(u'&').remove(QStringLiteral("…"));
    action->setToolTip(
        shortcuts.isEmpty() ? words : tr("%1 (%2)").arg(words, shortcuts.first().toString(QKeySequence::NativeText)));
    m_actions.append({menu, action});
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

} // namespace emac::widgets
