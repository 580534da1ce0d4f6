// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/journeypage.h"

#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/document/verdictwords.h"
#include "widgets/panels/availabilityreadout.h"

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

JourneyPage::JourneyPage(const InspectorContext& context, QWidget* parent)
    : InspectorPage(context, parent)
    , m_stated(statedIn(context.document->intent().objectives))
    , m_title(parts::title({}, this))
    , m_name(parts::muted({}, this))
    , m_refusal(parts::body({}, this))
    , m_readout(makeReadout(journey::Element::journey()))
    , m_shortfall(parts::body({}, this))
    , m_size(parts::body({}, this))
    , m_model(parts::body({}, this))
    , m_remarks(parts::muted({}, this))
{
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_refusal->hide();

    column()->setSpacing(theme::unit / 2);
    column()->addWidget(m_title);
    column()->addWidget(m_name);
    addIdentity();
    addObjectives();
    addGovernance();

    addSection(tr("Availability"));
    column()->addWidget(m_readout);
    column()->addWidget(m_shortfall);
    column()->addWidget(m_remarks);

    addRules();
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

QString JourneyPage::shortfallWords(const governance::ObjectiveJudgement& judgement,
                                    const governance::Decision& decision) const
{
    const bool fails = judgement.verdict == governance::Verdict::Fail;
    if (const auto unstated = unstatedWords(intent(), decision); !unstated.text.isEmpty())
        return unstated.missedAnyway ? unstated.text : tr("%1: the objective may be met or missed").arg(unstated.text);
    const auto amount = shortfallText(*judgement.shortfall, 1 - judgement.target, display());
    if (display().unit == AvailabilityUnit::Downtime)
        return (fails ? tr("%1 more than the objective allows") : tr("Up to %1 more than the objective allows"))
            .arg(amount);
    return (fails ? tr("%1 below the objective") : tr("Up to %1 below the objective")).arg(amount);
}

void JourneyPage::showResult()
{
    const auto evaluation = document()->evaluation();
    const auto* values = evaluation && evaluation->analysis.journey ? &*evaluation->analysis.journey : nullptr;
    showValues(m_readout, values);
    QString words;
    auto colour = theme::mutedText();
    if (evaluation) {
        for (const auto& judgement : evaluation->decision.objectives) {
            if (judgement.name != "availability" || !judgement.shortfall)
                continue;
            words = shortfallWords(judgement, evaluation->decision);
            if (judgement.verdict == governance::Verdict::Fail)
                colour = theme::bad();
            else if (unstatedWords(intent(), evaluation->decision).text.isEmpty())
                colour = theme::warning();
        }
    }
    m_shortfall->setText(words);
    m_shortfall->setVisible(!words.isEmpty());
    auto palette = m_shortfall->palette();
    palette.setColor(QPalette::WindowText, document()->isStale() ? theme::mutedText() : colour);
    m_shortfall->setPalette(palette);
    showNotes(m_remarks, journey::Element::journey());
}

void JourneyPage::refresh()
{
    const auto& intent = document()->intent();
    m_title->setText(document()->title());
    m_name->setText(
        QStringLiteral("%1 · %2").arg(QString::fromStdString(intent.name), QFileInfo(document()->path()).fileName()));
    refreshFields();
    if (const auto& availability = intent.objectives.availability; availability && m_target != nullptr)
        m_target->setValue(QString::fromStdString(availability->target.decimal().toString()),
                           exactPercent(availability->target));
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
