// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journey/landing.h"
#include "widgets/canvas/gestures/nameeditor.h"
#include "widgets/canvas/gestures/quickadd.h"
#include "widgets/document/journeydocument.h"
#include "widgets/editing/renaming.h"

#include <QGraphicsView>
#include <QObject>
#include <QPointer>

#include <optional>
#include <vector>

namespace emac::widgets {

class JourneyScene;

/// The two things that are typed on the canvas itself: the name of a node in its place, and what to add. One at a time.
class CanvasPrompts : public QObject
{
    Q_OBJECT
public:
    CanvasPrompts(QGraphicsView& view, const JourneyScene& scene, JourneyDocument& document);

    /// Renames the node, or the loose component: a component and a fragment everywhere, an operator by its id. What is
    /// not drawn yet is renamed as soon as it is. `fresh`: it has just been made with a name of no meaning; then the
    /// name of another component calls that one instead.
    void rename(const journey::Element& element, bool fresh = false);
    /// Names what has just been made, one after the other: Enter goes on, Esc stops.
    void nameAll(std::vector<journey::Element> elements);
    /// Asks what to put there.
    /// @param near where on the viewport it is
    void add(const journey::Landing& landing, QPoint near);
    /// The same, beside what is drawn there.
    void add(const journey::Landing& landing);
    /// The same beside the selected node, or where nothing is selected, at the end.
    void addBesideSelection(journey::Side side);
    void giveUp();
    void commitName(); ///< where one is being typed; what is refused stays open
    bool isNaming() const { return m_name && !m_name->isHidden(); }
    bool isOpen() const { return m_name || m_quickAdd; }
    /// The document is another one: what was asked may have no answer any more.
    void followJourney();
    /// A new drawing is shown.
    void followDrawing();

signals:
    void refused(const QString& reason, const QPoint& near); ///< on the viewport
    /// What is typed now would be refused; empty: it would not.
    void doubted(const QString& reason, const QPoint& near);

private:
    bool isHidden(const journey::Element& element) const; ///< in a closed operator
    void open(const journey::Element& element, bool fresh);
    void placeName();
    void leavePage();
    QRect onViewport(const QRectF& box) const;

    QGraphicsView& m_view;
    const JourneyScene& m_scene;
    JourneyDocument& m_document;
    QPointer<NameEditor> m_name;
    Naming m_naming; ///< by m_name
    std::vector<journey::Element> m_unnamed; ///< to be named after it
    QPointer<QuickAdd> m_quickAdd;
    QPoint m_lastAdded; ///< where the last one was asked for
    struct Pending
    {
        journey::Element element;
        bool fresh;
    };
    std::optional<Pending> m_pending;
};

} // namespace emac::widgets
