// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvas/collapseactions.h"

namespace emac::widgets {

CollapseActions::CollapseActions(ActionRegistry* registry, QObject* parent) : QObject(parent)
{
    const auto add = [&](const char* id, const QString& text, const QList<QKeySequence>& shortcuts,
                         bool (Collapsing::*possible)() const, void (Collapsing::*act)()) {
        const auto handler = [this, act] {
            if (m_collapsing)
                (m_collapsing->*act)();
        };
        m_actions.append(
            {registry->add(QLatin1String(id), ActionRegistry::Menu::View, text, shortcuts, handler), possible});
    };
    add("view.collapse", tr("&Collapse"), {QKeySequence(Qt::CTRL | Qt::Key_BracketLeft)}, &Collapsing::canCollapse,
        &Collapsing::collapse);
    add("view.expand", tr("E&xpand"), {QKeySequence(Qt::CTRL | Qt::Key_BracketRight)}, &Collapsing::canExpand,
        &Collapsing::expand);
    add("view.collapseAll", tr("Collapse &All"), {}, &Collapsing::canCollapseAll, &Collapsing::collapseAll);
    add("view.expandAll", tr("Expand A&ll"), {}, &Collapsing::canExpandAll, &Collapsing::expandAll);
    update();
}

void CollapseActions::setCollapsing(Collapsing* collapsing)
{
    if (m_collapsing)
        disconnect(m_collapsing, nullptr, this, nullptr);
    m_collapsing = collapsing;
    if (m_collapsing)
        connect(m_collapsing, &Collapsing::changed, this, &CollapseActions::update);
    update();
}

void CollapseActions::update()
{
    for (const auto& [action, possible] : m_actions)
        action->setEnabled(m_collapsing && (m_collapsing->*possible)());
}

} // namespace emac::widgets
