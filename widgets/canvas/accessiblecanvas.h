// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/journeyview.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <unordered_map>
#include <vector>

namespace emac::widgets {

class JourneyScene;

/// What a screen reader learns of a drawn journey: a list with an item for each drawn node, in document order, each
/// with its name, its place and its numbers in words. The focus is told to follow the selection. Owned by its view.
class AccessibleCanvas : public QObject
{
    Q_OBJECT
public:
    /// All outlive the view. @pre the view has no other
    AccessibleCanvas(JourneyView* view, JourneyDocument* document, SelectionModel* selection,
                     const DisplayUnits* units);
    ~AccessibleCanvas() override;

    JourneyView* view() const { return m_view; }
    const JourneyDocument& document() const { return *m_document; }
    SelectionModel* selection() const { return m_selection; }
    AvailabilityDisplay display() const { return m_units->display(m_document->intent().objectives); }
    const JourneyScene& scene() const;

    /// The drawn nodes.
    const std::vector<journey::NodeId>& nodes() const { return m_nodes; }
    /// Of the node; made when it is first asked for, and gone with it. Null where it is not drawn.
    QAccessibleInterface* item(journey::NodeId node);
    /// Null where no drawn node is the current one.
    QAccessibleInterface* current();
    /// How many items there are to be asked for by their id.
    std::size_t madeItems() const { return m_ids.size(); }

signals:
    /// The focus was said to be on this node; somebody hears of it only where a screen reader runs.
    void announced(const emac::journey::Element& node);

private:
    void follow();
    void announce();

    JourneyView* m_view;
    JourneyDocument* m_document;
    SelectionModel* m_selection;
    const DisplayUnits* m_units;
    std::vector<journey::NodeId> m_nodes;
    std::unordered_map<journey::NodeId, QAccessible::Id> m_ids;
};

} // namespace emac::widgets
