// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/inspectorpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/panels/componentpage.h"
#include "widgets/panels/journeypage.h"
#include "widgets/panels/operatorpage.h"

#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace emac::widgets {

InspectorPage::InspectorPage(JourneyDocument* document, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(2 * theme::unit, 2 * theme::unit, 2 * theme::unit, 2 * theme::unit);
    m_column->setSpacing(theme::unit);
    m_column->setAlignment(Qt::AlignTop);
}

bool InspectorPage::focusField(const QString& name)
{
    auto* field = m_fields.value(name);
    if (!field || field->isHidden())
        return false;
    field->setFocus(Qt::OtherFocusReason);
    if (auto* edit = qobject_cast<QLineEdit*>(field->focusProxy()))
        edit->selectAll();
    return true;
}

void InspectorPage::addSection(const QString& text)
{
    m_column->addSpacing(theme::unit);
    auto* rule = new QFrame(this);
    rule->setFixedHeight(1);
    rule->setAutoFillBackground(true);
    auto palette = rule->palette();
    palette.setColor(QPalette::Window, theme::border());
    rule->setPalette(palette);
    m_column->addWidget(rule);
    m_column->addSpacing(theme::unit / 2);
    m_column->addWidget(parts::heading(text, this));
}

ValueField* InspectorPage::field(const QString& name, ValueField::Rules rules)
{
    auto* result = new ValueField(m_document->undoStack(), std::move(rules), this);
    registerField(name, result);
    return result;
}

ValueField* InspectorPage::countField(const QString& name, std::function<journey::Edit(int)> edit,
                                      const QString& description)
{
    return field(name, {[](const QString& text) -> std::optional<QString> {
                            const auto count = typedCount(text);
                            return count ? std::optional(QString::number(*count)) : std::nullopt;
                        },
                        [this, edit = std::move(edit), description](const QString& text) {
                            return m_document->apply(edit(*typedCount(text)), description);
                        },
                        [](const QString& text, int steps) {
                            const auto count = typedCount(text);
                            return count ? QString::number(std::max(1, *count + steps)) : text;
                        },
                        tr("Type a whole number of at least 1."), ValueField::Apply::WhenDone});
}

ValueField* InspectorPage::durationField(const QString& name, std::function<journey::Edit(base::Duration)> edit,
                                         const QString& description)
{
    return field(name, {[](const QString& text) -> std::optional<QString> {
                            const auto duration = typedDuration(text);
                            return duration ? std::optional(QString::number(duration->count())) : std::nullopt;
                        },
                        [this, edit = std::move(edit), description](const QString& text) {
                            return m_document->apply(edit(*typedDuration(text)), description);
                        },
                        {},
                        tr("Type a duration such as 250ms, 1.5s or 2m."),
                        ValueField::Apply::WhenDone});
}

ValueField* InspectorPage::ratioField(const QString& name, std::function<journey::Edit(const base::Ratio&)> edit,
                                      const QString& description, ValueField::Apply when)
{
    return field(
        name,
        {[](const QString& text) -> std::optional<QString> {
             const auto ratio = typedRatio(text);
             return ratio ? std::optional(QString::fromStdString(ratio->decimal().toString())) : std::nullopt;
         },
         [this, edit = std::move(edit), description](const QString& text) {
             return m_document->apply(edit(*typedRatio(text)), description);
         },
         steppedRatio,
         tr("Type a percentage such as %1, or a number from 0 to 1.").arg(exactPercent(availabilityOf(0.0005))), when});
}

void InspectorPage::showNotes(QLabel* label, const journey::Element& element) const
{
    QStringList lines;
    if (const auto evaluation = m_document->evaluation()) {
        for (const auto& note : evaluation->notes) {
            if (note.element == element)
                lines << messageText(note.message);
        }
    }
    label->setText(lines.join(QLatin1Char('\n')));
    label->setVisible(!lines.isEmpty());
}

InspectorPage* makeInspectorPage(JourneyDocument* document, const journey::Element& element, QWidget* parent)
{
    using Kind = journey::Element::Kind;
    const auto& journey = document->intent().journey;
    journey::ExpressionPtr node;
    if (element.kind == Kind::Node)
        node = journey::findNode(journey, element.node);
    else if (element.kind == Kind::Fragment)
        node = journey.fragment(element.name);
    if (node) {
        if (const auto* call = std::get_if<journey::Call>(&node->op))
            return new ComponentPage(document, call->component, node->id, parent);
        return new OperatorPage(document, node->id, parent);
    }
    if (element.kind == Kind::Component)
        return new ComponentPage(document, element.name, {}, parent);
    return new JourneyPage(document, parent);
}

} // namespace emac::widgets
