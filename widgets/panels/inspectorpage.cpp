// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/inspectorpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/panels/availabilityreadout.h"
#include "widgets/panels/componentpage.h"
#include "widgets/panels/journeypage.h"
#include "widgets/panels/operatorpage.h"
#include "widgets/panels/severalpage.h"

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace emac::widgets {

InspectorPage::InspectorPage(const InspectorContext& context, QWidget* parent)
    : QWidget(parent)
    , m_context(context)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(2 * theme::unit, 2 * theme::unit, 2 * theme::unit, 2 * theme::unit);
    m_column->setSpacing(theme::unit);
    m_column->setAlignment(Qt::AlignTop);
}

QString InspectorPage::focusedField() const
{
    const auto* focus = QApplication::focusWidget();
    for (auto field = m_fields.begin(); focus != nullptr && field != m_fields.end(); ++field) {
        if (field.value() == focus || field.value()->isAncestorOf(focus))
            return field.key();
    }
    return {};
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

void InspectorPage::showNotes(QLabel* label, const journey::Element& element) const
{
    QStringList lines;
    for (const auto& note : document()->notes()) {
        if (note.element == element)
            lines << messageText(inDisplay(note.message, display()));
    }
    label->setText(lines.join(QLatin1Char('\n')));
    label->setVisible(!lines.isEmpty());
}

AvailabilityReadout* InspectorPage::makeReadout(const journey::Element& element)
{
    auto* readout = new AvailabilityReadout(this);
    connect(readout, &AvailabilityReadout::explanationRequested, this,
            [this, element](Figure figure) { emit explanationRequested(element, figure); });
    return readout;
}

void InspectorPage::showValues(AvailabilityReadout* readout, const analysis::NodeAvailability* values) const
{
    readout->setValues(values, display(), document()->isStale());
}

InspectorPage* makeInspectorPage(const InspectorContext& context, const Selection& selection, QWidget* parent)
{
    if (auto* several = makeSeveralPage(context, selection, parent))
        return several;
    return makeInspectorPage(context, selection.empty() ? journey::Element::journey() : selection.back(), parent);
}

InspectorPage* makeInspectorPage(const InspectorContext& context, const journey::Element& element, QWidget* parent)
{
    using Kind = journey::Element::Kind;
    const auto& journey = context.document->intent().journey;
    journey::ExpressionPtr node;
    if (element.kind == Kind::Node)
        node = journey::findNode(journey, element.node);
    else if (element.kind == Kind::Fragment)
        node = journey.fragment(element.name);
    if (node) {
        if (const auto* call = std::get_if<journey::Call>(&node->op))
            return new ComponentPage(context, call->component, node->id, parent);
        return new OperatorPage(context, node->id, parent);
    }
    if (element.kind == Kind::Component)
        return new ComponentPage(context, element.name, {}, parent);
    return new JourneyPage(context, parent);
}

} // namespace emac::widgets
