// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/latency/latencyeditor.h"

#include "core/journey/landing.h"
#include "core/journey/reference.h"
#include "widgets/common/latencytext.h"
#include "widgets/common/parts.h"
#include "widgets/common/theme.h"
#include "widgets/common/timetext.h"
#include "widgets/common/typedvalue.h"
#include "widgets/latency/latencycurve.h"
#include "widgets/panels/fields.h"
#include "widgets/panels/valuefield.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>

namespace emac::widgets {

namespace {

using journey::FailureTime;

/// What the handle of a quantile is called, and what names its number.
struct Knot
{
    QString name;
    QString key;
    double probability;
    base::Duration time;
};

std::vector<Knot> knotsOf(const std::optional<journey::LatencyEvidence>& evidence)
{
    if (!evidence)
        return {};
    if (const auto* constant = std::get_if<journey::ConstantLatency>(&*evidence))
        return {{LatencyEditor::tr("always"), QStringLiteral("constant"), 0.5, constant->value}};
    if (const auto* lognormal = std::get_if<journey::LognormalLatency>(&*evidence); lognormal && lognormal->quantiles)
        return {{LatencyEditor::tr("median"), QStringLiteral("median"), 0.5, lognormal->quantiles->median},
                {QStringLiteral("p99"), QStringLiteral("p99"), 0.99, lognormal->quantiles->p99}};
    std::vector<Knot> knots;
    if (const auto* quantiles = std::get_if<journey::QuantileLatency>(&*evidence)) {
        for (const auto& knot : quantiles->knots) {
            const auto name = quantileName(knot.probability);
            knots.push_back({name, name, knot.probability.success(), knot.value});
        }
        if (quantiles->max)
            knots.push_back({QStringLiteral("max"), QStringLiteral("max"), 1, *quantiles->max});
    }
    return knots;
}

} // namespace

journey::Component LatencyEditor::component() const
{
    const auto found = m_document->intent().journey.components.find(m_name);
    return found ? *found : journey::componentNamed(m_name);
}

EvidenceForm LatencyEditor::form() const
{
    return m_draft ? m_draft->form : formOf(component().latency);
}

EvidenceTexts LatencyEditor::texts() const
{
    return m_draft ? m_draft->texts : textsOf(component().latency);
}

QString LatencyEditor::apply(const Evidence& evidence)
{
    auto changed = component();
    changed.latency = evidence;
    return m_document->apply(journey::SetComponent{std::move(changed)},
                             tr("Set latency of %1").arg(QString::fromStdString(m_name)));
}

QString LatencyEditor::applyFailure(const FailureTime& failure)
{
    auto changed = component();
    changed.failure = failure;
    return m_document->apply(journey::SetComponent{std::move(changed)},
                             tr("Set time to fail of %1").arg(QString::fromStdString(m_name)));
}

/// What can be kept is kept; else the numbers are to be typed first.
QString LatencyEditor::choose(EvidenceForm form)
{
    const auto evidence = component().latency;
    m_draft.reset();
    if (form == formOf(evidence)) {
        refresh();
        return {};
    }
    if (form == EvidenceForm::None)
        return apply(std::nullopt);
    if (form == EvidenceForm::Histogram) {
        refresh();
        import();
        return {};
    }
    const auto law = lawOf(evidence);
    const auto kept = evidence ? converted(*evidence, law.get(), form) : std::nullopt;
    if (kept)
        return apply(kept);
    m_draft = Draft{form, {}, evidence};
    refresh();
    if (auto* first = m_groups[form].fields.begin()->second; form != EvidenceForm::Quantiles)
        first->setFocus(Qt::OtherFocusReason);
    else
        m_groups[form].fields[quantileName(usualQuantiles().front())]->setFocus(Qt::OtherFocusReason);
    return {};
}

QString LatencyEditor::setNumber(const QString& name, const QString& text)
{
    auto all = texts();
    if (text.trimmed().isEmpty())
        all.erase(name);
    else
        all[name] = text.trimmed();
    const auto now = form();
    if (const auto evidence = evidenceOf(now, all)) {
        const auto draft = std::exchange(m_draft, std::nullopt);
        const auto refusal = apply(evidence);
        if (!refusal.isEmpty())
            m_draft = draft;
        else
            refresh(); // the document may have said the same before
        return refusal;
    }
    // Numbers lack: the form stays, and what the document says stays until they are there.
    const auto beside = component().latency;
    m_draft = Draft{now, all, all.empty() && formOf(beside) == now ? std::nullopt : beside};
    if (m_draft->beside != beside)
        return apply(std::nullopt); // the last quantile was removed
    refresh();
    return {};
}

QString LatencyEditor::chooseFailure(int index)
{
    const auto kind = static_cast<FailureTime::Kind>(index);
    m_failsAfter = kind == FailureTime::Kind::Constant && component().failure.kind != kind;
    if (!m_failsAfter)
        return applyFailure({kind, component().failure.constant});
    refresh();
    m_failureTime->setFocus(Qt::OtherFocusReason);
    return {};
}

void LatencyEditor::refresh()
{
    if (m_refreshing)
        return;
    {
        const QScopedValueRollback guard(m_refreshing, true);
        const auto component = this->component();
        if (m_draft && m_draft->beside != component.latency)
            m_draft.reset(); // undone, or changed elsewhere
        if (component.failure.kind == FailureTime::Kind::Constant)
            m_failsAfter = false;
        m_kind->setCurrent(static_cast<int>(form()));
        showNumbers();
        showSlo();
        showFailure();
        const bool editable = m_document->isEditable();
        m_import->setEnabled(editable);
        m_curve->setEditable(editable);
    }
    showCurve();
}

void LatencyEditor::showNumbers()
{
    const auto now = form();
    const auto all = texts();
    const auto evidence = component().latency;
    if (now == EvidenceForm::Quantiles) {
        for (const auto& [name, text] : all) { // a quantile that is not among the usual ones
            if (!m_groups[now].fields.contains(name))
                addQuantile(name);
        }
    }
    for (auto& [form, group] : m_groups) {
        group.widget->setVisible(form == now);
        for (auto& [name, field] : group.fields) {
            const auto found = form == now ? all.find(name) : all.end();
            const auto text = found == all.end() ? QString() : found->second;
            const auto shown = found == all.end() ? QString() : text;
            field->setValue(meaningOf(form, text).value_or(QString()), shown);
        }
    }
    const auto* histogram = evidence ? std::get_if<journey::HistogramLatency>(&*evidence) : nullptr;
    m_measured->setVisible(now == EvidenceForm::Histogram && histogram != nullptr);
    if (histogram != nullptr)
        m_measured->setText(histogramWords(*histogram));
    m_pending->setVisible(m_draft.has_value());
    m_pending->setText(evidence ? tr("Until the numbers are typed, what was there holds.")
                                : tr("Type the numbers; until then nothing is known."));
}

void LatencyEditor::showSlo()
{
    const auto component = this->component();
    const auto reference = QString::fromStdString(component.latencySloRef);
    m_slo->setValue(reference, reference);
    const spec::SloObjective* threshold = nullptr;
    if (const auto parsed = journey::SloReference::parse(component.latencySloRef)) {
        const auto slos = m_document->catalogue().find(parsed->name);
        if (slos.size() == 1) {
            const auto& all = slos.front()->objectives;
            const auto found = std::ranges::find_if(all, [&parsed](const spec::SloObjective& objective) {
                return parsed->objective.empty() || objective.displayName == parsed->objective;
            });
            threshold = found == all.end() ? nullptr : &*found;
        }
        const bool said = threshold != nullptr && threshold->target && threshold->value
                          && (threshold->op == "lte" || threshold->op == "lt");
        auto words = said ? tr("%1 of the calls take no longer than %2.")
                                .arg(exactPercent(*threshold->target), timeText(*threshold->value))
                          : tr("%1 leads to no threshold of a latency.").arg(reference);
        if (component.latency)
            words = tr("%1 What is written here wins over it.").arg(words);
        m_threshold->setText(words);
    }
    m_threshold->setVisible(!reference.isEmpty());
    m_place->setPlace(threshold != nullptr ? threshold->place : base::Place{});
}

void LatencyEditor::showFailure()
{
    const auto failure = component().failure;
    const auto kind = m_failsAfter ? FailureTime::Kind::Constant : failure.kind;
    m_failure->setCurrent(static_cast<int>(kind));
    m_failureTime->setVisible(kind == FailureTime::Kind::Constant);
    const auto text = failure.kind == FailureTime::Kind::Constant
                          ? QString::fromStdString(base::toString(failure.constant))
                          : QString();
    m_failureTime->setValue(text, text);
}

journey::LatencyLawPtr LatencyEditor::lawOf(const Evidence& evidence) const
{
    // What is measured is as wide as the number of intervals in the journey makes it: the analysis knows.
    const auto form = formOf(evidence);
    const bool isMeasured =
        form == EvidenceForm::None || form == EvidenceForm::Histogram || form == EvidenceForm::Samples;
    if (!isMeasured)
        return lawOfTyped(*evidence);
    const auto evaluation = m_document->evaluation();
    const auto* input = evaluation ? evaluation->inputs.find(m_name) : nullptr;
    if (input != nullptr && input->latency && evaluation->revision == m_document->revision())
        return input->latency;
    if (form == EvidenceForm::Histogram)
        return lawOfTyped(*evidence);
    return form == EvidenceForm::Samples && input != nullptr ? input->latency : journey::LatencyLawPtr();
}

void LatencyEditor::showCurve()
{
    const auto evidence = component().latency;
    const auto law = lawOf(evidence);
    m_curve->setLaw(law);
    showHandles(evidence);
    m_curve->setVisible(law.get() != nullptr);
    m_logarithmic->setVisible(law.get() != nullptr);
}

/// They keep their order; median and p99 of a lognormal also stay apart.
void LatencyEditor::showHandles(const Evidence& evidence)
{
    const auto knots = knotsOf(evidence);
    const bool apart = formOf(evidence) == EvidenceForm::Lognormal;
    const base::Duration gap(apart ? 1 : 0);
    constexpr base::Duration longest = std::chrono::hours(24 * 365);
    std::vector<LatencyCurve::Handle> handles;
    for (std::size_t i = 0; i < knots.size(); ++i) {
        const auto least = i > 0 ? knots[i - 1].time + gap : gap;
        const auto most = i + 1 < knots.size() ? knots[i + 1].time - gap : std::max(longest, knots[i].time);
        handles.push_back({knots[i].name, knots[i].probability, knots[i].time, least, std::max(least, most)});
    }
    m_curve->setToolTip(
        handles.empty() ? tr("The share of calls that are done by a time; the band is what the evidence leaves open")
                        : tr("Drag a mark sideways, or move it by the arrow keys"));
    m_curve->setHandles(std::move(handles));
}

void LatencyEditor::moveHandle(int handle, base::Duration time)
{
    const auto knots = knotsOf(component().latency);
    if (handle < static_cast<int>(knots.size()))
        say(setNumber(knots[static_cast<std::size_t>(handle)].key, QString::fromStdString(base::toString(time))));
}

void LatencyEditor::import()
{
    auto* dialog = new ImportDialog(QFileInfo(m_document->path()).absolutePath(), m_chooseFile, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_draft.reset();
        say(apply(dialog->result()));
    });
    dialog->open();
}

void LatencyEditor::say(const QString& refusal)
{
    m_refusal->setText(refusal);
    m_refusal->setVisible(!refusal.isEmpty());
}

} // namespace emac::widgets
