// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/collapsing.h"
#include "widgets/common/actionregistry.h"

#include <QObject>
#include <QPointer>

namespace emac::widgets {

/// The actions that close and open operators in the current drawing, in the registry under "view.collapse" and
/// "view.expand"; enabled where there is something to do.
class CollapseActions : public QObject
{
    Q_OBJECT
public:
    explicit CollapseActions(ActionRegistry* registry, QObject* parent = nullptr);

    /// Of the drawing to act on; null: all actions are off.
    void setCollapsing(Collapsing* collapsing);

private:
    struct Conditional
    {
        QAction* action;
        bool (Collapsing::*possible)() const;
    };
    void update();

    QPointer<Collapsing> m_collapsing;
    QList<Conditional> m_actions;
};

} // namespace emac::widgets
