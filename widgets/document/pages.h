// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"

#include <QObject>

#include <optional>
#include <string>
#include <vector>

/// A fragment is drawn as a page of its own. What is selected lies on the page that is shown.
namespace emac::widgets {

/// The fragment whose body holds the node, empty for the journey's own tree; absent where there is no such node.
/// O(size).
std::optional<std::string> treeOf(const journey::Journey& journey, journey::NodeId node);

/// What the open page shows: the journey's own tree, or the body of a fragment. Null where that is empty.
/// @pre the document is readable
journey::ExpressionPtr shownTree(JourneyDocument& document);

/// The way to the fragment: along the page that is open where that leads to it, else the shortest one from the
/// journey's own tree; the fragment alone where none does. O(size).
Page pageTo(const journey::Journey& journey, const std::string& fragment, const Page& open);

/// Turns to the fragment, as from a use on the page that is open. Nothing is selected then.
void openFragment(SelectionModel& selection, const std::string& fragment);

/// Turns back so that this many fragments are open, and selects the use that the way went on by.
/// @pre depth ≤ the page's
void turnBack(const JourneyDocument& document, SelectionModel& selection, std::size_t depth);
/// The same by one step; nothing where no fragment is open.
void leaveFragment(const JourneyDocument& document, SelectionModel& selection);

/// Turns the page by itself: to where the selection goes, and back from a fragment that is gone. A fragment that is
/// renamed stays open under its new name.
class PageFollower : public QObject
{
    Q_OBJECT
public:
    PageFollower(JourneyDocument* document, SelectionModel* selection, QObject* parent = nullptr);

private:
    void followValue();
    void followSelection();
    void remember();

    JourneyDocument* m_document;
    SelectionModel* m_selection;
    std::vector<journey::NodeId> m_bodies; ///< of the page's fragments, by which renamed ones are told
};

} // namespace emac::widgets
