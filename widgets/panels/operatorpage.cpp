// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/operatorpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/editing/nodeselection.h"
#include "widgets/panels/availabilityreadout.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

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

QString rangeMeaning(const journey::ProbabilityRange& range)
{
    const auto lower = QString::fromStdString(range.lower.decimal().toString());
    return range.isNumber() ? lower : QString(lower + u' ' + QString::fromStdString(range.upper.decimal().toString()));
}

} // namespace

OperatorPage::OperatorPage(const InspectorContext& context, journey::NodeId id, QWidget* parent)
    : OperatorForm(context, {id}, parent)
    , m_id(id)
    , m_title(parts::title({}, this))
    , m_meaning(parts::body({}, this))
    , m_refusal(parts::body({}, this))
    , m_readout(makeReadout(journey::Element::ofNode(id)))
    , m_remarks(parts::muted({}, this))
{
    const auto expression = node();
    m_words = nodeWords(*expression);
    for (const auto& child : journey::children(*expression))
        m_children.emplace_back(child->id, nodeWords(*child));
    auto palette = m_title->palette();
    palette.setColor(QPalette::WindowText, theme::operatorColour(*type()));
    m_title->setPalette(palette);
    palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_refusal->hide();

    column()->setSpacing(theme::unit / 2);
    column()->addWidget(m_title);
    column()->addWidget(m_meaning);
    addIdentity();
    addParameters();
    addChildren();
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
    if (!expression || journey::typeOf(*expression) != *type() || nodeWords(*expression) != m_words)
        return false;
    return std::ranges::equal(m_children, journey::children(*expression), [](const auto& shown, const auto& child) {
        return shown.first == child->id && shown.second == nodeWords(*child);
    });
}

void OperatorPage::addIdentity()
{
    column()->addSpacing(theme::unit);
    auto* form = parts::form();
    if (type() != journey::OperatorType::Use)
        addType(form);
    auto* id = textField(
        QStringLiteral("id"), [this] { return QString::fromStdString(node()->name); },
        [this](const QString& name) {
            return journey::SetNodeName{m_id, name.toStdString()};
        },
        tr("Set id of %1").arg(m_words));
    id->setPlaceholder(tr("none"));
    parts::addRow(form, tr("Id"), id);
    parts::addRow(form, tr("Notes"),
                  notesField(
                      QStringLiteral("notes"), [this] { return QString::fromStdString(node()->notes); },
                      [this](const QString& notes) {
                          return journey::SetNodeNotes{m_id, notes.toStdString()};
                      },
                      tr("Set notes of %1").arg(m_words)));
    column()->addLayout(form);
}

void OperatorPage::addChildren()
{
    if (*type() == journey::OperatorType::Use)
        return;
    const bool branch = *type() == journey::OperatorType::Branch;
    addSection(branch ? tr("Choices") : tr("Holds"));
    auto* form = parts::form();
    const auto expression = node();
    const auto children = journey::children(*expression);
    for (std::size_t i = 0; i < children.size(); ++i) {
        form->addRow(childRow(children[i]));
        if (branch)
            addChoice(form, i);
    }
    column()->addLayout(form);
    auto* insert = new QPushButton(branch ? tr("Add a Choice…") : tr("Add a Call…"), this);
    insert->setObjectName(QStringLiteral("insertInto"));
    insert->setAutoDefault(false);
    addEditing(insert);
    connect(insert, &QPushButton::clicked, this,
            [this] { emit actionRequested(QStringLiteral("journey.insertInto")); });
    column()->addWidget(insert, 0, Qt::AlignLeft);
    column()->addWidget(m_refusal);
}

QWidget* OperatorPage::childRow(const journey::ExpressionPtr& child)
{
    const auto words = nodeWords(*child);
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* select = new parts::TextLink(words, row);
    select->setAccessibleName(tr("Select %1").arg(words));
    auto* remove = new QToolButton(row);
    remove->setText(tr("Remove"));
    remove->setObjectName(QStringLiteral("remove.%1").arg(words));
    remove->setAccessibleName(tr("Remove %1").arg(words));
    remove->setToolTip(parts::plainToolTip(tr("Remove %1").arg(words)));
    addEditing(remove);
    line->addWidget(select, 1);
    line->addWidget(remove);
    const auto id = child->id;
    connect(select, &QAbstractButton::clicked, this,
            [this, id] { document()->selection()->reveal(journey::Element::ofNode(id)); });
    connect(remove, &QToolButton::clicked, this, [this, id, words] {
        const auto refusal = document()->apply(journey::RemoveNodes{{id}}, tr("Delete %1").arg(words));
        m_refusal->setText(refusal);
        m_refusal->setVisible(!refusal.isEmpty());
    });
    return row;
}

void OperatorPage::addChoice(QFormLayout* form, std::size_t index)
{
    const auto choice = [this, index] { return op<journey::Branch>(m_id).choices.at(index); };
    const auto words = choice().label.empty() ? nodeWords(*choice().body) : QString::fromStdString(choice().label);
    auto* label = textField(
        QStringLiteral("choices.%1.label").arg(index), [choice] { return QString::fromStdString(choice().label); },
        [this, index](const QString& text) {
            return journey::SetChoiceLabel{m_id, index, text.toStdString()};
        },
        tr("Set label of %1").arg(words));
    label->setAccessibleName(tr("Label of %1").arg(words));
    label->setPlaceholder(tr("none"));
    parts::addRow(form, tr("Label"), label);
    auto* probability = field(QStringLiteral("choices.%1.probability").arg(index),
                              {[](const QString& text) -> std::optional<QString> {
                                   const auto range = typedRange(text);
                                   return range ? std::optional(rangeMeaning(*range)) : std::nullopt;
                               },
                               [this, index, words](const QString& text) {
                                   return document()->apply(journey::SetProbability{m_id, index, *typedRange(text)},
                                                            tr("Set probability of %1").arg(words));
                               },
                               steppedRatio, tr("Type a percentage such as 25 %, or a range such as 20 % … 30 %."),
                               ValueField::Apply::WhenDone, understoodRange});
    probability->setAccessibleName(tr("Probability of %1").arg(words));
    parts::addRow(form, tr("Probability"), probability);
    follow([=] {
        const auto value = choice().probability;
        probability->setValue(rangeMeaning(value), exactPercent(value));
    });
}

void OperatorPage::refresh()
{
    const auto expression = node();
    m_title->setText(operatorTitle(*type()));
    m_meaning->setText(meaningOf(*expression));
    refreshFields();
    const auto evaluation = document()->evaluation();
    showValues(m_readout, evaluation ? evaluation->analysis.find(m_id) : nullptr);
    showNotes(m_remarks, journey::Element::ofNode(m_id));
}

} // namespace emac::widgets
