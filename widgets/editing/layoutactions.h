// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/common/actionregistry.h"
#include "widgets/document/journeydocument.h"

#include <QObject>
#include <QPointer>

class QMenu;

namespace emac::widgets {

/// The actions that give hand-placed nodes back to the automatic layout, in the registry under "journey.layOut"; each
/// is one undo step.
class LayoutActions : public QObject
{
    Q_OBJECT
public:
    explicit LayoutActions(ActionRegistry* registry, QObject* parent = nullptr);

    /// The document to act on; null: all actions are off.
    void setDocument(JourneyDocument* document);
    void fillMenu(QMenu* menu) const;

signals:
    /// An action was refused; nothing has changed.
    void refused(const QString& reason);

private:
    bool isEditable() const;
    /// Without the places of the selected nodes and of all below them.
    journey::Placement withoutSelected() const;
    void set(journey::Placement placement, const QString& words);
    void update();

    QPointer<JourneyDocument> m_document;
    QAction* m_all;
    QAction* m_selected;
};

} // namespace emac::widgets
