// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/element.h"
#include "widgets/document/selectionmodel.h"

#include <QObject>

#include <set>

namespace emac::widgets {

class JourneyScene;

/// Closes and opens operators of one scene: those that are selected, those around what is selected, or all. What is
/// selected does not vanish: the operator that hides it is selected instead.
class Collapsing : public QObject
{
    Q_OBJECT
public:
    /// Both outlive it.
    Collapsing(JourneyScene* scene, SelectionModel* selection, QObject* parent = nullptr);

    bool canCollapse() const; ///< a selected operator is open, or one around a selected call
    bool canExpand() const; ///< a selected operator is closed
    bool canCollapseAll() const;
    bool canExpandAll() const;
    void collapse();
    void expand();
    void collapseAll();
    void expandAll();
    void toggle(journey::NodeId id);
    /// Opens what hides the element. @returns whether it is in the journey and not in the drawing yet
    bool show(const journey::Element& element);
    /// The scene shows another journey.
    void follow() { emit changed(); }

signals:
    void changed(); ///< what can be done

private:
    std::set<journey::NodeId> openOnes() const;
    std::set<journey::NodeId> closedOnes() const;
    void close(std::set<journey::NodeId> operators);
    void set(std::set<journey::NodeId> operators);

    JourneyScene* m_scene;
    SelectionModel* m_selection;
};

} // namespace emac::widgets
