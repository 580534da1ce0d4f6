// SPDX-License-Identifier: GPL-3.0-or-later
// What the editor of a latency is made of.
#include "widgets/common/format.h"
#include "widgets/common/latencytext.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/typedvalue.h"
#include "widgets/latency/latencycurve.h"
#include "widgets/latency/latencyeditor.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/valuefield.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QToolButton>
#include <QVBoxLayout>

namespace emac::widgets {

namespace {

QString axisKey()
{
    return QStringLiteral("inspector/latencyLogarithmic");
}

QString durationExpected()
{
    return LatencyEditor::tr("Type a duration such as 250ms, 1.5s or 2m.");
}

} // namespace

LatencyEditor::LatencyEditor(JourneyDocument* document, std::string component, QWidget* parent)
    : QWidget(parent)
    , m_document(document)
    , m_name(std::move(component))
    , m_measured(parts::muted({}, this))
    , m_pending(parts::muted({}, this))
    , m_curve(new LatencyCurve(this))
    , m_logarithmic(new QToolButton(this))
    , m_import(new QPushButton(tr("Import…"), this))
    , m_refusal(parts::body({}, this))
    , m_threshold(parts::muted({}, this))
    , m_place(new parts::PlaceLink(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme::unit / 2);
    auto* top = parts::form();
    addKind(top);
    column->addLayout(top);
    addGroups();
    for (const auto& [form, group] : m_groups)
        column->addWidget(group.widget);
    m_measured->setObjectName(QStringLiteral("measured"));
    m_pending->setObjectName(QStringLiteral("pending"));
    column->addWidget(m_measured);
    column->addWidget(m_pending);
    addCurve(column);
    auto* bottom = parts::form();
    addSlo(bottom);
    addFailure(bottom);
    column->addLayout(bottom);
}

void LatencyEditor::addKind(QFormLayout* form)
{
    m_kind = new ChoiceField(
        {tr("not stated"), tr("constant"), tr("lognormal, by median and p99"), tr("lognormal, by mu and sigma"),
         tr("quantiles"), tr("histogram"), tr("samples")},
        [this](int index) {
            say({});
            return choose(static_cast<EvidenceForm>(index));
        },
        this);
    m_kind->setObjectName(QStringLiteral("latency"));
    m_kind->setToolTip(tr("What is known of how long successful calls take"));
    parts::addRow(form, tr("Evidence"), m_kind);
}

LatencyEditor::Meaning LatencyEditor::meaningOf(EvidenceForm form, const QString& text)
{
    const auto plain = text.trimmed();
    if (form == EvidenceForm::Samples)
        return plain;
    if (form == EvidenceForm::LognormalParameters) {
        const auto number = typedNumber(plain);
        return number ? Meaning(QString::number(*number, 'g', QLocale::FloatingPointShortest)) : std::nullopt;
    }
    const auto time = typedDuration(plain);
    return time ? Meaning(QString::number(time->count())) : std::nullopt;
}

ValueField* LatencyEditor::newField(EvidenceForm form, const QString& name)
{
    const bool isNumber = form == EvidenceForm::LognormalParameters;
    const auto meaning = [this, form, name](const QString& text) -> Meaning {
        const auto all = texts();
        const bool mayBeEmpty = form == EvidenceForm::Quantiles || !all.contains(name);
        return text.trimmed().isEmpty() && mayBeEmpty ? Meaning(QString()) : meaningOf(form, text);
    };
    ValueField::Rules rules{
        meaning, [this, name](const QString& text) { return setNumber(name, text); }, {}, {}, ValueField::Apply::Live};
    if (form == EvidenceForm::Samples) {
        rules.when = ValueField::Apply::WhenDone; // a file is read for it
    } else if (isNumber) {
        rules.expected = tr("Type a number.");
    } else {
        rules.expected = durationExpected();
        rules.understood = understoodDuration;
        rules.mayGoOn = isDurationBegun;
    }
    auto* field = new ValueField(m_document->undoStack(), std::move(rules), this);
    m_groups[form].fields[name] = field;
    return field;
}

void LatencyEditor::addNumber(EvidenceForm form, const QString& name, const QString& label, const QString& placeholder)
{
    auto& group = m_groups[form];
    if (group.widget == nullptr) {
        group.widget = new QWidget(this);
        group.widget->setLayout(parts::form());
    }
    auto* field = newField(form, name);
    field->setParent(group.widget);
    const bool isLognormal = form == EvidenceForm::Lognormal || form == EvidenceForm::LognormalParameters;
    field->setObjectName((isLognormal ? QStringLiteral("latency.lognormal.") : QStringLiteral("latency.")) + name);
    field->setPlaceholder(placeholder);
    parts::addRow(static_cast<QFormLayout*>(group.widget->layout()), label, field);
}

/// Two beside each other.
void LatencyEditor::addQuantile(const QString& name)
{
    auto& group = m_groups[EvidenceForm::Quantiles];
    if (group.widget == nullptr) {
        group.widget = new QWidget(this);
        auto* grid = new QGridLayout(group.widget);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(theme::unit);
        grid->setVerticalSpacing(theme::unit / 2);
        grid->setColumnStretch(1, 1);
        grid->setColumnStretch(3, 1);
    }
    auto* grid = static_cast<QGridLayout*>(group.widget->layout());
    const int place = static_cast<int>(group.fields.size());
    auto* field = newField(EvidenceForm::Quantiles, name);
    field->setParent(group.widget);
    field->setObjectName(QStringLiteral("latency.quantiles.") + name);
    field->setAccessibleName(tr("Latency %1").arg(name));
    field->setPlaceholder(tr("–"));
    field->setToolTip(name == QLatin1String("max")
                          ? tr("No call takes longer. Without it, or when emptied, the tail is not known.")
                          : tr("%1 of the successful calls take no longer. Empty: not stated.")
                                .arg(exactPercent(quantileNamed(name).value_or(base::Ratio()))));
    auto* label = parts::muted(name, group.widget);
    label->setWordWrap(false);
    label->setContentsMargins(0, theme::unit / 2, 0, 0); // beside the text, also where a hint stands below
    label->setBuddy(field->lineEdit());
    grid->addWidget(label, place / 2, place % 2 * 2, Qt::AlignTop);
    grid->addWidget(field, place / 2, place % 2 * 2 + 1, Qt::AlignTop);
}

void LatencyEditor::addGroups()
{
    addNumber(EvidenceForm::Constant, QStringLiteral("constant"), tr("Time"), tr("20ms"));
    addNumber(EvidenceForm::Lognormal, QStringLiteral("median"), tr("Median"), tr("20ms"));
    addNumber(EvidenceForm::Lognormal, QStringLiteral("p99"), tr("p99"), tr("80ms"));
    addNumber(EvidenceForm::LognormalParameters, QStringLiteral("mu"), tr("mu"), tr("of ln(seconds)"));
    addNumber(EvidenceForm::LognormalParameters, QStringLiteral("sigma"), tr("sigma"), tr("of ln(seconds)"));
    for (const auto& probability : usualQuantiles())
        addQuantile(quantileName(probability));
    addQuantile(QStringLiteral("max"));
    addNumber(EvidenceForm::Samples, QStringLiteral("samples"), tr("File"), tr("measured.csv"));
    auto* samples = m_groups[EvidenceForm::Samples].fields.begin()->second;
    samples->lineEdit()->setFont(theme::font(theme::TextSize::Body));
    samples->setToolTip(tr("A column of times, beside the journey: a path from its folder"));
}

void LatencyEditor::addCurve(QVBoxLayout* column)
{
    m_curve->setObjectName(QStringLiteral("latencyCurve"));
    m_curve->setAccessibleName(tr("Latency curve of %1").arg(QString::fromStdString(m_name)));
    m_curve->installEventFilter(this);
    m_logarithmic->setObjectName(QStringLiteral("logarithmic"));
    m_logarithmic->setText(tr("Log time"));
    m_logarithmic->setToolTip(tr("A logarithmic time axis"));
    m_logarithmic->setCheckable(true);
    m_logarithmic->setChecked(QSettings().value(axisKey(), false).toBool());
    m_curve->setLogarithmic(m_logarithmic->isChecked());
    m_import->setObjectName(QStringLiteral("importLatencyButton"));
    m_import->setAutoDefault(false);
    m_import->setToolTip(tr("Paste a Prometheus histogram or measured times"));
    auto* row = new QHBoxLayout;
    row->setSpacing(theme::unit);
    row->addWidget(m_import);
    row->addStretch();
    row->addWidget(m_logarithmic);
    m_refusal->setObjectName(QStringLiteral("refusal"));
    auto palette = m_refusal->palette();
    palette.setColor(QPalette::WindowText, theme::bad());
    m_refusal->setPalette(palette);
    m_refusal->setFont(theme::font(theme::TextSize::Small));
    m_refusal->hide();
    column->addWidget(m_curve);
    column->addWidget(m_refusal);
    column->addLayout(row);

    connect(m_logarithmic, &QToolButton::toggled, this, [this](bool on) {
        QSettings().setValue(axisKey(), on);
        m_curve->setLogarithmic(on);
    });
    connect(m_import, &QPushButton::clicked, this, &LatencyEditor::import);
    connect(m_curve, &LatencyCurve::dragBegan, m_document, &JourneyDocument::beginGesture);
    connect(m_curve, &LatencyCurve::dragEnded, m_document,
            [this](bool givenUp) { givenUp ? m_document->giveUpGesture() : m_document->endGesture(); });
    connect(m_curve, &LatencyCurve::moved, this, &LatencyEditor::moveHandle);
}

void LatencyEditor::addSlo(QFormLayout* form)
{
    m_slo = new ValueField(m_document->undoStack(),
                           {[](const QString& text) { return Meaning(text.trimmed()); },
                            [this](const QString& text) {
                                auto changed = component();
                                changed.latencySloRef = text.trimmed().toStdString();
                                return m_document->apply(journey::SetComponent{std::move(changed)},
                                                         tr("Bind latency of %1").arg(QString::fromStdString(m_name)));
                            },
                            {},
                            {},
                            ValueField::Apply::WhenDone},
                           this);
    m_slo->setObjectName(QStringLiteral("latencySLORef"));
    m_slo->lineEdit()->setFont(theme::font(theme::TextSize::Body));
    m_slo->setPlaceholder(tr("openslo:NAME"));
    m_slo->setToolTip(tr("A threshold SLO, such as 99 % within 200 ms: one quantile of the latency"));
    m_slo->makeResettable(tr("Remove"), tr("Removes the binding."));
    QStringList known;
    for (const auto& name : m_document->catalogue().names())
        known << QStringLiteral("openslo:") + QString::fromStdString(name);
    m_slo->complete(known);
    m_threshold->setObjectName(QStringLiteral("threshold"));
    m_threshold->hide();
    parts::addRow(form, tr("Latency SLO"), m_slo);
    form->addRow({}, m_threshold);
    form->addRow({}, m_place);
    connect(m_place, &parts::PlaceLink::requested, this, &LatencyEditor::placeRequested);
}

void LatencyEditor::addFailure(QFormLayout* form)
{
    m_failure = new ChoiceField(
        {tr("not stated"), tr("at once"), tr("like a success"), tr("after a time")},
        [this](int index) { return chooseFailure(index); }, this);
    m_failure->setObjectName(QStringLiteral("failure"));
    m_failure->setToolTip(tr("When a failing call has failed. Not stated: at any time up to the timeout around it, so "
                             "that nothing behind it is sure to help in time."));
    m_failureTime =
        new ValueField(m_document->undoStack(),
                       {[this](const QString& text) -> Meaning {
                            const auto time = typedDuration(text);
                            if (text.trimmed().isEmpty() && m_failsAfter)
                                return QString();
                            return time ? Meaning(QString::fromStdString(base::toString(*time))) : std::nullopt;
                        },
                        [this](const QString& text) {
                            const auto time = typedDuration(text);
                            return time ? applyFailure({journey::FailureTime::Kind::Constant, *time}) : QString();
                        },
                        {},
                        durationExpected(),
                        ValueField::Apply::Live,
                        understoodDuration,
                        isDurationBegun},
                       this);
    m_failureTime->setObjectName(QStringLiteral("failure.constant"));
    m_failureTime->setAccessibleName(tr("Time to fail"));
    m_failureTime->setPlaceholder(tr("2s"));
    parts::addRow(form, tr("Fails"), m_failure);
    form->addRow({}, m_failureTime);
}

QWidget* LatencyEditor::field(const QString& name) const
{
    if (name == QLatin1String("latencySLORef"))
        return m_slo;
    if (name == QLatin1String("failure") || name == QLatin1String("failure.constant"))
        return m_failureTime->isHidden() ? static_cast<QWidget*>(m_failure) : m_failureTime;
    if (!name.startsWith(QLatin1String("latency")))
        return nullptr;
    auto number = name;
    for (const auto* prefix : {"latency.", "lognormal.", "quantiles."}) {
        if (number.startsWith(QLatin1String(prefix)))
            number.remove(QLatin1String(prefix));
    }
    if (const auto probability = quantileNamed(number))
        number = quantileName(*probability); // p999 is p99.9
    const auto group = m_groups.find(form());
    if (group == m_groups.end())
        return m_kind;
    const auto found = group->second.fields.find(number);
    return found == group->second.fields.end() ? static_cast<QWidget*>(m_kind) : found->second;
}

bool LatencyEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_curve && !m_curve->isDragging() && forwardUndo(event, m_document->undoStack()))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace emac::widgets
