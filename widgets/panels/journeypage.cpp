// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/journeypage.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

/// Calls as written: a fragment's calls count once.
int countCalls(const journey::ExpressionPtr& tree)
{
    if (!tree)
        return 0;
    if (journey::typeOf(*tree) == journey::OperatorType::Call)
        return 1;
    int count = 0;
    for (const auto& child : journey::children(*tree))
        count += countCalls(child);
    return count;
}

} // namespace

JourneyPage::JourneyPage(JourneyDocument* document, QWidget* parent)
    : InspectorPage(document, parent)
    , m_stated(statedIn(document->intent().objectives))
    , m_title(parts::title({}, this))
    , m_name(parts::muted({}, this))
    , m_noTarget(parts::muted(tr("No availability objective is stated."), this))
    , m_window(parts::body({}, this))
    , m_latency(parts::body({}, this))
    , m_deadline(parts::body({}, this))
    , m_assumption(parts::body({}, this))
    , m_readout(new parts::IntervalReadout(this))
    , m_shortfall(parts::body({}, this))
    , m_size(parts::body({}, this))
    , m_model(parts::body({}, this))
    , m_remarks(parts::muted({}, this))
{
    m_target = ratioField(
        QStringLiteral("target"), [](const base::Ratio& value) { return journey::SetObjectiveTarget{value}; },
        tr("Set availability objective"), ValueField::Apply::Live);
    m_target->setObjectName(QStringLiteral("target"));
    m_target->setAccessibleName(tr("Target of the availability objective"));

    column()->setSpacing(theme::unit / 2);
    column()->addWidget(m_title);
    column()->addWidget(m_name);

    addSection(tr("Objective"));
    column()->addWidget(m_noTarget);
    m_noTarget->setVisible(!m_stated.availability);
    auto* objective = parts::form();
    if (m_stated.availability) {
        parts::addRow(objective, tr("Availability"), m_target);
        parts::addRow(objective, tr("Window"), m_window);
    }
    parts::addRow(objective, tr("Judged on"), m_assumption);
    if (m_stated.latency)
        parts::addRow(objective, tr("Latency"), m_latency);
    if (m_stated.deadline)
        parts::addRow(objective, tr("Deadline"), m_deadline);
    column()->addLayout(objective);
    m_target->setVisible(m_stated.availability);
    m_window->setVisible(m_stated.availability);
    m_latency->setVisible(m_stated.latency);
    m_deadline->setVisible(m_stated.deadline);

    addSection(tr("Availability"));
    column()->addWidget(m_readout);
    column()->addWidget(m_shortfall);
    column()->addWidget(m_remarks);

    addSection(tr("Journey"));
    auto* facts = parts::form();
    parts::addRow(facts, tr("Size"), m_size);
    parts::addRow(facts, tr("Model in play"), m_model);
    column()->addLayout(facts);
}

JourneyPage::Stated JourneyPage::statedIn(const journey::Objectives& objectives)
{
    return {objectives.availability.has_value(), objectives.latency.has_value(), objectives.deadline.has_value()};
}

bool JourneyPage::fits() const
{
    return statedIn(document()->intent().objectives) == m_stated;
}

void JourneyPage::showObjectives(const journey::Objectives& objectives)
{
    if (const auto& availability = objectives.availability) {
        m_target->setValue(QString::fromStdString(availability->target.decimal().toString()),
                           exactPercent(availability->target));
        m_window->setText(durationText(availability->window));
    }
    if (const auto& latency = objectives.latency)
        m_latency->setText(tr("%1 within %2, over %3")
                               .arg(QString::fromStdString(latency->metric), durationText(latency->threshold),
                                    durationText(latency->window)));
    if (const auto& deadline = objectives.deadline)
        m_deadline->setText(
            tr("%1 succeed within %2, over %3")
                .arg(exactPercent(deadline->target), durationText(deadline->limit), durationText(deadline->window)));
}

void JourneyPage::showResult()
{
    const auto evaluation = document()->evaluation();
    const auto* values = evaluation && evaluation->analysis.journey ? &*evaluation->analysis.journey : nullptr;
    m_readout->setValues(values, document()->isStale());
    QString shortfall;
    if (evaluation) {
        for (const auto& judgement : evaluation->decision.objectives) {
            if (judgement.name == "availability" && judgement.shortfall)
                shortfall = tr("%1 percentage points below the objective")
                                .arg(QLocale().toString(*judgement.shortfall * 100, 'g', 3));
        }
    }
    m_shortfall->setText(shortfall);
    m_shortfall->setVisible(!shortfall.isEmpty());
    auto palette = m_shortfall->palette();
    palette.setColor(QPalette::WindowText, document()->isStale() ? theme::mutedText() : theme::bad());
    m_shortfall->setPalette(palette);
    showNotes(m_remarks, journey::Element::journey());
}

void JourneyPage::refresh()
{
    const auto& intent = document()->intent();
    m_title->setText(document()->title());
    m_name->setText(
        QStringLiteral("%1 · %2").arg(QString::fromStdString(intent.name), QFileInfo(document()->path()).fileName()));
    showObjectives(intent.objectives);
    switch (intent.governance.availability.value_or(journey::AvailabilityAssumption::Pessimistic)) {
    case journey::AvailabilityAssumption::Pessimistic:
        m_assumption->setText(tr("pessimistic shared fate, A⁻"));
        break;
    case journey::AvailabilityAssumption::Optimistic:
        m_assumption->setText(tr("optimistic independence, A⁺"));
        break;
    case journey::AvailabilityAssumption::CommonCause:
        m_assumption->setText(tr("common cause, A*"));
        break;
    case journey::AvailabilityAssumption::Envelope:
        m_assumption->setText(tr("the envelope, any dependence"));
        break;
    }
    showResult();

    int calls = countCalls(intent.journey.root);
    for (const auto& fragment : intent.journey.fragments)
        calls += countCalls(fragment.body);
    const auto components = static_cast<int>(intent.journey.components.list().size());
    m_size->setText(tr("%1, %2").arg(calls == 1 ? tr("1 call") : tr("%n calls", nullptr, calls),
                                     components == 1 ? tr("1 component") : tr("%n components", nullptr, components)));
    const auto* model = document()->model();
    if (!model)
        m_model->setText(tr("none"));
    else if (model->confidence)
        m_model->setText(tr("%1, confidence %2")
                             .arg(QString::fromStdString(model->name), QLocale().toString(*model->confidence, 'f', 2)));
    else
        m_model->setText(QString::fromStdString(model->name));
}

} // namespace emac::widgets
