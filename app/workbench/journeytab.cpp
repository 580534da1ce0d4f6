// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"

namespace emac::workbench {

using namespace widgets;

JourneyTab::JourneyTab(std::shared_ptr<JourneyDocument> document, QObject* parent)
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
    m_view = new JourneyView(shown, selection);
    m_inspector = new InspectorPanel(shown, selection);
    m_availability = new AvailabilityPanel(shown, selection);
    m_problems = new ProblemsPanel(shown, selection);
    m_source = new SourcePanel(shown, selection);
    m_verdict = new VerdictButton(shown, selection);
    const auto showSource = [this](const base::Place& place) {
        m_source->show(place);
        emit sourceRequested();
    };
    connect(m_problems, &ProblemsPanel::placeRequested, this, showSource);
    connect(m_inspector, &InspectorPanel::placeRequested, this, showSource);
}

void JourneyTab::commitPending()
{
    m_inspector->commitPending();
    m_source->commitPending();
}

JourneyTab::~JourneyTab()
{
    for (auto* widget :
         std::initializer_list<QWidget*>{m_view, m_inspector, m_availability, m_problems, m_source, m_verdict})
        delete widget;
}

} // namespace emac::workbench
