// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/panels/componentpage.h"

#include "core/journey/paths.h"
#include "widgets/common/format.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/latency/latencyeditor.h"
#include "widgets/panels/availabilityreadout.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

using Source = journey::Provenance::Source;

} // namespace

struct ComponentPage::Availability
{
    Source source = Source::NotStated;
    bool arrived = true; ///< false: the numbers are still to come
    journey::FailureProbability failure;
    base::Place place;
    QString reference;
    std::optional<double> overridden; ///< failure probability of the reference under an inline value
    base::Place overriddenPlace;
};

ComponentPage::ComponentPage(const InspectorContext& context, std::string component, journey::NodeId call,
                             QWidget* parent)
    : ComponentForm(context, {component}, parent)
    , m_name(std::move(component))
    , m_call(call)
    , m_title(parts::title({}, this))
    , m_kind(parts::muted({}, this))
    , m_value(parts::title({}, this))
    , m_readout(makeReadout(journey::Element::ofNode(call)))
    , m_source(parts::muted({}, this))
    , m_place(new parts::PlaceLink(this))
    , m_override(new QPushButton(tr("Override"), this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_resetReason(parts::muted({}, this))
    , m_overridden(parts::muted({}, this))
    , m_overriddenPlace(new parts::PlaceLink(this))
    , m_observed(parts::muted({}, this))
    , m_latency(new LatencyEditor(document(), m_name, this))
    , m_domains(parts::body({}, this))
    , m_domainOrigin(parts::muted({}, this))
    , m_uses(parts::muted({}, this))
    , m_calls(new QVBoxLayout)
    , m_remarks(parts::muted({}, this))
{
    const auto shown = QString::fromStdString(m_name);
    m_field = ratioField(
        QStringLiteral("availability"),
        [this](const base::Ratio& value) {
            return journey::SetAvailability{m_name, value};
        },
        tr("Set availability of %1").arg(shown), ValueField::Apply::Live);
    m_field->setObjectName(QStringLiteral("availability"));
    m_field->setAccessibleName(tr("Availability of %1").arg(shown));
    m_field->setPlaceholder(tr("for example %1").arg(exactPercent(availabilityOf(0.001))));
    m_override->setObjectName(QStringLiteral("override"));
    m_override->setToolTip(tr("Writes this value beside the reference; the value written in the journey wins."));
    m_reset->setObjectName(QStringLiteral("reset"));
    m_override->setAutoDefault(false);
    m_reset->setAutoDefault(false);
    m_value->setFont(theme::numberFont(theme::TextSize::Title, QFont::DemiBold));
    m_value->setAccessibleName(tr("Availability of %1").arg(shown));

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(theme::unit);
    buttons->addWidget(m_override);
    buttons->addWidget(m_reset);
    buttons->addStretch();

    column()->setSpacing(theme::unit / 2);
    column()->addWidget(m_title);
    column()->addWidget(m_kind);
    addIdentity();
    addSection(tr("Availability"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_value, m_field, m_source, m_place})
        column()->addWidget(part);
    column()->addLayout(buttons);
    m_overridden->setWordWrap(false);
    auto* overridden = new QHBoxLayout;
    overridden->setSpacing(theme::unit / 2);
    overridden->addWidget(m_overridden);
    overridden->addWidget(m_overriddenPlace, 1);
    column()->addLayout(overridden);
    for (QWidget* part : std::initializer_list<QWidget*>{m_resetReason, m_observed, m_readout, m_remarks})
        column()->addWidget(part);
    m_readout->setVisible(m_call != journey::NodeId{});
    addEvidence();
    addSection(tr("Latency"));
    column()->addWidget(m_latency);
    addDomains();
    addUses();

    addEditing(m_override);
    connect(m_place, &parts::PlaceLink::requested, this, &InspectorPage::placeRequested);
    connect(m_latency, &LatencyEditor::placeRequested, this, &InspectorPage::placeRequested);
    connect(m_overriddenPlace, &parts::PlaceLink::requested, this, &InspectorPage::placeRequested);
    connect(m_override, &QPushButton::clicked, this, &ComponentPage::overrideValue);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        const auto refusal =
            this->document()->apply(journey::SetAvailability{m_name, std::nullopt},
                                    tr("Reset availability of %1").arg(QString::fromStdString(m_name)));
        if (!refusal.isEmpty()) {
            m_resetReason->setText(refusal);
            m_resetReason->show();
        }
    });
}

bool ComponentPage::fits() const
{
    const auto& journey = document()->intent().journey;
    if (m_call == journey::NodeId{})
        return journey.components.find(m_name) != nullptr;
    const auto node = journey::findNode(journey, m_call);
    const auto* call = node ? std::get_if<journey::Call>(&node->op) : nullptr;
    return call && call->component == m_name;
}

void ComponentPage::refresh()
{
    const auto& journey = document()->intent().journey;
    const auto component = journey.components.find(m_name);
    const auto node = m_call == journey::NodeId{} ? nullptr : journey::findNode(journey, m_call);
    m_title->setText(QString::fromStdString(m_name));
    QStringList kind{m_call == journey::NodeId{} ? tr("Component") : tr("Call")};
    if (node && !node->name.empty())
        kind << tr("id %1").arg(QString::fromStdString(node->name));
    m_kind->setText(kind.join(tr(" · ")));

    refreshFields();
    m_latency->refresh();
    for (const auto* field : {"latency", "latency.max", "latency.samples", "latencySLORef", "failure"})
        registerField(QLatin1String(field), m_latency->field(QLatin1String(field)));
    static const journey::Component none;
    showAvailability(component ? *component : none);
    showDomains(component ? *component : none);
    showNotes(m_remarks, journey::Element::component(m_name));
    const auto evaluation = document()->evaluation();
    showValues(m_readout, evaluation ? evaluation->analysis.find(m_call) : nullptr);

    showUses();
}

ComponentPage::Availability ComponentPage::availability(const journey::Component& component) const
{
    Availability result;
    result.reference = QString::fromStdString(component.atomicSloRef);
    const auto evaluation = document()->evaluation();
    const auto* input = evaluation ? evaluation->inputs.find(m_name) : nullptr;
    if (component.inlineAvailability) {
        // The intent is newer than the numbers.
        result.source = Source::Inline;
        const double q = component.inlineAvailability->failure();
        result.failure = {q, q, q};
        const auto& sources = document()->sources();
        if (const auto place = sources.find(journey::Element::component(m_name), "availability"))
            result.place = {document()->path().toStdString(), place->value.line, place->value.column};
        if (input && input->provenance.source == Source::Inline) {
            result.overridden = input->provenance.referenceFailure;
            result.overriddenPlace = input->provenance.referencePlace.value_or(base::Place{});
        } else if (input && input->provenance.source == Source::Target) {
            result.overridden = input->failure.nominal;
            result.overriddenPlace = input->provenance.place;
        }
        result.arrived = input != nullptr;
        return result;
    }
    if (!input) {
        result.arrived = evaluation != nullptr;
        return result;
    }
    result.source = input->provenance.source;
    result.failure = input->failure;
    result.place = input->provenance.place;
    if (result.source == Source::Inline) {
        // The numbers are those of before a reset.
        const auto referred = input->provenance.referenceFailure;
        result.arrived = referred.has_value();
        result.source = referred ? Source::Target : Source::NotStated;
        const double q = referred.value_or(1);
        result.failure = {q, q, q};
        result.place = input->provenance.referencePlace.value_or(base::Place{});
    }
    return result;
}

void ComponentPage::showAvailability(const journey::Component& component)
{
    const auto value = availability(component);
    const bool isInline = value.source == Source::Inline;
    const bool typable = isInline || (value.source == Source::NotStated && value.arrived);

    switch (value.source) {
    case Source::Target:
        m_value->setText(exactAvailability(availabilityOf(value.failure.nominal), display()));
        m_source->setText(tr("Target of %1. Override it to change it here.").arg(value.reference));
        break;
    case Source::Observed:
        m_value->setText(availabilityRange(value.failure.upper, value.failure.lower, display()));
        m_source->setText(tr("Observed; the interval of the outcomes counted"));
        break;
    case Source::Inline:
        if (value.reference.isEmpty())
            m_source->setText(tr("Written in the journey"));
        else if (value.overridden || !value.arrived)
            m_source->setText(tr("Written in the journey; wins over %1").arg(value.reference));
        else
            m_source->setText(tr("Written in the journey; %1 leads to no target").arg(value.reference));
        break;
    case Source::NotStated:
        m_value->setText(value.arrived ? tr("Not stated") : tr("…"));
        m_source->setText(
            value.reference.isEmpty()
                ? tr("Counts as anything from 0 % to 100 % until a value is typed here.")
                : tr("%1 leads to no target: counts as anything from 0 % to 100 %.").arg(value.reference));
        break;
    }
    m_value->setVisible(!isInline);
    m_place->setPlace(value.place);
    m_field->setVisible(typable);
    if (isInline)
        m_field->setValue(QString::fromStdString(component.inlineAvailability->decimal().toString()),
                          exactPercent(*component.inlineAvailability));
    else
        m_field->setValue({}, {});

    const bool canOverride = value.source == Source::Target || value.source == Source::Observed;
    m_override->setVisible(canOverride);
    registerField(QStringLiteral("override"), m_override);
    if (!typable)
        registerField(QStringLiteral("availability"), m_override);
    else
        registerField(QStringLiteral("availability"), m_field);

    const bool canReset = !component.atomicSloRef.empty() || component.observed.has_value();
    m_reset->setVisible(isInline);
    m_reset->setEnabled(canReset && document()->isEditable());
    const auto reason =
        canReset ? tr("Removes the value; the reference holds again.") : tr("There is no reference to fall back to.");
    m_reset->setToolTip(reason);
    m_reset->setAccessibleDescription(reason);
    m_resetReason->setText(reason);
    m_resetReason->setVisible(isInline && !canReset);

    m_overridden->setVisible(value.overridden.has_value());
    if (value.overridden)
        m_overridden->setText(
            tr("Reference: %1,").arg(exactAvailability(availabilityOf(*value.overridden), display())));
    m_overriddenPlace->setPlace(value.overridden ? value.overriddenPlace : base::Place{});

    m_observed->setVisible(component.observed.has_value());
    if (component.observed)
        m_observed->setText(tr("Observed: %1 good of %2")
                                .arg(QLocale().toString(static_cast<qulonglong>(component.observed->good)),
                                     QLocale().toString(static_cast<qulonglong>(component.observed->total))));
}

void ComponentPage::showDomains(const journey::Component& component)
{
    const auto evaluation = document()->evaluation();
    const auto* input = evaluation ? evaluation->inputs.find(m_name) : nullptr;
    const auto& domains = input ? input->domains : component.failureDomains;
    QStringList lines;
    for (const auto& domain : domains)
        lines << QString::fromStdString(domain);

    const auto* model = document()->model();
    const auto stated = model ? model->domains.find(m_name) : decltype(model->domains.end()){};
    const bool fromModel = model && stated != model->domains.end();
    const bool differs = domains != component.failureDomains;
    m_domains->setText(lines.isEmpty() ? tr("None stated: a domain of its own")
                                       : tr("In force: %1").arg(lines.join(QStringLiteral(", "))));
    m_domains->setVisible(lines.isEmpty() || differs);
    QStringList origin{fromModel ? tr("From the model %1").arg(QString::fromStdString(model->name))
                                 : tr("From the journey")};
    if (input && input->domainsUnknown) {
        const auto status = fromModel ? QString::fromStdString(stated->second.status) : QString();
        origin << (status == QLatin1String("conflicting")
                       ? tr("In conflict: the evidence disagrees, so it counts as sharing fate with every alternative.")
                       : tr("Unknown: it counts as sharing fate with every alternative."));
    }
    m_domainOrigin->setText(origin.join(QLatin1Char('\n')));
    auto palette = m_domainOrigin->palette();
    palette.setColor(QPalette::WindowText, input && input->domainsUnknown ? theme::warning() : theme::mutedText());
    m_domainOrigin->setPalette(palette);
}

void ComponentPage::overrideValue()
{
    const auto component = document()->intent().journey.components.find(m_name);
    if (!component)
        return;
    const auto value = availability(*component);
    const auto refusal = document()->apply(journey::SetAvailability{m_name, availabilityOf(value.failure.nominal)},
                                           tr("Override availability of %1").arg(QString::fromStdString(m_name)));
    if (refusal.isEmpty()) {
        focusField(QStringLiteral("availability"));
        return;
    }
    m_resetReason->setText(refusal);
    m_resetReason->show();
}

} // namespace emac::widgets
