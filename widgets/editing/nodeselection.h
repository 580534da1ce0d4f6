// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/edits.h"
#include "core/journey/structure.h"
#include "widgets/document/journeydocument.h"

#include <QString>

#include <vector>

namespace emac::widgets {

/// The selected nodes of a journey, in document order, without those that lie in another one of them. A selected
/// fragment stands for its body. A value: the journey may go on.
class NodeSelection
{
public:
    NodeSelection() = default;
    /// O(size).
    explicit NodeSelection(JourneyDocument& document);

    const std::vector<journey::Located>& all() const { return m_all; }
    std::vector<journey::NodeId> ids() const;
    bool empty() const { return m_all.empty(); }
    /// Null unless exactly one is selected.
    journey::ExpressionPtr single() const;
    bool isSingle(journey::OperatorType type) const;
    /// One that may have children.
    bool isSingleOperator() const;
    /// One or several of them, not all of this type.
    bool areOperatorsOtherThan(journey::OperatorType type) const;
    /// One, or several of the same parent: they can be put into one frame.
    bool areSiblings() const;
    /// They stand side by side, and there is a sibling before the first, or after the last.
    bool canMove(int direction) const;

    /// "payment", or "3 nodes".
    QString words() const;

private:
    std::vector<journey::Located> m_all;
};

/// "payment", "cart", "race": what people call the node.
QString nodeWords(const journey::Expression& node);

/// All of the page that is shown, as few elements as say so: its steps, and on the journey's own what lies loose.
Selection wholePage(JourneyDocument& document);

/// A failure domain rule of which only the name is stated.
journey::DomainRule ruleNamed(std::string name);

/// What is selected once the edit has put the new nodes down: those of them that are there then. Of a series that has
/// become part of another one, these are its steps. O(size).
Selection newlySelected(const journey::Intent& intent, const journey::Edit& edit,
                        const std::vector<journey::ExpressionPtr>& nodes);

/// What is selected once `removed` is gone: the next sibling, else the one before, else what holds them.
Selection selectionAfter(const std::vector<journey::Located>& removed, const journey::Journey& before,
                         const journey::Journey& after);

} // namespace emac::widgets
