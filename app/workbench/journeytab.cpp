// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"

#include "widgets/canvas/accessiblecanvas.h"

#include <QApplication>

namespace emac::workbench {

using namespace widgets;

JourneyTab::JourneyTab(std::shared_ptr<JourneyDocument> document, DisplayUnits* units, QObject* parent)
    : QObject(parent)
    , m_document(std::move(document))
{
    auto* shown = m_document.get();
    auto* selection = shown->selection();
    // Connected before the inspector's own slot, so that it runs first.
    connect(selection, &SelectionModel::revealed, this, [this](const journey::Element&, const QString& field) {
        if (!field.isEmpty())
            emit inspectorRequested();
    });
    m_page = new DrawingPage(shown, selection, units);
    new AccessibleCanvas(m_page->view(), shown, selection, units);
    m_outline = new OutlinePanel(shown, selection, units);
    m_inspector = new InspectorPanel(shown, selection, units);
    m_availability = new AvailabilityPanel(shown, selection, units);
    m_latency = new LatencyPanel(shown, selection);
    m_explanation = new ExplainPanel(shown, units);
    m_problems = new ProblemsPanel(shown, selection, units);
    m_source = new SourcePanel(shown, selection);
    m_verdict = new VerdictButton(shown, selection, units);
    const auto showSource = [this](const base::Place& place) {
        m_source->show(place);
        emit sourceRequested();
    };
    connect(m_problems, &ProblemsPanel::placeRequested, this, [this, showSource](const auto& place, bool isSelected) {
        if (isSelected)
            m_source->show(place);
        else
            showSource(place);
    });
    connect(m_inspector, &InspectorPanel::placeRequested, this, showSource);
    connect(m_explanation, &ExplainPanel::placeRequested, this, showSource);
    connect(m_inspector, &InspectorPanel::explanationRequested, this, &JourneyTab::explain);
    connect(m_availability, &AvailabilityPanel::explanationRequested, this, &JourneyTab::explain);
    connect(m_verdict, &VerdictButton::explanationRequested, this, &JourneyTab::explain);
}

void JourneyTab::commitPending()
{
    m_page->view()->commitPending();
    m_outline->commitPending();
    m_inspector->commitPending();
    m_source->commitPending();
}

bool JourneyTab::settlePending()
{
    const bool settled = m_page->view()->settlePending();
    commitPending();
    return settled;
}

bool JourneyTab::worksInOutline() const
{
    return m_outline->isAncestorOf(QApplication::focusWidget());
}

void JourneyTab::add(const journey::Landing& landing)
{
    if (worksInOutline())
        m_outline->add(landing);
    else
        m_page->view()->add(landing);
}

void JourneyTab::nameAll(const std::vector<journey::Element>& calls)
{
    if (worksInOutline())
        m_outline->nameAll(calls);
    else
        m_page->view()->nameAll(calls);
}

void JourneyTab::explain(const journey::Element& element, Figure figure)
{
    m_explanation->explain({element, figure});
    emit explanationRequested();
}

void JourneyTab::explainSelection()
{
    if (m_document->isReadable())
        explain(explainable(m_document->intent().journey, selection()->current()), Figure::Pessimistic);
}

JourneyTab::~JourneyTab()
{
    for (auto* widget : std::initializer_list<QWidget*>{m_page, m_outline, m_inspector, m_availability, m_latency,
                                                        m_explanation, m_problems, m_source, m_verdict})
        delete widget;
}

} // namespace emac::workbench
