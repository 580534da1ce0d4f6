// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/operatorpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

QString meaningOf(const journey::Expression& node)
{
    struct Sentence
    {
        Q_DECLARE_TR_FUNCTIONS(emac::widgets::OperatorPage)
    public:
        QString operator()(const journey::Call&) const { return tr("One call of a component."); }
        QString operator()(const journey::Series&) const { return tr("One after the other; all must succeed."); }
        QString operator()(const journey::Parallel&) const
        {
            return tr("Started together; all must succeed; the first failure fails it.");
        }
        QString operator()(const journey::Race& race) const
        {
            const auto delay = race.hedgeDelay.value_or(base::Duration(0));
            return delay.count() == 0
                       ? tr("Started together; the first successful response wins.")
                       : tr("Started %1 apart, whatever happened before; the first successful response wins.")
                             .arg(durationText(delay));
        }
        QString operator()(const journey::KofN& kofn) const
        {
            return tr("Started together; done when %1 of %2 have succeeded.").arg(kofn.k).arg(kofn.branches.size());
        }
        QString operator()(const journey::Branch&) const { return tr("Exactly one of the choices is taken."); }
        QString operator()(const journey::Retry& retry) const
        {
            return tr("Up to %1 tries in all; the next starts %2 after the last failed.")
                .arg(retry.attempts)
                .arg(durationText(retry.backoff.value_or(base::Duration(0))));
        }
        QString operator()(const journey::Fallback&) const
        {
            return tr("The next alternative is tried when the one before has failed.");
        }
        QString operator()(const journey::Timeout& timeout) const
        {
            return tr("What is not done after %1 has failed.").arg(durationText(timeout.deadline));
        }
        QString operator()(const journey::Optional& optional) const
        {
            return optional.waits() ? tr("Best effort: its failure does not fail the journey, which waits for it.")
                                    : tr("Best effort: its failure does not fail the journey, and it takes no time.");
        }
        QString operator()(const journey::Use& use) const
        {
            return tr("The fragment %1, here.").arg(QString::fromStdString(use.fragment));
        }
    };
    return std::visit(Sentence{}, node.op);
}

} // namespace

OperatorPage::OperatorPage(JourneyDocument* document, journey::NodeId id, QWidget* parent)
    : InspectorPage(document, parent)
    , m_id(id)
    , m_title(parts::title({}, this))
    , m_meaning(parts::body({}, this))
    , m_identity(parts::muted({}, this))
    , m_notes(parts::body({}, this))
    , m_readout(new parts::IntervalReadout(this))
    , m_remarks(parts::muted({}, this))
{
    const auto expression = node();
    m_type = journey::typeOf(*expression);
    m_children = journey::children(*expression).size();
    auto palette = m_title->palette();
    palette.setColor(QPalette::WindowText, theme::operatorColour(m_type));
    m_title->setPalette(palette);

    column()->setSpacing(theme::unit / 2);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_identity, m_meaning, m_notes})
        column()->addWidget(part);
    addParameters();
    addSection(tr("Availability"));
    column()->addWidget(m_readout);
    column()->addWidget(m_remarks);
}

journey::ExpressionPtr OperatorPage::node() const
{
    return journey::findNode(document()->intent().journey, m_id);
}

bool OperatorPage::fits() const
{
    const auto expression = node();
    return expression && journey::typeOf(*expression) == m_type && journey::children(*expression).size() == m_children;
}

void OperatorPage::addCount(QFormLayout* form, const QString& label, const QString& name, const QString& description)
{
    m_count = countField(
        name,
        [this](int value) {
            return journey::SetCount{m_id, value};
        },
        description);
    parts::addRow(form, label, m_count);
}

void OperatorPage::addDuration(QFormLayout* form, const QString& label, const QString& name, const QString& description)
{
    m_duration = durationField(
        name,
        [this](base::Duration value) {
            return journey::SetDuration{m_id, value};
        },
        description);
    parts::addRow(form, label, m_duration);
}

void OperatorPage::addParameters()
{
    using enum journey::OperatorType;
    const auto expression = node();
    const auto name = QString::fromStdString(journey::displayName(*expression));
    auto* form = parts::form();
    switch (m_type) {
    case Race:
        addDuration(form, tr("Hedge delay"), QStringLiteral("hedgeDelay"), tr("Set hedge delay of %1").arg(name));
        break;
    case KofN:
        addCount(form, tr("k"), QStringLiteral("k"), tr("Set k of %1").arg(name));
        break;
    case Retry:
        addCount(form, tr("Attempts"), QStringLiteral("attempts"), tr("Set attempts of %1").arg(name));
        addDuration(form, tr("Backoff"), QStringLiteral("backoff"), tr("Set backoff of %1").arg(name));
        break;
    case Timeout:
        addDuration(form, tr("Deadline"), QStringLiteral("deadline"), tr("Set deadline of %1").arg(name));
        break;
    case Optional:
        m_wait = new QCheckBox(tr("The journey waits for it"), this);
        m_waitRefusal = parts::muted({}, this);
        m_waitRefusal->hide();
        connect(m_wait, &QCheckBox::clicked, this, [this, name](bool wait) {
            const auto refusal = document()->apply(journey::SetWait{m_id, wait}, tr("Set wait of %1").arg(name));
            m_waitRefusal->setText(refusal);
            m_waitRefusal->setVisible(!refusal.isEmpty());
            showParameters(*node());
        });
        registerField(QStringLiteral("wait"), m_wait);
        form->addRow(m_wait);
        form->addRow(m_waitRefusal);
        break;
    case Branch: {
        const auto& choices = std::get<journey::Branch>(expression->op).choices;
        for (std::size_t i = 0; i < choices.size(); ++i) {
            const auto label = QString::fromStdString(choices[i].label.empty() ? journey::displayName(*choices[i].body)
                                                                               : choices[i].label);
            auto* field = ratioField(
                QStringLiteral("choices.%1.probability").arg(i),
                [this, i](const base::Ratio& value) {
                    return journey::SetProbability{m_id, i, value};
                },
                tr("Set probability of %1").arg(label), ValueField::Apply::WhenDone);
            field->setAccessibleName(tr("Probability of %1").arg(label));
            parts::addRow(form, label, field);
            m_probabilities.push_back(field);
        }
        break;
    }
    case Call:
    case Series:
    case Parallel:
    case Fallback:
    case Use:
        break;
    }
    if (form->rowCount() == 0) {
        delete form;
        return;
    }
    addSection(m_type == Branch ? tr("Probabilities") : tr("Parameters"));
    column()->addLayout(form);
}

void OperatorPage::showParameters(const journey::Expression& expression)
{
    const auto showCount = [this](int value) {
        const auto text = QString::number(value);
        m_count->setValue(text, text);
    };
    const auto showDuration = [this](base::Duration value) {
        m_duration->setValue(QString::number(value.count()), durationText(value));
    };
    if (const auto* race = std::get_if<journey::Race>(&expression.op)) {
        showDuration(race->hedgeDelay.value_or(base::Duration(0)));
    } else if (const auto* kofn = std::get_if<journey::KofN>(&expression.op)) {
        showCount(kofn->k);
    } else if (const auto* retry = std::get_if<journey::Retry>(&expression.op)) {
        showCount(retry->attempts);
        showDuration(retry->backoff.value_or(base::Duration(0)));
    } else if (const auto* timeout = std::get_if<journey::Timeout>(&expression.op)) {
        showDuration(timeout->deadline);
    } else if (const auto* optional = std::get_if<journey::Optional>(&expression.op)) {
        m_wait->setChecked(optional->waits());
    } else if (const auto* branch = std::get_if<journey::Branch>(&expression.op)) {
        for (std::size_t i = 0; i < m_probabilities.size(); ++i) {
            const auto& [lower, upper] = branch->choices[i].probability;
            const auto meaning = QString::fromStdString(lower.decimal().toString());
            if (lower == upper)
                m_probabilities[i]->setValue(meaning, exactPercent(lower));
            else
                m_probabilities[i]->setValue(
                    QStringLiteral("%1 %2").arg(meaning, QString::fromStdString(upper.decimal().toString())),
                    tr("%1 … %2").arg(exactPercent(lower), exactPercent(upper)));
        }
    }
}

void OperatorPage::refresh()
{
    const auto expression = node();
    m_title->setText(operatorTitle(m_type));
    m_meaning->setText(meaningOf(*expression));
    m_identity->setText(QString::fromStdString(expression->name));
    m_identity->setVisible(!expression->name.empty());
    m_notes->setText(QString::fromStdString(expression->notes).trimmed());
    m_notes->setVisible(!expression->notes.empty());
    showParameters(*expression);
    const auto evaluation = document()->evaluation();
    m_readout->setValues(evaluation ? evaluation->analysis.find(m_id) : nullptr, document()->isStale());
    showNotes(m_remarks, journey::Element::ofNode(m_id));
}

} // namespace emac::widgets
