// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/workbench/journeytab.h"

#include "widgets/common/theme.h"

#include <QLabel>

namespace emac::workbench {

using namespace widgets;

namespace {

QLabel* message(const QString& text)
{
    auto* label = new QLabel(text);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    label->setMargin(3 * theme::unit);
    label->setEnabled(false);
    return label;
}

} // namespace

JourneyTab::JourneyTab(workspace::OpenedIntent file, QObject* parent)
    : QObject(parent)
    , m_document(std::move(file))
    , m_problems(new ProblemsPanel(&m_document, &m_selection))
    , m_source(new SourcePanel(&m_document, &m_selection))
{
    const auto showSource = [this](const base::Place& place) {
        m_source->show(place);
        emit sourceRequested();
    };
    connect(m_problems, &ProblemsPanel::placeRequested, this, showSource);
    if (!m_document.isReadable()) {
        m_unreadable =
            message(tr("This file holds no journey that can be drawn.\nThe problems below say why and where."));
        m_inspector = message(tr("Nothing to inspect."));
        m_availability = message(tr("No journey, no numbers."));
        m_verdict = message(tr("no journey"));
        return;
    }
    // Connected before the inspector's own slot, so that it runs first.
    connect(&m_selection, &SelectionModel::revealed, this, [this](const journey::Element&, const QString& field) {
        if (!field.isEmpty())
            emit inspectorRequested();
    });
    m_view = new JourneyView(&m_document, &m_selection);
    auto* inspector = new InspectorPanel(&m_document, &m_selection);
    connect(inspector, &InspectorPanel::placeRequested, this, showSource);
    m_inspector = inspector;
    m_availability = new AvailabilityPanel(&m_document, &m_selection);
    m_verdict = new VerdictButton(&m_document, &m_selection);
}

JourneyTab::~JourneyTab()
{
    for (auto* widget : std::initializer_list<QWidget*>{m_unreadable, m_view, m_inspector, m_availability, m_problems,
                                                        m_source, m_verdict})
        delete widget;
}

QWidget* JourneyTab::centre()
{
    return m_view ? static_cast<QWidget*>(m_view.data()) : m_unreadable.data();
}

} // namespace emac::workbench
