// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/canvas/drawingpage.h"
#include "widgets/charts/availabilitypanel.h"
#include "widgets/charts/latencypanel.h"
#include "widgets/document/journeydocument.h"
#include "widgets/document/selectionmodel.h"
#include "widgets/explain/explainpanel.h"
#include "widgets/outline/outlinepanel.h"
#include "widgets/panels/inspectorpanel.h"
#include "widgets/panels/problemspanel.h"
#include "widgets/panels/sourcepanel.h"
#include "widgets/panels/verdictbutton.h"

#include <QObject>
#include <QPointer>

#include <memory>

namespace emac::workbench {

/// One open journey in one window: its document and the views that the window's docks show of it.
/// A file that is no journey has nothing but its text and its problems to show.
class JourneyTab : public QObject
{
    Q_OBJECT
public:
    /// Holds the document, perhaps together with the tabs of other windows.
    JourneyTab(std::shared_ptr<widgets::JourneyDocument> document, widgets::DisplayUnits* units,
               QObject* parent = nullptr);
    /// The widgets belong to the window that shows them; they go before the document.
    ~JourneyTab() override;

    widgets::JourneyDocument* document() { return m_document.get(); }
    widgets::SelectionModel* selection() { return m_document->selection(); }

    /// Makes what is typed and not yet done part of the document: before it is saved, closed or reloaded.
    void commitPending();
    /// The same before undo and redo. False where a name that is refused was given up instead.
    bool settlePending();
    /// Asks what to put there, and names calls that have just been made, where the person works: in the outline where
    /// that has the focus, else on the drawing.
    void add(const journey::Landing& landing);
    void nameAll(const std::vector<journey::Element>& calls);
    /// Explains a number of the element; A⁻ of what is selected.
    void explain(const journey::Element& element, widgets::Figure figure);
    void explainSelection();

    /// The drawing, with what stands above it.
    widgets::DrawingPage* page() { return m_page; }
    widgets::JourneyView* view() { return m_page->view(); }
    widgets::OutlinePanel* outline() { return m_outline; }
    widgets::InspectorPanel* inspector() { return m_inspector; }
    widgets::AvailabilityPanel* availability() { return m_availability; }
    widgets::LatencyPanel* latency() { return m_latency; }
    widgets::ExplainPanel* explanation() { return m_explanation; }
    QWidget* problems() { return m_problems; }
    QWidget* source() { return m_source; }
    widgets::VerdictButton* verdict() { return m_verdict; }

signals:
    /// Something leads to a field of the inspector, which must be in sight before it can take the focus.
    void inspectorRequested();
    /// The source panel shows a place that the user asked for.
    void sourceRequested();
    /// The explanation of a number that the user asked for is to be shown.
    void explanationRequested();

private:
    bool worksInOutline() const;

    std::shared_ptr<widgets::JourneyDocument> m_document;
    QPointer<widgets::DrawingPage> m_page;
    QPointer<widgets::OutlinePanel> m_outline;
    QPointer<widgets::InspectorPanel> m_inspector;
    QPointer<widgets::AvailabilityPanel> m_availability;
    QPointer<widgets::LatencyPanel> m_latency;
    QPointer<widgets::ExplainPanel> m_explanation;
    QPointer<widgets::ProblemsPanel> m_problems;
    QPointer<widgets::SourcePanel> m_source;
    QPointer<widgets::VerdictButton> m_verdict;
};

} // namespace emac::workbench
