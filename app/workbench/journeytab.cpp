// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"

namespace emac::workbench {

using namespace widgets;

JourneyTab::JourneyTab(workspace::OpenedIntent file, QObject* parent) : QObject(parent), m_document(std::move(file))
{
    // Connected before the inspector's own slot, so that it runs first.
    connect(&m_selection, &SelectionModel::revealed, this, [this](const journey::Element&, const QString& field) {
        if (!field.isEmpty())
            emit inspectorRequested();
    });
    m_view = new JourneyView(&m_document, &m_selection);
    m_inspector = new InspectorPanel(&m_document, &m_selection);
    m_availability = new AvailabilityPanel(&m_document, &m_selection);
    m_problems = new ProblemsPanel(&m_document, &m_selection);
    m_source = new SourcePanel(&m_document, &m_selection);
    m_verdict = new VerdictButton(&m_document, &m_selection);
    const auto showSource = [this](const base::Place& place) {
        m_source->show(place);
        emit sourceRequested();
    };
    connect(m_problems, &ProblemsPanel::placeRequested, this, showSource);
    connect(m_inspector, &InspectorPanel::placeRequested, this, showSource);
}

JourneyTab::~JourneyTab()
{
    for (auto* widget :
         std::initializer_list<QWidget*>{m_view, m_inspector, m_availability, m_problems, m_source, m_verdict})
        delete widget;
}

} // namespace emac::workbench
